"""SQL about digests: who may get one, what they were told already, and whose reports have fallen silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select

from domain.duties import DutyKind, DutyState, SubjectKind
from domain.roles import LEADERS
from storage.columns import among
from storage.database import Reader, Writer
from storage.entering import uses_telegram
from storage.guidance import GUIDES_TODAY, PAIRED, ROTATING
from storage.outbox import BUDGET
from storage.tables import check_in, digest, duty, outbox, pairing, pairing_mentor, person, review, role, rotation

MENTORS = (
    select(pairing_mentor.c.person_id)
    .where(pairing_mentor.c.person_id > bindparam("after"))
    .where(or_(pairing_mentor.c.until_on.is_(None), pairing_mentor.c.leave_id.is_not(None)))
    .distinct()
    .order_by(pairing_mentor.c.person_id)
    .limit(bindparam("limit"))
)
HOSTS = (
    select(rotation.c.host_id)
    .where(rotation.c.host_id > bindparam("after"), among(rotation.c.state, ROTATING))
    .distinct()
    .order_by(rotation.c.host_id)
    .limit(bindparam("limit"))
)
LED = (
    select(role.c.person_id)
    .where(role.c.person_id > bindparam("after"), role.c.ended_at.is_(None), among(role.c.kind, LEADERS))
    .distinct()
    .order_by(role.c.person_id)
    .limit(bindparam("limit"))
)
HELD_BACK = (
    select(outbox.c.person_id)
    .where(outbox.c.person_id > bindparam("after"), outbox.c.state == "waiting", outbox.c.reason == BUDGET)
    .distinct()
    .order_by(outbox.c.person_id)
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
        GUIDES_TODAY,
        among(pairing.c.state, PAIRED),
        duty.c.state == DutyState.OPEN,
        duty.c.due_at < bindparam("now"),
        uses_telegram(),
    )
    .order_by(duty.c.due_at, duty.c.id)
)
LAST_SENT = (
    select(outbox.c.settled_at)
    .where(outbox.c.person_id == bindparam("person"), outbox.c.kind == bindparam("digest"), outbox.c.state == "sent")
    .where(outbox.c.settled_at.is_not(None))
    .order_by(outbox.c.settled_at.desc())
    .limit(1)
)
SENT = (
    select(outbox.c.kind, outbox.c.payload, outbox.c.settled_at)
    .where(outbox.c.person_id == bindparam("person"), outbox.c.settled_at >= bindparam("since"))
    .where(outbox.c.state == "sent", outbox.c.kind.in_(bindparam("kinds", expanding=True)))
)
_ADDED_AT = (
    select(func.max(review.c.answered_at))
    .where(review.c.check_in_id == check_in.c.id, review.c.withdrawn_at.is_(None))
    .scalar_subquery()
)
_GUIDED_SINCE = (
    select(func.max(pairing_mentor.c.confirmed_at))
    .join(pairing, pairing.c.id == pairing_mentor.c.pairing_id)
    .where(pairing.c.mentee_id == check_in.c.person_id, pairing_mentor.c.person_id == bindparam("guide"))
    .scalar_subquery()
)
REPORTS = select(
    check_in.c.id,
    check_in.c.person_id,
    check_in.c.submitted_at,
    _ADDED_AT.label("added_at"),
    _GUIDED_SINCE.label("guided_since"),
).where(check_in.c.id.in_(bindparam("reports", expanding=True)))


def candidates(tx: Reader, after: int, *, limit: int) -> list[int]:
    """The next of those who guide someone, serve as secretaries, or for whom something waits, by id."""
    found = {
        int(person_id)
        for statement in (MENTORS, HOSTS, LED, HELD_BACK)
        for person_id in tx.scalars(statement, {"after": after, "limit": limit})
    }
    return sorted(found)[:limit]


def overdue(tx: Reader, mentor_id: int, now: datetime, today: date) -> Sequence[Row[Any]]:
    """id, holder_id, name of what mentees owe, and those for whose mentor the person stands in."""
    return tx.all(OVERDUE, {"mentor": mentor_id, "now": now, "today": today})


def last_sent(tx: Reader, person_id: int, kind: str) -> datetime | None:
    """When a person got the last one; what was made and not sent told nothing."""
    found: datetime | None = tx.scalar(LAST_SENT, {"person": person_id, "digest": kind})
    return found


def sent(tx: Reader, person_id: int, since: datetime, kinds: Sequence[str]) -> Sequence[Row[Any]]:
    """kind, payload, settled_at of what a person was sent in messages of these kinds."""
    return tx.all(SENT, {"person": person_id, "since": since, "kinds": list(kinds)})


def reports(tx: Reader, guide_id: int, check_in_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """id, person_id, submitted_at, added_at (when what was asked for came) and guided_since (when the reader became the mentor)."""
    return tx.all(REPORTS, {"guide": guide_id, "reports": list(check_in_ids)}) if check_in_ids else []


def add(tx: Writer, person_id: int, day: date, now: datetime) -> bool:
    """Tell whether the person was not down for one on that day yet."""
    return tx.insert_once(digest, unique=["person_id", "day"], person_id=person_id, day=day, made_at=now)
