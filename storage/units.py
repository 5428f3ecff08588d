"""SQL about units: the tree and what lies beneath."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, delete, or_, select, update

from domain.units import Unit, UnitKind, full_name
from storage.database import Reader, Writer
from storage.tables import unit, unit_above

_COLUMNS = (unit.c.id, unit.c.kind, unit.c.name, unit.c.parent_id, unit.c.position, unit.c.zone, unit.c.closed_on)
_OPEN = unit.c.closed_on.is_(None)
_ABOVE = unit.alias("above")
_NAMED = (
    select(unit.c.id, unit.c.kind, unit.c.name, _ABOVE.c.name.label("above"))
    .outerjoin(_ABOVE, _ABOVE.c.id == unit.c.parent_id)
    .where(unit.c.id.in_(bindparam("units", expanding=True)))
)
_IS_BENEATH = (
    select(unit_above.c.id)
    .where(unit_above.c.unit_id == bindparam("unit"), unit_above.c.above_id.in_(bindparam("tops", expanding=True)))
    .limit(1)
)


def _unit(row: Row[Any]) -> Unit:
    values = row._mapping
    return Unit(**{**values, "kind": UnitKind(values["kind"])})


def add(tx: Writer, kind: UnitKind, name: str, parent_id: int | None, *, position: int, zone: str) -> int:
    """Add a unit and where it stands in the tree."""
    unit_id = tx.insert(unit, kind=kind, name=name, parent_id=parent_id, position=position, zone=zone, profile={})
    above = [] if parent_id is None else tx.all(
        select(unit_above.c.above_id, unit_above.c.distance).where(unit_above.c.unit_id == parent_id)
    )  # fmt: skip
    rows = [{"unit_id": unit_id, "above_id": row.above_id, "distance": row.distance + 1} for row in above]
    tx.insert_many(unit_above, [{"unit_id": unit_id, "above_id": unit_id, "distance": 0}, *rows])
    return unit_id


def rename(tx: Writer, unit_id: int, name: str) -> None:
    tx.run(update(unit).where(unit.c.id == unit_id).values(name=name))


def close(tx: Writer, unit_id: int, on: date) -> None:
    tx.run(update(unit).where(unit.c.id == unit_id).values(closed_on=on, group_chat_id=None))


def named(tx: Reader, parent_id: int | None, name: str) -> Unit | None:
    """The unit of this name beneath a parent."""
    row = tx.first(select(*_COLUMNS).where(unit.c.parent_id == parent_id, unit.c.name == name))
    return None if row is None else _unit(row)


def put_beneath(tx: Writer, unit_id: int, parent_id: int) -> None:
    """Hang a unit, with all beneath it, under another parent."""
    inner = tx.all(select(unit_above.c.unit_id, unit_above.c.distance).where(unit_above.c.above_id == unit_id))
    ids = [row.unit_id for row in inner]
    tx.run(delete(unit_above).where(unit_above.c.unit_id.in_(ids), unit_above.c.above_id.not_in(ids)))
    over = tx.all(select(unit_above.c.above_id, unit_above.c.distance).where(unit_above.c.unit_id == parent_id))
    tx.insert_many(
        unit_above,
        [
            {"unit_id": low.unit_id, "above_id": high.above_id, "distance": low.distance + high.distance + 1}
            for low in inner
            for high in over
        ],
    )
    tx.run(update(unit).where(unit.c.id == unit_id).values(parent_id=parent_id))


def of_group(tx: Reader, chat_id: int) -> list[int]:
    """The units that this is the group of."""
    return list(tx.scalars(select(unit.c.id).where(unit.c.group_chat_id == chat_id)))


def group_of(tx: Reader, unit_id: int) -> int | None:
    """The group bound to a unit."""
    chat_id: int | None = tx.scalar(select(unit.c.group_chat_id).where(unit.c.id == unit_id))
    return chat_id


def groups_beneath(tx: Reader, unit_id: int) -> list[tuple[int, int]]:
    """(unit, chat) of the groups bound to a unit and those beneath it."""
    statement = (
        select(unit.c.id, unit.c.group_chat_id)
        .join(unit_above, unit_above.c.unit_id == unit.c.id)
        .where(unit_above.c.above_id == unit_id, unit.c.group_chat_id.is_not(None))
        .order_by(unit.c.id)
    )
    return [(row.id, row.group_chat_id) for row in tx.all(statement)]


def set_group(tx: Writer, unit_id: int, chat_id: int | None) -> None:
    tx.run(update(unit).where(unit.c.id == unit_id).values(group_chat_id=chat_id))


def get(tx: Reader, unit_id: int) -> Unit | None:
    row = tx.first(select(*_COLUMNS).where(unit.c.id == unit_id))
    return None if row is None else _unit(row)


def lock(tx: Writer, unit_id: int) -> None:
    """What is decided about a unit's summary and from beneath it is decided one after the other."""
    tx.first(select(unit.c.id).where(unit.c.id == unit_id).with_for_update())


def root(tx: Reader) -> Unit | None:
    """The committee that this deployment serves."""
    row = tx.first(select(*_COLUMNS).where(unit.c.parent_id.is_(None)).order_by(unit.c.id).limit(1))
    return None if row is None else _unit(row)


def everything(tx: Reader) -> list[Unit]:
    """Without what was merged into another unit."""
    return [_unit(row) for row in tx.all(select(*_COLUMNS).where(_OPEN).order_by(unit.c.position, unit.c.id))]


def many(tx: Reader, unit_ids: Collection[int]) -> list[Unit]:
    return [_unit(row) for row in tx.all(select(*_COLUMNS).where(unit.c.id.in_(unit_ids)))]


def full_names(tx: Reader, unit_ids: Collection[int]) -> dict[int, str]:
    """How units are called where readers may know others of the same name: a group together with its branch."""
    rows = tx.all(_NAMED, {"units": sorted(set(unit_ids))})
    return {row.id: full_name(UnitKind(row.kind), row.name, row.above or "") for row in rows}


def children(tx: Reader, unit_id: int) -> list[Unit]:
    statement = select(*_COLUMNS).where(unit.c.parent_id == unit_id, _OPEN).order_by(unit.c.position, unit.c.id)
    return [_unit(row) for row in tx.all(statement)]


def beneath(tx: Reader, unit_id: int, *kinds: UnitKind, closed: bool = False) -> list[Unit]:
    """The unit itself and all beneath it, in the organisation's own order; of the kinds asked for, if any. `closed`: with
    those that were merged into another.
    """
    statement = (
        select(*_COLUMNS)
        .join(unit_above, unit_above.c.unit_id == unit.c.id)
        .where(unit_above.c.above_id == unit_id)
        .order_by(unit.c.position, unit.c.id)
    )
    shown = statement if closed else statement.where(or_(_OPEN, unit.c.id == unit_id))
    return [_unit(row) for row in tx.all(shown.where(unit.c.kind.in_(kinds)) if kinds else shown)]


def above(tx: Reader, unit_id: int) -> list[Unit]:
    """The unit itself, then the units over it, nearest first."""
    statement = (
        select(*_COLUMNS)
        .join(unit_above, unit_above.c.above_id == unit.c.id)
        .where(unit_above.c.unit_id == unit_id)
        .order_by(unit_above.c.distance)
    )
    return [_unit(row) for row in tx.all(statement)]


def is_beneath(tx: Reader, unit_id: int, tops: Sequence[int]) -> bool:
    """Whether a unit is one of `tops` or lies beneath one of them."""
    return bool(tops) and tx.first(_IS_BENEATH, {"unit": unit_id, "tops": list(tops)}) is not None


def profile(tx: Reader, unit_id: int) -> dict[str, object]:
    """The unit's settings: its own over those of the units above it."""
    statement = (
        select(unit.c.profile)
        .join(unit_above, unit_above.c.above_id == unit.c.id)
        .where(unit_above.c.unit_id == unit_id)
        .order_by(unit_above.c.distance.desc())
    )
    merged: dict[str, object] = {}
    for own in tx.scalars(statement):
        merged.update(own)
    return merged


def set_profile(tx: Writer, unit_id: int, values: dict[str, object]) -> None:
    """A value of None goes back to what holds above."""
    own = tx.scalar(select(unit.c.profile).where(unit.c.id == unit_id).with_for_update()) or {}
    kept = {name: value for name, value in {**own, **values}.items() if value is not None}
    tx.run(update(unit).where(unit.c.id == unit_id).values(profile=kept))
