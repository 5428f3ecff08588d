"""SQL that audits many changes of one kind at once, as an import makes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from storage.audit import Salted
from storage.database import Writer
from storage.tables import audit, audit_value


class Change(NamedTuple):
    """What one row of the audit says; `subject` is `noun:id`, `about` the person whose erasure takes the values."""

    subject: str
    values: Salted
    about: int | None


def record(tx: Writer, *, at: datetime, verb: str, actor: str, changes: Sequence[Change]) -> None:
    """One verb by one actor on many subjects."""
    ids = tx.new_ids(audit, len(changes))
    rows, values = [], []
    for audit_id, (subject, (salt, old, new, digest), about) in zip(ids, changes, strict=True):
        rows.append({"id": audit_id, "subject": subject, "digest": digest})
        values.append({"audit_id": audit_id, "person_id": about, "salt": salt, "old": old, "new": new})
    tx.insert_many(audit, rows, at=at, verb=verb, actor=actor)
    tx.insert_many(audit_value, values, ready=("old", "new"))
