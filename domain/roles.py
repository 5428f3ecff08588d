"""Who may do what: one vocabulary of roles, each with a unit and all beneath it as its scope."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.units import UnitKind


class RoleKind(StrEnum):
    """Roles that are given; mentor and host follow from a pairing or a rotation and are no rows."""

    SECRETARY = "secretary"
    OFFICER = "officer"
    ASSESSOR = "assessor"
    ADMINISTRATOR = "administrator"


LEADERS = (RoleKind.SECRETARY, RoleKind.OFFICER)
"""Those who lead a unit's people: they see them, enter what concerns them and read their summary."""


@dataclass(frozen=True, slots=True)
class Role:
    kind: RoleKind
    unit_id: int | None


TITLES: dict[UnitKind, dict[str, RoleKind]] = {
    UnitKind.COMMITTEE: {
        "党委书记": RoleKind.SECRETARY,
        "党委副书记": RoleKind.SECRETARY,
        "组织委员": RoleKind.SECRETARY,
        "组织干事": RoleKind.OFFICER,
    },
    UnitKind.GENERAL_BRANCH: {
        "总支书记": RoleKind.SECRETARY,
        "总支副书记": RoleKind.SECRETARY,
        "组织委员": RoleKind.SECRETARY,
    },
    UnitKind.BRANCH: {
        "支部书记": RoleKind.SECRETARY,
        "支部副书记": RoleKind.SECRETARY,
        "组织委员": RoleKind.SECRETARY,
    },
    UnitKind.GROUP: {},
}
"""The posts that lead a unit, and the role that each of them has here; a group is led by its branch."""
