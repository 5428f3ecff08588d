"""Another direction or other outcomes for a pairing that runs: proposed, agreed on by both sides, each version kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.outcomes import OutcomeTerms


@dataclass(frozen=True, slots=True)
class Aim:
    """定方向、定成效: what is worked on, and what of it is still to be reached."""

    direction: str
    outcomes: tuple[OutcomeTerms, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """`before` is what it took the place of, once it was agreed on. Signed on paper stands for both confirmations."""

    id: int
    pairing_id: int
    aim: Aim
    before: Aim | None
    proposed_by: int | None
    proposed_at: datetime
    mentee_confirmed_at: datetime | None
    mentor_confirmed_at: datetime | None
    signed_on: date | None
    agreed_at: datetime | None

    @property
    def is_confirmed(self) -> bool:
        """By the mentee and by a mentor: where there are two, one speaks for both."""
        both = self.mentee_confirmed_at is not None and self.mentor_confirmed_at is not None
        return both or self.signed_on is not None
