"""A mentor away: somebody stands in and reads; what is found good becomes everybody's."""

from __future__ import annotations

from commands.demo.month_story import papers
from commands.demo.month_story.people import (
    ADMINISTRATOR,
    COLLEAGUE,
    MEMBER,
    MENTOR,
    OTHER_BRANCH,
    OTHER_SECRETARY,
    ROTATING,
    Month,
)


async def mentor_away(month: Month) -> None:
    await month.at(10, 14, 10)
    mentor = month[MENTOR]
    await mentor.say(month.script.leave)
    await mentor.choose("leave.take")
    await mentor.choose("stand_in.ask", about=MEMBER)
    await mentor.choose("stand_in.to", about=COLLEAGUE)
    await month.later()
    await month[COLLEAGUE].hears(MEMBER)


async def read_by_another(month: Month) -> None:
    """Monday's digests: the stand-in reads, the secretary enters what she is told on the telephone."""
    await month.at(10, 19)
    colleague, member = month[COLLEAGUE], month[MEMBER]
    await _found_again(month)
    await colleague.choose("review.highlight")
    await month.later()
    await member.hears_button("review.attribution")
    await member.choose("review.attribution")
    await papers.by_telephone(month)


async def _found_again(month: Month) -> None:
    """Whoever cannot be reached is named to the administrators, and is reached again by starting anew."""
    administrator = month[ADMINISTRATOR]
    await administrator.hears_button("health")
    month.hand.narrate(month.script.starts_again)
    await month[ROTATING].phone.unblock()
    await month[ROTATING].say("/start")
    await administrator.choose("health")


async def experience(month: Month) -> None:
    """Found by a word, used by another branch."""
    leader = month[OTHER_SECRETARY]
    await month.at(10, 22)
    await leader.say(f"/experience {month.script.experience}")
    await leader.choose("experience.open")
    await leader.choose("experience.adopt", about=OTHER_BRANCH)
    await month.later()


async def used_elsewhere(month: Month) -> None:
    """Its author has had three messages in the week of it and hears of it in Monday's."""
    await month[MEMBER].hears(OTHER_BRANCH)
