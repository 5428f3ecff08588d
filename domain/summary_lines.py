"""The lines of a month's summary: single outcomes, needs, rotations, highlights and reports, as they are told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.check_ins import Standing
from domain.nameless import personal
from domain.needs import NeedKind, NeedState
from domain.pairings import PairingState, Track
from domain.reviews import ReviewKind
from domain.rotations import RotationState


class OwnerRole(StrEnum):
    """Whose turn it is with a need, where his name may not stand."""

    MENTOR = "mentor"
    HOST = "host"
    SECRETARY = "secretary"
    OFFICER = "officer"


class ReportState(StrEnum):
    HANDED_IN = "handed_in"
    EXCUSED = "excused"
    NOT_HANDED_IN = "not_handed_in"
    NOT_DUE_YET = "not_due_yet"


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """预期成效: `measure` is how it is told that it was reached; `reached_on` is None while it is not."""

    what: str
    measure: str
    due_on: date
    unit: str
    reached_on: date | None = None
    track: Track | None = None
    person: str = personal()
    by_hand: bool = False
    """Whether its secretary entered for him that it is reached (代录)."""


@dataclass(frozen=True, slots=True)
class NeedLine:
    """`owner_role` says whose turn it is where no name may stand; `text` and `answer` are told in the branch only.
    `passed_to`: the unit above it was passed up to last. `by_hand`: its secretary entered for the asker what was asked, or that it is solved.
    """

    kind: NeedKind
    state: NeedState
    asked_on: date
    age_days: int
    unit: str
    owner_role: OwnerRole | None = None
    promised_on: date | None = None
    answered_on: date | None = None
    passed_to: str = ""
    text: str = personal()
    answer: str = personal()
    asker: str = personal()
    owner: str = personal()
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class RotationLine:
    state: RotationState
    starts_on: date
    ends_on: date
    unit: str
    host_unit: str
    post: str
    team: str = ""
    specialty: str = ""
    cross_specialty: bool = False
    goals: str = ""
    person: str = personal()
    host: str = personal()


@dataclass(frozen=True, slots=True)
class Highlight:
    """`author` only when he signed it himself."""

    text: str
    unit: str
    author: str = personal()


@dataclass(frozen=True, slots=True)
class ReportDetail:
    """One report of one person for one subject; `due_on` is None where nothing was owed."""

    unit: str
    subject: str
    period: str
    due_on: date | None
    state: ReportState
    handed_in_on: date | None = None
    late: bool = False
    by_proxy: bool = False
    standing: Standing | None = None
    review: ReviewKind | None = None
    review_by_hand: bool = False
    text: str = personal()
    person: str = personal()


@dataclass(frozen=True, slots=True)
class PairingDetail:
    unit: str
    track: Track
    state: PairingState
    direction: str
    since: date | None = None
    cross_specialty: bool = False
    mentee: str = personal()
    mentors: tuple[str, ...] = personal(())


@dataclass(frozen=True, slots=True)
class Details:
    reports: tuple[ReportDetail, ...] = ()
    pairings: tuple[PairingDetail, ...] = ()
    rotations: tuple[RotationLine, ...] = ()
    needs: tuple[NeedLine, ...] = ()


NO_DETAILS = Details()
