"""What branches do for one another and for their people: experience is used elsewhere, word goes round, work is handed over."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from commands.demo.life.living import Life
from domain.actors import Actor
from domain.handovers import HandoverKind, TieKind
from domain.pairings import DEFAULT_CAPACITY, LIVE, Pairing, may_mentor
from domain.people import Person
from domain.units import Unit, UnitKind
from services import access, announcements, experience, handovers, secretaries
from storage import experience as experience_rows
from storage import pairings, people, units
from storage.database import Reader, Writer

USED_ELSEWHERE, ANNOUNCES, HANDS_OVER = 0.5, 0.6, 0.3
"""How often a highlight is used by another branch, a branch's secretary writes to all in a month, and a mentor hands over."""


@dataclass(frozen=True, slots=True)
class Branches:
    life: Life

    def may_use(self, review_id: int, author_id: int, now: datetime) -> None:
        """Another branch reads what an author lets be read, and some weeks later does it too."""
        draw = self.life.draw("used", review_id)
        if draw.random() < USED_ELSEWHERE:
            self.life.plan(
                self.life.after(draw, now, draw.randint(1, 8)), partial(self.use, review_id, author_id, draw)
            )

    def use(self, review_id: int, author_id: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        own = access.branch_of(tx, author_id)
        others = [one for one in self._led(tx, now) if one[0].id != own.id]
        if others and experience_rows.get(tx, review_id) is not None:
            branch, secretary = draw.choice(others)
            experience.adopt(tx, secretary, review_id, branch.id)

    def look_ahead(self, tx: Reader, now: datetime) -> None:
        """A month begins: who writes to all, and who hands over."""
        for branch, secretary in self._led(tx, now):
            draw = self.life.draw("branch", branch.id, now.date())
            day = self.life.working_day(now.date(), draw.randint(1, 12))
            if draw.random() < ANNOUNCES:
                self.life.plan(self.life.hour(draw, day), partial(self.announce, branch.id, secretary.person_id, draw))
            if draw.random() < HANDS_OVER:
                self.life.plan(self.life.hour(draw, day), partial(self.hand_over, branch.id, secretary.person_id))

    def _led(self, tx: Reader, now: datetime) -> list[tuple[Unit, Actor]]:
        """The branches with a secretary who acts by himself."""
        root = units.root(tx)
        found = [] if root is None else units.beneath(tx, root.id, UnitKind.BRANCH)
        acting = [(one, self.life.actor(tx, next(iter(secretaries.of_unit(tx, one.id)), None), now)) for one in found]
        return [(unit, actor) for unit, actor in acting if actor is not None]

    def announce(self, branch_id: int, secretary: int | None, draw: random.Random, tx: Writer, now: datetime) -> None:
        actor = self.life.actor(tx, secretary, now)
        words = draw.choice(self.life.words.announcements)
        if actor is not None and announcements.preview(tx, actor, branch_id, words).is_heard:
            announcements.announce(tx, actor, branch_id, words)

    def hand_over(self, branch_id: int, secretary: int | None, tx: Writer, now: datetime) -> None:
        """One mentee goes from a mentor of the branch to another of it who has room."""
        actor = self.life.actor(tx, secretary, now)
        present = [one for one in people.present(tx, branch_id) if self.life.actor(tx, one.id, now) is not None]
        for mentor in present if actor is not None else ():
            for pairing in pairings.guided_by(tx, mentor.id):
                successor = self.successor(tx, pairing, present)
                if actor is not None and successor is not None and pairing.state in LIVE:
                    chosen = {f"{TieKind.GUIDES}:{pairing.id}": successor}
                    handovers.perform(tx, actor, mentor.id, HandoverKind.HANDS_OVER, chosen, None, "")
                    return

    def successor(self, tx: Reader, pairing: Pairing, present: list[Person]) -> int | None:
        """Somebody who guides others already."""
        taken = (*pairings.mentors_of(tx, [pairing.id])[pairing.id], pairing.mentee_id)
        for one in present:
            able = may_mentor(pairing.track, one.stage, backbone=one.backbone) and one.id not in taken
            if able and 0 < len(pairings.guided_by(tx, one.id)) < DEFAULT_CAPACITY:
                return one.id
        return None
