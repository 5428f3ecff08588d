"""结对 on two tracks: who may be paired, how many, and what must stand before a pairing is active."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.outcomes import Outcome, OutcomeTerms
from domain.people import Person, Stage
from domain.periods import Cadence, CadenceChange
from domain.refusals import Refusal


class Track(StrEnum):
    BACKBONE_TO_MEMBER = "backbone_to_member"
    MEMBER_TO_BACKBONE = "member_to_backbone"


class PairingState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"


class GuideKind(StrEnum):
    """What a mentor is called."""

    MENTOR = "mentor"
    CONTACT = "cultivation_contact"


DEFAULT_CAPACITY = 3
MOST_MENTORS = 2
LONGEST_TEXT = 1000
MOST_OUTCOMES = 5
LIVE = frozenset({PairingState.DRAFT, PairingState.CONFIRMED, PairingState.ACTIVE, PairingState.PAUSED})
"""A pairing in one of these takes one of the mentor's places and the mentee's one place on its track."""

ENDED = frozenset({PairingState.COMPLETED, PairingState.ENDED_EARLY})

# An objection that is upheld, or a confirmation taken back, brings a pairing back to where it is drawn up.
_TRANSITIONS = {
    PairingState.DRAFT: frozenset({PairingState.CONFIRMED, PairingState.ENDED_EARLY}),
    PairingState.CONFIRMED: frozenset({PairingState.DRAFT, PairingState.ACTIVE, PairingState.ENDED_EARLY}),
    PairingState.ACTIVE: frozenset(
        {PairingState.DRAFT, PairingState.PAUSED, PairingState.COMPLETED, PairingState.ENDED_EARLY}
    ),
    PairingState.PAUSED: frozenset({PairingState.ACTIVE, PairingState.COMPLETED, PairingState.ENDED_EARLY}),
    PairingState.COMPLETED: frozenset[PairingState](),
    PairingState.ENDED_EARLY: frozenset[PairingState](),
}


class Gap(StrEnum):
    """What of 定人、定方向、定成效 is still open."""

    PEOPLE = "people"
    DIRECTION = "direction"
    OUTCOME = "outcome"
    MEASURE = "measure"
    DUE_DAY = "due_day"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed: 定人、定方向、定成效, and how often is reported. Text may still be empty, a due day None."""

    mentee_id: int
    mentor_ids: tuple[int, ...]
    track: Track
    direction: str
    outcomes: tuple[OutcomeTerms, ...]
    cadence: Cadence
    starts_on: date | None = None
    agreed_on: date | None = None
    """签订日期: signed on paper by all, which stands for their confirmations."""


@dataclass(frozen=True, slots=True)
class Pairing:
    id: int
    mentee_id: int
    track: Track
    direction: str
    cadence: Cadence
    state: PairingState
    starts_on: date | None
    agreed_on: date | None
    active_on: date | None
    mentee_confirmed_at: datetime | None
    change_asked: str | None
    change_asked_by: int | None
    ended_at: datetime | None
    end_reason: str | None
    change: CadenceChange | None = None


@dataclass(frozen=True, slots=True)
class Mentorship:
    """A mentor's share in a pairing: `until_on` is the last day of one who was replaced."""

    pairing_id: int
    person_id: int
    from_on: date
    until_on: date | None
    confirmed_at: datetime | None
    leave_id: int | None = None
    """The leave for whose days this is a stand-in."""


def may_become(state: PairingState, new: PairingState) -> bool:
    return new in _TRANSITIONS[state]


def require_transition(state: PairingState, new: PairingState) -> None:
    """Refusal `pairing_state` unless a pairing in `state` may become `new`."""
    if not may_become(state, new):
        raise Refusal("pairing_state", state=state, wanted=new)


def track_fits(track: Track, stage: Stage, *, backbone: bool) -> bool:
    """把骨干培养成党员 wants a backbone who is not yet a full member; 把党员培养成骨干 wants a Party member."""
    if track is Track.BACKBONE_TO_MEMBER:
        return backbone and stage is not Stage.FULL_MEMBER
    return stage.is_member


def may_mentor(track: Track, stage: Stage, *, backbone: bool) -> bool:
    """由党员骨干牵头: a full member; to make a member into a backbone, a backbone too."""
    return stage is Stage.FULL_MEMBER and (backbone or track is Track.BACKBONE_TO_MEMBER)


def guide_kind(track: Track, stage: Stage) -> GuideKind:
    """培养联系人 on the way into the Party from 入党积极分子 on, 导师 otherwise."""
    before = (Stage.NON_PARTY_PUBLIC, Stage.APPLICANT)
    return GuideKind.CONTACT if track is Track.BACKBONE_TO_MEMBER and stage not in before else GuideKind.MENTOR


def fitting_tracks(person: Person) -> list[Track]:
    return [track for track in Track if track_fits(track, person.stage, backbone=person.backbone)]


def has_outgrown(pairing: Pairing, mentee: Person) -> bool:
    """The mentee has become what the track was to make of them; the pairing can be completed."""
    return pairing.track is Track.BACKBONE_TO_MEMBER and mentee.stage is Stage.FULL_MEMBER


def require_people(track: Track, mentee: Person, mentors: Sequence[Person]) -> None:
    """Refuse whoever does not fit: one refusal per rule, each with who it is about."""
    require_mentors(track, mentee, mentors)
    if not track_fits(track, mentee.stage, backbone=mentee.backbone):
        raise Refusal(f"track_misfit_{track}", name=mentee.name)


def require_mentors(track: Track, mentee: Person, mentors: Sequence[Person]) -> None:
    """Once a pairing is under way its mentee may have outgrown the track; until it is completed somebody guides on."""
    if not mentors or len(mentors) > MOST_MENTORS:
        raise Refusal("mentors_one_or_two")
    if mentee.id in {mentor.id for mentor in mentors}:
        raise Refusal("mentor_is_mentee", name=mentee.name)
    for mentor in mentors:
        if not may_mentor(track, mentor.stage, backbone=mentor.backbone):
            raise Refusal(f"mentor_misfit_{track}", name=mentor.name)


def require_place(mentor: Person, taken: int, capacity: int) -> None:
    """`taken` counts the mentor's other live pairings, those still waiting for confirmation included."""
    if taken >= capacity:
        raise Refusal("mentor_full", name=mentor.name, taken=taken, capacity=capacity)


def gaps(mentors: Collection[int], direction: str, outcomes: Iterable[OutcomeTerms | Outcome]) -> tuple[Gap, ...]:
    """What is missing, in the order in which it is asked for; one entry per outcome that lacks something."""
    planned = tuple(outcomes)
    missing = [] if mentors else [Gap.PEOPLE]
    missing += [] if direction else [Gap.DIRECTION]
    missing += [] if planned else [Gap.OUTCOME]
    for outcome in planned or (OutcomeTerms(""),):
        missing += [] if outcome.measure else [Gap.MEASURE]
        missing += [] if outcome.due_on else [Gap.DUE_DAY]
    return tuple(missing)


def agreed_state(*, complete: bool, confirmed: bool, starts_on: date | None, today: date) -> PairingState:
    """Nothing becomes active until it is complete and all have confirmed, nor before the day it starts on."""
    if not (complete and confirmed):
        return PairingState.DRAFT
    return PairingState.CONFIRMED if starts_on and starts_on > today else PairingState.ACTIVE


def is_confirmed(pairing: Pairing, mentors: Iterable[Mentorship]) -> bool:
    """By paper, or by the mentee and every present mentor themselves; not while a change is asked for."""
    if pairing.change_asked is not None:
        return False
    if pairing.agreed_on is not None:
        return True
    present = [mentor for mentor in mentors if mentor.until_on is None]
    return bool(present) and pairing.mentee_confirmed_at is not None and all(m.confirmed_at for m in present)
