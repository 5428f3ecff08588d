"""SQL that audits many changes of one kind at once, as an import makes them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from storage.audit import Values, digest, plain
from storage.database import Writer
from storage.tables import audit, audit_value

_LAST_ID = select(func.coalesce(func.max(audit.c.id), 0))
_FRESH = select(audit.c.subject, audit.c.id).where(
    audit.c.id > bindparam("before"), audit.c.verb == bindparam("verb"), audit.c.actor == bindparam("actor"),
    audit.c.at == bindparam("at"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What one row of the audit says; `subject` is `noun:id`, `about` the person whose erasure takes the values."""

    subject: str
    old: Values | None
    new: Values | None
    about: int | None


def record(tx: Writer, *, at: datetime, verb: str, actor: str, changes: Sequence[Change]) -> None:
    """One verb by one actor on many subjects, each at most once."""
    if not changes:
        return
    before = tx.scalar(_LAST_ID)
    salts = [secrets.token_hex(16) for _ in changes]
    salted = list(zip(changes, salts, strict=True))
    tx.insert_many(
        audit,
        [
            {"at": at, "verb": verb, "actor": actor, "subject": one.subject, "digest": digest(salt, one.old, one.new)}
            for one, salt in salted
        ],
    )
    ids = {row.subject: row.id for row in tx.all(_FRESH, {"before": before, "verb": verb, "actor": actor, "at": at})}
    tx.insert_many(
        audit_value,
        [
            {
                "audit_id": ids[one.subject],
                "person_id": one.about,
                "salt": salt,
                "old": plain(one.old),
                "new": plain(one.new),
            }
            for one, salt in salted
        ],
    )
