"""What a pause would excuse, as it is read before it is entered, by whoever pauses or by a secretary for somebody (代录)."""

from __future__ import annotations

from domain.calendar import ONE_DAY
from handlers.views.page import Html, Say
from services.leaves import Preview

SHOWN_DAYS = 8


def previewed(data: Preview, say: Say) -> list[Html]:
    resumes = say("It resumes by itself on {day}.", day=say.date(data.span.last + ONE_DAY))
    return [_paused(data, say), _excused(data, say), resumes]


def _paused(data: Preview, say: Say) -> Html:
    first, last = say.date(data.span.first), say.date(data.span.last)
    if not data.own:
        return say("Reporting pauses for {name} from {first} to {last}.", name=data.name, first=first, last=last)
    if first == last:
        return say("You pause reporting on {day}.", day=first)
    return say("You pause reporting from {first} to {last}.", first=first, last=last)


def _excused(data: Preview, say: Say) -> Html:
    if data.whom.unit_id is not None:
        return say.many(
            "Reports due then are excused for one person.",
            "Reports due then are excused for {number} people.",
            data.people,
        )
    if not data.days:
        return say("No report is due in that time.")
    days = say.names(say.short_date(day) for day in data.days[:SHOWN_DAYS])
    if len(data.days) > SHOWN_DAYS:
        return say("{number} reports are excused, the first ones due on: {days}.", number=len(data.days), days=days)
    return say("Reports excused, by due day: {days}.", days=days)
