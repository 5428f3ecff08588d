"""SQL about experience: highlights whose authors let them be read, and the branches that use them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update

from domain.reviews import Attribution, ReviewKind
from storage.database import Reader, Writer
from storage.tables import adoption, check_in, person, review, unit

ExperienceRow = Row[Any]
"""id, text, at, attribution, name, specialty, unit_id and person_id of one highlight."""
_SHOWN = (
    select(
        review.c.id, check_in.c.text, review.c.at, review.c.attribution, person.c.name, person.c.specialty,
        person.c.unit_id, person.c.id.label("person_id"),
    )
    .join(check_in, check_in.c.id == review.c.check_in_id)
    .join(person, person.c.id == check_in.c.person_id)
    .where(review.c.attribution.is_not(None), review.c.attribution != Attribution.PRIVATE)
    .where(review.c.kind == ReviewKind.HIGHLIGHT, review.c.withdrawn_at.is_(None), check_in.c.withdrawn_at.is_(None))
)  # fmt: skip
_BY_ID = _SHOWN.where(review.c.id == bindparam("review"))
_ONCE = select(func.max(review.c.id)).where(
    review.c.attribution.is_not(None), review.c.attribution != Attribution.PRIVATE, review.c.withdrawn_at.is_(None)
).group_by(review.c.check_in_id)  # fmt: skip
"""One a report, however many put it forward."""
_ADOPTERS = (
    select(unit.c.id, unit.c.name)
    .join(adoption, adoption.c.unit_id == unit.c.id)
    .where(adoption.c.review_id == bindparam("review"), adoption.c.withdrawn_at.is_(None))
    .order_by(adoption.c.id)
)


def found(tx: Reader, words: str, *, offset: int, limit: int) -> Sequence[ExperienceRow]:
    """Those in whose text or whose author's specialty the words stand, in capitals or not, the latest first; no words mean all."""
    plain = words.replace("%", "").replace("_", "")
    matching = or_(check_in.c.text.ilike(f"%{plain}%"), person.c.specialty.ilike(f"%{plain}%"))
    statement = _SHOWN.where(review.c.id.in_(_ONCE), matching).order_by(review.c.at.desc(), review.c.id.desc())
    return tx.all(statement.offset(offset).limit(limit))


def get(tx: Reader, review_id: int) -> ExperienceRow | None:
    return tx.first(_BY_ID, {"review": review_id})


def adopters(tx: Reader, review_id: int) -> dict[int, str]:
    """The branches that use it, in the order in which they said so."""
    return {row.id: row.name for row in tx.all(_ADOPTERS, {"review": review_id})}


def adopt(tx: Writer, review_id: int, unit_id: int, person_id: int, now: datetime) -> None:
    which = (adoption.c.review_id == review_id, adoption.c.unit_id == unit_id)
    new = tx.insert_once(
        adoption,
        unique=["review_id", "unit_id"],
        review_id=review_id,
        unit_id=unit_id,
        adopted_by=person_id,
        adopted_at=now,
    )
    if not new:
        tx.run(update(adoption).where(*which).values(adopted_by=person_id, adopted_at=now, withdrawn_at=None))


def drop(tx: Writer, review_id: int, unit_id: int, now: datetime) -> None:
    which = (adoption.c.review_id == review_id, adoption.c.unit_id == unit_id)
    tx.run(update(adoption).where(*which).values(withdrawn_at=now))
