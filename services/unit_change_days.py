"""The day on which a unit is changed. Where people come from one branch into another, those who led them finish the month
before with them: its late reports, its confirmation and its summary.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.calendar import Month, local_day
from domain.summary_days import final_at, is_told_unasked
from domain.unit_changes import Plan, finishes_on, takes_from_branch
from domain.units import Unit
from services import calendar
from storage import people, units
from storage.database import Reader


def finishes_first(tx: Reader, plan: Plan, unit: Unit) -> bool:
    """Whether the month before has to be final; before an organisation's first month there is nothing to finish."""
    into = units.get(tx, plan.other_id) if plan.other_id else None
    begun = people.begun_at(tx)
    begun_on = None if begun is None else local_day(begun, ZoneInfo(unit.zone))
    return takes_from_branch(plan.kind, unit, into) and is_told_unasked(Month.of(plan.on_day).previous, begun_on)


def carried_out_on(tx: Reader, plan: Plan, unit: Unit) -> date:
    """The day that was asked for, or the later one on which the month before is final."""
    if not finishes_first(tx, plan, unit):
        return plan.on_day
    return finishes_on(plan.on_day, calendar.of_unit(tx, unit.id, plan.on_day))


def has_finished(tx: Reader, plan: Plan, unit: Unit, now: datetime) -> bool:
    """Whether the final of the month before is due; the holidays may have been moved since the day was reckoned."""
    days = calendar.of_unit(tx, unit.id, plan.on_day)
    return now >= final_at(Month.of(plan.on_day).previous, days, ZoneInfo(unit.zone))
