"""A branch gets another name, somebody moves to another branch, somebody leaves: nothing is left hanging."""

from __future__ import annotations

from commands.demo.month_story.opening import open_card
from commands.demo.month_story.people import (
    BRANCH,
    COLLEAGUE,
    GENERAL_BRANCH,
    MEMBER,
    MENTOR,
    OFFICER,
    ON_PAPER,
    OTHER_SECRETARY,
    RENAMED,
    SECRETARY,
    TRAINEE,
    Month,
)
from commands.demo.month_story.writing import hand_in


async def units_change(month: Month) -> None:
    await month.at(10, 27, 10)
    officer = month[OFFICER]
    await officer.say("/roles")
    await officer.choose("roles.unit", about=GENERAL_BRANCH)
    await officer.choose("roles.unit", about=RENAMED)
    await officer.choose("unit_change.begin")
    await officer.choose("unit_change.kind", nth=0)
    await officer.say(month.script.new_name)
    await officer.say(month.script.renamed_on)
    await officer.choose("unit_change.confirm")
    await month.later()
    await _moves(month)


async def _moves(month: Month) -> None:
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
