"""The package's days beside the notices written down by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.holiday_calendar import calendar_around, work_calendar
from tests.state_council import CALENDAR, MAKEUP_2025


def test_every_day_of_2026_agrees_with_the_notice() -> None:
    found = work_calendar(2025, 2027)
    for n in range(365):
        day = date(2026, 1, 1) + timedelta(days=n)
        assert found.is_working_day(day) is CALENDAR.is_working_day(day), day


def test_the_working_weekends_of_2025_agree_with_the_notice() -> None:
    found = work_calendar(2025, 2025)
    assert found.makeup_workdays == MAKEUP_2025


def test_announced_years_are_certain() -> None:
    found = work_calendar(2024, 2026)
    assert not any(found.is_provisional(date(year, 6, 1)) for year in (2024, 2025, 2026))


@pytest.mark.parametrize("year", [2035, 2099, 2150])
def test_a_year_far_ahead_is_provisional_and_breaks_nothing(year: int) -> None:
    found = calendar_around(date(year, 10, 1))
    assert found.is_provisional(date(year, 10, 1))
    assert found.missing_notice(date(year, 10, 1)) == year
    assert found.is_working_day(found.next_working_day(date(year, 10, 1)))


def test_lunar_holidays_of_a_year_not_yet_announced_are_computed() -> None:
    found = work_calendar(2027, 2027)
    assert not found.is_working_day(date(2027, 2, 5))
    assert not found.is_working_day(date(2027, 9, 15))
    assert found.is_working_day(date(2027, 3, 10))


def test_one_range_is_read_once() -> None:
    assert calendar_around(date(2026, 5, 1)) is calendar_around(date(2026, 11, 1))
