"""SQL about wrong codes, so that guessing ends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select

from storage.database import Reader, Writer
from storage.tables import attempt

_SINCE = (
    select(attempt.c.at)
    .where(
        attempt.c.telegram_id == bindparam("telegram_id"),
        attempt.c.kind == bindparam("of_kind"),
        attempt.c.at > bindparam("since"),
    )
    .order_by(attempt.c.at)
)


def add(tx: Writer, telegram_id: int, kind: str, now: datetime) -> None:
    tx.insert(attempt, telegram_id=telegram_id, kind=kind, at=now)


def since(tx: Reader, telegram_id: int, kind: str, moment: datetime) -> list[datetime]:
    """When this account was wrong, oldest first."""
    return list(tx.scalars(_SINCE, {"telegram_id": telegram_id, "of_kind": kind, "since": moment}))
