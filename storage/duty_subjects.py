"""SQL that reads pairings and rotations as what they are to the planning of duties: something that is reported on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from domain.duties import SubjectKind
from domain.pairings import PairingState
from domain.periods import Cadence, CadenceChange, CadenceKind
from domain.rotations import RotationState
from storage.columns import among
from storage.database import Reader, Writer
from storage.pairings import coming_change
from storage.tables import outcome, pairing, rotation


@dataclass(frozen=True, slots=True)
class Subject:
    """`first` and `last` bound what is reported on; `cadence` is None where the person's pairing or unit decides."""

    kind: SubjectKind
    id: int
    holder_id: int
    live: bool
    first: date | None
    last: date | None = None
    cadence: Cadence | None = None
    change: CadenceChange | None = None
    host_id: int | None = None
    evaluated: bool = False


@dataclass(frozen=True, slots=True)
class DueOutcome:
    id: int
    due_on: date
    settled: bool


_PAIRING = select(
    pairing.c.id, pairing.c.mentee_id, pairing.c.cadence, pairing.c.report_day, pairing.c.state, pairing.c.active_on,
    pairing.c.next_cadence, pairing.c.next_report_day, pairing.c.changes_on,
)  # fmt: skip
_PAIRING_BY_ID = _PAIRING.where(pairing.c.id == bindparam("subject")).with_for_update()
PAIRINGS_OF = _PAIRING.where(
    pairing.c.mentee_id == bindparam("person"), pairing.c.state == PairingState.ACTIVE
).order_by(pairing.c.id)
LEADING_PAIRING = PAIRINGS_OF.limit(1)
_ROTATION = select(
    rotation.c.id, rotation.c.person_id, rotation.c.host_id, rotation.c.starts_on, rotation.c.ends_on,
    rotation.c.state, rotation.c.evaluated_at,
)  # fmt: skip
_ROTATION_BY_ID = _ROTATION.where(rotation.c.id == bindparam("subject")).with_for_update()
LIVE_ROTATIONS = (RotationState.PLANNED, RotationState.IN_POST)
ROTATIONS_OF = _ROTATION.where(rotation.c.person_id == bindparam("person"), among(rotation.c.state, LIVE_ROTATIONS))
OUTCOMES_OF = select(
    outcome.c.id, outcome.c.due_on, outcome.c.claimed_at, outcome.c.reached_on, outcome.c.verified_at
).where(outcome.c.pairing_id == bindparam("pairing"), outcome.c.due_on.is_not(None))


def load(tx: Reader, kind: SubjectKind, subject_id: int) -> Subject | None:
    """The subject, locked, so that it is planned by one at a time."""
    if kind is SubjectKind.PAIRING:
        row = tx.first(_PAIRING_BY_ID, {"subject": subject_id})
        return None if row is None else _pairing(row)
    row = tx.first(_ROTATION_BY_ID, {"subject": subject_id})
    return None if row is None else _rotation(row)


def leading_pairing(tx: Reader, person_id: int) -> Subject | None:
    """The active pairing by whose cadence a person's rotations are reported on."""
    row = tx.first(LEADING_PAIRING, {"person": person_id})
    return None if row is None else _pairing(row)


def live_rotations(tx: Reader, person_id: int) -> list[int]:
    return [row.id for row in tx.all(ROTATIONS_OF, {"person": person_id})]


def live(tx: Reader, person_id: int) -> list[Subject]:
    """All that a person reports on: active pairings and rotations that are planned or in post."""
    pairings = [_pairing(row) for row in tx.all(PAIRINGS_OF, {"person": person_id})]
    rotations = [_rotation(row) for row in tx.all(ROTATIONS_OF, {"person": person_id})]
    return [subject for subject in (*pairings, *rotations) if subject.first is not None]


def outcomes(tx: Reader, pairing_id: int) -> list[DueOutcome]:
    """A pairing's outcomes that have a day; one that was claimed or reached is no longer asked for."""
    rows = tx.all(OUTCOMES_OF, {"pairing": pairing_id})
    return [DueOutcome(row.id, row.due_on, any((row.claimed_at, row.reached_on, row.verified_at))) for row in rows]


def put_in_post(tx: Writer, rotation_id: int) -> bool:
    """A planned rotation begins; tell whether it was still planned."""
    planned = update(rotation).where(rotation.c.id == rotation_id, rotation.c.state == RotationState.PLANNED)
    return bool(tx.run(planned.values(state=RotationState.IN_POST)))


def _pairing(row: Row[Any]) -> Subject:
    return Subject(
        SubjectKind.PAIRING,
        row.id,
        row.mentee_id,
        live=row.state == PairingState.ACTIVE,
        first=row.active_on,
        cadence=Cadence(CadenceKind(row.cadence), row.report_day),
        change=coming_change(row.next_cadence, row.next_report_day, row.changes_on),
    )


def _rotation(row: Row[Any]) -> Subject:
    return Subject(
        SubjectKind.ROTATION,
        row.id,
        row.person_id,
        live=row.state in LIVE_ROTATIONS,
        first=row.starts_on,
        last=row.ends_on,
        host_id=row.host_id,
        evaluated=row.evaluated_at is not None,
    )
