"""轮岗: a person at another post for a time, led by a party backbone, hosted by a 带教人, evaluated, closed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.people import Person, Stage
from domain.refusals import Refusal


class RotationState(StrEnum):
    PLANNED = "planned"
    IN_POST = "in_post"
    EVALUATED = "evaluated"
    CLOSED = "closed"
    CANCELLED = "cancelled"


EVALUATED_BEFORE_END = timedelta(days=7)
LIVE = frozenset({RotationState.PLANNED, RotationState.IN_POST, RotationState.EVALUATED})
UNDER_WAY = (RotationState.IN_POST, RotationState.EVALUATED)

# A cancellation or an evaluation can be taken back within the minute; that is no transition.
_TRANSITIONS = {
    RotationState.PLANNED: frozenset({RotationState.IN_POST, RotationState.CANCELLED}),
    RotationState.IN_POST: frozenset({RotationState.EVALUATED, RotationState.CANCELLED}),
    RotationState.EVALUATED: frozenset({RotationState.CLOSED}),
    RotationState.CLOSED: frozenset[RotationState](),
    RotationState.CANCELLED: frozenset[RotationState](),
}


class Capability(StrEnum):
    """How the host found the work of the person."""

    INDEPENDENT = "independent"
    GUIDED = "guided"
    NEEDS_PRACTICE = "needs_practice"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`work` is what the person can do on their own (能独立承担的工作)."""

    work: str
    capability: Capability
    word: str = ""


class NoteKind(StrEnum):
    """What is put down in two lines on the way: 交接说明, and what was said in the middle and at the end."""

    HANDOVER = "handover"
    MIDTERM = "midterm"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Note:
    """`first` is what was handed over or said, `second` what follows from it."""

    kind: NoteKind
    first: str
    second: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned. The host is a person of the roster, or someone of whom only the name is known."""

    person_id: int
    unit_id: int
    post: str
    starts_on: date
    ends_on: date
    team: str = ""
    specialty: str = ""
    host_id: int | None = None
    host_name: str = ""
    leader_id: int | None = None
    goals: str = ""


@dataclass(frozen=True, slots=True)
class Rotation:
    id: int
    person_id: int
    unit_id: int
    team: str
    post: str
    specialty: str
    host_id: int | None
    host_name: str
    leader_id: int | None
    starts_on: date
    ends_on: date
    goals: str
    state: RotationState
    evaluation: Evaluation | None
    evaluated_at: datetime | None
    closed_at: datetime | None
    cancel_reason: str | None
    created_at: datetime
    evaluated_by: int | None = None
    """The person who wrote the evaluation: the host, or a secretary for him (代录)."""


def may_become(state: RotationState, new: RotationState) -> bool:
    return new in _TRANSITIONS[state]


def require_transition(state: RotationState, new: RotationState) -> None:
    """Refusal `rotation_state` unless a rotation in `state` may become `new`."""
    if not may_become(state, new):
        raise Refusal("rotation_state", state=state, wanted=new)


def first_state(starts_on: date, ends_on: date, today: date) -> RotationState:
    """Where a rotation stands when it is entered: what lies behind is closed, what has begun is in post."""
    if ends_on < today:
        return RotationState.CLOSED
    return RotationState.IN_POST if starts_on <= today else RotationState.PLANNED


def require_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refusal("rotation_days_reversed", first=starts_on, last=ends_on)


def require_free(name: str, starts_on: date, ends_on: date, others: Iterable[Rotation]) -> None:
    """One person, one post at a time: refuse what overlaps another live rotation of theirs."""
    for other in others:
        if other.state in LIVE and starts_on <= other.ends_on and other.starts_on <= ends_on:
            raise Refusal("rotation_overlap", name=name, post=other.post, first=other.starts_on, last=other.ends_on)


def is_evaluable(ends_on: date, today: date) -> bool:
    return today >= ends_on - EVALUATED_BEFORE_END


def require_evaluable(ends_on: date, today: date) -> None:
    """A rotation is evaluated in its last week or after it; one that ends sooner gets its new last day first."""
    if not is_evaluable(ends_on, today):
        raise Refusal("rotation_evaluated_early", first=ends_on - EVALUATED_BEFORE_END)


def require_leader(leader: Person, person_id: int) -> None:
    """由党员骨干牵头: a full member and a backbone, and someone else."""
    if leader.id == person_id:
        raise Refusal("rotation_leads_self")
    if leader.stage is not Stage.FULL_MEMBER or not leader.backbone:
        raise Refusal("rotation_leader_misfit", name=leader.name)
