"""Where a dialogue stands, as a row: it survives a restart and works with many replicas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from storage.database import Reader, Writer
from storage.tables import draft


@dataclass(frozen=True, slots=True)
class Draft:
    telegram_id: int
    kind: str
    step: str
    payload: Mapping[str, Any]
    touched_at: datetime


_COLUMNS = (draft.c.telegram_id, draft.c.kind, draft.c.step, draft.c.payload, draft.c.touched_at)
_LATEST = (
    select(*_COLUMNS)
    .where(draft.c.telegram_id == bindparam("telegram_id"))
    .order_by(draft.c.touched_at.desc(), draft.c.id.desc())
    .limit(1)
)
_OF_KIND = select(*_COLUMNS).where(
    draft.c.telegram_id == bindparam("telegram_id"), draft.c.kind == bindparam("of_kind")
)
_CHANGE = (
    update(draft)
    .where(draft.c.telegram_id == bindparam("of_person"), draft.c.kind == bindparam("of_kind"))
    .values(step=bindparam("step"), payload=bindparam("payload"), touched_at=bindparam("touched_at"))
)

_DROP = delete(draft).where(draft.c.telegram_id == bindparam("of_person"))
_DROP_ONE = _DROP.where(draft.c.kind == bindparam("of_kind"))


def latest(tx: Reader, telegram_id: int) -> Draft | None:
    """The dialogue a person is in: the one touched last."""
    return _draft(tx.first(_LATEST, {"telegram_id": telegram_id}))


def of_kind(tx: Reader, telegram_id: int, kind: str) -> Draft | None:
    return _draft(tx.first(_OF_KIND, {"telegram_id": telegram_id, "of_kind": kind}))


def save(tx: Writer, telegram_id: int, kind: str, step: str, payload: Mapping[str, Any], now: datetime) -> None:
    values = {"step": step, "payload": dict(payload), "touched_at": now}
    if not tx.run(_CHANGE, {"of_person": telegram_id, "of_kind": kind, **values}):
        tx.insert(draft, telegram_id=telegram_id, kind=kind, **values)


def drop(tx: Writer, telegram_id: int, kind: str | None = None) -> int:
    """Forget one dialogue, or all of them."""
    if kind is None:
        return tx.run(_DROP, {"of_person": telegram_id})
    return tx.run(_DROP_ONE, {"of_person": telegram_id, "of_kind": kind})


def drop_all_but(tx: Writer, telegram_id: int, kind: str) -> int:
    return tx.run(delete(draft).where(draft.c.telegram_id == telegram_id, draft.c.kind != kind))


def expire(tx: Writer, before: datetime, *, limit: int) -> int:
    old = select(draft.c.id).where(draft.c.touched_at < before).limit(limit)
    return tx.run(delete(draft).where(draft.c.id.in_(old)))


def _draft(row: Row[Any] | None) -> Draft | None:
    return None if row is None else Draft(**row._mapping)
