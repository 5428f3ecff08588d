"""预期成效: what is to come of it, how it is measured, by when; afterwards its 成效认定."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class OutcomeState(StrEnum):
    PLANNED = "planned"
    CLAIMED = "claimed"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class OutcomeTerms:
    what: str
    measure: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`remark` is the word with which it was verified, or handed back as not quite there. `by_hand`: a secretary entered for
    the mentee that it is reached (代录).
    """

    id: int
    pairing_id: int
    what: str
    measure: str
    due_on: date | None
    claimed_at: datetime | None
    remark: str
    reached_on: date | None
    verified_by: int | None
    verified_at: datetime | None
    by_hand: bool = False

    @property
    def state(self) -> OutcomeState:
        if self.verified_at is not None:
            return OutcomeState.VERIFIED
        return OutcomeState.PLANNED if self.claimed_at is None else OutcomeState.CLAIMED

    @property
    def terms(self) -> OutcomeTerms:
        return OutcomeTerms(self.what, self.measure, self.due_on)

    def is_overdue(self, today: date) -> bool:
        return self.state is OutcomeState.PLANNED and self.due_on is not None and self.due_on < today
