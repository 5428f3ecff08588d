"""The days of a unit: which day it is there, and its working days, which are the State Council's and over them those
of the units above it and its own.
"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import WorkCalendar, local_day
from services.holiday_calendar import calendar_around
from storage import holidays, people, units
from storage.database import Reader

LOOKED_BACK = timedelta(days=400)


def of_unit(tx: Reader, unit_id: int, day: date) -> WorkCalendar:
    """The calendar for whatever falls due near `day`; a unit's own word goes before that of the units above it."""
    own = {one.day: one.working for one in holidays.over(tx, unit_id, day - LOOKED_BACK)}
    return calendar_around(day).with_own_days(
        off=[day for day, working in own.items() if not working],
        working=[day for day, working in own.items() if working],
    )


def today_in_unit(tx: Reader, actor: Actor, unit_id: int) -> date:
    unit = units.get(tx, unit_id)
    return actor.today if unit is None else local_day(actor.now, ZoneInfo(unit.zone))


def today_of_person(tx: Reader, actor: Actor, person_id: int) -> date:
    """The day it is in the person's unit."""
    person = people.get(tx, person_id)
    return actor.today if person is None else today_in_unit(tx, actor, person.unit_id)
