"""SQL about when each subject that is reported on must be planned again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, case, delete, or_, select, update

from domain.duties import SubjectKind
from storage.database import Reader, Writer
from storage.tables import duty_plan, pairing, person, rotation, unit_above


@dataclass(frozen=True, slots=True)
class Plan:
    """What fell due before `since` is not owed; `next_at` is when the next period must be planned."""

    subject_kind: SubjectKind
    subject_id: int
    since: datetime
    next_at: datetime


_COLUMNS = (duty_plan.c.subject_kind, duty_plan.c.subject_id, duty_plan.c.since, duty_plan.c.next_at)
_OF_SUBJECT = (duty_plan.c.subject_kind == bindparam("of_kind")) & (duty_plan.c.subject_id == bindparam("of_id"))
DUE = (
    select(*_COLUMNS)
    .where(duty_plan.c.next_at <= bindparam("now"))
    .order_by(duty_plan.c.next_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)


def due(tx: Writer, now: datetime, *, limit: int) -> list[Plan]:
    """Held while they are worked on, so that whatever changes their subject or its days comes before or after it."""
    rows = tx.all(DUE, {"now": now, "limit": limit})
    return [Plan(SubjectKind(row.subject_kind), row.subject_id, row.since, row.next_at) for row in rows]


def get(tx: Reader, kind: SubjectKind, subject_id: int) -> Plan | None:
    row = tx.first(select(*_COLUMNS).where(_OF_SUBJECT), {"of_kind": kind, "of_id": subject_id})
    return None if row is None else Plan(kind, subject_id, row.since, row.next_at)


def lock(tx: Writer, kind: SubjectKind, subject_id: int) -> None:
    """Wait until nobody else plans this subject."""
    found = {"of_kind": kind, "of_id": subject_id}
    tx.first(select(duty_plan.c.next_at).where(_OF_SUBJECT).with_for_update(), found)


def put(tx: Writer, plan: Plan) -> None:
    found = {"of_kind": plan.subject_kind, "of_id": plan.subject_id}
    changed = update(duty_plan).where(_OF_SUBJECT).values(since=plan.since, next_at=plan.next_at)
    if not tx.run(changed, found):
        tx.insert(
            duty_plan, subject_kind=plan.subject_kind, subject_id=plan.subject_id, since=plan.since,
            next_at=plan.next_at,
        )  # fmt: skip


def end(tx: Writer, kind: SubjectKind, subject_id: int) -> None:
    tx.run(delete(duty_plan).where(_OF_SUBJECT), {"of_kind": kind, "of_id": subject_id})


def advance_beneath(tx: Writer, unit_id: int, now: datetime) -> int:
    """Have everything planned anew for the people of a unit and all beneath it, because their days changed.

    The plans that are due already are touched too: a tick that works on one does not know of the new days yet.
    """
    plans = or_(
        (duty_plan.c.subject_kind == SubjectKind.PAIRING) & duty_plan.c.subject_id.in_(_pairings(unit_id)),
        (duty_plan.c.subject_kind == SubjectKind.ROTATION) & duty_plan.c.subject_id.in_(_rotations(unit_id)),
    )
    sooner = case((duty_plan.c.next_at > now, now), else_=duty_plan.c.next_at)
    return tx.run(update(duty_plan).where(plans).values(next_at=sooner))


def _pairings(unit_id: int) -> Select[tuple[int]]:
    return _beneath(select(pairing.c.id).join(person, person.c.id == pairing.c.mentee_id), unit_id)


def _rotations(unit_id: int) -> Select[tuple[int]]:
    return _beneath(select(rotation.c.id).join(person, person.c.id == rotation.c.person_id), unit_id)


def _beneath(subjects: Select[tuple[int]], unit_id: int) -> Select[tuple[int]]:
    return subjects.join(unit_above, unit_above.c.unit_id == person.c.unit_id).where(unit_above.c.above_id == unit_id)
