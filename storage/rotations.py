"""SQL about rotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update

from domain.rotations import LIVE, Capability, Evaluation, Plan, Rotation, RotationState
from storage.columns import among
from storage.database import Reader, Writer
from storage.tables import account, person, rotation, unit, unit_above

_COLUMNS = (
    rotation.c.id, rotation.c.person_id, rotation.c.unit_id, rotation.c.team, rotation.c.post, rotation.c.specialty,
    rotation.c.host_id, rotation.c.host_name, rotation.c.leader_id, rotation.c.starts_on, rotation.c.ends_on,
    rotation.c.goals, rotation.c.state, rotation.c.evaluation, rotation.c.evaluated_at, rotation.c.closed_at,
    rotation.c.cancel_reason, rotation.c.created_at,
    select(account.c.person_id).where(account.c.id == rotation.c.evaluated_by).scalar_subquery().label("evaluated_by"),
)  # fmt: skip
_BY_ID = select(*_COLUMNS).where(rotation.c.id == bindparam("rotation"))
_OF_PERSON = select(*_COLUMNS).where(rotation.c.person_id == bindparam("person")).order_by(rotation.c.starts_on)
_OF_PEOPLE = (
    select(*_COLUMNS)
    .where(rotation.c.person_id.in_(bindparam("people", expanding=True)))
    .order_by(rotation.c.starts_on.desc(), rotation.c.id)
)
_HOSTED = (
    select(*_COLUMNS)
    .where(rotation.c.host_id == bindparam("person"), among(rotation.c.state, LIVE))
    .order_by(rotation.c.starts_on)
)
_LED = (
    select(*_COLUMNS)
    .where(rotation.c.leader_id == bindparam("person"), among(rotation.c.state, LIVE))
    .order_by(rotation.c.starts_on)
)
_HOSTED_BY_NAME = (
    select(*_COLUMNS)
    .where(rotation.c.unit_id.in_(bindparam("units", expanding=True)), among(rotation.c.state, LIVE))
    .where(rotation.c.host_id.is_(None), rotation.c.host_name != "")
    .order_by(rotation.c.starts_on)
)
_BENEATH = select(unit_above.c.unit_id).where(unit_above.c.above_id == bindparam("above"))
_COMING = (
    select(*_COLUMNS)
    .join(person, person.c.id == rotation.c.person_id)
    .where(rotation.c.unit_id.in_(_BENEATH), rotation.c.state.in_(LIVE), person.c.unit_id.not_in(_BENEATH))
    .order_by(rotation.c.starts_on, rotation.c.id)
)
_TO_CLOSE = (
    select(rotation.c.id)
    .where(rotation.c.state == RotationState.EVALUATED, rotation.c.ends_on < bindparam("day"))
    .order_by(rotation.c.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list. `attention`: over without an evaluation, or evaluated and waiting to be closed."""

    id: int
    name: str
    unit: str
    post: str
    starts_on: date
    ends_on: date
    state: RotationState
    attention: bool


def _rotation(row: Row[Any]) -> Rotation:
    values = dict(row._mapping)
    said = values.pop("evaluation")
    evaluation = None if said is None else Evaluation(**{**said, "capability": Capability(said["capability"])})
    return Rotation(**{**values, "state": RotationState(values["state"])}, evaluation=evaluation)


def add(tx: Writer, plan: Plan, state: RotationState, now: datetime) -> int:
    closed_at = now if state is RotationState.CLOSED else None
    return tx.insert(rotation, **asdict(plan), state=state, closed_at=closed_at, created_at=now)


def get(tx: Reader, rotation_id: int) -> Rotation | None:
    row = tx.first(_BY_ID, {"rotation": rotation_id})
    return None if row is None else _rotation(row)


def lock(tx: Writer, rotation_id: int) -> Rotation | None:
    row = tx.first(_BY_ID.with_for_update(), {"rotation": rotation_id})
    return None if row is None else _rotation(row)


def evaluator(tx: Reader, rotation_id: int) -> dict[str, Any]:
    """By which account it was evaluated and when, as the table holds it."""
    row = tx.one(select(rotation.c.evaluated_by, rotation.c.evaluated_at).where(rotation.c.id == rotation_id))
    return dict(row._mapping)


def remove(tx: Writer, rotation_id: int) -> None:
    """Take back a rotation of which nobody has heard."""
    tx.run(rotation.delete().where(rotation.c.id == rotation_id))


def update_fields(tx: Writer, rotation_id: int, **values: object) -> None:
    tx.run(update(rotation).where(rotation.c.id == rotation_id).values(**values))


def of_person(tx: Reader, person_id: int) -> list[Rotation]:
    """All of a person's rotations, the earliest first."""
    return [_rotation(row) for row in tx.all(_OF_PERSON, {"person": person_id})]


def of_people(tx: Reader, people: Sequence[int]) -> list[Rotation]:
    """All rotations of these people, the latest first."""
    return [_rotation(row) for row in tx.all(_OF_PEOPLE, {"people": list(people)})] if people else []


def hosted_by(tx: Reader, person_id: int) -> list[Rotation]:
    """The live rotations that a person hosts."""
    return [_rotation(row) for row in tx.all(_HOSTED, {"person": person_id})]


def led_by(tx: Reader, person_id: int) -> list[Rotation]:
    """The live rotations that a person leads as party backbone."""
    return [_rotation(row) for row in tx.all(_LED, {"person": person_id})]


def hosted_by_name(tx: Reader, unit_ids: Sequence[int]) -> list[Rotation]:
    """The live rotations to these units whose host is only a name."""
    return [_rotation(row) for row in tx.all(_HOSTED_BY_NAME, {"units": list(unit_ids)})] if unit_ids else []


def coming_to(tx: Reader, unit_id: int) -> list[Rotation]:
    """The live rotations to a unit or beneath it of people from elsewhere."""
    return [_rotation(row) for row in tx.all(_COMING, {"above": unit_id})]


def to_close(tx: Reader, day: date, limit: int) -> list[int]:
    """Evaluated rotations that were over before `day`."""
    return [int(found) for found in tx.scalars(_TO_CLOSE, {"day": day, "limit": limit})]


def listed(
    tx: Reader, unit_id: int, states: Sequence[RotationState], today: date, *, offset: int, limit: int
) -> list[Listed]:
    """Rotations of a unit's people and all beneath it: what waits for the secretary first, then by their first day."""
    over = rotation.c.ends_on < today
    unfinished = (rotation.c.state == RotationState.IN_POST) & over
    attention = or_(unfinished, rotation.c.state == RotationState.EVALUATED).label("attention")
    columns = (
        rotation.c.id, person.c.name, unit.c.name.label("unit"), rotation.c.post, rotation.c.starts_on,
        rotation.c.ends_on, rotation.c.state, attention,
    )  # fmt: skip
    statement = (
        _of_unit(select(*columns), unit_id)
        .join(unit, unit.c.id == rotation.c.unit_id)
        .where(rotation.c.state.in_(states))
        .order_by(attention.desc(), rotation.c.starts_on, rotation.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [_listed(row) for row in tx.all(statement)]


def _listed(row: Row[Any]) -> Listed:
    values = row._mapping
    return Listed(**{**values, "state": RotationState(values["state"]), "attention": bool(values["attention"])})


def counted(tx: Reader, unit_id: int) -> dict[RotationState, int]:
    """How many rotations of a unit's people and all beneath it are in each state."""
    statement = _of_unit(select(rotation.c.state, func.count().label("number")), unit_id).group_by(rotation.c.state)
    return {RotationState(row.state): int(row.number) for row in tx.all(statement)}


def _of_unit(statement: Any, unit_id: int) -> Any:
    return (
        statement.select_from(rotation)
        .join(person, person.c.id == rotation.c.person_id)
        .join(unit_above, unit_above.c.unit_id == person.c.unit_id)
        .where(unit_above.c.above_id == unit_id)
    )
