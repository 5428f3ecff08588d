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

LEAVES, RETIRES, MOVES, HANDS_OVER = range(4)
"""Where they stand among the kinds of handovers."""


async def moves(month: Month) -> None:
    officer = month[OFFICER]
    await open_card(officer, TRAINEE)
    await officer.choose("handover.begin")
    await officer.choose("handover.kind", nth=MOVES)
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


async def hands_one_over(month: Month) -> None:
    """Of two whom one guides, days before retiring: nobody leaves yet."""
    month.hand.narrate(month.script.hands_one_over)
    await _handed_on(month, HANDS_OVER, successors(month.starting.people)[0])


async def retires(month: Month) -> None:
    """Whoever is guided still gets a successor, and all of it is entered in one go."""
    await month.at(10, 30, 11)
    month.hand.narrate(month.script.retires)
    await _handed_on(month, RETIRES, successors(month.starting.people)[1])


async def _handed_on(month: Month, kind: int, successor: str) -> None:
    leader, taking_over = month[OTHER_SECRETARY], called(successor, month.both.locale)
    await open_card(leader, called(retiring(month.starting.people), month.both.locale))
    await leader.choose("handover.begin")
    await leader.choose("handover.kind", nth=kind)
    await leader.choose("handover.ask")
    await leader.say(taking_over)
    await leader.choose("handover.to", about=taking_over)
    await leader.choose("handover.confirm")
    await month.later()


async def hands_over(month: Month) -> None:
    await month.at(10, 30, 14, 30)
    secretary = month[SECRETARY]
    await open_card(secretary, COLLEAGUE)
    await secretary.choose("handover.begin")
    await secretary.choose("handover.kind", nth=LEAVES)
    await secretary.choose("handover.ask", about=ON_PAPER)
    await secretary.say(MENTOR)
    await secretary.choose("handover.to", about=MENTOR)
    await secretary.choose("handover.nobody")
    await secretary.choose("handover.confirm")
    await month.later()
