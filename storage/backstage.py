"""SQL for whoever looks behind the scenes of a demonstration: what comes next, and what goes out to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, cast, func, select
from sqlalchemy.types import Text

from domain.duties import UNSETTLED
from storage.columns import among
from storage.database import Reader
from storage.tables import account, duty, outbox, person


@dataclass(frozen=True, slots=True)
class Coming:
    """A duty that is not settled, by when it prompts."""

    kind: str
    holder: str
    period: str
    state: str
    due_at: datetime | None
    prompts_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """`at` is when it may go, or when it was settled; `reason` says why it waits or was left out."""

    kind: str
    to: str
    state: str
    at: datetime
    reason: str | None


COMING = (
    select(
        duty.c.kind, person.c.name.label("holder"), duty.c.period, duty.c.state, duty.c.due_at,
        duty.c.next_reminder_at.label("prompts_at"),
    )
    .join_from(duty, person, person.c.id == duty.c.holder_id)
    .where(duty.c.next_reminder_at > bindparam("now"), among(duty.c.state, UNSETTLED))
    .order_by(duty.c.next_reminder_at, duty.c.id)
    .limit(bindparam("limit"))
)  # fmt: skip
_OWNER = person.alias("owner")
"""Of the account, where a notice is for an account: an administrator need be nobody of the roster."""
_TO = func.coalesce(person.c.name, _OWNER.c.name, cast(outbox.c.telegram_id, Text), "").label("to")
_AT = func.coalesce(outbox.c.settled_at, outbox.c.not_before, type_=outbox.c.not_before.type).label("at")
_TOLD = (
    select(outbox.c.kind, _TO, outbox.c.state, _AT, outbox.c.reason)
    .outerjoin_from(outbox, person, person.c.id == outbox.c.person_id)
    .outerjoin(account, account.c.telegram_id == outbox.c.telegram_id)
    .outerjoin(_OWNER, _OWNER.c.id == account.c.person_id)
)
WAITING = _TOLD.where(outbox.c.state == "waiting").order_by(outbox.c.not_before, outbox.c.id).limit(bindparam("limit"))
SETTLED = _TOLD.where(outbox.c.state != "waiting").order_by(outbox.c.id.desc()).limit(bindparam("limit"))


def coming(tx: Reader, now: datetime, limit: int) -> list[Coming]:
    return [Coming(**row._mapping) for row in tx.all(COMING, {"now": now, "limit": limit})]


def waiting(tx: Reader, limit: int) -> list[Told]:
    return [Told(**row._mapping) for row in tx.all(WAITING, {"limit": limit})]


def settled(tx: Reader, limit: int) -> list[Told]:
    return [Told(**row._mapping) for row in tx.all(SETTLED, {"limit": limit})]
