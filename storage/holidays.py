"""SQL about a unit's own days off and working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, select

from storage.database import Reader, Writer
from storage.tables import holiday, unit_above


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that a unit set for itself and all beneath it."""

    unit_id: int
    day: date
    working: bool
    name: str


_OVER = (
    select(holiday.c.unit_id, holiday.c.day, holiday.c.working, holiday.c.name)
    .join(unit_above, unit_above.c.above_id == holiday.c.unit_id)
    .where(unit_above.c.unit_id == bindparam("unit"), holiday.c.day >= bindparam("since"))
    .order_by(unit_above.c.distance.desc(), holiday.c.day)
)


def over(tx: Reader, unit_id: int, since: date) -> list[OwnDay]:
    """The days that hold for a unit, those of the units above it first, so that the nearer ones come later."""
    return [OwnDay(**row._mapping) for row in tx.all(_OVER, {"unit": unit_id, "since": since})]


def put(tx: Writer, unit_id: int, day: date, *, working: bool, name: str) -> None:
    remove(tx, unit_id, day)
    tx.insert(holiday, unit_id=unit_id, day=day, working=working, name=name)


def remove(tx: Writer, unit_id: int, day: date) -> bool:
    return bool(tx.run(delete(holiday).where(holiday.c.unit_id == unit_id, holiday.c.day == day)))
