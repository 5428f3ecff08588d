"""The days that pass while an organisation lives: what the clock does, what people do, and what they are told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from commands.demo.life.acting import Reporting
from commands.demo.life.branches import Branches
from commands.demo.life.courses import Courses
from commands.demo.life.living import ZONE, Life
from domain.actors import Actor
from domain.calendar import ONE_DAY, Month
from services import delivery, tick
from services.delivery import Skip, Wait
from services.digests import make_digests
from services.duty_steps import close_duties, open_duties, plan_duties
from services.pairing_activation import begin_pairings
from services.rotation_courses import close_rotations
from services.tick import Step
from storage import outbox
from storage.database import Writer
from storage.outbox import Waiting

MORNING: tuple[Step, ...] = (begin_pairings, close_rotations, plan_duties, open_duties, close_duties)
DONE_AT_NINE = (*MORNING, make_digests)
"""Nobody does anything between dawn and nine; and who is on no phone reads no digest."""
DAWN, NINE, HALF_PAST_NINE, EVENING = time(0, 5), time(9), time(9, 30), time(18, 30)
MONDAY = 0
USUAL = 3
"""So many messages a week nobody is spared."""
CONFIRMED_BY = 3
"""The working day of a month on which its summaries leave the branches at the latest."""


@dataclass(slots=True)
class History:
    """`alone`: no assistant is running yet, so its clock and its messages are done here too."""

    life: Life
    prompt: frozenset[int] = frozenset()
    alone: bool = True
    _planned: date | None = field(default=None)
    _heard: Counter[tuple[int | None, int, int]] = field(default_factory=Counter)

    def goes_on_beside(self, by_hand: frozenset[int]) -> None:
        """The assistant runs from here on, and some are on phones and do everything themselves."""
        self.alone, self.life.by_hand = False, by_hand

    def rests_until(self, moment: datetime) -> bool:
        """Whether nothing at all happens before."""
        today = moment.astimezone(ZONE).date()
        return self._planned is not None and self._planned >= today and self.life.rests_until(moment)

    def pass_until(self, tx: Writer, since: datetime, until: datetime) -> None:
        day = self._planned + ONE_DAY if self._planned else since.astimezone(ZONE).date()
        while day <= until.astimezone(ZONE).date():
            self._plan(day)
            self._planned = day
            day += ONE_DAY
        self.life.live(tx, until)

    def _plan(self, day: date) -> None:
        def at(clock: time) -> datetime:
            return datetime.combine(day, clock, ZONE)

        self.life.plan(at(DAWN), self._dawn)
        self.life.plan(at(NINE), self._nine)
        self.life.plan(at(NINE) + timedelta(minutes=1), self._deliver)
        self.life.plan(at(EVENING), self._deliver)
        if day <= self.life.days.nth_working_day(Month.of(day), CONFIRMED_BY) and self.life.days.is_working_day(day):
            self.life.plan(at(HALF_PAST_NINE), self._confirm)

    def _dawn(self, tx: Writer, now: datetime) -> None:
        _run(tx, MORNING, now)
        today, is_first = now.astimezone(ZONE).date(), not self.life.met
        if is_first or today.day == 1:
            Courses(self.life).look_ahead(tx, now)
        if today.day == 1:
            Branches(self.life).look_ahead(tx, now)
        if is_first or today.weekday() == MONDAY or today.day == 1:
            Reporting(self.life, self.prompt).look_ahead(tx, now)

    def _nine(self, tx: Writer, now: datetime) -> None:
        if self.alone:
            _run(tx, tuple(step for step in tick.STEPS if step not in DONE_AT_NINE), now)

    def _confirm(self, tx: Writer, now: datetime) -> None:
        Courses(self.life).confirm_month(tx, now)

    def _deliver(self, tx: Writer, now: datetime) -> None:
        """What is due is settled as by the sender. Who has had little this week is not asked about anew."""
        while self.alone and (rows := outbox.claim(tx, "history", now, now, limit=500)):
            for row in rows:
                heard = (row.person_id, *now.isocalendar()[:2])
                known = self.life.actor(tx, row.person_id, now) is not None
                if known and (not row.unasked or self._heard[heard] < USUAL):
                    outbox.settle(tx, row.id, "sent", now)
                    self._heard[heard] += row.unasked
                else:
                    self._decide(tx, row, now)

    def _decide(self, tx: Writer, row: Waiting, now: datetime) -> None:
        verdict = delivery.decide(tx, row, now)
        if isinstance(verdict, Wait):
            outbox.postpone(tx, row.id, verdict.until, verdict.reason)
        elif isinstance(verdict, Skip):
            outbox.settle(tx, row.id, "skipped", now, reason=verdict.reason)
        else:
            outbox.settle(tx, row.id, "sent", now)


def _run(tx: Writer, steps: tuple[Step, ...], now: datetime) -> None:
    for step in steps:
        while step(tx, Actor.clock(now)):
            pass
