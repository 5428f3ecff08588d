"""All that the rules ask about a person before they decide what falls due and who is told when."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import WorkCalendar
from domain.duties import Leave
from domain.profiles import Profile, chosen_rhythm, read_profile
from domain.quiet_hours import outside_quiet_hours
from domain.reminders import Rhythm
from domain.units import Unit
from services import calendar
from storage import leaves, reminders, units
from storage.database import Reader

LEAVES_LOOKED_BACK = timedelta(days=70)
"""A leave further back can excuse nothing any more: its month is locked."""


@dataclass(frozen=True, slots=True)
class UnitTime:
    calendar: WorkCalendar
    profile: Profile


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`zone` is the unit's, in which things fall due; `own_zone` the person's, in which they are written to."""

    zone: ZoneInfo
    own_zone: ZoneInfo
    calendar: WorkCalendar
    profile: Profile
    rhythm: Rhythm
    leaves: tuple[Leave, ...]
    choices: reminders.Choices


def of_person(
    tx: Reader, person_id: int, day: date, known: MutableMapping[int, UnitTime] | None = None
) -> Circumstances:
    """A batch hands in `known`, so that each unit is read once for all its people."""
    chosen = reminders.choices(tx, person_id)
    time = of_unit(tx, chosen.unit_id, day) if known is None else known.get(chosen.unit_id)
    if time is None:
        assert known is not None
        time = known[chosen.unit_id] = of_unit(tx, chosen.unit_id, day)
    rhythm = chosen_rhythm(
        time.profile.rhythm, chosen.prompt_hour, chosen.prompt_days, chosen.quiet_hours, off=chosen.reminders_off
    )
    spans = tuple(kept.span for kept in leaves.of_person(tx, person_id, day - LEAVES_LOOKED_BACK))
    zone = ZoneInfo(chosen.unit_zone)
    own_zone = ZoneInfo(chosen.zone) if chosen.zone else zone
    return Circumstances(zone, own_zone, time.calendar, time.profile, rhythm, spans, chosen)


def not_quiet(tx: Reader, unit: Unit, moment: datetime) -> datetime:
    """`moment` itself, or the end of the quiet hours of a unit in which it lies."""
    return outside_quiet_hours(moment, ZoneInfo(unit.zone), read_profile(units.profile(tx, unit.id)).rhythm.quiet)


def of_unit(tx: Reader, unit_id: int, day: date) -> UnitTime:
    return UnitTime(calendar.of_unit(tx, unit_id, day), read_profile(units.profile(tx, unit_id)))
