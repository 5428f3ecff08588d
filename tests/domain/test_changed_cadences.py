"""A cadence that changes from a period on: no day is asked about twice, and none is left out for long."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import ONE_DAY, WorkCalendar
from domain.periods import Cadence, CadenceChange, CadenceKind, period_of, planned_periods

SINCE = date(2026, 10, 5)
WEEKDAYS_ONLY = WorkCalendar()
DAYS = st.dates(SINCE, date(2027, 10, 5))


@st.composite
def cadences(draw: st.DrawFn) -> Cadence:
    kind = draw(st.sampled_from(CadenceKind))
    return Cadence(kind, draw(st.integers(1, 31) if kind is CadenceKind.MONTHLY else st.integers(0, 6)))


@given(cadences(), cadences(), DAYS, st.integers(0, 200))
def test_what_runs_ends_as_agreed_and_what_follows_falls_due_after_it(
    old: Cadence, new: Cadence, today: date, ahead: int
) -> None:
    present = period_of(today, old, SINCE, WEEKDAYS_ONLY)
    change = CadenceChange(new, present.last + ONE_DAY)
    found = planned_periods(today, today + timedelta(days=ahead), old, SINCE, WEEKDAYS_ONLY, change)
    assert found[0] == present
    assert all(period.first >= change.on for period in found[1:])
    assert all(period.due_day is None or period.due_day >= change.on for period in found[1:])
    assert all(one.last < other.first for one, other in itertools.pairwise(found))
    assert found[-1].last >= today + timedelta(days=ahead)


@given(cadences(), DAYS, st.integers(0, 200))
def test_without_a_change_one_period_more_is_planned(cadence: Cadence, today: date, ahead: int) -> None:
    last = today + timedelta(days=ahead)
    found = planned_periods(today, last, cadence, SINCE, WEEKDAYS_ONLY, None)
    assert found[-1].first > last
    assert found[-2].first <= last
    assert all(one.last + ONE_DAY == other.first for one, other in itertools.pairwise(found))


def test_weekly_becomes_monthly_with_the_day_that_is_still_to_come() -> None:
    change = CadenceChange(Cadence(CadenceKind.MONTHLY, 28), date(2026, 10, 19))
    found = planned_periods(
        date(2026, 10, 12), date(2026, 10, 12), Cadence(CadenceKind.WEEKLY, 4), SINCE, WEEKDAYS_ONLY, change
    )
    assert [(one.key, one.first, one.due_day) for one in found] == [
        ("2026-W42", date(2026, 10, 12), date(2026, 10, 16)),
        ("2026-10", date(2026, 10, 19), date(2026, 10, 28)),
    ]
