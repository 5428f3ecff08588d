"""The organisation as a tree: committee, general branch, branch, group."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UnitKind(StrEnum):
    COMMITTEE = "committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Unit:
    id: int
    kind: UnitKind
    name: str
    parent_id: int | None
    position: int
    zone: str
