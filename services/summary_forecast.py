"""How many reports fall due in the next month, reckoned from what is agreed: their duties are not all planned yet."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import date

from domain.calendar import Month, WorkCalendar
from domain.periods import Cadence, CadenceKind, periods_between
from domain.profiles import read_profile
from services.summary_parts import Scope
from storage import summary_subjects as subjects
from storage import units
from storage.summary_facts import Line


def reports_due(scope: Scope, month: Month) -> int:
    """Leave that is entered later makes them fewer. The summary's own working days are taken for all beneath it."""
    paired: int = sum(
        row.number * _periods(month, _cadence(row), row.active_on, month.last, scope.days)
        for row in subjects.reporting_pairings(scope.tx, scope.window)
    )
    profiles: dict[int, Cadence] = {}
    rotating: int = sum(
        row.number * _periods(month, _rotation_cadence(scope, row, profiles), row.starts_on, row.ends_on, scope.days)
        for row in subjects.reporting_rotations(scope.tx, scope.window)
    )
    return paired + rotating


def _periods(month: Month, cadence: Cadence, since: date, last: date, calendar: WorkCalendar) -> int:
    """Periods that fall due in the month and not after the last day; a fortnight may begin before the month does."""
    found = periods_between(month.previous.first, month.next.last, cadence, since, calendar)
    return sum(period.due_day is not None and period.month == month and period.due_day <= last for period in found)


def _cadence(row: Line) -> Cadence:
    return Cadence(CadenceKind(row.cadence), row.report_day)


def _rotation_cadence(scope: Scope, row: Line, profiles: MutableMapping[int, Cadence]) -> Cadence:
    """That of the person's pairing, else the unit's."""
    if row.cadence is not None:
        return _cadence(row)
    if row.unit_id not in profiles:
        profiles[row.unit_id] = read_profile(units.profile(scope.tx, row.unit_id)).cadence
    return profiles[row.unit_id]
