"""Who may do what: one vocabulary of roles, each with a unit and all beneath it as its scope."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RoleKind(StrEnum):
    """Roles that are given; mentor and host follow from a pairing or a rotation and are no rows."""

    SECRETARY = "secretary"
    OFFICER = "officer"
    ASSESSOR = "assessor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Role:
    kind: RoleKind
    unit_id: int | None
