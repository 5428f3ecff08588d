"""The first morning: the roster comes in, and the people behind it."""

from __future__ import annotations

from commands.demo.acting import Actor
from commands.demo.month_story.people import (
    ADMINISTRATOR,
    COLLEAGUE,
    MEMBER,
    MENTOR,
    OFFICER,
    OTHER_SECRETARY,
    ROTATING,
    SECRETARY,
    Month,
)
from commands.demo.names import workbook
from commands.demo.scenes import CODE
from commands.demo.transcript import expect


async def opening(month: Month) -> None:
    """The administrator brings the roster in; the officer opens the door to the secretaries, they to their people."""
    administrator = await month.enters(ADMINISTRATOR)
    await administrator.start(month.both.code)
    await administrator.send(workbook(month.starting, month.both.locale), month.script.roster_name)
    await administrator.hears_button("roster.confirm")
    await administrator.choose("roster.confirm")
    await administrator.hears_button("invites.ask_unit")
    with month.hand.aside(month.script.officer_comes):
        await come_in(month, administrator, OFFICER)
    await come_in(month, month[OFFICER], SECRETARY)
    await month.later()
    with month.hand.aside(month.script.others_come):
        await come_in(month, month[OFFICER], OTHER_SECRETARY)
        for name in (MENTOR, COLLEAGUE, MEMBER, ROTATING):
            await come_in(month, month[SECRETARY], name)
        await month.later()


async def come_in(month: Month, inviter: Actor, name: str) -> None:
    """From the search for a person to their third agreement."""
    await open_card(inviter, name)
    await inviter.choose("invites.make")
    shown = await inviter.hears_button("invites.slip")
    code = CODE.search(shown.text)
    expect(code is not None, f"{inviter.name} should have got a code for {name}")
    assert code is not None
    newcomer = await month.enters(name)
    await newcomer.start(code[0].replace("-", ""))
    await newcomer.say(next(one.staff_no for one in month.starting.people if one.name == name)[-4:])
    for place in range(3):
        await newcomer.choose("consents.toggle", nth=place)


async def open_card(reader: Actor, name: str) -> None:
    await reader.say(f"/people {name}")
    await reader.choose("people.card", about=name)
