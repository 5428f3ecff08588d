"""What happens beside the reports: people come in, outcomes are reached, rotations end, leaves are taken, months confirmed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from commands.demo.cast import CROWD
from commands.demo.life.entering import enter, enter_evaluation
from commands.demo.life.living import ABSTAINING, ZONE, Life
from commands.demo.life.notes import Notes
from domain.actors import Actor
from domain.calendar import Month
from domain.consents import ConsentKind
from domain.duties import Leave
from domain.entered_acts import Act
from domain.outcomes import Outcome, OutcomeState
from domain.pairings import PairingState
from domain.people import Person
from domain.rotation_comments import About
from domain.rotations import Capability, Evaluation, RotationState
from services import (
    access,
    confirmations,
    consents,
    invites,
    leaves,
    outcomes,
    pairing_courses,
    pairings,
    registration,
    rotation_courses,
    secretaries,
)
from services.leaves import Whom
from storage import outcomes as outcome_rows
from storage import pairings as pairing_rows
from storage import rotations as rotation_rows
from storage.database import Reader, Writer

LEAVES, PAUSES, MENTORS_AWAY = 0.1, 0.04, 0.15
"""Of all who are paired: on leave once, and paused for some weeks; of the mentors, away for longer."""


@dataclass(frozen=True, slots=True)
class Courses:
    life: Life

    def come_in(
        self, tx: Writer, inviter: Actor, unit_id: int, needed: frozenset[int], strangers: frozenset[int]
    ) -> None:
        """Invited as a unit, people come in during the days that follow; some never do, of the `needed` nobody stays out."""
        for place, made in enumerate(invites.make_for_unit(tx, inviter, unit_id)):
            person = self.life.known[made.person_id]
            draw = self.life.draw("arrival", person.staff_no)
            stays_out = draw.random() < ABSTAINING and person.id not in needed
            if person.id in strangers or person.id in self.life.by_hand or stays_out:
                continue
            day = self.life.working_day(inviter.now.astimezone(ZONE).date(), draw.choice((1, 1, 2, 3)))
            self.life.plan(self.life.hour(draw, day), partial(self.arrive, person, made.code, CROWD[place]))

    def arrive(self, person: Person, code: str, telegram_id: int, tx: Writer, now: datetime) -> None:
        """With the code and the digits, agreeing to all three: the road that everybody takes."""

        def actor() -> Actor:
            return access.identify(tx, telegram_id, now, self.life.locale)

        entered = registration.enter_code(tx, actor(), code, person.name, self.life.locale)
        registration.enter_digits(tx, actor(), entered.invite_id, person.staff_no[-4:], person.name, self.life.locale)
        for kind in ConsentKind:
            consents.toggle(tx, actor(), kind)
        self.life.forget(person.id)

    def look_ahead(self, tx: Reader, now: datetime) -> None:
        """Outcomes that fall due, rotations that end and pairings that are paused are thought of once each."""
        for person_id, person in self.life.known.items():
            if person_id in self.life.by_hand:
                continue
            for outcome in pairings.goals(tx, person_id):
                if outcome.due_on is not None and self.life.meets("outcome", outcome.id):
                    self._goes_for(outcome, person)
            for rotation in rotation_rows.of_person(tx, person_id):
                self.life.busy.add(person_id)
                if self.life.meets("rotation", rotation.id):
                    draw = self.life.draw("rotation", person.staff_no, rotation.starts_on)
                    self.life.plan(
                        self.life.hour(
                            draw, self.life.working_day(rotation.ends_on + timedelta(days=draw.randint(-5, 4)))
                        ),
                        partial(self.evaluate, rotation.id, draw),
                    )
                    Notes(self.life).look_ahead(rotation, self.life.draw("notes", rotation.id))
            for pairing in pairing_rows.live_of_mentee(tx, person_id):
                self.life.busy.add(person_id)
                if self.life.meets("pairing", pairing.id):
                    self._may_pause(pairing.id, person, now)
                    self._mentor_may_be_away(tx, pairing.id, now)

    def _goes_for(self, outcome: Outcome, person: Person) -> None:
        draw = self.life.draw("outcome", person.staff_no, outcome.due_on)
        assert outcome.due_on is not None
        if draw.random() < 0.8:
            day = self.life.working_day(outcome.due_on - timedelta(days=draw.randint(-4, 12)))
            self.life.plan(self.life.hour(draw, day), partial(self.claim, outcome.id, person.id, draw))

    def claim(self, outcome_id: int, person_id: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        actor, outcome = self.life.actor(tx, person_id, now), outcome_rows.get(tx, outcome_id)
        if outcome is None or outcome.state is not OutcomeState.PLANNED:
            return
        if self._state(tx, outcome) is PairingState.ACTIVE:
            if actor is not None:
                outcomes.claim(tx, actor, outcome_id)
            elif not enter(self.life, Act.CLAIM, outcome_id, person_id, draw, tx, now):
                return
            if draw.random() < 0.85:
                self.life.plan(
                    self.life.after(draw, now, draw.randint(1, 4)), partial(self.verify, outcome_id, person_id, draw)
                )

    def _state(self, tx: Reader, outcome: Outcome) -> PairingState | None:
        found = pairing_rows.get(tx, outcome.pairing_id)
        return None if found is None else found.state

    def verify(self, outcome_id: int, person_id: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        outcome = outcome_rows.get(tx, outcome_id)
        helpers = (self.life.actor(tx, one, now) for one in secretaries.of_person(tx, person_id))
        actor = next((one for one in helpers if one is not None and one.person_id != person_id), None)
        if actor is None or outcome is None or outcome.state is not OutcomeState.CLAIMED:
            return
        if self._state(tx, outcome) is PairingState.ACTIVE and outcome.claimed_at is not None:
            outcomes.verify(
                tx, actor, outcome_id, outcome.claimed_at.astimezone(ZONE).date(), draw.choice(self.life.words.verified)
            )

    def evaluate(self, rotation_id: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        rotation = rotation_rows.get(tx, rotation_id)
        if rotation is None or rotation.state is not RotationState.IN_POST:
            return
        words = self.life.words
        found = draw.choice((Capability.INDEPENDENT, Capability.INDEPENDENT, Capability.GUIDED))
        said = Evaluation(draw.choice(words.able), found, draw.choice(words.farewells))
        host = self.life.actor(tx, rotation.host_id, now)
        if host is not None:
            rotation_courses.evaluate(tx, host, rotation_id, said)
        else:
            enter_evaluation(self.life, rotation, said, draw, tx, now)
        Notes(self.life).is_read_at_home(rotation_id, About.EVALUATION, now)

    def _may_pause(self, pairing_id: int, person: Person, now: datetime) -> None:
        """A few pairings rest for some weeks, and some people are on leave."""
        draw = self.life.draw("course", person.staff_no)
        day = self.life.working_day(now.astimezone(ZONE).date() + timedelta(days=draw.randint(8, 75)))
        roll = draw.random()
        if roll < PAUSES:
            self.life.plan(self.life.hour(draw, day), partial(self.pause, pairing_id, person.id, draw))
        elif roll < PAUSES + LEAVES:
            self.life.plan(self.life.hour(draw, day), partial(self.take_leave, person.id, draw))

    def _mentor_may_be_away(self, tx: Reader, pairing_id: int, now: datetime) -> None:
        """For so long that somebody stands in."""
        for mentor in pairing_rows.mentors_of(tx, [pairing_id]).get(pairing_id, ()):
            draw = self.life.draw("away", mentor)
            if self.life.meets("mentor", mentor) and draw.random() < MENTORS_AWAY:
                day = self.life.working_day(now.astimezone(ZONE).date() + timedelta(days=draw.randint(8, 75)))
                self.life.plan(self.life.hour(draw, day), partial(self.take_leave, mentor, draw))

    def pause(self, pairing_id: int, person_id: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        actor = self._secretary(tx, person_id, now)
        pairing = pairing_rows.get(tx, pairing_id)
        if actor is not None and pairing is not None and pairing.state is PairingState.ACTIVE:
            pairing_courses.pause(tx, actor, pairing_id)
            self.life.plan(
                self.life.after(draw, now, draw.randint(10, 25)), partial(self.resume, pairing_id, person_id)
            )

    def resume(self, pairing_id: int, person_id: int, tx: Writer, now: datetime) -> None:
        actor = self._secretary(tx, person_id, now)
        if actor is not None:
            pairing_courses.resume(tx, actor, pairing_id)

    def _secretary(self, tx: Reader, person_id: int, now: datetime) -> Actor | None:
        return next(filter(None, (self.life.actor(tx, one, now) for one in secretaries.of_person(tx, person_id))), None)

    def take_leave(self, person_id: int, draw: random.Random, tx: Writer, now: datetime) -> None:
        actor = self.life.actor(tx, person_id, now)
        if actor is not None:
            first = now.astimezone(ZONE).date() + timedelta(days=draw.randint(1, 4))
            leaves.take(tx, actor, Whom(person_id=person_id), Leave(first, first + timedelta(days=draw.randint(4, 11))))

    def confirm_month(self, tx: Reader, now: datetime) -> None:
        """Most secretaries say a few words to their draft when they have it."""
        month, today = Month.of(now.astimezone(ZONE).date()).previous, now.astimezone(ZONE).date()
        for person_id in self.life.known:
            actor = self.life.actor(tx, person_id, now)
            for unit_id in () if actor is None else {role.unit_id for role in actor.roles}:
                asked = None if unit_id is None or actor is None else confirmations.answering(tx, actor, unit_id, month)
                if asked is not None and self.life.meets(f"month {month}", asked.unit_id):
                    draw = self.life.draw("month", self.life.known[person_id].staff_no, month)
                    if draw.random() < 0.85:
                        self.life.plan(
                            self.life.hour(draw, today, 10),
                            partial(self.confirm, person_id, asked.unit_id, month, draw),
                        )

    def confirm(
        self, person_id: int, unit_id: int, month: Month, draw: random.Random, tx: Writer, now: datetime
    ) -> None:
        actor = self.life.actor(tx, person_id, now)
        asked = None if actor is None else confirmations.answering(tx, actor, unit_id, month)
        if actor is not None and asked is not None and not asked.is_settled:
            said = [one for one, _ in self.life.met if one == f"said {month}"]
            self.life.meets(f"said {month}", unit_id)
            remarks = self.life.draw("remarks", month).sample(self.life.words.remarks, len(self.life.words.remarks))
            words = remarks[len(said) % len(remarks)] if draw.random() < 0.8 else ""
            confirmations.confirm(tx, actor, unit_id, month, words)
