"""SQL about the audit: what was done by whom, with the values apart from the chain."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from storage.database import Reader, Writer
from storage.tables import audit, audit_value

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Recorded:
    at: datetime
    verb: str
    actor: str
    old: Values | None
    new: Values | None


_LAST = (
    select(audit.c.at, audit.c.verb, audit.c.actor, audit_value.c.old, audit_value.c.new)
    .outerjoin_from(audit, audit_value, audit_value.c.audit_id == audit.c.id)
    .where(audit.c.subject == bindparam("subject"), audit.c.verb.like(bindparam("verbs")))
    .order_by(audit.c.id.desc())
    .limit(1)
)


def last(tx: Reader, subject: str) -> Recorded | None:
    """What was last done to a subject `noun:id` itself (`noun:verb`): only that can be undone."""
    row = tx.first(_LAST, {"subject": subject, "verbs": subject.partition(":")[0] + ":%"})
    return None if row is None else Recorded(**row._mapping)


_OF_SUBJECT = (
    select(audit.c.at, audit.c.verb, audit.c.actor, audit_value.c.old, audit_value.c.new)
    .outerjoin_from(audit, audit_value, audit_value.c.audit_id == audit.c.id)
    .where(audit.c.subject == bindparam("subject"), audit.c.verb.in_(bindparam("verbs", expanding=True)))
    .order_by(audit.c.id)
)


def of_subject(tx: Reader, subject: str, *verbs: str) -> list[Recorded]:
    """What of these was done to a subject, the oldest first."""
    return [Recorded(**row._mapping) for row in tx.all(_OF_SUBJECT, {"subject": subject, "verbs": list(verbs)})]


def newest(tx: Reader) -> datetime | None:
    """When something was last recorded."""
    last: datetime | None = tx.scalar(select(audit.c.at).order_by(audit.c.id.desc()).limit(1))
    return last


SALT = 16
_CONTENT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str, check_circular=False)


def content(values: Values | None) -> str | None:
    """As JSON in a fixed form, in which it is digested."""
    return None if values is None else _CONTENT.encode(values)


def digest(salt: str, old: str | None, new: str | None) -> str:
    """Of the contents of both."""
    return hashlib.sha256(f"{salt}[{old or 'null'}, {new or 'null'}]".encode()).hexdigest()


class Salted(NamedTuple):
    """The contents of what was and what is, with the digest that the chain holds of them."""

    salt: str
    old: str | None
    new: str | None
    digest: str


def salted_all(values: Sequence[tuple[Values | None, Values | None]]) -> list[Salted]:
    """Each with a salt of its own; to draw one by one would take as long as all the rest."""
    drawn = secrets.token_hex(SALT * len(values))
    salts = (drawn[2 * at : 2 * (at + SALT)] for at in range(0, SALT * len(values), SALT))
    contents = ((content(old), content(new)) for old, new in values)
    return [Salted(salt, old, new, digest(salt, old, new)) for salt, (old, new) in zip(salts, contents, strict=True)]


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
    [kept] = salted_all([(old, new)])
    audit_id = tx.insert(audit, at=at, verb=verb, actor=actor, subject=subject, digest=kept.digest)
    if old is not None or new is not None:
        tx.insert(audit_value, audit_id=audit_id, person_id=person_id, salt=kept.salt, old=plain(old), new=plain(new))


def plain(values: Values | None) -> object:
    """As JSON holds it: most values are text and numbers already."""
    if values is None or all(isinstance(value, str | int | None) for value in values.values()):
        return values
    return json.loads(json.dumps(values, ensure_ascii=False, default=str))
