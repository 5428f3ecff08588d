"""How many reports fall due in the next month, reckoned from what is agreed: their duties are not all planned yet."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import date

from domain.calendar import Month
from domain.periods import Cadence, CadenceChange, CadenceKind, planned_periods
from domain.profiles import read_profile
from services.summary_parts import Scope
from storage import summary_subjects as subjects
from storage import units
from storage.pairings import coming_change
from storage.summary_facts import Line


def reports_due(scope: Scope, month: Month) -> int:
    """Leave that is entered later makes them fewer. The summary's own working days are taken for all beneath it."""
    paired: int = sum(
        row.number * _periods(scope, month, *_agreed(row), row.active_on, (row.active_on, month.last))
        for row in subjects.reporting_pairings(scope.tx, scope.window)
    )
    profiles: dict[int, Cadence] = {}
    rotating: int = sum(
        row.number * _periods(scope, month, *_rhythm(scope, row, profiles), (row.starts_on, row.ends_on))
        for row in subjects.reporting_rotations(scope.tx, scope.window)
    )
    return paired + rotating


def _periods(
    scope: Scope,
    month: Month,
    cadence: Cadence,
    change: CadenceChange | None,
    counted_from: date,
    days: tuple[date, date],
) -> int:
    """Periods that fall due in the month on one of these days; a fortnight may begin before the month does."""
    first = max(month.previous.first, counted_from)
    found = planned_periods(first, max(first, month.next.last), cadence, counted_from, scope.days, change)
    due = (period.due_day for period in found if period.month == month)
    return sum(day is not None and days[0] <= day <= days[1] for day in due)


def _agreed(row: Line) -> tuple[Cadence, CadenceChange | None]:
    """How is reported now, and otherwise from a day on that is to come."""
    change = coming_change(row.next_cadence, row.next_report_day, row.changes_on)
    return Cadence(CadenceKind(row.cadence), row.report_day), change


def _rhythm(
    scope: Scope, row: Line, profiles: MutableMapping[int, Cadence]
) -> tuple[Cadence, CadenceChange | None, date]:
    """A rotation reports as the person's pairing does, in the same weeks; without one as the unit's profile says."""
    if row.cadence is not None and row.active_on <= max(row.starts_on, scope.span.until):
        return (*_agreed(row), row.active_on)
    if row.unit_id not in profiles:
        profiles[row.unit_id] = read_profile(units.profile(scope.tx, row.unit_id)).cadence
    return profiles[row.unit_id], None, row.starts_on
