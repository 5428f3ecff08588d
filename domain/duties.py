"""Duties: anything that falls due. Their states, what is late, and what a leave (暂停汇报) excuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar import instant_at, local_day
from domain.refusals import Refusal

DUE_TIME = time(18)
DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")


class DutyKind(StrEnum):
    REPORT = "report"
    REVIEW = "review"
    OUTCOME = "outcome"
    ROTATION_START = "rotation_start"
    ROTATION_END = "rotation_end"
    ROTATION_EVALUATION = "rotation_evaluation"


class SubjectKind(StrEnum):
    """What a duty is about; with the subject's id and the period it makes the duty unique."""

    PAIRING = "pairing"
    ROTATION = "rotation"
    OUTCOME = "outcome"
    CHECK_IN = "check_in"


class DutyState(StrEnum):
    """Overdue and late are facts about a duty, not states of it."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    DONE = "done"
    EXCUSED = "excused"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Excuse(StrEnum):
    """Why a duty is excused; only a leave that ends early gives the duty back."""

    LEAVE = "leave"
    SKIPPED = "skipped"
    NO_WORKING_DAY = "no_working_day"
    BEFORE_START = "before_start"


ONCE = "once"
"""The period of a duty that falls due only once, such as an outcome or a rotation's start."""

UNSETTLED = frozenset({DutyState.SCHEDULED, DutyState.OPEN})

# A report may be taken back (done → open), may come although it was excused, and a leave may end early (excused → open).
_TRANSITIONS = {
    DutyState.SCHEDULED: frozenset({DutyState.OPEN, DutyState.DONE, DutyState.EXCUSED, DutyState.CANCELLED}),
    DutyState.OPEN: frozenset({DutyState.DONE, DutyState.EXCUSED, DutyState.MISSED, DutyState.CANCELLED}),
    DutyState.DONE: frozenset({DutyState.OPEN}),
    DutyState.EXCUSED: frozenset({DutyState.OPEN, DutyState.DONE, DutyState.CANCELLED}),
    DutyState.MISSED: frozenset[DutyState](),
    DutyState.CANCELLED: frozenset[DutyState](),
}


def may_become(state: DutyState, new: DutyState) -> bool:
    return new in _TRANSITIONS[state]


def require_transition(state: DutyState, new: DutyState) -> None:
    """Refusal `duty_settled` unless a duty in `state` may become `new`."""
    if not may_become(state, new):
        raise Refusal("duty_settled", state=state, wanted=new)


def due_at(day: date, zone: ZoneInfo = DEFAULT_ZONE, clock: time = DUE_TIME) -> datetime:
    """The instant, in UTC, until which what is due on `day` is in time; `zone` is the unit's."""
    return instant_at(day, clock, zone)


def is_overdue(state: DutyState, due: datetime, now: datetime) -> bool:
    return state in UNSETTLED and now > due


def is_late(due: datetime | None, first_handed_in: datetime) -> bool:
    """补交. The first handing-in counts, so adding what the mentor asked for is not late; nor is what was not owed."""
    return due is not None and first_handed_in > due


@dataclass(frozen=True, slots=True)
class Leave:
    """暂停汇报 from `first` to `last`, both included; reporting resumes by itself on the day after."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal("leave_reversed", first=self.first, last=self.last)

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def is_on_leave(leaves: Iterable[Leave], day: date) -> bool:
    return any(leave.covers(day) for leave in leaves)


def is_excused(leaves: Iterable[Leave], state: DutyState, due_day: date) -> bool:
    """A leave excuses what falls due on its days, however late it is entered, as long as nothing has settled it."""
    return state in UNSETTLED and is_on_leave(leaves, due_day)


def is_owed_again(leaves: Iterable[Leave], state: DutyState, excuse: Excuse | None, due_day: date) -> bool:
    """A leave that was shortened or withdrawn gives back what it no longer covers."""
    return state is DutyState.EXCUSED and excuse is Excuse.LEAVE and not is_on_leave(leaves, due_day)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that falls due. `due_at` is None where nothing is owed, though a report may be handed in.

    `label` is the subject in the words of those who set it: a pairing's direction, a rotation's post, an outcome;
    `place` is the branch in which one rotates. `reason` are the holder's own words for not reporting.
    """

    id: int
    kind: DutyKind
    subject_kind: SubjectKind
    subject_id: int
    period: str
    holder_id: int
    month: str
    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime
    state: DutyState
    excuse: Excuse | None = None
    reason: str | None = None
    done_at: datetime | None = None
    prompts: int = 0
    next_reminder_at: datetime | None = None
    label: str = ""
    place: str = ""

    def due_day(self, zone: ZoneInfo = DEFAULT_ZONE) -> date | None:
        """The day it falls due, on the clocks of the unit's zone."""
        return None if self.due_at is None else local_day(self.due_at, zone)
