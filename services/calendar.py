"""The working days of a unit: the State Council's, and over them those of the units above it and its own."""

from __future__ import annotations

from datetime import date, timedelta

from domain.calendar import WorkCalendar
from services.holiday_calendar import calendar_around
from storage import holidays
from storage.database import Reader

LOOKED_BACK = timedelta(days=400)


def of_unit(tx: Reader, unit_id: int, day: date) -> WorkCalendar:
    """The calendar for whatever falls due near `day`; a unit's own word goes before that of the units above it."""
    own = {one.day: one.working for one in holidays.over(tx, unit_id, day - LOOKED_BACK)}
    return calendar_around(day).with_own_days(
        off=[day for day, working in own.items() if not working],
        working=[day for day, working in own.items() if working],
    )
