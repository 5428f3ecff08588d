"""SQL about needs passed up: to which unit, in which words."""

from __future__ import annotations

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


def add(tx: Writer, need_id: int, unit_id: int, words: str, passed_by: int, now: datetime) -> int:
    return tx.insert(referral, need_id=need_id, unit_id=unit_id, words=words, passed_by=passed_by, passed_at=now)


def of_need(tx: Reader, need_id: int) -> list[Referral]:
    """Those that stand, in their order: the last one says where the need is."""
    return [Referral(**row._mapping) for row in tx.all(_OF_NEED, {"need": need_id})]


def withdraw(tx: Writer, referral_id: int, now: datetime) -> None:
    tx.run(update(referral).where(referral.c.id == referral_id).values(withdrawn_at=now))
