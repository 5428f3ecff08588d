"""SQL for the detail sheet of a branch's month: each report, with what was answered to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, bindparam, func, select

from domain.duties import DutyKind, DutyState
from domain.entered_acts import ACTS, Noun
from storage.database import Reader
from storage.entered_acts import by_hand
from storage.summary_window import Window, asked, beneath
from storage.tables import check_in, check_in_subject, duty, pairing, person, review, rotation


def _last_review(column: ColumnElement[Any]) -> ScalarSelect[Any]:
    return (
        select(column)
        .where(review.c.check_in_id == check_in.c.id, review.c.withdrawn_at.is_(None))
        .order_by(review.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


_REVIEW_BY_HAND = by_hand(Noun.REVIEW, review.c.id, ACTS[Noun.REPORT])
_EACH = (
    beneath(
        select(
            person.c.name, person.c.unit_id, duty.c.period, duty.c.due_at, duty.c.done_at, duty.c.state,
            func.coalesce(pairing.c.direction, rotation.c.post, "").label("subject"), check_in.c.text,
            check_in.c.standing, check_in.c.entered_by, _last_review(review.c.kind).label("review"),
            _last_review(_REVIEW_BY_HAND).label("review_by_hand"),
            by_hand(Noun.DUTY, duty.c.id, ACTS[Noun.DUTY]).label("skip_by_hand"),
        )
        .select_from(duty)
        .join(person, person.c.id == duty.c.holder_id)
        .outerjoin(pairing, (duty.c.subject_kind == "pairing") & (pairing.c.id == duty.c.subject_id))
        .outerjoin(rotation, (duty.c.subject_kind == "rotation") & (rotation.c.id == duty.c.subject_id))
        .outerjoin(check_in_subject, check_in_subject.c.duty_id == duty.c.id)
        .outerjoin(check_in, (check_in.c.id == check_in_subject.c.check_in_id) & check_in.c.withdrawn_at.is_(None))
        .where(duty.c.kind == DutyKind.REPORT, duty.c.month == bindparam("month"))
        .where(duty.c.state != DutyState.CANCELLED)
    )
    .order_by(person.c.pinyin, person.c.id, duty.c.due_at, duty.c.id)
)  # fmt: skip


def each(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    """A row for each duty to report, by person and due day."""
    return tx.all(_EACH, asked(window))
