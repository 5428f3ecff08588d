"""SQL about the seals that chain the audit: which rows are still loose, which seal was last, what a seal holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from storage.database import Reader, Writer
from storage.tables import audit, audit_value, seal


@dataclass(frozen=True, slots=True)
class Sealed:
    """One row of the audit as the chain sees it."""

    id: int
    at: datetime
    verb: str
    actor: str
    subject: str
    digest: str


@dataclass(frozen=True, slots=True)
class Seal:
    id: int
    first_audit_id: int
    last_audit_id: int
    previous: str
    hash: str


_ROW = (audit.c.id, audit.c.at, audit.c.verb, audit.c.actor, audit.c.subject, audit.c.digest)
_SEAL = (seal.c.id, seal.c.first_audit_id, seal.c.last_audit_id, seal.c.previous, seal.c.hash)
LOOSE = select(*_ROW).where(audit.c.seal_id.is_(None)).order_by(audit.c.id).limit(bindparam("limit"))
LAST = select(seal.c.hash).where(seal.c.id == select(func.max(seal.c.id)).scalar_subquery())
AFTER = select(*_SEAL).where(seal.c.id > bindparam("after")).order_by(seal.c.id).limit(bindparam("limit"))
HELD = select(*_ROW).where(audit.c.seal_id == bindparam("seal")).order_by(audit.c.id)
VALUES = (
    select(audit.c.id, audit.c.digest, audit_value.c.salt, audit_value.c.old, audit_value.c.new)
    .join(audit_value, audit_value.c.audit_id == audit.c.id)
    .where(audit.c.seal_id == bindparam("seal"))
)


def loose(tx: Reader, *, limit: int) -> list[Sealed]:
    """Rows that no seal holds yet; one whose transaction committed late is taken by the next seal."""
    return [Sealed(**row._mapping) for row in tx.all(LOOSE, {"limit": limit})]


def last_hash(tx: Reader) -> str:
    return tx.scalar(LAST) or ""


def put(tx: Writer, rows: Sequence[Sealed], previous: str, hash_: str, now: datetime) -> bool:
    """Seal these rows; False when another process sealed after the same one meanwhile."""
    first, last = rows[0].id, rows[-1].id
    added = tx.insert_once(
        seal, unique=["previous"], first_audit_id=first, last_audit_id=last, previous=previous, hash=hash_,
        sealed_at=now,
    )  # fmt: skip
    if added:
        seal_id = tx.scalar(select(seal.c.id).where(seal.c.hash == hash_))
        tx.run(update(audit).where(audit.c.id.in_([row.id for row in rows])).values(seal_id=seal_id))
    return added


def after(tx: Reader, seal_id: int, *, limit: int) -> list[Seal]:
    return [Seal(**row._mapping) for row in tx.all(AFTER, {"after": seal_id, "limit": limit})]


def held(tx: Reader, seal_id: int) -> list[Sealed]:
    return [Sealed(**row._mapping) for row in tx.all(HELD, {"seal": seal_id})]


def values(tx: Reader, seal_id: int) -> Sequence[Row[Any]]:
    """id, digest, salt, old, new of the rows whose values were not erased."""
    return tx.all(VALUES, {"seal": seal_id})
