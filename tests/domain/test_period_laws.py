"""Periods tile time, fall due inside themselves, and lock with their month."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Month, WorkCalendar
from domain.periods import (
    WEEKLY_ON_FRIDAY,
    Cadence,
    CadenceKind,
    locks_at,
    locks_on,
    next_period,
    period_of,
    periods_between,
    span_of,
)
from tests.state_council import CALENDAR

DAYS = st.dates(date(2025, 12, 1), date(2027, 4, 30))
CADENCES = st.one_of(
    st.builds(Cadence, st.sampled_from([CadenceKind.WEEKLY, CadenceKind.FORTNIGHTLY]), st.integers(0, 6)),
    st.builds(Cadence, st.just(CadenceKind.MONTHLY), st.integers(1, 31)),
)
CALENDARS = st.builds(
    CALENDAR.with_own_days, off=st.frozensets(DAYS, max_size=60), working=st.frozensets(DAYS, max_size=20)
)
FORTNIGHTLY_ON_FRIDAY = Cadence(CadenceKind.FORTNIGHTLY, 4)


@given(CADENCES, DAYS, CALENDARS)
def test_periods_tile_time_from_the_one_in_which_the_pairing_began(
    cadence: Cadence, active_since: date, calendar: WorkCalendar
) -> None:
    until = active_since + timedelta(days=120)
    periods = list(periods_between(date(2025, 1, 1), until, cadence, active_since, calendar))
    assert periods[0].first <= active_since <= periods[0].last
    assert periods[-1].first <= until <= periods[-1].last
    for earlier, later in pairwise(periods):
        assert earlier.last + timedelta(days=1) == later.first
        assert next_period(earlier, cadence, active_since, calendar) == later
    assert len({period.key for period in periods}) == len(periods)


@given(CADENCES, DAYS, DAYS, CALENDARS)
def test_every_day_of_a_period_finds_the_same_period(
    cadence: Cadence, one: date, other: date, calendar: WorkCalendar
) -> None:
    active_since, day = sorted((one, other))
    period = period_of(day, cadence, active_since, calendar)
    assert period.first <= day <= period.last
    assert period_of(period.last, cadence, active_since, calendar) == period


@given(CADENCES, DAYS, DAYS, CALENDARS)
def test_a_due_day_is_a_working_day_of_its_period_and_names_its_month(
    cadence: Cadence, one: date, other: date, calendar: WorkCalendar
) -> None:
    active_since, day = sorted((one, other))
    period = period_of(day, cadence, active_since, calendar)
    if period.due_day is not None:
        assert max(period.first, active_since) <= period.due_day <= period.last
        assert calendar.is_working_day(period.due_day)
        assert period.month == Month.of(period.due_day)


@given(CADENCES, DAYS, CALENDARS)
def test_a_period_without_a_due_day_has_no_working_day_left_to_owe(
    cadence: Cadence, active_since: date, calendar: WorkCalendar
) -> None:
    later = period_of(active_since + timedelta(days=40), cadence, active_since, calendar)
    length = (later.last - later.first).days + 1
    works = any(calendar.is_working_day(later.first + timedelta(days=n)) for n in range(length))
    assert (later.due_day is not None) is works


@given(CADENCES, DAYS, CALENDARS)
def test_a_period_is_over_before_its_month_locks(cadence: Cadence, active_since: date, calendar: WorkCalendar) -> None:
    period = period_of(active_since, cadence, active_since, calendar)
    assert period.last < locks_on(period.month, calendar)


@given(CADENCES, DAYS, DAYS)
def test_a_key_tells_the_days_of_its_period(cadence: Cadence, active_since: date, day: date) -> None:
    period = period_of(max(day, active_since), cadence, active_since, CALENDAR)
    assert span_of(period.key) == (period.first, period.last)


@pytest.mark.parametrize("key", ["", "2026-W54", "2026-13", "W3", "2026-10-16", "2026-W42/3"])
def test_what_is_no_key_tells_no_days(key: str) -> None:
    assert span_of(key) is None


def test_the_keys_of_the_three_cadences() -> None:
    day, since = date(2026, 10, 16), date(2026, 10, 7)
    assert period_of(day, WEEKLY_ON_FRIDAY, since, CALENDAR).key == "2026-W42"
    assert period_of(day, FORTNIGHTLY_ON_FRIDAY, since, CALENDAR).key == "2026-W41/2"
    assert period_of(day, Cadence(CadenceKind.MONTHLY, 25), since, CALENDAR).key == "2026-10"


def test_a_week_at_new_year_bears_the_year_of_its_iso_week() -> None:
    assert period_of(date(2027, 1, 1), WEEKLY_ON_FRIDAY, date(2026, 9, 1), CALENDAR).key == "2026-W53"
    assert period_of(date(2027, 1, 4), WEEKLY_ON_FRIDAY, date(2026, 9, 1), CALENDAR).key == "2027-W01"


def test_fortnights_are_counted_from_the_monday_of_the_first_week_and_due_in_the_second() -> None:
    period = period_of(date(2026, 10, 15), FORTNIGHTLY_ON_FRIDAY, date(2026, 10, 15), CALENDAR)
    assert (period.first, period.last, period.due_day) == (date(2026, 10, 12), date(2026, 10, 25), date(2026, 10, 23))


def test_a_due_day_off_moves_on_inside_the_period_before_it_moves_back() -> None:
    wednesday = Cadence(CadenceKind.WEEKLY, 2)
    assert period_of(date(2026, 10, 7), wednesday, date(2026, 9, 1), CALENDAR).due_day == date(2026, 10, 8)
    moved_back = period_of(date(2026, 10, 2), WEEKLY_ON_FRIDAY, date(2026, 9, 1), CALENDAR)
    assert moved_back.due_day == date(2026, 9, 30)
    assert moved_back.month == Month(2026, 9)


def test_a_week_of_holidays_owes_nothing() -> None:
    spring_festival = period_of(date(2026, 2, 18), WEEKLY_ON_FRIDAY, date(2026, 1, 5), CALENDAR)
    assert (spring_festival.due_day, spring_festival.month) == (None, Month(2026, 2))


def test_nothing_is_owed_for_a_due_day_before_the_pairing_was_active() -> None:
    saturday = date(2026, 10, 17)
    first = period_of(saturday, WEEKLY_ON_FRIDAY, saturday, CALENDAR)
    assert first.due_day is None
    assert next_period(first, WEEKLY_ON_FRIDAY, saturday, CALENDAR).due_day == date(2026, 10, 23)


def test_before_the_pairing_was_active_there_is_no_period() -> None:
    with pytest.raises(ValueError, match="active since"):
        period_of(date(2026, 10, 11), WEEKLY_ON_FRIDAY, date(2026, 10, 12), CALENDAR)
    assert not list(
        periods_between(date(2026, 9, 1), date(2026, 10, 11), WEEKLY_ON_FRIDAY, date(2026, 10, 12), CALENDAR)
    )


@pytest.mark.parametrize(
    ("kind", "day"),
    [(CadenceKind.WEEKLY, 7), (CadenceKind.FORTNIGHTLY, -1), (CadenceKind.MONTHLY, 0), (CadenceKind.MONTHLY, 32)],
)
def test_a_cadence_has_only_days_that_exist(kind: CadenceKind, day: int) -> None:
    with pytest.raises(ValueError, match="have no day"):
        Cadence(kind, day)


def test_the_lock_is_the_beginning_of_the_day_in_the_units_zone() -> None:
    assert locks_on(Month(2026, 9), CALENDAR) == date(2026, 10, 13)
    assert locks_at(Month(2026, 9), CALENDAR, ZoneInfo("Asia/Shanghai")) == datetime(2026, 10, 12, 16, tzinfo=UTC)
    assert locks_at(Month(2026, 9), CALENDAR, ZoneInfo("Asia/Urumqi")) == datetime(2026, 10, 12, 18, tzinfo=UTC)
