"""点评: what a mentor or host answers to a report."""

from __future__ import annotations

from enum import StrEnum


class ReviewKind(StrEnum):
    NOTED = "noted"
    COMMENTED = "commented"
    PLEASE_ADD = "please_add"
    HIGHLIGHT = "highlight"
