"""SQL about needs passed up: to which unit, in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from domain.needs import Referral
from storage.database import Reader, Writer
from storage.tables import person, referral, unit

_OF_NEED = (
    select(
        referral.c.id, referral.c.need_id, referral.c.unit_id, unit.c.name.label("unit"), referral.c.words,
        referral.c.passed_by, person.c.name.label("passer"), referral.c.passed_at,
    )
    .join(unit, unit.c.id == referral.c.unit_id)
    .join(person, person.c.id == referral.c.passed_by)
    .where(referral.c.need_id == bindparam("need"), referral.c.withdrawn_at.is_(None))
    .order_by(referral.c.id)
)  # fmt: skip


_TAKEN_BACK = (
    select(referral.c.id, referral.c.need_id, referral.c.unit_id, referral.c.words, referral.c.withdrawn_at)
    .where(referral.c.withdrawn_at.is_not(None))
    .order_by(referral.c.id.desc())
    .limit(1)
)
_TAKEN_BACK_ONE = _TAKEN_BACK.where(referral.c.id == bindparam("referral"))
_TAKEN_BACK_OF_NEED = _TAKEN_BACK.where(
    referral.c.need_id == bindparam("need"), referral.c.unit_id.in_(bindparam("units", expanding=True))
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    id: int
    need_id: int
    unit_id: int
    words: str
    withdrawn_at: datetime


def taken_back(tx: Reader, referral_id: int) -> TakenBack | None:
    """One that was taken back."""
    row = tx.first(_TAKEN_BACK_ONE, {"referral": referral_id})
    return None if row is None else TakenBack(**row._mapping)


def taken_back_from(tx: Reader, need_id: int, unit_ids: Sequence[int]) -> TakenBack | None:
    """The last one of a need that was taken back from one of these very units."""
    row = tx.first(_TAKEN_BACK_OF_NEED, {"need": need_id, "units": list(unit_ids)}) if unit_ids else None
    return None if row is None else TakenBack(**row._mapping)


def add(tx: Writer, need_id: int, unit_id: int, words: str, passed_by: int, now: datetime) -> int:
    return tx.insert(referral, need_id=need_id, unit_id=unit_id, words=words, passed_by=passed_by, passed_at=now)


def all_of_need(tx: Reader, need_id: int) -> list[int]:
    """The ids of all of them, those that were taken back too."""
    return [int(found) for found in tx.scalars(select(referral.c.id).where(referral.c.need_id == need_id))]


def of_need(tx: Reader, need_id: int) -> list[Referral]:
    """Those that stand, in their order: the last one says where the need is."""
    return [Referral(**row._mapping) for row in tx.all(_OF_NEED, {"need": need_id})]


def withdraw(tx: Writer, referral_id: int, now: datetime) -> None:
    tx.run(update(referral).where(referral.c.id == referral_id).values(withdrawn_at=now))
