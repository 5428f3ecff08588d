"""汇报: what a person reports for a period, and how it stands."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """How it stands, as the one who reports sees it."""

    ON_TRACK = "on_track"
    BEHIND = "behind"
    NEEDS_SUPPORT = "needs_support"
    REACHED = "reached"
