"""SQL about who stands in for a mentor on the days of a leave."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BindParameter, bindparam, delete, exists, select, update

from domain.calendar import ONE_DAY
from domain.pairings import Mentorship
from storage.columns import among
from storage.database import Reader, Writer
from storage.guidance import PAIRED
from storage.tables import leave, pairing, person, unit_above
from storage.tables import pairing_mentor as table

_OF_LEAVE = (
    select(
        table.c.pairing_id, table.c.person_id, table.c.from_on, table.c.until_on, table.c.confirmed_at, table.c.leave_id
    )
    .where(table.c.leave_id == bindparam("leave"))
    .order_by(table.c.id)
)


_MENTOR, _MENTEE = person.alias("mentor"), person.alias("mentee")
_UNIT: BindParameter[int] = bindparam("unit")
_MENTEE_AWAY = exists().where(unit_above.c.unit_id == _MENTEE.c.unit_id, unit_above.c.above_id == _UNIT)
_OTHER, _OTHERS = table.alias("other"), person.alias("others")
_OVER_OTHER = unit_above.alias("over_other")
_SOMEBODY_THERE = (
    exists()
    .where(_OTHER.c.pairing_id == pairing.c.id, _OTHER.c.until_on.is_(None), _OTHERS.c.id == _OTHER.c.person_id)
    .where(~exists().where(_OVER_OTHER.c.unit_id == _OTHERS.c.unit_id, _OVER_OTHER.c.above_id == _UNIT))
)
_OVER = unit_above.alias("over")
LEFT_BY_UNIT = (
    select(pairing.c.id, table.c.person_id)
    .select_from(_OVER)
    .join(_MENTOR, _MENTOR.c.unit_id == _OVER.c.unit_id)
    .join(table, table.c.person_id == _MENTOR.c.id)
    .join(pairing, pairing.c.id == table.c.pairing_id)
    .join(_MENTEE, _MENTEE.c.id == pairing.c.mentee_id)
    .where(_OVER.c.above_id == _UNIT, table.c.until_on.is_(None), among(pairing.c.state, PAIRED))
    .where(~_MENTEE_AWAY, ~_SOMEBODY_THERE)
    .order_by(pairing.c.id, table.c.id)
)


def left_by_unit(tx: Reader, unit_id: int) -> dict[int, int]:
    """The pairings of people elsewhere all of whose mentors belong to a unit or beneath it, each with the first of them."""
    found: dict[int, int] = {}
    for row in tx.all(LEFT_BY_UNIT, {"unit": unit_id}):
        found.setdefault(row.id, row.person_id)
    return found


_STOOD_IN_FOR = (
    select(table.c.id)
    .join(leave, leave.c.id == table.c.leave_id)
    .where(
        leave.c.person_id == bindparam("person"),
        leave.c.cancelled_at.is_(None),
        table.c.from_on <= bindparam("today"),
        table.c.until_on >= bindparam("today"),
    )
    .limit(1)
)


def is_stood_in_for(tx: Reader, person_id: int, today: date) -> bool:
    """Whether somebody answers for this mentor today."""
    return tx.first(_STOOD_IN_FOR, {"person": person_id, "today": today}) is not None


def of_leave(tx: Reader, leave_id: int) -> list[Mentorship]:
    """All that stood or stand in, the later ones last."""
    return [Mentorship(**row._mapping) for row in tx.all(_OF_LEAVE, {"leave": leave_id})]


def add(tx: Writer, leave_id: int, pairing_id: int, person_id: int, first: date, last: date) -> None:
    tx.insert(table, pairing_id=pairing_id, person_id=person_id, from_on=first, until_on=last, leave_id=leave_id)


def end(tx: Writer, leave_id: int, pairing_id: int | None, today: date) -> None:
    """Nobody stands in from today on; those who have done so keep a row with their last day."""
    which = [table.c.leave_id == leave_id, table.c.until_on >= today]
    which += [] if pairing_id is None else [table.c.pairing_id == pairing_id]
    tx.run(delete(table).where(*which, table.c.from_on >= today))
    tx.run(update(table).where(*which).values(until_on=today - ONE_DAY))
