"""SQL about what is done to units on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, select, update

from domain.unit_changes import Plan, UnitChange, UnitChangeKind
from storage.database import Reader, Writer
from storage.tables import account, person, rotation, unit_change

_COLUMNS = (
    unit_change.c.id, unit_change.c.unit_id, unit_change.c.kind, unit_change.c.on_day, unit_change.c.name,
    unit_change.c.other_id, unit_change.c.people, unit_change.c.was, unit_change.c.entered_at, unit_change.c.done_at,
    account.c.person_id.label("enterer"),
)  # fmt: skip
_SELECT = select(*_COLUMNS).outerjoin(account, account.c.id == unit_change.c.entered_by)
_PENDING = and_(unit_change.c.done_at.is_(None), unit_change.c.cancelled_at.is_(None))
_DUE = (
    _SELECT.where(_PENDING, unit_change.c.on_day <= bindparam("day"))
    .order_by(unit_change.c.on_day, unit_change.c.id)
)  # fmt: skip
_BY_ID = _SELECT.where(unit_change.c.id == bindparam("change"), unit_change.c.cancelled_at.is_(None))
_OF_UNIT = _SELECT.where(_PENDING, unit_change.c.unit_id == bindparam("unit")).order_by(unit_change.c.id)
_RENAMED_SINCE = (
    select(unit_change.c.unit_id, unit_change.c.was)
    .where(unit_change.c.on_day >= bindparam("day"), unit_change.c.kind == UnitChangeKind.RENAME)
    .where(unit_change.c.done_at.is_not(None))
    .order_by(unit_change.c.on_day.desc(), unit_change.c.id.desc())
)
_DONE_SINCE = (
    _SELECT.where(unit_change.c.on_day >= bindparam("day"), unit_change.c.done_at.is_not(None))
    .order_by(unit_change.c.on_day.desc(), unit_change.c.id.desc())
)  # fmt: skip
_MEMBERS = select(person.c.id).where(person.c.unit_id == bindparam("unit")).order_by(person.c.id)


def add(tx: Writer, plan: Plan, was: str, entered_by: int | None, now: datetime) -> int:
    return tx.insert(
        unit_change, unit_id=plan.unit_id, kind=plan.kind, on_day=plan.on_day, name=plan.name, was=was,
        other_id=plan.other_id, people=list(plan.people), entered_by=entered_by, entered_at=now,
    )  # fmt: skip


def get(tx: Reader, change_id: int) -> UnitChange | None:
    """One that was not cancelled."""
    row = tx.first(_BY_ID, {"change": change_id})
    return None if row is None else _change(row)


def pending(tx: Reader, unit_id: int) -> list[UnitChange]:
    return [_change(row) for row in tx.all(_OF_UNIT, {"unit": unit_id})]


def due(tx: Reader, day: date) -> list[UnitChange]:
    """Those whose day has come, the earliest first."""
    return [_change(row) for row in tx.all(_DUE, {"day": day})]


def names_before(tx: Reader, day: date) -> dict[int, str]:
    """How units were called before that day, of those that were renamed on it or since."""
    return {row.unit_id: row.was for row in tx.all(_RENAMED_SINCE, {"day": day})}


def done_since(tx: Reader, day: date) -> list[Plan]:
    """What was done to units on that day or since, the latest first."""
    return [_change(row).plan for row in tx.all(_DONE_SINCE, {"day": day})]


def settle(tx: Writer, change_id: int, **values: object) -> bool:
    """Done or cancelled; tells whether it was still pending."""
    return bool(tx.run(update(unit_change).where(unit_change.c.id == change_id, _PENDING).values(**values)))


def update_other(tx: Writer, change_id: int, other_id: int) -> None:
    """The unit that was split off."""
    tx.run(update(unit_change).where(unit_change.c.id == change_id).values(other_id=other_id))


def update_people(tx: Writer, change_id: int, people: Sequence[int]) -> None:
    """Those who went along when it was done."""
    tx.run(update(unit_change).where(unit_change.c.id == change_id).values(people=list(people)))


def members(tx: Reader, unit_id: int) -> list[int]:
    """All who belong to this very unit, those who left included."""
    return list(tx.scalars(_MEMBERS, {"unit": unit_id}))


def move_rotations(tx: Writer, old_id: int, new_id: int, states: Sequence[str]) -> None:
    """Rotations to a unit that is no more go on in the one it went into."""
    here = (rotation.c.unit_id == old_id, rotation.c.state.in_(states))
    tx.run(update(rotation).where(*here).values(unit_id=new_id))


def _change(row: Row[Any]) -> UnitChange:
    plan = Plan(row.unit_id, UnitChangeKind(row.kind), row.on_day, row.name, row.other_id, tuple(row.people))
    return UnitChange(row.id, plan, row.was, row.enterer, row.entered_at, row.done_at)
