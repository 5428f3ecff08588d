"""A branch gets another name, another is split off, two groups become one: each on its day, and seen before it is entered."""

from __future__ import annotations

from commands.demo.acting import Actor
from commands.demo.month_story.people import (
    BRANCH,
    GENERAL_BRANCH,
    GROUPS,
    MENTOR,
    OFFICER,
    RENAMED,
    SECRETARY,
    SPLIT,
    Month,
)

RENAME, SPLIT_OFF, MERGE = range(3)
"""Where they stand among the kinds of changes."""
DEPUTY = 1
"""Its place among the posts of a branch."""
GO_ALONG = (0, 2, 3)
"""Places in the list of the branch's people; the second is its secretary, who stays."""


async def units_change(month: Month) -> None:
    officer = month[OFFICER]
    await _begin(officer, RENAME, GENERAL_BRANCH, RENAMED)
    await officer.say(month.script.new_name)
    await _from_the_first(month, officer)
    await _begin(officer, SPLIT_OFF, GENERAL_BRANCH, SPLIT)
    await officer.say(month.script.split_off)
    for place in GO_ALONG:
        await officer.choose("unit_change.pick", nth=place)
    await officer.choose("unit_change.picked")
    await _from_the_first(month, officer)
    await month.later()


async def deputy(month: Month) -> None:
    """Several may lead a unit: what one of them does is done for all."""
    officer = month[OFFICER]
    await _open(officer, GENERAL_BRANCH, BRANCH)
    await officer.choose("roles.add", nth=DEPUTY)
    await officer.say(MENTOR)
    await officer.choose("roles.give", about=MENTOR)
    await month.later()
    await month[MENTOR].hears(BRANCH)


async def groups_merge(month: Month) -> None:
    """Where only one is left, after somebody moved away."""
    secretary, (kept, small) = month[SECRETARY], GROUPS
    month.hand.narrate(month.script.small_group)
    await _begin(secretary, MERGE, small)
    await secretary.choose("unit_change.into", about=kept)
    await _from_the_first(month, secretary)


async def _open(actor: Actor, *way: str) -> None:
    await actor.say("/roles")
    for unit in way:
        await actor.choose("roles.unit", about=unit)


async def _begin(actor: Actor, kind: int, *way: str) -> None:
    await _open(actor, *way)
    await actor.choose("unit_change.begin")
    await actor.choose("unit_change.kind", nth=kind)


async def _from_the_first(month: Month, actor: Actor) -> None:
    await actor.say(month.script.from_the_first)
    await actor.choose("unit_change.confirm")
