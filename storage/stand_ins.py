"""SQL about who stands in for a mentor on the days of a leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import BindParameter, bindparam, delete, exists, func, select, union_all, update

from domain.calendar import ONE_DAY
from domain.stand_ins import Share
from storage.columns import among
from storage.database import Reader, Writer
from storage.guidance import PAIRED
from storage.tables import leave, leave_look, pairing, person, unit_above
from storage.tables import pairing_mentor as table

_PAIRING: BindParameter[int] = bindparam("pairing")
_UNIT: BindParameter[int] = bindparam("unit")
_LASTING = table.c.leave_id.is_not(None) & (table.c.until_on >= bindparam("today"))
_OF_PAIRING = (
    select(table.c.id, table.c.person_id, table.c.from_on, table.c.until_on)
    .where(table.c.pairing_id == _PAIRING, _LASTING)
    .order_by(table.c.from_on, table.c.id)
)
OF_PERSON = (
    select(table.c.pairing_id)
    .join(pairing, pairing.c.id == table.c.pairing_id)
    .where(table.c.person_id == bindparam("person"), _LASTING, among(pairing.c.state, PAIRED))
    .distinct()
    .order_by(table.c.pairing_id)
)
OF_LEAVE = select(table.c.pairing_id).where(table.c.leave_id == bindparam("leave"), _LASTING).distinct()
_MENTOR, _MENTEE, _OVER = person.alias("mentor"), person.alias("mentee"), unit_above.alias("over")
_MENTEE_AWAY = exists().where(unit_above.c.unit_id == _MENTEE.c.unit_id, unit_above.c.above_id == _UNIT)
GUIDED_FROM_UNIT = (
    select(pairing.c.id)
    .select_from(_OVER)
    .join(_MENTOR, _MENTOR.c.unit_id == _OVER.c.unit_id)
    .join(table, table.c.person_id == _MENTOR.c.id)
    .join(pairing, pairing.c.id == table.c.pairing_id)
    .join(_MENTEE, _MENTEE.c.id == pairing.c.mentee_id)
    .where(_OVER.c.above_id == _UNIT, table.c.until_on.is_(None), among(pairing.c.state, PAIRED), ~_MENTEE_AWAY)
    .distinct()
    .order_by(pairing.c.id)
)
_STANDS = (leave.c.cancelled_at.is_(None), leave.c.last_on >= bindparam("today"))
GUIDED_BY = (
    select(pairing.c.id)
    .join(table, table.c.pairing_id == pairing.c.id)
    .where(table.c.person_id == bindparam("person"), table.c.until_on.is_(None), among(pairing.c.state, PAIRED))
    .order_by(pairing.c.id)
)


def guided(tx: Reader, person_id: int | None, unit_id: int | None) -> list[int]:
    """The pairings under way of a mentor, or of a unit's mentors with people who do not belong to it."""
    if unit_id is None:
        return list(tx.scalars(GUIDED_BY, {"person": person_id}))
    return list(tx.scalars(GUIDED_FROM_UNIT, {"unit": unit_id}))


def of_leave(tx: Reader, leave_id: int, today: date) -> list[int]:
    """The pairings in which somebody stands in for its days."""
    return list(tx.scalars(OF_LEAVE, {"leave": leave_id, "today": today}))


def of_person(tx: Reader, person_id: int, today: date) -> list[int]:
    """The pairings under way in which a person stands in, from today on."""
    return list(tx.scalars(OF_PERSON, {"person": person_id, "today": today}))


_BEGUN = (
    select(pairing.c.mentee_id, func.max(table.c.from_on).label("begun"))
    .join(table, table.c.pairing_id == pairing.c.id)
    .where(table.c.person_id == bindparam("person"), _LASTING, table.c.from_on <= bindparam("today"))
    .group_by(pairing.c.mentee_id)
)


def begun(tx: Reader, person_id: int, today: date) -> dict[int, date]:
    """By mentee, since when a person stands in today."""
    return {row.mentee_id: row.begun for row in tx.all(_BEGUN, {"person": person_id, "today": today})}


def of_pairing(tx: Reader, pairing_id: int, today: date) -> tuple[Share, ...]:
    """Who stands in from today on, with the days on which it began."""
    rows = tx.all(_OF_PAIRING, {"pairing": pairing_id, "today": today})
    return tuple(Share(row.person_id, row.from_on, row.until_on) for row in rows)


def put(tx: Writer, pairing_id: int, shares: Mapping[Share, int], today: date) -> None:
    """These stand in from today on, each for the days of a leave, and nobody else; whoever has done so keeps a row with
    the last day of it.
    """
    open_shares = list(shares)
    for row in tx.all(_OF_PAIRING, {"pairing": pairing_id, "today": today}):
        first = max(row.from_on, today)
        same = next((one for one in open_shares if (one.person_id, one.first) == (row.person_id, first)), None)
        if same is not None:
            open_shares.remove(same)
            if row.until_on != same.last:
                tx.run(update(table).where(table.c.id == row.id).values(until_on=same.last))
        elif row.from_on >= today:
            tx.run(delete(table).where(table.c.id == row.id))
        else:
            tx.run(update(table).where(table.c.id == row.id).values(until_on=today - ONE_DAY))
    for one in open_shares:
        tx.insert(
            table, pairing_id=pairing_id, person_id=one.person_id, from_on=one.first, until_on=one.last,
            leave_id=shares[one],
        )  # fmt: skip


LOOKED_AT = (
    select(leave_look.c.leave_id)
    .where(leave_look.c.next_at <= bindparam("now"))
    .order_by(leave_look.c.next_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)


def to_look_at(tx: Writer, now: datetime, *, limit: int) -> list[int]:
    """The leaves of which it is time to see whether whoever stands in still can."""
    return list(tx.scalars(LOOKED_AT, {"now": now, "limit": limit}))


def look_at(tx: Writer, leave_ids: Iterable[int], moment: datetime | None) -> None:
    """At that moment, or no more."""
    for leave_id in leave_ids:
        here = leave_look.c.leave_id == leave_id
        if moment is None:
            tx.run(delete(leave_look).where(here))
        elif not tx.run(update(leave_look).where(here).values(next_at=moment)):
            tx.insert_once(leave_look, unique=["leave_id"], leave_id=leave_id, next_at=moment)


_TAKING_AWAY = union_all(
    select(leave.c.id).where(leave.c.person_id == bindparam("person"), *_STANDS),
    select(leave.c.id)
    .join(unit_above, unit_above.c.above_id == leave.c.unit_id)
    .join(person, person.c.unit_id == unit_above.c.unit_id)
    .where(person.c.id == bindparam("person"), *_STANDS),
    select(leave.c.id)
    .join(table, table.c.leave_id == leave.c.id)
    .where(table.c.person_id == bindparam("person"), _LASTING, *_STANDS),
)


def look_again(tx: Writer, person_id: int, today: date, moment: datetime) -> None:
    """At the leaves that take this mentor away, and at those for whose days the person stands in."""
    found = set(tx.scalars(_TAKING_AWAY, {"person": person_id, "today": today}))
    if found:
        look_at(tx, found, moment)
