"""Updates from arrival to answer: new → claimed → handled (committed with the work) → done, or parked.

A claim is a lease. `new` and `handled` rows are open; a row that is `handled` needs only its answer sent again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, func, or_, select, text, update

from storage.database import Reader, Writer
from storage.tables import inbox

LEASE = timedelta(seconds=60)
TRIES = 3


@dataclass(frozen=True, slots=True)
class Arrived:
    update_id: int
    chat_id: int
    payload: str


@dataclass(frozen=True, slots=True)
class Claimed:
    update_id: int
    chat_id: int
    payload: str
    answer: Mapping[str, Any] | None
    tries: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Parked:
    """`fault` is the class of what went wrong; the log has the rest under the update's id."""

    update_id: int
    fault: str
    at: datetime


def keep(tx: Writer, arrived: Sequence[Arrived], now: datetime) -> None:
    """Keep a batch; an update that was delivered twice is kept once."""
    rows = [
        {"update_id": one.update_id, "chat_id": one.chat_id, "payload": one.payload, "state": "new", "received_at": now}
        for one in arrived
    ]
    tx.insert_many_once(inbox, rows, unique=["update_id"])


_other = inbox.alias("other")
_claimed = inbox.alias("claimed")
_IS_FIRST_OF_CHAT = ~exists().where(
    _other.c.chat_id == inbox.c.chat_id,
    _other.c.update_id < inbox.c.update_id,
    text("other.state IN ('new', 'handled')"),
)
_CHAT_IS_FREE = ~exists().where(
    _claimed.c.chat_id == inbox.c.chat_id,
    text("claimed.claimed_by IS NOT NULL"),
    _claimed.c.claimed_until >= bindparam("now"),
)
_RESTED = or_(inbox.c.claimed_until.is_(None), inbox.c.claimed_until < bindparam("now"))
"""Neither claimed nor resting after a failure."""
_CANDIDATES = (
    select(inbox.c.update_id)
    .where(text("inbox.state IN ('new', 'handled')"), _RESTED, _IS_FIRST_OF_CHAT, _CHAT_IS_FREE)
    .order_by(inbox.c.update_id)
    .limit(bindparam("limit"))
    .correlate(None)
)
"""States are spelled as in the partial indexes, so that both engines use them: the done rows cost nothing."""
CLAIM = (
    update(inbox)
    .where(inbox.c.update_id.in_(_CANDIDATES), text("state IN ('new', 'handled')"), _RESTED)
    .values(claimed_by=bindparam("worker"), claimed_until=bindparam("until"), tries=inbox.c.tries + 1)
    .returning(inbox.c.update_id, inbox.c.chat_id, inbox.c.payload, inbox.c.answer, inbox.c.tries, inbox.c.received_at)
)
"""On PostgreSQL what somebody else claims meanwhile is looked at once more when he has, and left out."""


def claim(tx: Writer, worker: str, now: datetime, *, limit: int) -> list[Claimed]:
    """Take the oldest open update of each of up to `limit` chats that nobody else is working on.

    Leases run on the real clock: `now` is never a demo's moved one.
    """
    values = {"worker": worker, "now": now, "until": now + LEASE, "limit": limit}
    return sorted((Claimed(**row._mapping) for row in tx.all(CLAIM, values)), key=lambda one: one.update_id)


_HANDLED = (
    update(inbox)
    .where(inbox.c.update_id == bindparam("row"), inbox.c.state == "new")
    .values(state="handled", answer=bindparam("answer"), handled_at=bindparam("now"))
)
_DONE = (
    update(inbox)
    .where(inbox.c.update_id == bindparam("row"))
    .values(state="done", claimed_by=None, claimed_until=None, done_at=bindparam("now"), payload="", answer=None)
)
"""What was said and answered is not kept: a code in it would stand readable beside its own hash."""


class AlreadyHandled(RuntimeError):
    """Somebody committed this update's work already; ours must be undone."""


def mark_handled(tx: Writer, update_id: int, answer: Mapping[str, Any], now: datetime) -> None:
    """In the unit that does the work: from here on the work is done once, whatever happens to the answer."""
    if not tx.run(_HANDLED, {"row": update_id, "answer": dict(answer), "now": now}):
        raise AlreadyHandled(str(update_id))


def mark_done(tx: Writer, update_ids: Collection[int], now: datetime) -> None:
    tx.run_many(_DONE, [{"row": update_id, "now": now} for update_id in update_ids])


def renew(tx: Writer, worker: str, update_ids: Sequence[int], now: datetime) -> None:
    """Keep the claims on what is still being worked on."""
    mine = (inbox.c.update_id.in_(update_ids), inbox.c.claimed_by == worker)
    tx.run(update(inbox).where(*mine).values(claimed_until=now + LEASE))


def release(tx: Writer, worker: str, update_id: int, error: str, retry_at: datetime, *, counts: bool = True) -> None:
    """Give a failed update back, to be tried again not before `retry_at`; a fault of others does not count."""
    tx.run(
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.claimed_by == worker)
        .values(error=error, claimed_by=None, claimed_until=retry_at, tries=inbox.c.tries - (0 if counts else 1))
    )


def park(tx: Writer, worker: str, update_id: int, error: str, now: datetime) -> bool:
    """Set aside what failed three times, so that it blocks nobody; tell whether it was still ours to park."""
    return bool(
        tx.run(
            update(inbox)
            .where(inbox.c.update_id == update_id, inbox.c.claimed_by == worker)
            .values(state="parked", error=error, claimed_by=None, claimed_until=None, done_at=now)
        )
    )


def free_all(tx: Writer) -> None:
    """Let go of what a process that died had claimed; only for a database on which nobody else works."""
    tx.run(update(inbox).where(text("claimed_by IS NOT NULL")).values(claimed_by=None, claimed_until=None))


def answer_of(tx: Reader, update_id: int) -> Mapping[str, Any] | None:
    answer: Mapping[str, Any] | None = tx.scalar(select(inbox.c.answer).where(inbox.c.update_id == update_id))
    return answer


_OPEN = select(func.count(), func.min(inbox.c.received_at)).where(text("state IN ('new', 'handled')"))


def backlog(tx: Reader) -> tuple[int, datetime | None]:
    """How many updates have no answer yet, and when the first of them came."""
    row: Row[Any] = tx.one(_OPEN)
    count, first = tuple(row)
    return count, first


PARKED = (
    select(inbox.c.update_id, inbox.c.error, inbox.c.done_at)
    .where(text("state = 'parked'"))
    .order_by(inbox.c.done_at.desc())
    .limit(100)
)


def parked(tx: Reader) -> list[Parked]:
    """What was set aside and not forgotten yet, the newest first."""
    return [Parked(row.update_id, row.error or "", row.done_at) for row in tx.all(PARKED)]


def prune(tx: Writer, before: datetime, *, limit: int) -> int:
    """Forget what was done before; the newest row stays and tells when somebody last wrote."""
    return _forget(tx, "state = 'done'", before, limit)


def prune_parked(tx: Writer, before: datetime, *, limit: int) -> int:
    """Forget what was set aside before, and has been looked at since or never will be."""
    return _forget(tx, "state = 'parked'", before, limit)


def _forget(tx: Writer, state: str, before: datetime, limit: int) -> int:
    newest = select(func.max(inbox.c.update_id)).scalar_subquery()
    old = (
        select(inbox.c.update_id)
        .where(text(state), inbox.c.done_at < before, inbox.c.update_id < newest)
        .order_by(inbox.c.done_at)
        .limit(limit)
    )
    return tx.run(delete(inbox).where(inbox.c.update_id.in_(old)))
