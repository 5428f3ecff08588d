"""SQL that finds what ties a person to the programme today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, bindparam, exists, select

from storage.columns import among
from storage.database import Reader
from storage.guidance import GUIDES_TODAY, PAIRED
from storage.tables import pairing, pairing_mentor, rotation

LIVE_PAIRINGS = ("draft", "confirmed", "active", "paused")
LIVE_ROTATIONS = ("planned", "in_post", "evaluated")
_PERSON: BindParameter[int] = bindparam("person")

_TIES = select(
    exists()
    .where(pairing.c.mentee_id == _PERSON, among(pairing.c.state, LIVE_PAIRINGS))
    .label("mentee"),
    exists()
    .where(rotation.c.person_id == _PERSON, among(rotation.c.state, LIVE_ROTATIONS))
    .label("rotates"),
    exists()
    .where(
        pairing_mentor.c.person_id == _PERSON,
        pairing_mentor.c.until_on.is_(None),
        pairing.c.id == pairing_mentor.c.pairing_id,
        among(pairing.c.state, LIVE_PAIRINGS),
    )
    .label("mentors"),
    exists()
    .where(
        pairing_mentor.c.person_id == _PERSON,
        pairing_mentor.c.leave_id.is_not(None),
        pairing_mentor.c.until_on >= bindparam("today"),
        pairing.c.id == pairing_mentor.c.pairing_id,
        among(pairing.c.state, LIVE_PAIRINGS),
    )
    .label("stands_in"),
    exists()
    .where(rotation.c.host_id == _PERSON, among(rotation.c.state, LIVE_ROTATIONS))
    .label("hosts"),
    exists()
    .where(
        pairing_mentor.c.person_id == _PERSON,
        GUIDES_TODAY,
        pairing.c.id == pairing_mentor.c.pairing_id,
        among(pairing.c.state, PAIRED),
        rotation.c.person_id == pairing.c.mentee_id,
        among(rotation.c.state, LIVE_ROTATIONS),
    )
    .label("mentee_rotates"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ties:
    """`stands_in`: answers for a mentor who is away, now or in days to come; `mentee_rotates`: guides somebody who
    is at another post, or soon will be.
    """

    reports: bool
    mentors: bool
    stands_in: bool
    hosts: bool
    mentee_rotates: bool


def ties(tx: Reader, person_id: int | None, today: date) -> Ties:
    if person_id is None:
        return Ties(reports=False, mentors=False, stands_in=False, hosts=False, mentee_rotates=False)
    row = tx.one(_TIES, {"person": person_id, "today": today})
    return Ties(row.mentee or row.rotates, row.mentors, row.stands_in, row.hosts, row.mentee_rotates)
