"""SQL about reviews: what was answered to a report, and which reports still wait for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, func, or_, select, union, update

from domain.check_ins import Capacity
from domain.entered_acts import ACTS, Noun
from domain.reviews import Attribution, Review, ReviewKind
from storage.columns import among
from storage.database import Reader, Writer
from storage.entered_acts import by_hand
from storage.guidance import GUIDES_TODAY, PAIRED, ROTATING
from storage.tables import (
    check_in,
    check_in_subject,
    duty,
    pairing,
    pairing_mentor,
    person,
    review,
    rotation,
    unit_above,
)

_COLUMNS = (
    review.c.id, review.c.check_in_id, review.c.reviewer_id, person.c.name.label("reviewer"), review.c.capacity,
    review.c.kind, review.c.text, review.c.at, review.c.answered_at, review.c.attribution,
    by_hand(Noun.REVIEW, review.c.id, ACTS[Noun.REPORT]).label("by_hand"),
)  # fmt: skip
_SELECT = select(*_COLUMNS).join(person, person.c.id == review.c.reviewer_id)
_TAKEN_BACK = _SELECT.where(review.c.id == bindparam("review"), review.c.withdrawn_at.is_not(None))
_STANDING = _SELECT.where(review.c.withdrawn_at.is_(None))
_BY_ID = _STANDING.where(review.c.id == bindparam("review"))
_OF_CHECK_IN = _STANDING.where(review.c.check_in_id == bindparam("check_in")).order_by(review.c.id)

_ANSWERS = (
    review.c.check_in_id == check_in.c.id,
    review.c.withdrawn_at.is_(None),
    review.c.capacity != Capacity.SECRETARY,
    or_(review.c.kind != ReviewKind.PLEASE_ADD, review.c.answered_at.is_(None)),
)
_UNSETTLED = ~exists().where(*_ANSWERS)
_NOTE_ANSWER = (
    update(check_in)
    .where(check_in.c.id == bindparam("answered"))
    .values(reviewed_at=select(func.min(review.c.at)).where(*_ANSWERS).scalar_subquery())
)
_WAITING = (check_in.c.withdrawn_at.is_(None), check_in.c.submitted_at <= bindparam("before"), _UNSETTLED)
_OF_MENTEES = (
    select(check_in.c.id, check_in.c.submitted_at)
    .join(pairing, pairing.c.mentee_id == check_in.c.person_id)
    .join(pairing_mentor, pairing_mentor.c.pairing_id == pairing.c.id)
    .where(pairing_mentor.c.person_id == bindparam("guide"), among(pairing.c.state, PAIRED))
    .where(GUIDES_TODAY, *_WAITING)
)
_OF_GUESTS = (
    select(check_in.c.id, check_in.c.submitted_at)
    .join(check_in_subject, check_in_subject.c.check_in_id == check_in.c.id)
    .join(duty, duty.c.id == check_in_subject.c.duty_id)
    .join(rotation, rotation.c.id == duty.c.subject_id)
    .where(duty.c.kind == "report", duty.c.subject_kind == "rotation")
    .where(rotation.c.host_id == bindparam("guide"), *_WAITING)
    .where(among(rotation.c.state, ROTATING))
)
ReportRow = Row[Any]
"""The columns that `of_branches` names."""
_EITHER = union(_OF_MENTEES, _OF_GUESTS).subquery()
_LIST = select(_EITHER.c.id).order_by(_EITHER.c.submitted_at, _EITHER.c.id)


def add(
    tx: Writer, check_in_id: int, reviewer_id: int, capacity: Capacity, kind: ReviewKind, text: str, now: datetime
) -> int:
    review_id = tx.insert(
        review, check_in_id=check_in_id, reviewer_id=reviewer_id, capacity=capacity, kind=kind, text=text, at=now
    )
    note_answer(tx, check_in_id)
    return review_id


def note_answer(tx: Writer, check_in_id: int) -> None:
    """After every change of a report's reviews: since when it is answered, whatever may be said to it later."""
    tx.run(_NOTE_ANSWER, {"answered": check_in_id})


def get(tx: Reader, review_id: int) -> Review | None:
    """A review that stands; None when it was taken back."""
    row = tx.first(_BY_ID, {"review": review_id})
    return None if row is None else _review(row)


def taken_back(tx: Reader, review_id: int) -> Review | None:
    """A review that was taken back."""
    row = tx.first(_TAKEN_BACK, {"review": review_id})
    return None if row is None else _review(row)


def of_check_in(tx: Reader, check_in_id: int) -> list[Review]:
    """What was answered to a report, the oldest first; without what was taken back."""
    return [_review(row) for row in tx.all(_OF_CHECK_IN, {"check_in": check_in_id})]


def withdraw(tx: Writer, review_id: int, now: datetime) -> None:
    tx.run(update(review).where(review.c.id == review_id).values(withdrawn_at=now))
    note_answer(tx, tx.scalar(select(review.c.check_in_id).where(review.c.id == review_id)))


def mark_answered(tx: Writer, check_in_id: int, now: datetime) -> int:
    """What was asked to be added has come; tell to how many requests it answers."""
    requests = tx.run(
        update(review)
        .where(review.c.check_in_id == check_in_id, review.c.kind == ReviewKind.PLEASE_ADD)
        .where(review.c.withdrawn_at.is_(None), review.c.answered_at.is_(None))
        .values(answered_at=now)
    )
    note_answer(tx, check_in_id)
    return requests


def attribute(tx: Writer, review_id: int, choice: Attribution | None) -> None:
    tx.run(update(review).where(review.c.id == review_id).values(attribution=choice))


def waiting(tx: Reader, guide_id: int, today: date, before: datetime) -> list[int]:
    """The reports, oldest first, that wait for a mentor or host; those handed in after `before` may yet be taken back."""
    return list(tx.scalars(_LIST, {"guide": guide_id, "today": today, "before": before}))


def authors(tx: Reader, check_in_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """id, name, standing, submitted_at of these reports."""
    return tx.all(
        select(check_in.c.id, person.c.name, check_in.c.standing, check_in.c.submitted_at)
        .join(person, person.c.id == check_in.c.person_id)
        .where(check_in.c.id.in_(check_in_ids))
        .order_by(check_in.c.submitted_at, check_in.c.id)
    )


def of_branches(tx: Reader, unit_ids: Sequence[int], *, offset: int, limit: int) -> Sequence[ReportRow]:
    """id, name, standing, submitted_at, entered_by of the reports of these units and all beneath, the latest first."""
    return tx.all(
        select(check_in.c.id, person.c.name, check_in.c.standing, check_in.c.submitted_at, check_in.c.entered_by)
        .join(person, person.c.id == check_in.c.person_id)
        .join(unit_above, unit_above.c.unit_id == person.c.unit_id)
        .where(unit_above.c.above_id.in_(unit_ids), check_in.c.withdrawn_at.is_(None))
        .distinct()
        .order_by(check_in.c.submitted_at.desc(), check_in.c.id.desc())
        .limit(limit)
        .offset(offset)
    )


def _review(row: Row[Any]) -> Review:
    values = row._mapping
    chosen = values["attribution"]
    return Review(
        **{
            **values,
            "capacity": Capacity(values["capacity"]),
            "kind": ReviewKind(values["kind"]),
            "attribution": Attribution(chosen) if chosen else None,
        }
    )
