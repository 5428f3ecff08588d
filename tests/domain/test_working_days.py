"""Months, working days and how they are counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Month, WorkCalendar, add_months
from tests.state_council import CALENDAR, DAYS_OFF_2026, MAKEUP_2026

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
NEAR_DAYS = st.dates(date(2025, 12, 1), date(2027, 4, 30))
MONTHS = st.builds(Month, st.integers(2000, 2090), st.integers(1, 12))
COUNTS = st.integers(1, 40)


def test_every_day_of_2026_works_as_the_notice_says() -> None:
    for n in range(365):
        day = date(2026, 1, 1) + timedelta(days=n)
        works = day in MAKEUP_2026 or (day.weekday() < 5 and day not in DAYS_OFF_2026)
        assert CALENDAR.is_working_day(day) is works, day


def test_the_first_working_days_of_october_2026() -> None:
    october = Month(2026, 10)
    assert CALENDAR.nth_working_day(october, 1) == date(2026, 10, 8)
    assert CALENDAR.nth_working_day(october, 5) == date(2026, 10, 13)


@pytest.mark.parametrize(
    ("start", "full"),
    [
        (date(2026, 9, 29), date(2026, 10, 10)),
        (date(2026, 2, 12), date(2026, 2, 25)),
        (date(2026, 4, 30), date(2026, 5, 9)),
        (date(2026, 1, 4), date(2026, 1, 8)),
    ],
)
def test_five_working_days_with_the_first_one_counted(start: date, full: date) -> None:
    assert CALENDAR.add_working_days(start, 5, inclusive=True) == full


def test_five_working_days_from_the_day_after() -> None:
    assert CALENDAR.add_working_days(date(2026, 9, 29), 5) == date(2026, 10, 12)


def test_working_days_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        CALENDAR.nth_working_day(Month(2026, 10), 0)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 5, 18), 12, date(2027, 5, 18)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_added_with_clamping(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@given(DAYS, st.integers(-200, 200))
def test_adding_months_reaches_exactly_that_month_and_moves_the_day_only_to_its_end(day: date, months: int) -> None:
    later = add_months(day, months)
    assert Month.of(later) == Month.of(day).plus(months)
    assert later.day == day.day or (later.day < day.day and later == Month.of(later).last)


@given(DAYS, DAYS, st.integers(0, 60))
def test_adding_months_keeps_the_order_of_days(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert add_months(first, months) <= add_months(second, months)


@given(MONTHS)
def test_months_follow_each_other_without_a_gap(month: Month) -> None:
    assert month.last + timedelta(days=1) == month.next.first
    assert month.next.previous == month
    assert Month.parse(str(month)) == month
    assert Month.of(month.first) == Month.of(month.last) == month


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "26-10", "2026-10-01", "2026/10", "十月", ""])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


@given(NEAR_DAYS, COUNTS)
def test_counting_more_working_days_ends_later_and_on_a_working_day(start: date, n: int) -> None:
    full = CALENDAR.add_working_days(start, n)
    assert CALENDAR.is_working_day(full)
    assert start < full < CALENDAR.add_working_days(start, n + 1)
    assert CALENDAR.add_working_days(start, n, inclusive=True) <= full


@given(st.builds(Month, st.just(2026), st.integers(1, 12)), COUNTS)
def test_the_nth_working_day_grows_with_n(month: Month, n: int) -> None:
    assert month.first <= CALENDAR.nth_working_day(month, n) < CALENDAR.nth_working_day(month, n + 1)


@given(NEAR_DAYS)
def test_the_neighbouring_working_days_have_only_days_off_between(day: date) -> None:
    earlier, later = CALENDAR.previous_working_day(day), CALENDAR.next_working_day(day)
    assert earlier < day < later
    between = [earlier + timedelta(days=n) for n in range(1, (later - earlier).days)]
    assert all(other == day or not CALENDAR.is_working_day(other) for other in between)


def test_the_units_own_days_lie_over_the_notice() -> None:
    plant_closed, works_on_holiday = date(2026, 10, 9), date(2026, 10, 7)
    own = CALENDAR.with_own_days(off=[plant_closed], working=[works_on_holiday])
    assert not own.is_working_day(plant_closed)
    assert own.is_working_day(works_on_holiday)
    assert own.nth_working_day(Month(2026, 10), 2) == date(2026, 10, 8)
    branch = own.with_own_days(working=[plant_closed])
    assert branch.is_working_day(plant_closed)
    assert CALENDAR.is_working_day(plant_closed)


def test_a_makeup_day_may_be_off_in_the_unit() -> None:
    assert not CALENDAR.with_own_days(off=[date(2026, 10, 10)]).is_working_day(date(2026, 10, 10))


def test_a_year_without_notice_is_provisional_and_missed_from_december() -> None:
    assert not CALENDAR.is_provisional(date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2027, 1, 1))
    assert CALENDAR.missing_notice(date(2026, 11, 30)) is None
    assert CALENDAR.missing_notice(date(2026, 12, 1)) == 2027
    assert CALENDAR.missing_notice(date(2027, 3, 1)) == 2027


def test_a_month_with_all_its_days_off_counts_on_into_the_next() -> None:
    closed = WorkCalendar().with_own_days(off=[date(2026, 7, 1) + timedelta(days=n) for n in range(31)])
    assert closed.nth_working_day(Month(2026, 7), 1) == date(2026, 8, 3)
