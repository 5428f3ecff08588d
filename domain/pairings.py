"""结对 on two tracks: who may be paired, how many, and what must stand before a pairing is active."""

from __future__ import annotations

from enum import StrEnum

from domain.people import Stage


class Track(StrEnum):
    BACKBONE_TO_MEMBER = "backbone_to_member"
    MEMBER_TO_BACKBONE = "member_to_backbone"


class PairingState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"


DEFAULT_CAPACITY = 3


def track_fits(track: Track, stage: Stage, *, backbone: bool) -> bool:
    """把骨干培养成党员 wants a backbone who is not yet a full member; 把党员培养成骨干 wants a Party member."""
    if track is Track.BACKBONE_TO_MEMBER:
        return backbone and stage is not Stage.FULL_MEMBER
    return stage.is_member


def may_mentor(track: Track, stage: Stage, *, backbone: bool) -> bool:
    """由党员骨干牵头: a full member; to make a member into a backbone, a backbone too."""
    return stage is Stage.FULL_MEMBER and (backbone or track is Track.BACKBONE_TO_MEMBER)
