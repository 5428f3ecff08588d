"""Somebody moves to another branch, somebody leaves: nothing is left hanging."""

from __future__ import annotations

from commands.demo.month_story.opening import open_card
from commands.demo.month_story.people import (
    BRANCH,
    COLLEAGUE,
    MEMBER,
    MENTOR,
    OFFICER,
    ON_PAPER,
    OTHER_SECRETARY,
    SECRETARY,
    TRAINEE,
    Month,
    retiring,
    successors,
)
from commands.demo.month_story.writing import hand_in
from commands.demo.names import called


async def moves(month: Month) -> None:
    officer = month[OFFICER]
    await open_card(officer, TRAINEE)
    await officer.choose("handover.begin")
    await officer.choose("handover.kind", nth=2)
    await officer.choose("handover.unit", about=BRANCH)
    await officer.choose("handover.confirm")
    await month.later()
    for secretary in (SECRETARY, OTHER_SECRETARY):
        await month[secretary].hears(TRAINEE)
    await _looks_about(month)
    await month.at(10, 28)
    with month.hand.aside(month.script.reports_as_usual):
        await hand_in(month[MEMBER], month.script.usual_report)


async def _looks_about(month: Month) -> None:
    """By the specialty of the branch that he comes to."""
    trainee = month[TRAINEE]
    month.hand.narrate(month.script.looks_about)
    await trainee.say("/experience")
    with month.hand.in_full():
        await trainee.say(month.script.specialty)
        await trainee.hears(MEMBER)


async def retires(month: Month) -> None:
    """Whoever one guides gets a successor each, and all of it is entered in one go."""
    await month.at(10, 30, 11)
    leader, name = month[OTHER_SECRETARY], retiring(month.starting.people)
    month.hand.narrate(month.script.retires)
    await open_card(leader, called(name, month.both.locale))
    await leader.choose("handover.begin")
    await leader.choose("handover.kind", nth=1)
    for place, successor in enumerate(successors(month.starting.people)[:2]):
        await leader.choose("handover.ask", nth=place)
        await leader.say(called(successor, month.both.locale))
        await leader.choose("handover.to", about=called(successor, month.both.locale))
    await leader.choose("handover.confirm")
    await month.later()


async def hands_over(month: Month) -> None:
    await month.at(10, 30, 14, 30)
    secretary = month[SECRETARY]
    await open_card(secretary, COLLEAGUE)
    await secretary.choose("handover.begin")
    await secretary.choose("handover.kind", nth=0)
    await secretary.choose("handover.ask", about=ON_PAPER)
    await secretary.say(MENTOR)
    await secretary.choose("handover.to", about=MENTOR)
    await secretary.choose("handover.nobody")
    await secretary.choose("handover.confirm")
    await month.later()
