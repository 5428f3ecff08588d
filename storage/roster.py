"""SQL of the roster as a whole: everything it compares in a few reads, everything it adds in a few bulk statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, select, update

from domain.pairings import LIVE, PairingState, Track
from domain.people import Stage
from domain.periods import CadenceKind
from domain.roles import RoleKind
from domain.rotations import RotationState
from storage import recounts
from storage.database import Reader, Writer
from storage.tables import outcome, pairing, pairing_mentor, person, role, rotation, setting, unit_above

_LOCK = "roster_import"


@dataclass(frozen=True, slots=True)
class Kept:
    """A person as the roster holds them, those who have left included."""

    id: int
    name: str
    staff_no: str
    staff_key: str
    unit_id: int
    stage: Stage
    backbone: bool
    specialty: str
    post: str
    remark: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class KeptPairing:
    """`mentor_ids` are those of today; `outcomes` are what, how measured, by when."""

    id: int
    mentee_id: int
    track: Track
    state: PairingState
    direction: str
    cadence: CadenceKind
    report_day: int
    starts_on: date | None
    agreed_on: date | None
    mentor_ids: tuple[int, ...]
    outcomes: tuple[tuple[str, str, date | None], ...]

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class KeptRotation:
    id: int
    person_id: int
    unit_id: int
    team: str
    post: str
    host_id: int | None
    host_name: str
    starts_on: date
    ends_on: date
    state: RotationState


@dataclass(frozen=True, slots=True)
class KeptRole:
    person_id: int
    kind: RoleKind
    unit_id: int
    title: str


_PEOPLE = select(
    person.c.id, person.c.name, person.c.staff_no, person.c.staff_key, person.c.unit_id, person.c.stage,
    person.c.backbone, person.c.specialty, person.c.post, person.c.remark, person.c.left_on,
).order_by(person.c.id)  # fmt: skip
_IDS = select(person.c.staff_key, person.c.id).where(person.c.root_id == bindparam("root"))
_SOME_IDS = _IDS.where(person.c.staff_key.in_(bindparam("keys", expanding=True)))
_PAIRINGS = select(
    pairing.c.id, pairing.c.mentee_id, pairing.c.track, pairing.c.state, pairing.c.direction, pairing.c.cadence,
    pairing.c.report_day, pairing.c.starts_on, pairing.c.agreed_on,
).order_by(pairing.c.id)  # fmt: skip
_MENTORS = (
    select(pairing_mentor.c.pairing_id, pairing_mentor.c.person_id)
    .where(pairing_mentor.c.until_on.is_(None))
    .order_by(pairing_mentor.c.pairing_id, pairing_mentor.c.id)
)
_OUTCOMES = select(
    outcome.c.pairing_id, outcome.c.what, outcome.c.measure, outcome.c.due_on
).order_by(outcome.c.pairing_id, outcome.c.id)  # fmt: skip
_ROTATIONS = select(
    rotation.c.id, rotation.c.person_id, rotation.c.unit_id, rotation.c.team, rotation.c.post, rotation.c.host_id,
    rotation.c.host_name, rotation.c.starts_on, rotation.c.ends_on, rotation.c.state,
).order_by(rotation.c.starts_on, rotation.c.id)  # fmt: skip
_ROLES = (
    select(role.c.person_id, role.c.kind, role.c.unit_id, role.c.title)
    .where(role.c.ended_at.is_(None), role.c.person_id.is_not(None), role.c.unit_id.is_not(None))
    .order_by(role.c.id)
)


def lock(tx: Writer) -> None:
    """One import at a time, even the very first one, when there is no unit yet that could be locked."""
    tx.insert_once(setting, unique=["name"], name=_LOCK, value=True)
    tx.first(select(setting.c.value).where(setting.c.name == _LOCK).with_for_update())


def everyone(tx: Reader) -> list[Kept]:
    return [Kept(**{**row._mapping, "stage": Stage(row.stage)}) for row in tx.all(_PEOPLE)]


def ids_by_key(tx: Reader, root_id: int) -> dict[str, int]:
    return {row.staff_key: row.id for row in tx.all(_IDS, {"root": root_id})}


def some_ids_by_key(tx: Reader, root_id: int, keys: Sequence[str]) -> dict[str, int]:
    """Of some thousands at most: each is a parameter of the statement."""
    return {row.staff_key: row.id for row in tx.all(_SOME_IDS, {"root": root_id, "keys": keys})}


def pairings(tx: Reader) -> list[KeptPairing]:
    mentors = {key: tuple(row.person_id for row in rows) for key, rows in _by_pairing(tx.all(_MENTORS))}
    outcomes = {
        key: tuple((row.what, row.measure, row.due_on) for row in rows) for key, rows in _by_pairing(tx.all(_OUTCOMES))
    }
    return [_pairing(row, mentors.get(row.id, ()), outcomes.get(row.id, ())) for row in tx.all(_PAIRINGS)]


def _by_pairing(rows: Sequence[Row[Any]]) -> Iterable[tuple[int, Iterable[Row[Any]]]]:
    return groupby(rows, key=lambda row: row.pairing_id)


def _pairing(
    row: Row[Any], mentor_ids: tuple[int, ...], outcomes: tuple[tuple[str, str, date | None], ...]
) -> KeptPairing:
    values = {
        **row._mapping,
        "track": Track(row.track),
        "state": PairingState(row.state),
        "cadence": CadenceKind(row.cadence),
    }
    return KeptPairing(**values, mentor_ids=mentor_ids, outcomes=outcomes)


def rotations(tx: Reader) -> list[KeptRotation]:
    return [KeptRotation(**{**row._mapping, "state": RotationState(row.state)}) for row in tx.all(_ROTATIONS)]


def roles(tx: Reader) -> list[KeptRole]:
    return [KeptRole(**{**row._mapping, "kind": RoleKind(row.kind)}) for row in tx.all(_ROLES)]


def units_beneath(tx: Reader, tops: Collection[int]) -> frozenset[int]:
    """These units and all beneath them."""
    statement = select(unit_above.c.unit_id).where(unit_above.c.above_id.in_(tops))
    return frozenset(tx.scalars(statement)) if tops else frozenset()


def add_people(tx: Writer, root_id: int, people: Mapping[str, Sequence[Any]], now: datetime) -> Sequence[int]:
    """Add people, given column by column, and tell their ids.

    Whoever was added by another way meanwhile is there already and stays as they are.
    """
    keys = people["staff_key"]
    ids = tx.new_ids(person, len(keys))
    columns = {"id": ids, **people}
    if tx.insert_columns(person, columns, unique=("root_id", "staff_key"), root_id=root_id, created_at=now) < len(keys):
        by_key = some_ids_by_key(tx, root_id, keys)
        return [by_key[key] for key in keys]
    return ids


def change_people(tx: Writer, changes: Mapping[int, Mapping[str, object]]) -> None:
    """New values by person; those who change in the same fields go in one statement."""
    recounts.note_moving(tx, [person_id for person_id, values in changes.items() if "unit_id" in values])
    by_fields: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for person_id, values in changes.items():
        by_fields.setdefault(tuple(sorted(values)), []).append(
            {"of": person_id, **{f"to_{k}": v for k, v in values.items()}}
        )
    for fields, rows in by_fields.items():
        wanted: dict[str, BindParameter[Any]] = {field: bindparam(f"to_{field}") for field in fields}
        tx.run_many(update(person).where(person.c.id == bindparam("of")).values(**wanted), rows)
