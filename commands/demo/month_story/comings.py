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
)
from commands.demo.month_story.writing import hand_in


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
    await month.at(10, 28)
    with month.hand.aside(month.script.reports_as_usual):
        await hand_in(month[MEMBER], month.script.usual_report)


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
