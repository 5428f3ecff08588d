"""点评: what a mentor or host answers to a report, and how the author of a highlight wants to be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.check_ins import Capacity

REVIEW_LIMIT = 500


class ReviewKind(StrEnum):
    NOTED = "noted"
    COMMENTED = "commented"
    PLEASE_ADD = "please_add"
    HIGHLIGHT = "highlight"


WORDED = frozenset({ReviewKind.COMMENTED, ReviewKind.PLEASE_ADD})
"""Verdicts that need words; 已阅 and 推荐为亮点 are one tap."""


class Attribution(StrEnum):
    """署名、匿名、不公开: a highlight appears only as its author chose."""

    SIGNED = "signed"
    ANONYMOUS = "anonymous"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Review:
    id: int
    check_in_id: int
    reviewer_id: int
    reviewer: str
    capacity: Capacity
    kind: ReviewKind
    text: str
    at: datetime
    answered_at: datetime | None
    attribution: Attribution | None
    by_hand: bool = False
    """Whether a secretary entered it for the reviewer (代录)."""

    @property
    def acted_on(self) -> bool:
        """The author answered it, so it can no longer be taken back."""
        return self.answered_at is not None or self.attribution is not None

    @property
    def settles(self) -> bool:
        """A guide's verdict settles the report; what was asked for and came makes it wait again, a secretary's word never does."""
        asked_and_answered = self.kind is ReviewKind.PLEASE_ADD and self.answered_at is not None
        return self.capacity is not Capacity.SECRETARY and not asked_and_answered
