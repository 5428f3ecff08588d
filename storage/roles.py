"""SQL about who holds which role where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update

from domain.roles import RoleKind
from storage.database import Reader, Writer
from storage.tables import account, person, role


@dataclass(frozen=True, slots=True)
class Holding:
    """A role somebody holds; `name` is that of the roster or, without an entry there, of the account."""

    id: int
    kind: RoleKind
    unit_id: int | None
    title: str
    person_id: int | None
    account_id: int | None
    name: str


_EVER = (
    select(
        role.c.id, role.c.kind, role.c.unit_id, role.c.title, role.c.person_id, role.c.account_id,
        func.coalesce(person.c.name, account.c.display_name, "").label("name"),
    )
    .outerjoin_from(role, person, person.c.id == role.c.person_id)
    .outerjoin(account, account.c.id == role.c.account_id)
    .order_by(role.c.id)
)  # fmt: skip
_SELECT = _EVER.where(role.c.ended_at.is_(None))
_ENDED = _EVER.where(role.c.ended_at.is_not(None), role.c.id == bindparam("role"))
_AT_UNIT = _SELECT.where(role.c.unit_id == bindparam("unit"))
_OF_KIND = _SELECT.where(role.c.kind == bindparam("of_kind"))
_OF_HOLDER = _SELECT.where(
    or_(role.c.person_id == bindparam("person_id"), role.c.account_id == bindparam("account_id"))
)
_ONE = _SELECT.where(role.c.id == bindparam("role"))
_ADMINISTRATORS = (
    select(role.c.id)
    .where(role.c.kind == RoleKind.ADMINISTRATOR, role.c.ended_at.is_(None))
    .order_by(role.c.id)
)  # fmt: skip


def add(
    tx: Writer,
    kind: RoleKind,
    *,
    unit_id: int | None,
    title: str,
    now: datetime,
    person_id: int | None = None,
    account_id: int | None = None,
) -> int:
    return tx.insert(
        role, kind=kind, unit_id=unit_id, title=title, person_id=person_id, account_id=account_id, given_at=now
    )


def end(tx: Writer, role_id: int, now: datetime) -> bool:
    return bool(tx.run(update(role).where(role.c.id == role_id, role.c.ended_at.is_(None)).values(ended_at=now)))


def reinstate(tx: Writer, role_id: int) -> None:
    """A role that was ended stands again, as if nothing had been."""
    tx.run(update(role).where(role.c.id == role_id).values(ended_at=None))


def get(tx: Reader, role_id: int) -> Holding | None:
    """A role that still stands."""
    row = tx.first(_ONE, {"role": role_id})
    return None if row is None else _holding(row)


def ended(tx: Reader, role_id: int) -> Holding | None:
    """A role that was ended."""
    row = tx.first(_ENDED, {"role": role_id})
    return None if row is None else _holding(row)


def at_unit(tx: Reader, unit_id: int) -> list[Holding]:
    return [_holding(row) for row in tx.all(_AT_UNIT, {"unit": unit_id})]


def of_kind(tx: Reader, kind: RoleKind) -> list[Holding]:
    return [_holding(row) for row in tx.all(_OF_KIND, {"of_kind": kind})]


def of_holder(tx: Reader, person_id: int | None, account_id: int | None) -> list[Holding]:
    return [_holding(row) for row in tx.all(_OF_HOLDER, {"person_id": person_id, "account_id": account_id})]


def ever_held(tx: Reader, kind: RoleKind, person_id: int | None, account_id: int) -> bool:
    """Whether the role stands or stood once."""
    held = or_(role.c.person_id == person_id, role.c.account_id == account_id)
    return tx.first(select(role.c.id).where(role.c.kind == kind, held).limit(1)) is not None


def lock_administrators(tx: Writer) -> list[int]:
    """The roles of all administrators, held so that two cannot end each other's at once."""
    return [int(found) for found in tx.scalars(_ADMINISTRATORS.with_for_update())]


def administrators(tx: Reader) -> list[int]:
    return [int(found) for found in tx.scalars(_ADMINISTRATORS)]


def _holding(row: Row[Any]) -> Holding:
    return Holding(**{**row._mapping, "kind": RoleKind(row.kind)})
