"""SQL about when something did not work, from when to when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select

from domain.health import Outage, OutageKind
from storage.database import Reader, Writer
from storage.tables import outage

SINCE = (
    select(outage.c.kind, outage.c.began_at, outage.c.ended_at)
    .where(outage.c.ended_at >= bindparam("since"))
    .order_by(outage.c.ended_at.desc(), outage.c.id.desc())
    .limit(bindparam("limit"))
)


def add(tx: Writer, one: Outage) -> int:
    return tx.insert(outage, kind=one.kind, began_at=one.began_at, ended_at=one.ended_at)


def since(tx: Reader, moment: datetime, *, limit: int) -> list[Outage]:
    """Those that ended since a moment, the newest first."""
    rows = tx.all(SINCE, {"since": moment, "limit": limit})
    return [Outage(OutageKind(row.kind), row.began_at, row.ended_at) for row in rows]
