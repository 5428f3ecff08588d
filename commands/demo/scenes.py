"""The story's first half: an organisation comes in, two people are paired, a rotation is arranged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from commands.backup import note
from commands.demo.acting import Actor
from commands.demo.company import Company
from commands.demo.names import workbook
from commands.demo.roster import Organisation, organisation
from commands.demo.script import Script
from commands.demo.seeding import numbered
from commands.demo.transcript import ZONE, expect

if TYPE_CHECKING:
    from commands.demo.life.neighbours import Neighbours

BEGINS = datetime(2026, 9, 28, 9, 0, tzinfo=ZONE)
"""Monday, three days before the October holidays."""
CODE = re.compile(r"\b\w{4}-\w{4}\b")
OFFICER, SECRETARY, MENTOR, MEMBER, HOST = "周伟", "陈静", "王芳", "李明", "赵强"
BRANCH, OTHER_BRANCH = "变电检修党支部", "输电运检党支部"


@dataclass(slots=True)
class Story(Company):
    script: Script
    code: str
    database_url: str
    neighbours: Neighbours | None = None

    @property
    def organisation(self) -> Organisation:
        return organisation(BEGINS.date(), self.hand.language.code, hosts=True)

    async def at(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """What the others did until then has been done when the clock gets there; in the night there was a backup."""
        moment = datetime(2026, month, day, hour, minute, tzinfo=ZONE)
        if self.neighbours is not None:
            await self.neighbours.live_until(moment)
        await note(self.database_url, moment.replace(hour=2))
        await self.hand.at(moment)


async def founding(story: Story) -> None:
    officer = await story.enters(OFFICER)
    await officer.start(story.code)
    await officer.send(workbook(story.organisation, story.hand.language.code), story.script.roster_name)
    await officer.hears_button("roster.confirm")
    await officer.choose("roster.accept")
    await officer.choose("roster.confirm")
    await officer.hears_button("invites.ask_unit")
    story.hand.narrate(story.script.backs_up)
    await note(story.database_url, story.hand.clock)
    await story.later()


async def coming_in(story: Story) -> None:
    """The officer lets himself and the secretary in, the secretary her people."""
    for name in (OFFICER, SECRETARY):
        await _come_in(story, story[OFFICER], name)
    await story.later()
    with story.hand.aside(story.script.others_come):
        for name in (MENTOR, MEMBER, HOST):
            await _come_in(story, story[SECRETARY] if name != HOST else story[OFFICER], name)


async def _come_in(story: Story, inviter: Actor, name: str) -> None:
    """From the search for a person to their third agreement."""
    await inviter.say(f"/people {name}")
    await inviter.choose("people.card")
    await inviter.choose("invites.make")
    shown = await inviter.hears_button("invites.slip")
    code = CODE.search(shown.text)
    expect(code is not None, f"{inviter.name} should have got a code for {name}")
    assert code is not None
    newcomer = story.people.get(name) or await story.enters(name)
    await newcomer.start(code[0].replace("-", ""))
    await newcomer.say(numbered(story.organisation.people, name)[-4:])
    for place in range(3):
        await newcomer.choose("consents.toggle", nth=place)


async def pairing(story: Story) -> None:
    secretary, mentor, member = story[SECRETARY], story[MENTOR], story[MEMBER]
    await secretary.say("/pairings")
    await secretary.choose("pairing.new")
    await secretary.say(MEMBER)
    await secretary.choose("pairing.for")
    await secretary.say(MENTOR)
    await secretary.choose("pairing.guide")
    await secretary.say(story.script.direction)
    await secretary.say(story.script.outcome)
    await secretary.choose("pairing.submit")
    await story.later()
    await mentor.hears_button("pairing.fill")
    await mentor.choose("pairing.fill")
    await mentor.say(story.script.completion)
    await mentor.choose("pairing.filled")
    await story.later()
    await member.hears_button("pairing.confirm")
    await member.choose("pairing.confirm")
    await story.later()
    await secretary.hears(MEMBER)


async def rotation(story: Story) -> None:
    secretary = story[SECRETARY]
    await secretary.say("/rotations")
    await secretary.choose("rotation.new")
    await secretary.say(MEMBER)
    await secretary.choose("rotation.for")
    await secretary.tap(OTHER_BRANCH)
    await secretary.say(story.script.rotation_post)
    await secretary.say(story.script.rotation_days)
    for verb, name in (("rotation.host", HOST), ("rotation.leader", HOST)):
        await secretary.choose(f"{verb}s")
        await secretary.say(name)
        await secretary.choose(verb)
    await secretary.say(story.script.rotation_specialty)
    await secretary.say(story.script.rotation_goals)
    await secretary.choose("rotation.submit")
    await story.later()
    for name in (MEMBER, HOST):
        await story[name].hears(MEMBER, OTHER_BRANCH)
