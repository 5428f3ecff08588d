"""The organisation as a tree: committee, general branch, branch, group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
    closed_on: date | None = None


def full_name(kind: UnitKind, name: str, above: str) -> str:
    """`变电检修党支部第一党小组`: several branches have groups of one name, so a group is named with its branch."""
    if kind is not UnitKind.GROUP or not above or name.startswith(above):
        return name
    return f"{above} {name}" if above[-1].isascii() and name[:1].isascii() else f"{above}{name}"
