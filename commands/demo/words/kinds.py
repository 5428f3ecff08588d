"""The kinds of sentences that are drawn from, with gaps that are filled when one is drawn."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.check_ins import Standing
from domain.needs import NeedKind

Lines = Sequence[str]
SAYS_WHAT_FOR = 0.6


@dataclass(frozen=True, slots=True)
class Words:
    """`done` by specialty, `party` on the road to the Party, `away` in a rotation: what was done. `used`: what it was good
    for. `missing` by standing: what is still missing. Both have a word of their own for the road to the Party. `needs`:
    what is asked for, each with its answer. `teams`: those of each branch, in the branches' order.
    """

    specialties: Lines
    posts: Lines
    teams: Sequence[Lines]
    places: Lines
    directions: Mapping[str, Sequence[tuple[str, str, str]]]
    done: Mapping[str, Lines]
    party: Lines
    away: Lines
    used: Lines
    party_used: Lines
    missing: Mapping[Standing, Lines]
    party_missing: Mapping[Standing, Lines]
    needs: Mapping[NeedKind, Sequence[tuple[str, str]]]
    comments: Lines
    questions: Sequence[tuple[str, str]]
    skips: Lines
    remarks: Lines
    verified: Lines
    able: Lines
    farewells: Lines
    passed: Lines
    announcements: Lines
    joint: str = ""

    def report(self, draw: random.Random, specialty: str, standing: Standing, *, party: bool, away: bool) -> str:
        """Two or three sentences, as somebody writes them on the phone."""
        party = party and not away
        lines = self.away if away else self.party if party else self.done[specialty]
        missing = {**self.missing, **(self.party_missing if party else {})}
        parts = [draw.choice(lines), draw.choice(missing[standing])]
        if draw.random() < SAYS_WHAT_FOR:
            parts.insert(1, draw.choice(self.party_used if party else self.used))
        return self.filled(draw, self.joint.join(parts))

    def filled(self, draw: random.Random, line: str) -> str:
        return line.format(
            place=draw.choice(self.places), n=draw.randint(2, 6), number=draw.randint(2, 4), day=draw.randint(2, 5)
        )
