"""SQL about invites: codes stand here only as hashes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, select, update

from storage.database import Reader, Writer
from storage.tables import account, invite, person, unit_above


@dataclass(frozen=True, slots=True)
class Invite:
    id: int
    person_id: int
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    def is_live(self, now: datetime) -> bool:
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


_COLUMNS = (
    invite.c.id,
    invite.c.person_id,
    invite.c.created_at,
    invite.c.expires_at,
    invite.c.used_at,
    invite.c.revoked_at,
)
_BY_HASH = select(*_COLUMNS).where(invite.c.code_hash == bindparam("code_hash"))
_LOCKED = select(*_COLUMNS).where(invite.c.id == bindparam("invite")).with_for_update()
_LATEST = (
    select(*_COLUMNS).where(invite.c.person_id == bindparam("person")).order_by(invite.c.id.desc()).limit(1)
)  # fmt: skip


def add(
    tx: Writer, person_id: int, code_hash: str, *, created_by: int | None, now: datetime, expires_at: datetime
) -> int:
    return tx.insert(
        invite, person_id=person_id, code_hash=code_hash, created_by=created_by, created_at=now, expires_at=expires_at
    )


def by_hash(tx: Reader, code_hash: str) -> Invite | None:
    row = tx.first(_BY_HASH, {"code_hash": code_hash})
    return None if row is None else Invite(**row._mapping)


def lock(tx: Writer, invite_id: int) -> Invite | None:
    """Load an invite for its single use: a second one waits here and then sees that it is used."""
    row = tx.first(_LOCKED, {"invite": invite_id})
    return None if row is None else Invite(**row._mapping)


def latest(tx: Reader, person_id: int) -> Invite | None:
    row = tx.first(_LATEST, {"person": person_id})
    return None if row is None else Invite(**row._mapping)


def use(tx: Writer, invite_id: int, now: datetime) -> None:
    tx.run(update(invite).where(invite.c.id == invite_id).values(used_at=now))


def revoke_open(tx: Writer, person_id: int, now: datetime) -> int:
    open_ones = and_(invite.c.person_id == person_id, invite.c.used_at.is_(None), invite.c.revoked_at.is_(None))
    return tx.run(update(invite).where(open_ones).values(revoked_at=now))


def open_again(tx: Writer, person_id: int, revoked_at: datetime) -> None:
    """What was revoked at that very moment holds again."""
    which = (invite.c.person_id == person_id, invite.c.revoked_at == revoked_at)
    tx.run(update(invite).where(*which).values(revoked_at=None))


def without_account(tx: Reader, unit_id: int) -> list[int]:
    """Everyone of a unit and beneath it who has not left and has no account, by pinyin."""
    statement = (
        select(person.c.id)
        .join(unit_above, unit_above.c.unit_id == person.c.unit_id)
        .outerjoin(account, account.c.person_id == person.c.id)
        .where(unit_above.c.above_id == unit_id, person.c.left_on.is_(None), account.c.id.is_(None))
        .order_by(person.c.pinyin, person.c.id)
    )
    return [int(found) for found in tx.scalars(statement)]
