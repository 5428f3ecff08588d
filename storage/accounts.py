"""SQL about accounts, their roles and consents: all that the gate asks for at each update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update

from domain.consents import CURRENT_VERSION, NEEDED, ConsentKind
from domain.roles import Role, RoleKind
from storage.columns import among
from storage.database import Reader, Writer
from storage.tables import account, consent, person, role


@dataclass(frozen=True, slots=True)
class Account:
    id: int
    telegram_id: int
    person_id: int | None
    display_name: str
    locale: str | None
    zone: str | None
    name: str | None
    unit_id: int | None
    unreachable_since: datetime | None
    bound_at: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """Who holds an account: in which roles, and whether all that is needed stands agreed to in the current wording."""

    account: Account
    roles: tuple[Role, ...]
    agreed: bool


@dataclass(frozen=True, slots=True)
class Unreachable:
    account_id: int
    name: str
    unit_id: int
    since: datetime


_COLUMNS = (
    account.c.id,
    account.c.telegram_id,
    account.c.person_id,
    account.c.display_name,
    account.c.locale,
    account.c.zone,
    person.c.name,
    person.c.unit_id,
    account.c.unreachable_since,
    account.c.bound_at,
)
_CHOSEN = (
    account.c.locale, account.c.zone, account.c.quiet_hours, account.c.prompt_hour, account.c.prompt_days,
    account.c.reminders_off, account.c.reviews_at_once,
)  # fmt: skip
_SELECT = select(*_COLUMNS).outerjoin_from(account, person, person.c.id == account.c.person_id)
_BY_TELEGRAM = _SELECT.where(account.c.telegram_id == bindparam("telegram_id"))
_BY_ID = _SELECT.where(account.c.id == bindparam("account_id"))
_NAME = (
    select(func.coalesce(person.c.name, account.c.display_name))
    .outerjoin_from(account, person, person.c.id == account.c.person_id)
    .where(account.c.id == bindparam("account_id"))
)
_BY_PERSON = _SELECT.where(account.c.person_id == bindparam("person_id"))
_ROLES = select(role.c.kind, role.c.unit_id).where(
    role.c.ended_at.is_(None),
    or_(role.c.person_id == bindparam("person_id"), role.c.account_id == bindparam("account_id")),
)
_STANDS = (consent.c.version == CURRENT_VERSION) & consent.c.given_at.is_not(None) & consent.c.withdrawn_at.is_(None)
_CONSENTS = select(consent.c.kind).where(consent.c.account_id == bindparam("account_id"), _STANDS)
_AGREED_TO = (
    select(func.count())
    .where(consent.c.account_id == account.c.id, _STANDS, among(consent.c.kind, NEEDED))
    .scalar_subquery()
)
_KNOWN = (
    select(*_COLUMNS, _AGREED_TO.label("agreed_to"), role.c.kind.label("role"), role.c.unit_id.label("over"))
    .select_from(account)
    .outerjoin(person, person.c.id == account.c.person_id)
    .outerjoin(
        role,
        role.c.ended_at.is_(None) & or_(role.c.person_id == account.c.person_id, role.c.account_id == account.c.id),
    )
    .order_by(role.c.id)
)
_KNOWN_AT = _KNOWN.where(account.c.telegram_id == bindparam("telegram_id"))
_KNOWN_AS = _KNOWN.where(account.c.person_id == bindparam("person_id"))


def known_at(tx: Reader, telegram_id: int) -> Known | None:
    return _known(tx.all(_KNOWN_AT, {"telegram_id": telegram_id}))


def known_as(tx: Reader, person_id: int) -> Known | None:
    return _known(tx.all(_KNOWN_AS, {"person_id": person_id}))


def _known(rows: Sequence[Row[Any]]) -> Known | None:
    """A row for each role, and one for whoever has none."""
    if not rows:
        return None
    held = tuple(Role(RoleKind(row.role), row.over) for row in rows if row.role is not None)
    return Known(Account(*rows[0][: len(_COLUMNS)]), held, rows[0].agreed_to == len(NEEDED))


def by_id(tx: Reader, account_id: int) -> Account | None:
    return _account(tx.first(_BY_ID, {"account_id": account_id}))


def by_telegram(tx: Reader, telegram_id: int) -> Account | None:
    return _account(tx.first(_BY_TELEGRAM, {"telegram_id": telegram_id}))


def name_of(tx: Reader, account_id: int) -> str:
    """Of the person behind an account, or its own; empty for one that is gone."""
    found: str | None = tx.scalar(_NAME, {"account_id": account_id})
    return found or ""


def by_person(tx: Reader, person_id: int) -> Account | None:
    return _account(tx.first(_BY_PERSON, {"person_id": person_id}))


def roles(tx: Reader, person_id: int | None, account_id: int | None) -> tuple[Role, ...]:
    rows = tx.all(_ROLES, {"person_id": person_id, "account_id": account_id})
    return tuple(Role(RoleKind(row.kind), row.unit_id) for row in rows)


def consents(tx: Reader, account_id: int) -> frozenset[ConsentKind]:
    """What stands agreed to in the current wording."""
    return frozenset(ConsentKind(kind) for kind in tx.scalars(_CONSENTS, {"account_id": account_id}))


def add(
    tx: Writer, telegram_id: int, *, person_id: int | None, display_name: str, locale: str | None, now: datetime
) -> int:
    return tx.insert(
        account, telegram_id=telegram_id, person_id=person_id, display_name=display_name, locale=locale, created_at=now,
        bound_at=now,
    )  # fmt: skip


def update_fields(tx: Writer, account_id: int, **values: object) -> None:
    tx.run(update(account).where(account.c.id == account_id).values(**values))


def settings_of(tx: Reader, account_id: int) -> dict[str, Any]:
    """What a person chose on an account: language, zone, quiet hours, prompts."""
    return dict(tx.one(select(*_CHOSEN).where(account.c.id == account_id))._mapping)


_ADMINISTRATORS = (
    select(account.c.telegram_id)
    .join(role, or_(role.c.account_id == account.c.id, role.c.person_id == account.c.person_id))
    .where(role.c.kind == RoleKind.ADMINISTRATOR, role.c.ended_at.is_(None))
    .distinct()
)


def administrators(tx: Reader) -> list[int]:
    """The Telegram ids of those who run the deployment."""
    return [int(telegram_id) for telegram_id in tx.scalars(_ADMINISTRATORS)]


UNREACHABLE = (
    select(
        account.c.id.label("account_id"), person.c.name, person.c.unit_id, account.c.unreachable_since.label("since")
    )
    .join_from(account, person, person.c.id == account.c.person_id)
    .where(account.c.unreachable_since.is_not(None), person.c.left_on.is_(None))
    .order_by(account.c.unreachable_since.desc(), account.c.id)
    .limit(200)
)


def unreachable(tx: Reader) -> list[Unreachable]:
    """Who blocked the assistant or is no more at Telegram, those of late first."""
    return [Unreachable(**row._mapping) for row in tx.all(UNREACHABLE)]


def holders(tx: Reader, unit_ids: Sequence[int], *kinds: RoleKind) -> list[int]:
    """The people who hold one of these roles at one of these very units."""
    statement = (
        select(role.c.person_id)
        .where(role.c.unit_id.in_(unit_ids), role.c.kind.in_(kinds), role.c.ended_at.is_(None))
        .where(role.c.person_id.is_not(None))
        .order_by(role.c.id)
    )
    return [int(holder) for holder in dict.fromkeys(tx.scalars(statement))]


def _account(row: Row[Any] | None) -> Account | None:
    return None if row is None else Account(**row._mapping)
