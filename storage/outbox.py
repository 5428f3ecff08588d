"""What is to be said to someone other than the person who acted. A row holds what and to whom, never text."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select, text, update

from storage.database import Reader, Writer
from storage.tables import outbox

LEASE = timedelta(minutes=2)
BUDGET = "budget"
"""Why a row waits or was left out: the week has no place for it."""
IN_A_DIGEST = "in a digest"
WITH_ANOTHER = "with another"
"""How a row went that was told beneath a digest, or beneath something else at the same time: it was no message of its own."""
OF_ITS_OWN = func.coalesce(outbox.c.reason, "").not_in((IN_A_DIGEST, WITH_ANOTHER))


@dataclass(frozen=True, slots=True)
class Waiting:
    id: int
    unique_key: str
    person_id: int | None
    telegram_id: int | None
    kind: str
    payload: Mapping[str, Any]
    unasked: bool
    tries: int
    not_before: datetime
    created_at: datetime


def imagined(
    person_id: int, kind: str, payload: Mapping[str, Any], *, unasked: bool, not_before: datetime, now: datetime
) -> Waiting:
    """A row as it would be put after all others."""
    return Waiting(sys.maxsize, "", person_id, None, kind, payload, unasked, 0, not_before, now)


def add(
    tx: Writer,
    *,
    key: str,
    kind: str,
    payload: Mapping[str, Any],
    not_before: datetime,
    now: datetime,
    person_id: int | None = None,
    telegram_id: int | None = None,
    unasked: bool = False,
) -> bool:
    """Add a row unless its key is there; tell whether it was added."""
    return tx.insert_once(
        outbox,
        unique=["unique_key"],
        unique_key=key,
        kind=kind,
        payload=dict(payload),
        person_id=person_id,
        telegram_id=telegram_id,
        unasked=unasked,
        not_before=not_before,
        state="waiting",
        created_at=now,
    )


COLUMNS = (
    outbox.c.id, outbox.c.unique_key, outbox.c.person_id, outbox.c.telegram_id, outbox.c.kind, outbox.c.payload,
    outbox.c.unasked, outbox.c.tries, outbox.c.not_before, outbox.c.created_at,
)  # fmt: skip
_FREE = or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until < bindparam("wall"))
_held = outbox.alias("held")
_IS_HELD = (
    text("held.state = 'waiting' AND held.claimed_until IS NOT NULL"),
    _held.c.claimed_until >= bindparam("wall"),
)
_IS_ANOTHERS = func.coalesce(_held.c.claimed_by, "") != bindparam("worker")


def _nobody_holds(*which: ColumnElement[bool]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What follows waits until a sender is done with the rows before it, and while one of them rests: everybody hears
    things in their order.
    """
    return (
        ~exists().where(*_IS_HELD, *which, _held.c.person_id == outbox.c.person_id),
        ~exists().where(*_IS_HELD, *which, _held.c.person_id.is_(None), _held.c.telegram_id == outbox.c.telegram_id),
    )


_DUE = (
    select(*COLUMNS)
    .where(outbox.c.state == "waiting", outbox.c.not_before <= bindparam("now"), _FREE, *_nobody_holds())
    .order_by(outbox.c.not_before, outbox.c.id)
    .limit(bindparam("limit"))
)
_TAKE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == "waiting", _FREE, *_nobody_holds(_IS_ANOTHERS))
    .values(claimed_by=bindparam("worker"), claimed_until=bindparam("until"), tries=outbox.c.tries + 1)
)
"""Looks once more who holds what: another sender may have committed its claims since we looked."""


WAITING = (
    select(*COLUMNS)
    .where(outbox.c.person_id == bindparam("person"), outbox.c.settled_at.is_(None), outbox.c.state == "waiting")
    .order_by(outbox.c.id)
)
WAITING_FOR = WAITING.where(outbox.c.kind == bindparam("of_kind"))


def waiting(tx: Reader, person_id: int) -> list[Waiting]:
    """What has not gone to a person yet."""
    return [Waiting(**row._mapping) for row in tx.all(WAITING, {"person": person_id})]


def waiting_for(tx: Reader, person_id: int, kind: str) -> list[Waiting]:
    """What of one kind has not gone to a person yet."""
    return [Waiting(**row._mapping) for row in tx.all(WAITING_FOR, {"person": person_id, "of_kind": kind})]


WAITING_FOR_SOME = (
    select(outbox.c.person_id, outbox.c.payload)
    .where(
        outbox.c.person_id.in_(bindparam("people", expanding=True)),
        outbox.c.settled_at.is_(
            None
        ),  # as all that waits, and nothing else; asked for its state, SQLite would read all that waits
        outbox.c.kind == bindparam("of_kind"),
    )
    .order_by(outbox.c.id)
)


def waiting_for_some(tx: Reader, people: Iterable[int], kind: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The same of several people: whom it is for, and its payload."""
    return [(row.person_id, row.payload) for row in tx.all(WAITING_FOR_SOME, {"people": list(people), "of_kind": kind})]


HELD_BACK = (
    select(*COLUMNS)
    .where(
        outbox.c.person_id == bindparam("person"), outbox.c.settled_at.is_(None), outbox.c.state == "waiting",
        outbox.c.reason == BUDGET, outbox.c.claimed_by.is_(None), outbox.c.kind != bindparam("besides"),
    )
    .order_by(outbox.c.id)
)  # fmt: skip


def held_back(tx: Reader, person_id: int, besides: str) -> list[Waiting]:
    """What waits for a week's place, rows of one kind excepted."""
    return [Waiting(**row._mapping) for row in tx.all(HELD_BACK, {"person": person_id, "besides": besides})]


_MISSED = or_(
    and_(outbox.c.state == "skipped", outbox.c.reason == "unreachable"),
    and_(outbox.c.state == "failed", outbox.c.reason == "Forbidden"),
)
"""Skipped because somebody had blocked us, or how we came to know it."""
MISSED = (
    select(*COLUMNS)
    .where(outbox.c.person_id == bindparam("person"), outbox.c.settled_at >= bindparam("since"), _MISSED)
    .order_by(outbox.c.id.desc())
)


def missed(tx: Reader, person_id: int, since: datetime) -> list[Waiting]:
    """What could not be delivered to a person since a moment, the last first."""
    return [Waiting(**row._mapping) for row in tx.all(MISSED, {"person": person_id, "since": since})]


def claim(tx: Writer, worker: str, now: datetime, wall: datetime, *, limit: int) -> list[Waiting]:
    """Take rows whose time has come by the program's clock (`now`) for people to whom nobody is speaking yet.

    The lease runs on the real clock (`wall`).
    """
    return [
        Waiting(**{**row._mapping, "tries": row.tries + 1})
        for row in tx.all(_DUE, {"now": now, "wall": wall, "limit": limit})
        if tx.run(_TAKE, {"row": row.id, "worker": worker, "wall": wall, "until": wall + LEASE})
    ]


def settle(
    tx: Writer, row_id: int, state: str, now: datetime, *, reason: str | None = None, message: int | None = None
) -> None:
    """Sent, skipped or failed for good, with the reason."""
    tx.run(
        update(outbox)
        .where(outbox.c.id == row_id, outbox.c.state == "waiting")
        .values(state=state, reason=reason, settled_at=now, message_id=message, claimed_by=None, claimed_until=None)
    )


def settle_beneath(tx: Writer, row_id: int, now: datetime, *, message: int | None) -> None:
    """It was told beneath another, though it may have been missed before."""
    values = {"state": "sent", "reason": IN_A_DIGEST, "settled_at": now, "message_id": message}
    here = (outbox.c.id == row_id, or_(outbox.c.state == "waiting", _MISSED))
    tx.run(update(outbox).where(*here).values(**values, claimed_by=None, claimed_until=None))


def postpone(tx: Writer, row_id: int, until: datetime, reason: str) -> None:
    """Not now but later by the program's clock: a quiet hour, a spent budget. It was no try."""
    tx.run(
        update(outbox)
        .where(outbox.c.id == row_id)
        .values(not_before=until, reason=reason, claimed_by=None, claimed_until=None, tries=outbox.c.tries - 1)
    )


def rest(tx: Writer, row_id: int, wall: datetime, reason: str, *, counts: bool = True) -> None:
    """Try again at a moment of the real clock: Telegram failed, or asked for a pause, and then it was no try."""
    tries = outbox.c.tries - (0 if counts else 1)
    values = {"reason": reason, "claimed_by": None, "claimed_until": wall, "tries": tries}
    tx.run(update(outbox).where(outbox.c.id == row_id, outbox.c.state == "waiting").values(values))


def renew(tx: Writer, worker: str, row_ids: Collection[int], wall: datetime) -> None:
    """Keep the claims on what is still being worked on."""
    mine = (outbox.c.id.in_(row_ids), outbox.c.claimed_by == worker, outbox.c.state == "waiting")
    tx.run(update(outbox).where(*mine).values(claimed_until=wall + LEASE))


def readdress(tx: Writer, old_chat: int, new_chat: int) -> None:
    """A group has another id from now on."""
    waits = (outbox.c.state == "waiting", outbox.c.telegram_id == old_chat)
    tx.run(update(outbox).where(*waits).values(telegram_id=new_chat))


def free_all(tx: Writer) -> None:
    """Let go of what a process that died had claimed; only for a database on which nobody else works."""
    claimed = (outbox.c.state == "waiting", outbox.c.claimed_by.is_not(None))
    tx.run(update(outbox).where(*claimed).values(claimed_by=None, claimed_until=None))


_UNASKED_SINCE = (
    outbox.c.settled_at >= bindparam("since"),
    outbox.c.unasked.is_(True),
    outbox.c.state == "sent",
    OF_ITS_OWN,
)
UNASKED_SINCE = select(func.count()).where(outbox.c.person_id == bindparam("person"), *_UNASKED_SINCE)


def unasked_since(tx: Reader, person_id: int, since: datetime) -> int:
    """How many unasked-for messages a person was sent since a moment, whatever was told beneath them."""
    count: int = tx.scalar(UNASKED_SINCE, {"person": person_id, "since": since})
    return count


UNASKED_OF_SOME = (
    select(outbox.c.person_id, func.count().label("number"))
    .where(outbox.c.person_id.in_(bindparam("people", expanding=True)), *_UNASKED_SINCE)
    .group_by(outbox.c.person_id)
)


def unasked_of_some(tx: Reader, people: Iterable[int], since: datetime) -> dict[int, int]:
    """The same of several people, without those who were sent none."""
    found = tx.all(UNASKED_OF_SOME, {"people": list(people), "since": since})
    return {row.person_id: row.number for row in found}


_IS_DUE = outbox.c.not_before <= bindparam("now")
_BACKLOG = select(
    func.count().filter(_IS_DUE), func.count().filter(~_IS_DUE), func.min(outbox.c.not_before).filter(_IS_DUE)
).where(outbox.c.state == "waiting")


def backlog(tx: Reader, now: datetime) -> tuple[int, int, datetime | None]:
    """How many rows are due, how many wait for later, and since when the first due one is."""
    row: Any = tx.one(_BACKLOG, {"now": now})
    due, later, first = tuple(row)
    return due, later, first


def next_due(tx: Reader) -> datetime | None:
    """When the earliest waiting row may go."""
    moment: datetime | None = tx.scalar(select(func.min(outbox.c.not_before)).where(outbox.c.state == "waiting"))
    return moment
