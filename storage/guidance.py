"""SQL that finds in which capacity someone meets a person's reports, and who guides whom today."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, or_, select

from domain.pairings import PairingState
from domain.rotations import RotationState
from storage.columns import among
from storage.database import Reader
from storage.tables import account, check_in_subject, duty, pairing, pairing_mentor, rotation

PAIRED = (PairingState.ACTIVE, PairingState.PAUSED)
ROTATING = (RotationState.PLANNED, RotationState.IN_POST, RotationState.EVALUATED)

GUIDES_TODAY = or_(
    pairing_mentor.c.until_on.is_(None),
    (pairing_mentor.c.from_on <= bindparam("today")) & (pairing_mentor.c.until_on >= bindparam("today")),
)
"""A mentor until he goes, and whoever stands in for one on the days of it."""
_MENTORS = (
    select(pairing_mentor.c.person_id, pairing_mentor.c.leave_id)
    .join(pairing, pairing.c.id == pairing_mentor.c.pairing_id)
    .where(pairing.c.mentee_id == bindparam("person"), among(pairing.c.state, PAIRED), GUIDES_TODAY)
    .order_by(pairing_mentor.c.id)
)
_MENTEES = (
    select(pairing.c.mentee_id)
    .join(pairing_mentor, pairing_mentor.c.pairing_id == pairing.c.id)
    .where(pairing_mentor.c.person_id == bindparam("person"), among(pairing.c.state, PAIRED), GUIDES_TODAY)
    .order_by(pairing.c.mentee_id)
)
_HOSTS = (
    select(rotation.c.host_id)
    .join(duty, duty.c.subject_id == rotation.c.id)
    .join(check_in_subject, check_in_subject.c.duty_id == duty.c.id)
    .where(check_in_subject.c.check_in_id == bindparam("check_in"), duty.c.subject_kind == "rotation")
    .where(among(rotation.c.state, ROTATING), rotation.c.host_id.is_not(None))
    .order_by(rotation.c.id)
)
_AT_ONCE = select(account.c.person_id).where(
    account.c.person_id.in_(bindparam("people", expanding=True)), account.c.reviews_at_once.is_(True)
)


def mentors_of(tx: Reader, person_id: int, today: date) -> list[int]:
    """Who guides a person today in a pairing that is active or paused."""
    return list(dict.fromkeys(tx.scalars(_MENTORS, {"person": person_id, "today": today})))


def mentees_of(tx: Reader, person_id: int, today: date) -> list[int]:
    """Whom a person guides today in a pairing that is active or paused."""
    return list(dict.fromkeys(tx.scalars(_MENTEES, {"person": person_id, "today": today})))


def guides_of(tx: Reader, person_id: int, today: date) -> tuple[list[int], list[int]]:
    """The same, mentors and those who stand in apart."""
    rows = tx.all(_MENTORS, {"person": person_id, "today": today})
    mentors = dict.fromkeys(row.person_id for row in rows if row.leave_id is None)
    return list(mentors), list(dict.fromkeys(row.person_id for row in rows if row.leave_id is not None))


def hosts_of(tx: Reader, check_in_id: int) -> list[int]:
    """Who hosts a rotation that the report is about, while it lasts."""
    return list(dict.fromkeys(tx.scalars(_HOSTS, {"check_in": check_in_id})))


def wanting_each_at_once(tx: Reader, people: list[int]) -> set[int]:
    """Those of these people who chose to get every report as it comes."""
    return set(tx.scalars(_AT_ONCE, {"people": people})) if people else set()
