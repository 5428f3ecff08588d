"""工作日历: the coming days off as they hold for a unit, and the days that the unit sets for itself and all beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from domain.actors import Actor
from domain.calendar import ONE_DAY, WorkCalendar
from domain.refusals import Refusal
from domain.roles import LEADERS
from domain.units import Unit
from services import access, audit, calendar
from storage import duty_plans, holidays, units
from storage.database import Reader, Writer
from storage.holidays import OwnDay

AHEAD_DAYS = 150


@dataclass(frozen=True, slots=True)
class Rest:
    """Days off in a row, with the weekends that touch them."""

    first: date
    last: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """`own` are days that units set, each with its unit's name; `removable` those of the unit itself."""

    unit: Unit
    rests: tuple[Rest, ...]
    makeup_workdays: tuple[date, ...]
    own: tuple[tuple[OwnDay, str], ...]
    removable: tuple[OwnDay, ...]
    missing_year: int | None


def own_units(tx: Reader, actor: Actor) -> list[Unit]:
    """The units whose calendar the actor keeps; refuses who keeps none."""
    access.need_role(actor, *LEADERS)
    return access.led_units(tx, actor)


def overview(tx: Reader, actor: Actor, unit_id: int) -> Overview:
    unit = access.unit(tx, actor, unit_id, *LEADERS)
    days = calendar.of_unit(tx, unit_id, actor.today)
    own = [one for one in holidays.over(tx, unit_id, actor.today) if one.day <= _horizon(actor)]
    return Overview(
        unit=unit,
        rests=tuple(_rests(days, actor.today, _horizon(actor))),
        makeup_workdays=tuple(sorted(day for day in days.makeup_workdays if _is_shown(day, actor))),
        own=tuple((one, _name(tx, one)) for one in sorted(own, key=lambda one: one.day)),
        removable=tuple(one for one in own if one.unit_id == unit_id),
        missing_year=days.missing_notice(actor.today),
    )


def put(tx: Writer, actor: Actor, unit_id: int, day: date, *, working: bool) -> None:
    """Make a day a day off or a working day. Refusals: `holiday_past`, `already_done` when it is so already."""
    access.unit(tx, actor, unit_id, *LEADERS)
    _require_ahead(day, actor.today)
    if calendar.of_unit(tx, unit_id, actor.today).is_working_day(day) is working:
        raise Refusal("already_done")
    holidays.put(tx, unit_id, day, working=working, name="")
    audit.record(tx, actor, "holiday:put", f"unit:{unit_id}", new={"day": day, "working": working})
    duty_plans.advance_beneath(tx, unit_id, actor.now)


def remove(tx: Writer, actor: Actor, unit_id: int, day: date) -> OwnDay:
    """Let the calendar above decide about the day again; gives what was taken away.

    Refusals: `holiday_past`, `already_done`.
    """
    access.unit(tx, actor, unit_id, *LEADERS)
    _require_ahead(day, actor.today)
    known = [one for one in holidays.over(tx, unit_id, day) if (one.unit_id, one.day) == (unit_id, day)]
    if not known or not holidays.remove(tx, unit_id, day):
        raise Refusal("already_done")
    audit.record(tx, actor, "holiday:remove", f"unit:{unit_id}", old={"day": day, "working": known[0].working})
    duty_plans.advance_beneath(tx, unit_id, actor.now)
    return known[0]


def _require_ahead(day: date, today: date) -> None:
    if day < today:
        raise Refusal("holiday_past", day=day)
    if day > today + timedelta(days=730):
        raise Refusal("holiday_too_far", day=day)


def _horizon(actor: Actor) -> date:
    return actor.today + timedelta(days=AHEAD_DAYS)


def _is_shown(day: date, actor: Actor) -> bool:
    return actor.today <= day <= _horizon(actor)


def _name(tx: Reader, own: OwnDay) -> str:
    unit = units.get(tx, own.unit_id)
    return "" if unit is None else unit.name


def _rests(days: WorkCalendar, first: date, last: date) -> Iterator[Rest]:
    """Every row of days off that is more than an ordinary weekend."""
    span = [first + ONE_DAY * n for n in range((last - first).days + 1)]
    for works, row in groupby(span, days.is_working_day):
        off = list(row)
        if not works and _is_special(off):
            yield Rest(off[0], off[-1], any(days.is_provisional(day) for day in off))


def _is_special(off: Iterable[date]) -> bool:
    return any(day.weekday() < 5 for day in off)
