"""交接: what hangs on a person, and what must be settled before they leave, move or hand their work over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.pairings import GuideKind
from domain.refusals import Refusal

NOBODY = 0
"""Stands where a successor would: it goes to nobody for now."""


class HandoverKind(StrEnum):
    """调离, 退休, 转往其他支部, 只交接工作."""

    LEAVES = "leaves"
    RETIRES = "retires"
    MOVES = "moves"
    HANDS_OVER = "hands_over"


LEAVING = frozenset({HandoverKind.LEAVES, HandoverKind.RETIRES})


class TieKind(StrEnum):
    """What others lose with a person, which wants a successor, or is given to another by itself (`STANDS_IN`); `OWN_…` is
    the person's own, which ends when they leave.
    """

    GUIDES = "guides"
    HOSTS = "hosts"
    LEADS_ROTATION = "leads"
    ROLE = "role"
    NEEDS = "needs"
    STANDS_IN = "stands_in"
    OWN_PAIRING = "own_pairing"
    OWN_ROTATION = "own_rotation"
    OWN_NEED = "own_need"


HANDED_ON = frozenset({TieKind.GUIDES, TieKind.HOSTS, TieKind.LEADS_ROTATION, TieKind.ROLE, TieKind.NEEDS})


@dataclass(frozen=True, slots=True)
class Tie:
    """`about` is whom or what it concerns, `place` the unit; `number` counts needs. `then` is who stands in afterwards, where
    it is known.

    `needs_somebody`: it cannot go to nobody. `mine`: the one who hands over may settle it; a role is named from above.
    """

    kind: TieKind
    id: int
    about: str = ""
    place: str = ""
    number: int = 0
    needs_somebody: bool = False
    mine: bool = True
    called: GuideKind = GuideKind.MENTOR
    """What the person is called as a guide of the pairing."""
    then: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


Chosen = Mapping[str, int]
"""By a tie's key: the successor, or NOBODY. What is not named stays where it is, as long as the person stays."""


def asked(ties: Iterable[Tie]) -> list[Tie]:
    """Those for which a successor is asked."""
    return [tie for tie in ties if tie.kind in HANDED_ON and tie.mine]


def missing(ties: Iterable[Tie], chosen: Chosen, kind: HandoverKind) -> list[Tie]:
    """What has no answer yet: whoever stays may keep anything."""
    if kind not in LEAVING:
        return []
    return [tie for tie in asked(ties) if not _is_answered(tie, chosen)]


def _is_answered(tie: Tie, chosen: Chosen) -> bool:
    return tie.key in chosen and not (tie.needs_somebody and chosen[tie.key] == NOBODY)


def require_settled(name: str, ties: Iterable[Tie], chosen: Chosen, kind: HandoverKind) -> None:
    """Refusals: `still_leads` while a role waits for those above, `handover_incomplete` (number)."""
    held = list(ties)
    if kind in LEAVING and any(tie.kind is TieKind.ROLE and not tie.mine for tie in held):
        raise Refusal("still_leads", name=name)
    left = missing(held, chosen, kind)
    if left:
        raise Refusal("handover_incomplete", number=len(left))
