"""SQL about the audit: what was done by whom, with the values apart from the chain."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from storage.database import Writer
from storage.tables import audit, audit_value

Values = Mapping[str, object]


def digest(salt: str, old: Values | None, new: Values | None) -> str:
    content = json.dumps([old, new], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{salt}{content}".encode()).hexdigest()


def record(
    tx: Writer,
    *,
    at: datetime,
    verb: str,
    actor: str,
    subject: str,
    old: Values | None,
    new: Values | None,
    person_id: int | None,
) -> None:
    """Keep `noun:verb`; the salted digest goes into the chain, the values into a row that can be erased."""
    salt = secrets.token_hex(16)
    audit_id = tx.insert(audit, at=at, verb=verb, actor=actor, subject=subject, digest=digest(salt, old, new))
    if old is not None or new is not None:
        tx.insert(audit_value, audit_id=audit_id, person_id=person_id, salt=salt, old=_plain(old), new=_plain(new))


def _plain(values: Values | None) -> object:
    return None if values is None else json.loads(json.dumps(values, ensure_ascii=False, default=str))
