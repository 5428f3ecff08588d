"""Reads China's days off and make-up working days (调休) from the package `holidays` into the rules' own calendar."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from domain.calendar import WorkCalendar


@lru_cache(maxsize=16)
def work_calendar(first_year: int, last_year: int) -> WorkCalendar:
    """The calendar of these years, both included.

    Every notice of the State Council moves working days, so a year in which the package knows of none is one whose
    notice it does not hold yet: its lunar and fixed holidays are computed, and the calendar calls it provisional.
    """
    import holidays  # it computes tables of moons when it is imported: not before a day is looked up

    found = holidays.country_holidays("CN", years=range(first_year, last_year + 1))
    makeup_workdays = frozenset(day for day in found.weekend_workdays if first_year <= day.year <= last_year)
    return WorkCalendar(
        days_off=frozenset(found),
        makeup_workdays=makeup_workdays,
        known_years=frozenset(day.year for day in makeup_workdays),
    )


def calendar_around(day: date) -> WorkCalendar:
    """The calendar for whatever falls due near `day`: from the year before to two years after."""
    return work_calendar(day.year - 1, day.year + 2)
