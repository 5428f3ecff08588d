"""月度小结: a month of a branch, general branch or committee as one object, live or as it was stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from domain.calendar import Month
from domain.nameless import nameless
from domain.refusals import Refusal
from domain.summaries import NAMED_KINDS, Edition, MonthSummary, NextMonth
from domain.summary_lines import Details
from domain.summary_span import span_of
from domain.units import Unit
from services import calendar, summary_parts
from services.summary_details import details
from services.summary_forecast import reports_due
from services.summary_parts import Scope, outcome_lines, rotation_lines, window_of
from services.summary_places import Places
from services.summary_rows import report_rows
from storage import confirmations, summaries, units
from storage import summary_facts as facts
from storage import summary_subjects as subjects
from storage.database import Reader

Part = TypeVar("Part")


def month_summary(tx: Reader, unit_id: int, month: Month, now: datetime, edition: Edition) -> MonthSummary:
    """Reckon a unit's month as it stands at `now`, in a branch with its details. Refusal `gone` without such a unit."""
    scope = _scope(tx, unit_id, month, now)
    return _detailed(scope, _made(scope, edition))


def shown(tx: Reader, unit_id: int, month: Month, now: datetime) -> MonthSummary:
    """What a reader gets: the final once there is one, with the reports it stands on; before that the month live, 初稿."""
    scope = _scope(tx, unit_id, month, now)
    final = summaries.stored(tx, unit_id, str(month), Edition.FINAL)
    return _detailed(scope, final or _made(scope, _live_edition(scope)))


def with_details(tx: Reader, made: MonthSummary, now: datetime) -> MonthSummary:
    """A stored edition with the reports it stands on; above the branch there are none."""
    return _detailed(_scope(tx, made.unit_id, Month.parse(made.month), now), made)


def without_details(made: MonthSummary) -> MonthSummary:
    """What is stored and compared: reports themselves are kept in one place only, where they can be erased."""
    return replace(made, details=Details())


def is_blank(made: MonthSummary) -> bool:
    """Nothing of the programme has happened there yet, so there is nothing to tell."""
    counts = made.reports_total
    told = (
        *(made.pairings, made.outcomes_reached, made.outcomes_overdue, made.needs_open, made.needs_answered),
        *(made.rotations.counts, made.highlights, made.corrections),
    )
    return not any((*told, counts.due, counts.not_due_yet))


def _live_edition(scope: Scope) -> Edition:
    if scope.span.is_locked:
        return Edition.LOCKED
    known = confirmations.get(scope.tx, scope.window.unit, scope.window.month)
    return Edition.CONFIRMED if known is not None and known.confirmed_at is not None else Edition.DRAFT


def _scope(tx: Reader, unit_id: int, month: Month, now: datetime) -> Scope:
    unit = units.get(tx, unit_id)
    if unit is None:
        raise Refusal("gone")
    days = calendar.of_unit(tx, unit_id, month.first)
    span = span_of(month, now, days, ZoneInfo(unit.zone))
    return Scope(tx, span, window_of(unit, span), days, Places(tx, unit, span.until))


def _detailed(scope: Scope, made: MonthSummary) -> MonthSummary:
    if made.kind not in NAMED_KINDS:
        return made
    return replace(made, details=details(scope, (*made.needs_open, *made.needs_answered)))


def _made(scope: Scope, edition: Edition) -> MonthSummary:
    """In the order in which it is read: outcomes first, counts of reports last."""
    tx, span, window, unit = scope.tx, scope.span, scope.window, scope.places.top
    paired = subjects.pairing_counts(tx, window)
    needs_open, needs_answered = summary_parts.needs(scope)
    own = confirmations.get(tx, unit.id, window.month)
    beneath = summary_parts.beneath(scope)
    return MonthSummary(
        unit_id=unit.id,
        unit=unit.name,
        kind=unit.kind,
        zone=unit.zone,
        month=str(span.month),
        edition=edition,
        made_at=span.now,
        provisional=any(scope.days.is_provisional(month.first) for month in (span.month, span.month.next)),
        remark=own.said if own else "",
        words=summary_parts.unit_words(beneath),
        unconfirmed=summary_parts.unconfirmed(beneath, span.now),
        outcomes_reached=_told(unit, outcome_lines(scope, facts.outcomes_reached(tx, window), reached=True)),
        outcomes_overdue=_told(unit, outcome_lines(scope, facts.outcomes_overdue(tx, window))),
        needs_open=_told(unit, needs_open),
        needs_answered=_told(unit, needs_answered),
        rotations=_told(unit, summary_parts.rotations(scope, paired)),
        highlights=summary_parts.highlights(scope),
        pairings=summary_parts.pairing_counts(paired),
        next_month=_told(unit, _next_month(scope)),
        reviews_waiting=summary_parts.waiting_reviews(scope),
        reports=report_rows(scope),
        corrections=summary_parts.corrections(scope),
        burden=summary_parts.burden(scope),
    )


def _told(unit: Unit, part: Part) -> Part:
    """A part as it may be read there: without names and people's own words above the branch."""
    return part if unit.kind in NAMED_KINDS else nameless(part)


def _next_month(scope: Scope) -> NextMonth:
    month = scope.span.month.next
    return NextMonth(
        month=str(month),
        outcomes=outcome_lines(scope, facts.outcomes_coming(scope.tx, scope.window)),
        rotations=rotation_lines(scope, subjects.rotations_coming(scope.tx, scope.window)),
        reports=reports_due(scope, month),
    )
