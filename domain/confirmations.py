"""确认上报: a secretary has looked at the month of his unit, may add a few words, and lets it go up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

WORDS_LIMIT = 300
HELD = timedelta(seconds=60)
"""How long the last confirmation waits before the summary above leaves on its account, so that it can be taken back."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What was asked of a unit's secretaries for a month (`2026-10`), and what one of them has said to it.

    `confirmed_by` is the name of whoever settled it for all of them; a remark without it is one that was taken back.
    """

    unit_id: int
    month: str
    asked_at: datetime
    remark: str = ""
    confirmed_at: datetime | None = None
    confirmed_by: str = ""

    @property
    def said(self) -> str:
        """The remark, once it may be read by others."""
        return self.remark if self.confirmed_at else ""

    def has_gone_up(self, left_at: datetime | None) -> bool:
        """What the summary above, left at that moment, has carried on stays as it is. One that comes later than that can
        be changed until the month locks.
        """
        return self.confirmed_at is not None and left_at is not None and self.confirmed_at <= left_at


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What the secretary of a unit beneath has added when confirming; it is the branch's word, so no name stands with it."""

    unit: str
    text: str
