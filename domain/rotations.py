"""轮岗: planned, in post, evaluated, closed."""

from __future__ import annotations

from enum import StrEnum


class RotationState(StrEnum):
    PLANNED = "planned"
    IN_POST = "in_post"
    EVALUATED = "evaluated"
    CLOSED = "closed"
    CANCELLED = "cancelled"
