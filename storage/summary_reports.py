"""SQL for the detail sheet of a branch's month: each report, with what was answered to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from domain.duties import DutyKind, DutyState
from storage.database import Reader
from storage.summary_facts import Window, asked, beneath
from storage.tables import check_in, check_in_subject, duty, pairing, person, review, rotation

_LAST_REVIEW = (
    select(review.c.kind)
    .where(review.c.check_in_id == check_in.c.id, review.c.withdrawn_at.is_(None))
    .order_by(review.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_EACH = (
    beneath(
        select(
            person.c.name, person.c.unit_id, duty.c.period, duty.c.due_at, duty.c.done_at, duty.c.state,
            func.coalesce(pairing.c.direction, rotation.c.post, "").label("subject"), check_in.c.text,
            check_in.c.standing, check_in.c.entered_by, _LAST_REVIEW.label("review"),
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
