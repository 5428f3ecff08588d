"""SQL about digests: who may get one, when they had the last, and whose reports have fallen silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from domain.duties import DutyKind, DutyState, SubjectKind
from domain.roles import RoleKind
from storage.database import Reader, Writer
from storage.entering import uses_telegram
from storage.guidance import PAIRED, ROTATING
from storage.tables import digest, duty, pairing, pairing_mentor, person, role, rotation

MENTORS = (
    select(pairing_mentor.c.person_id)
    .where(pairing_mentor.c.person_id > bindparam("after"), pairing_mentor.c.until_on.is_(None))
    .distinct()
    .order_by(pairing_mentor.c.person_id)
    .limit(bindparam("limit"))
)
HOSTS = (
    select(rotation.c.host_id)
    .where(rotation.c.host_id > bindparam("after"), rotation.c.state.in_(ROTATING))
    .distinct()
    .order_by(rotation.c.host_id)
    .limit(bindparam("limit"))
)
SECRETARIES = (
    select(role.c.person_id)
    .where(role.c.person_id > bindparam("after"), role.c.ended_at.is_(None), role.c.kind == RoleKind.SECRETARY)
    .distinct()
    .order_by(role.c.person_id)
    .limit(bindparam("limit"))
)
OVERDUE = (
    select(duty.c.id, duty.c.holder_id, person.c.name)
    .join_from(pairing_mentor, pairing, pairing.c.id == pairing_mentor.c.pairing_id)
    .join(
        duty,
        (duty.c.kind == DutyKind.REPORT)
        & (duty.c.subject_kind == SubjectKind.PAIRING)
        & (duty.c.subject_id == pairing.c.id),
    )
    .join(person, person.c.id == duty.c.holder_id)
    .where(
        pairing_mentor.c.person_id == bindparam("mentor"),
        pairing_mentor.c.until_on.is_(None),
        pairing.c.state.in_(PAIRED),
        duty.c.state == DutyState.OPEN,
        duty.c.due_at < bindparam("now"),
        uses_telegram(),
    )
    .order_by(duty.c.due_at, duty.c.id)
)
PREVIOUS_DAY = select(func.max(digest.c.day)).where(
    digest.c.person_id == bindparam("person"), digest.c.day < bindparam("day")
)


def candidates(tx: Reader, after: int, *, limit: int) -> list[int]:
    """The next of those who guide someone or serve as secretaries, by id."""
    found = {
        int(person_id)
        for statement in (MENTORS, HOSTS, SECRETARIES)
        for person_id in tx.scalars(statement, {"after": after, "limit": limit})
    }
    return sorted(found)[:limit]


def overdue(tx: Reader, mentor_id: int, now: datetime) -> Sequence[Row[Any]]:
    """id, holder_id, name of what mentees owe."""
    return tx.all(OVERDUE, {"mentor": mentor_id, "now": now})


def previous_day(tx: Reader, person_id: int, day: date) -> date | None:
    found: date | None = tx.scalar(PREVIOUS_DAY, {"person": person_id, "day": day})
    return found


def add(tx: Writer, person_id: int, day: date, now: datetime) -> bool:
    """Tell whether the person was not down for one on that day yet."""
    return tx.insert_once(digest, unique=["person_id", "day"], person_id=person_id, day=day, made_at=now)
