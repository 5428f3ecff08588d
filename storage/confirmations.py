"""SQL about what secretaries say to their units' months: who was asked, who has said it, and where all have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, or_, select, update

from domain.confirmations import Confirmation
from domain.roles import RoleKind
from domain.units import UnitKind
from storage.columns import among
from storage.database import Reader, Writer
from storage.tables import confirmation, person, role, summary, unit, unit_above

_COLUMNS = (
    confirmation.c.unit_id,
    confirmation.c.month,
    confirmation.c.asked_at,
    confirmation.c.remark,
    confirmation.c.confirmed_at,
    person.c.name,
)
_EACH = select(*_COLUMNS).outerjoin_from(confirmation, person, person.c.id == confirmation.c.confirmed_by)
_ONE = _EACH.where(confirmation.c.unit_id == bindparam("unit"), confirmation.c.month == bindparam("month"))
_BENEATH = (
    select(*_COLUMNS, unit.c.name.label("unit"))
    .select_from(unit_above)
    .join(confirmation, confirmation.c.unit_id == unit_above.c.unit_id)
    .join(unit, unit.c.id == unit_above.c.unit_id)
    .outerjoin(person, person.c.id == confirmation.c.confirmed_by)
    .where(unit_above.c.above_id == bindparam("unit"), unit_above.c.distance > 0)
    .where(confirmation.c.month == bindparam("month"))
    .order_by(unit.c.position, unit.c.id)
)
_LEFT_AT = (
    select(summary.c.made_at)
    .where(summary.c.unit_id == bindparam("unit"), summary.c.month == bindparam("month"))
    .order_by(summary.c.made_at)
    .limit(1)
)

_OVER, _OTHER = unit_above.alias("over"), confirmation.alias("other")
_EACH_BENEATH = (
    _OVER.join(unit, unit.c.id == _OVER.c.unit_id)
    .outerjoin(summary, and_(summary.c.unit_id == unit.c.id, summary.c.month == bindparam("month")))
    .outerjoin(_OTHER, and_(_OTHER.c.unit_id == unit.c.id, _OTHER.c.month == bindparam("month")))
    .outerjoin(
        role, and_(role.c.unit_id == unit.c.id, role.c.kind == RoleKind.SECRETARY, role.c.ended_at.is_(None))
    )
)  # fmt: skip
_COULD_STILL = and_(_OTHER.c.id.is_not(None), _OTHER.c.confirmed_at.is_(None), role.c.id.is_not(None))
_WAITS_FOR = (
    exists()
    .select_from(_EACH_BENEATH)
    .where(_OVER.c.above_id == unit_above.c.above_id, _OVER.c.distance > 0)
    .where(among(unit.c.kind, [UnitKind.BRANCH, UnitKind.GENERAL_BRANCH]))
    .where(or_(summary.c.id.is_(None), _COULD_STILL, _OTHER.c.confirmed_at > bindparam("until")))
)
_COMPLETE = (
    select(unit_above.c.above_id)
    .select_from(confirmation)
    .join(unit_above, unit_above.c.unit_id == confirmation.c.unit_id)
    .where(confirmation.c.month == bindparam("month"), confirmation.c.confirmed_at.is_not(None))
    .where(unit_above.c.distance > 0, ~_WAITS_FOR)
    .distinct()
)


def ask(tx: Writer, unit_id: int, month: str, now: datetime) -> bool:
    """Remember that the unit's secretaries are asked; tell whether they had not been."""
    return tx.insert_once(confirmation, unique=["unit_id", "month"], unit_id=unit_id, month=month, asked_at=now)


def get(tx: Reader, unit_id: int, month: str) -> Confirmation | None:
    row = tx.first(_ONE, {"unit": unit_id, "month": month})
    return None if row is None else _confirmation(row)


def lock(tx: Writer, unit_id: int, month: str) -> Confirmation | None:
    tx.first(
        select(confirmation.c.id)
        .where(confirmation.c.unit_id == unit_id, confirmation.c.month == month)
        .with_for_update()
    )
    return get(tx, unit_id, month)


def beneath(tx: Reader, unit_id: int, month: str) -> list[tuple[str, Confirmation]]:
    """Those of all units beneath, each with its unit's name, in the organisation's own order."""
    return [(row.unit, _confirmation(row)) for row in tx.all(_BENEATH, {"unit": unit_id, "month": month})]


def put(
    tx: Writer, unit_id: int, month: str, *, remark: str, confirmed_at: datetime | None, confirmed_by: int | None
) -> None:
    tx.run(
        update(confirmation)
        .where(confirmation.c.unit_id == unit_id, confirmation.c.month == month)
        .values(remark=remark, confirmed_at=confirmed_at, confirmed_by=confirmed_by)
    )


def left_at(tx: Reader, unit_id: int, month: str) -> datetime | None:
    """When the first edition of a unit's month was made; None while it has none."""
    moment: datetime | None = tx.scalar(_LEFT_AT, {"unit": unit_id, "month": month})
    return moment


def complete(tx: Reader, month: str, until: datetime) -> set[int]:
    """The units for whose summary nobody beneath has to be waited for: all have their draft, and whoever was asked and
    can answer had confirmed by `until`.
    """
    found: Sequence[int] = tx.scalars(_COMPLETE, {"month": month, "until": until})
    return set(found)


def _confirmation(row: Row[Any]) -> Confirmation:
    return Confirmation(row.unit_id, row.month, row.asked_at, row.remark, row.confirmed_at, row.name or "")
