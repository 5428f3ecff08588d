"""What becomes of the support that is asked for."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from commands.demo.life.living import ZONE, Life
from domain.actors import Actor
from domain.roles import LEADERS
from services import need_helping, needs, referrals, secretaries
from storage import accounts
from storage import needs as need_rows
from storage import referrals as referral_rows
from storage.database import Reader, Writer

PASSED_UP, SHARED = 0.3, 0.6
"""Of the needs, those that the branch cannot settle; of the answers, those that may be read by all."""
TO_THE_TOP = 0.4
"""Of what is passed up, what goes to the committee at once."""


@dataclass(frozen=True, slots=True)
class Helping:
    """What becomes of a request for support: taken on, promised, answered, solved; some of it takes long."""

    life: Life

    def begin(self, tx: Reader, report_id: int, now: datetime, draw: random.Random) -> None:
        [need] = need_rows.of_check_in(tx, report_id)
        helpers = secretaries.of_person(tx, need.person_id)
        helper = next((one for one in helpers if self.life.actor(tx, one, now) is not None), None)
        if helper is not None and draw.random() < 0.9:
            self.life.plan(
                self.life.after(draw, now, draw.choice((0, 1, 2))), partial(self.take_on, need.id, helper, draw)
            )

    def take_on(self, need_id: int, helper: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        actor, need = self.life.actor(tx, helper, now), need_rows.get(tx, need_id)
        if actor is None or need is None or need.owner_id is not None:
            return
        above = self._above(tx, actor, need_id)
        if above is not None:
            unit_id, above_id = above
            referrals.pass_up(tx, actor, need_id, unit_id, draw.choice(self.life.words.passed))
            self.life.plan(self.life.after(draw, now, 1), partial(self.take_on, need_id, above_id, draw))
            return
        need_helping.take_on(tx, actor, need_id)
        later = draw.randint(2, 12)
        if draw.random() < 0.7:
            need_helping.promise(tx, actor, need_id, self._day(now, later))
        if draw.random() < 0.92:
            self.life.plan(self.life.after(draw, now, later), partial(self.answer, need_id, helper, draw))

    def _above(self, tx: Reader, actor: Actor, need_id: int) -> tuple[int, int] | None:
        """Some of it the branch passes up, where somebody above sees to it: the unit and the one who does."""
        if referral_rows.of_need(tx, need_id) or self.life.draw("passed", need_id).random() > PASSED_UP:
            return None
        far = self.life.draw("how far", need_id).random() < TO_THE_TOP
        ways = referrals.ways(tx, actor, need_id).units
        for unit in reversed(ways) if far else ways:
            for one in accounts.holders(tx, [unit.id], *LEADERS):
                if self.life.actor(tx, one, actor.now) is not None:
                    return unit.id, one
        return None

    def _day(self, now: datetime, later: int) -> date:
        return self.life.working_day(now.astimezone(ZONE).date(), later)

    def answer(self, need_id: int, helper: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        actor, need = self.life.actor(tx, helper, now), need_rows.get(tx, need_id)
        if actor is None or need is None:
            return
        known = dict(self.life.words.needs[need.kind])
        need_helping.answer(
            tx, actor, need_id, known.get(need.text) or draw.choice(list(known.values())), need.owner_id
        )
        if draw.random() < 0.92:
            self.life.plan(self.life.after(draw, now, draw.randint(1, 5)), partial(self.solve, need_id, need.person_id))

    def solve(self, need_id: int, person_id: int, tx: Writer, now: datetime) -> None:
        asker: Actor | None = self.life.actor(tx, person_id, now)
        if asker is not None:
            needs.solve(tx, asker, need_id)
            need = need_rows.get(tx, need_id)
            if need is not None and need.answer and self.life.draw("shared", need_id).random() < SHARED:
                needs.share(tx, asker, need_id, shared=True)
