"""Pairings and rotations that are under way, for tests whose story begins after their confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from domain.actors import Actor
from domain.duties import SubjectKind
from domain.pairings import PairingState, Track
from domain.rotations import RotationState
from services import duties
from storage.database import Database, Writer
from storage.tables import outcome, pairing, pairing_mentor, rotation

ACTIVE_ON = date(2026, 10, 5)


async def pair(
    database: Database,
    now: datetime,
    mentee: int,
    mentors: Sequence[int],
    *,
    track: Track = Track.BACKBONE_TO_MEMBER,
    direction: str = "变电检修技能",
    cadence: tuple[str, int] = ("weekly", 4),
) -> int:
    """An active pairing with one outcome; reports fall due on Fridays unless told otherwise."""

    def add(tx: Writer) -> int:
        pairing_id = tx.insert(
            pairing, mentee_id=mentee, track=track, direction=direction, cadence=cadence[0], report_day=cadence[1],
            state=PairingState.ACTIVE, starts_on=ACTIVE_ON, active_on=ACTIVE_ON, created_at=now,
        )  # fmt: skip
        for mentor in mentors:
            tx.insert(pairing_mentor, pairing_id=pairing_id, person_id=mentor, from_on=ACTIVE_ON, confirmed_at=now)
        tx.insert(
            outcome, pairing_id=pairing_id, what="独立完成GIS耐压试验", measure="现场考核", due_on=date(2026, 12, 31)
        )
        duties.plan_subject(tx, Actor.clock(now), SubjectKind.PAIRING, pairing_id)
        return pairing_id

    return await database.write(add)


async def rotate(
    database: Database, now: datetime, person: int, unit: int, host: int, *, post: str = "输电运检员"
) -> int:
    """A rotation in post, hosted by someone of another branch."""

    def add(tx: Writer) -> int:
        rotation_id = tx.insert(
            rotation, person_id=person, unit_id=unit, team="运检一班", post=post, specialty="输电运检", host_id=host,
            starts_on=ACTIVE_ON, ends_on=date(2026, 12, 31), goals="熟悉输电线路巡检", state=RotationState.IN_POST,
            created_at=now,
        )  # fmt: skip
        duties.plan_subject(tx, Actor.clock(now), SubjectKind.ROTATION, rotation_id)
        return rotation_id

    return await database.write(add)
