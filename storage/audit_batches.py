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
    subjects, digests = [one.subject for one in changes], [one.values.digest for one in changes]
    tx.insert_columns(audit, {"id": ids, "subject": subjects, "digest": digests}, at=at, verb=verb, actor=actor)
    values = {
        "audit_id": ids,
        "person_id": [one.about for one in changes],
        "salt": [one.values.salt for one in changes],
        "old": [one.values.old for one in changes],
        "new": [one.values.new for one in changes],
    }
    tx.insert_columns(audit_value, values, ready=("old", "new"))
