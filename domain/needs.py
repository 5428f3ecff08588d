"""需要支持: the five kinds of support the programme names, who may know of a need, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.refusals import Refusal

WORDS_LIMIT = 500


class NeedKind(StrEnum):
    """制度建设、工作开展及人力、财力、物力."""

    INSTITUTION = "institution"
    WORK = "work"
    PEOPLE = "people"
    FUNDS = "funds"
    MATERIAL = "material"


class NeedAudience(StrEnum):
    MENTOR_AND_SECRETARY = "mentor_and_secretary"
    SECRETARY_ONLY = "secretary_only"


class NeedState(StrEnum):
    """Solved is what the one who asked says, never the one who answered."""

    OPEN = "open"
    ANSWERED = "answered"
    SOLVED = "solved"
    WITHDRAWN = "withdrawn"


UNSETTLED = frozenset({NeedState.OPEN, NeedState.ANSWERED})
HELPED = frozenset({NeedState.ANSWERED, NeedState.SOLVED})


@dataclass(frozen=True, slots=True)
class Need:
    id: int
    person_id: int
    person: str
    check_in_id: int | None
    kind: NeedKind
    audience: NeedAudience
    text: str
    state: NeedState
    owner_id: int | None
    owner: str | None
    promised_on: date | None
    answer: str
    answered_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    shared_at: datetime | None
    """When the one who asked let the answer be read by all, without a name."""
    by_hand: bool = False
    """Whether a secretary entered for him what he asked, or that it is solved or taken back (代录)."""


@dataclass(frozen=True, slots=True)
class Referral:
    """上报: a need passed up to a unit above, in the words of the branch; the last one says where it is."""

    id: int
    need_id: int
    unit_id: int
    unit: str
    words: str
    passed_by: int
    passer: str
    passed_at: datetime


def require_unsettled(need: Need) -> None:
    """Refusal `already_done` once the need was solved or taken back."""
    if need.state not in UNSETTLED:
        raise Refusal("already_done")


def require_promise(day: date, today: date) -> None:
    """Refusal `promise_in_the_past`: a promise is for today or later."""
    if day < today:
        raise Refusal("promise_in_the_past", day=day)
