"""SQL about stored summaries: which are there, which units still lack one, and who is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, select, update

from domain.roles import RoleKind
from domain.summaries import Edition, MonthSummary
from domain.units import Unit, UnitKind
from storage.columns import among
from storage.database import Reader, Writer
from storage.tables import role, summary, unit

_UNIT = (unit.c.id, unit.c.kind, unit.c.name, unit.c.parent_id, unit.c.position, unit.c.zone)
_STORED = select(summary.c.content).where(
    summary.c.unit_id == bindparam("unit"),
    summary.c.month == bindparam("month"),
    summary.c.edition == bindparam("edition"),
)
_OF_MONTH = exists().where(summary.c.unit_id == unit.c.id, summary.c.month == bindparam("month"))
_SUMMED_UP = (
    select(*_UNIT)
    .where(among(unit.c.kind, [UnitKind.BRANCH, UnitKind.GENERAL_BRANCH, UnitKind.COMMITTEE]))
    .order_by(unit.c.id)
)
WITHOUT_ANY = _SUMMED_UP.where(~_OF_MONTH)
WITHOUT_FINAL = _SUMMED_UP.where(_OF_MONTH, ~_OF_MONTH.where(summary.c.edition == Edition.FINAL))
UNANNOUNCED = (
    select(summary.c.id, summary.c.unit_id, summary.c.month, summary.c.edition, unit.c.kind)
    .join(unit, unit.c.id == summary.c.unit_id)
    .where(summary.c.announced_at.is_(None))
    .order_by(unit.c.position, unit.c.id)
)
READERS = (
    select(role.c.unit_id, role.c.person_id)
    .where(role.c.unit_id.in_(bindparam("units", expanding=True)))
    .where(among(role.c.kind, [RoleKind.SECRETARY, RoleKind.OFFICER]))
    .where(role.c.ended_at.is_(None), role.c.person_id.is_not(None))
    .order_by(role.c.id)
)


@dataclass(frozen=True, slots=True)
class Unannounced:
    id: int
    unit_id: int
    month: str
    edition: Edition


def stored(tx: Reader, unit_id: int, month: str, edition: Edition) -> MonthSummary | None:
    content = tx.scalar(_STORED, {"unit": unit_id, "month": month, "edition": edition})
    return None if content is None else MonthSummary.from_json(json.dumps(content))


def store(tx: Writer, made: MonthSummary, *, announced_at: datetime | None) -> bool:
    """Keep an edition, the first one for good; tell whether it was the first."""
    return tx.insert_once(
        summary,
        unique=["unit_id", "month", "edition"],
        unit_id=made.unit_id,
        month=made.month,
        edition=made.edition,
        content=json.loads(made.to_json()),
        made_at=made.made_at,
        announced_at=announced_at,
    )


def without_any(tx: Reader, month: str) -> list[Unit]:
    """The branches and units above them for which nothing of the month is stored."""
    return [_unit(row) for row in tx.all(WITHOUT_ANY, {"month": month})]


def without_final(tx: Reader, month: str) -> list[Unit]:
    """The units with a draft of the month and no final."""
    return [_unit(row) for row in tx.all(WITHOUT_FINAL, {"month": month})]


def unannounced(tx: Reader) -> list[Unannounced]:
    return [
        Unannounced(row.id, row.unit_id, row.month, Edition(row.edition))
        for row in tx.all(UNANNOUNCED)
    ]  # fmt: skip


def mark_announced(tx: Writer, ids: Sequence[int], now: datetime) -> None:
    tx.run(update(summary).where(summary.c.id.in_(list(ids))).values(announced_at=now))


def readers(tx: Reader, unit_ids: Sequence[int]) -> list[tuple[int, int]]:
    """(unit, person): the secretaries and officers of these very units."""
    return [(row.unit_id, row.person_id) for row in tx.all(READERS, {"units": list(unit_ids)})]


def _unit(row: Row[Any]) -> Unit:
    return Unit(**{**row._mapping, "kind": UnitKind(row.kind)})
