"""SQL about second thoughts: what has not gone yet is withdrawn, and who has heard it already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update

from storage.database import Reader, Writer
from storage.outbox import COLUMNS, Waiting
from storage.tables import outbox

_IS_STILL_HERE = and_(outbox.c.state == "waiting", outbox.c.claimed_by.is_(None))
"""What a sender holds may be on its way already and cannot be called back."""


def withdraw(tx: Writer, key: str, now: datetime) -> bool:
    """Take back what has not gone yet; tell whether it was still there to take back."""
    return bool(
        tx.run(
            update(outbox)
            .where(outbox.c.unique_key == key, _IS_STILL_HERE)
            .values(state="skipped", reason="withdrawn", settled_at=now)
        )
    )


_UNDER = (outbox.c.unique_key >= bindparam("prefix"), outbox.c.unique_key < bindparam("beyond"))
UNDER = select(*COLUMNS).where(
    *_UNDER, _IS_STILL_HERE, outbox.c.created_at >= bindparam("since"), outbox.c.person_id.is_not(None)
)


def coming_under(tx: Reader, prefix: str, since: datetime) -> list[Waiting]:
    """What people are to be told under keys beginning with `prefix`, which must not be empty, put there since a moment."""
    rows = tx.all(UNDER.order_by(outbox.c.id), {"prefix": prefix, "beyond": _beyond(prefix), "since": since})
    return [Waiting(**row._mapping) for row in rows]


_IS_GONE = or_(outbox.c.state == "sent", and_(outbox.c.state == "waiting", outbox.c.claimed_by.is_not(None)))
"""What a sender holds counts as heard, since it cannot be called back."""
HEARD = (
    select(outbox.c.person_id, outbox.c.kind)
    .where(*_UNDER, outbox.c.person_id.is_not(None), _IS_GONE)
    .order_by(outbox.c.id)
)


def heard(tx: Reader, prefix: str) -> dict[int, str]:
    """Whom something under keys beginning with `prefix` has reached, and the kind of what reached them last."""
    return {row.person_id: row.kind for row in tx.all(HEARD, {"prefix": prefix, "beyond": _beyond(prefix)})}


SEEN = "seen"
"""Why something was left out: whoever acted has it on the screen."""
ELSEWHERE = "told_with_another"
"""Why something was left out: another word that is on its way says it."""


def note_seen(
    tx: Writer, *, key: str, kind: str, payload: Mapping[str, Any], person_id: int, now: datetime, reason: str = SEEN
) -> None:
    """What somebody knows without being told."""
    tx.insert(
        outbox, unique_key=key, kind=kind, payload=dict(payload), person_id=person_id, unasked=False, not_before=now,
        state="skipped", reason=reason, settled_at=now, created_at=now,
    )  # fmt: skip


def forget_elsewhere(tx: Writer, prefix: str, since: datetime) -> None:
    """The other word may be taken back until it goes; it goes no earlier than what was noted `since`."""
    noted = (outbox.c.state == "skipped", outbox.c.reason == ELSEWHERE, outbox.c.settled_at > since)
    tx.run(
        update(outbox)
        .where(outbox.c.unique_key >= prefix, outbox.c.unique_key < _beyond(prefix), *noted)
        .values(reason="withdrawn")
    )


COMING = (
    select(*COLUMNS)
    .where(
        outbox.c.state == "waiting", outbox.c.not_before > bindparam("now"), outbox.c.not_before <= bindparam("until")
    )
    .where(outbox.c.kind == bindparam("of_kind"), outbox.c.person_id.is_not(None))
    .order_by(outbox.c.id)
)


def coming(tx: Reader, kind: str, now: datetime, until: datetime) -> list[Waiting]:
    """What of one kind is to be said to people by then."""
    rows = tx.all(COMING, {"of_kind": kind, "now": now, "until": until})
    return [Waiting(**row._mapping) for row in rows]


_IS_KNOWN = or_(_IS_GONE, and_(outbox.c.state == "skipped", outbox.c.reason.in_((SEEN, ELSEWHERE))))
TOLD_UNDER = (
    select(_IS_KNOWN.label("known"), outbox.c.payload)
    .where(*_UNDER, or_(_IS_KNOWN, _IS_STILL_HERE))
    .order_by(outbox.c.id.desc())
    .limit(bindparam("limit"))
)


def told_under(tx: Reader, prefix: str, *, limit: int) -> list[tuple[bool, Mapping[str, Any]]]:
    """What is known and what waits under keys beginning with `prefix`, the last first: whether it is, and its payload."""
    rows = tx.all(TOLD_UNDER, {"prefix": prefix, "beyond": _beyond(prefix), "limit": limit})
    return [(bool(row.known), row.payload) for row in rows]


def _beyond(prefix: str) -> str:
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def withdraw_all(tx: Writer, prefix: str, now: datetime) -> int:
    """Take back all that waits under keys beginning with `prefix`, which must not be empty."""
    return tx.run(
        update(outbox)
        .where(outbox.c.unique_key >= prefix, outbox.c.unique_key < _beyond(prefix), _IS_STILL_HERE)
        .values(state="skipped", reason="withdrawn", settled_at=now)
    )


def bring_back(tx: Writer, prefix: str, withdrawn_at: datetime, not_before: datetime) -> None:
    """Let wait again what was withdrawn at that very moment: what took it away was taken back itself."""
    withdrawn = (outbox.c.state == "skipped", outbox.c.reason == "withdrawn", outbox.c.settled_at == withdrawn_at)
    tx.run(
        update(outbox)
        .where(outbox.c.unique_key >= prefix, outbox.c.unique_key < _beyond(prefix), *withdrawn)
        .values(state="waiting", reason=None, settled_at=None, not_before=not_before)
    )


def withdraw_from(tx: Writer, chat_id: int, now: datetime) -> int:
    """Take back all that waits for a group."""
    return tx.run(
        update(outbox)
        .where(outbox.c.telegram_id == chat_id, _IS_STILL_HERE)
        .values(state="skipped", reason="withdrawn", settled_at=now)
    )
