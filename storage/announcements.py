"""SQL about announcements: what was announced to whom, and how far it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, exists, select, update

from domain.consents import CURRENT_VERSION, ConsentKind
from storage.database import Reader, Writer
from storage.tables import account, announcement, consent, outbox, person, unit_above

LISTED = 5
_COLUMNS = (
    announcement.c.id, announcement.c.unit_id, announcement.c.words, announcement.c.made_by, announcement.c.made_at,
    announcement.c.withdrawn_at,
)  # fmt: skip
_BY_ID = select(*_COLUMNS).where(announcement.c.id == bindparam("announcement"))
_RECENT = (
    select(*_COLUMNS)
    .where(announcement.c.made_by == bindparam("person"))
    .order_by(announcement.c.id.desc())
    .limit(LISTED)
)


def _agreed(kind: ConsentKind) -> ColumnElement[bool]:
    return exists().where(
        consent.c.account_id == account.c.id,
        consent.c.kind == kind,
        consent.c.version == CURRENT_VERSION,
        consent.c.given_at.is_not(None),
        consent.c.withdrawn_at.is_(None),
    )


_REACHABLE = (
    select(person.c.id)
    .join(unit_above, unit_above.c.unit_id == person.c.unit_id)
    .join(account, account.c.person_id == person.c.id)
    .where(unit_above.c.above_id == bindparam("unit"), person.c.left_on.is_(None))
    .where(account.c.unreachable_since.is_(None), *map(_agreed, ConsentKind))
)
_WENT = (
    select(outbox.c.person_id, outbox.c.payload, outbox.c.state, outbox.c.claimed_by, outbox.c.not_before)
    .where(outbox.c.unique_key >= bindparam("first"), outbox.c.unique_key < bindparam("beyond"))
    .order_by(outbox.c.id)
)


@dataclass(frozen=True, slots=True)
class Announcement:
    id: int
    unit_id: int
    words: str
    made_by: int
    made_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Went:
    """What became of the word to a person, or to the group of a unit, which has no person."""

    person_id: int | None
    unit_id: int | None
    state: str
    is_on_its_way: bool
    not_before: datetime

    @property
    def has_gone(self) -> bool:
        return self.state == "sent" or self.is_on_its_way


def add(tx: Writer, unit_id: int, words: str, made_by: int, now: datetime) -> int:
    return tx.insert(announcement, unit_id=unit_id, words=words, made_by=made_by, made_at=now)


def get(tx: Reader, announcement_id: int) -> Announcement | None:
    row = tx.first(_BY_ID, {"announcement": announcement_id})
    return None if row is None else Announcement(**row._mapping)


def recent(tx: Reader, person_id: int) -> list[Announcement]:
    """The last few that somebody made, the latest first."""
    return [Announcement(**row._mapping) for row in tx.all(_RECENT, {"person": person_id})]


def withdraw(tx: Writer, announcement_id: int, now: datetime) -> None:
    tx.run(update(announcement).where(announcement.c.id == announcement_id).values(withdrawn_at=now))


def reachable(tx: Reader, unit_id: int) -> set[int]:
    """Those of a unit and beneath who can be written to: with an account that agreed and has not blocked us."""
    return set(tx.scalars(_REACHABLE, {"unit": unit_id}))


def how_it_went(tx: Reader, prefix: str) -> list[Went]:
    """What became of the rows under keys beginning with `prefix`."""
    beyond = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    found = tx.all(_WENT, {"first": prefix, "beyond": beyond})
    return [
        Went(row.person_id, row.payload.get("unit"), row.state, row.claimed_by is not None, row.not_before)
        for row in found
    ]
