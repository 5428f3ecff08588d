"""What happens once in the branch of the cast or to the whole in the months before the demonstration opens, so that whoever
looks around comes across it: plans change, somebody retires, units are reorganised, the service stands still for a night.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial

from commands.demo.life.branches import Branches
from commands.demo.life.entering import enter
from commands.demo.life.living import ZONE, Life
from commands.demo.words.affairs import AFFAIRS, AffairWords
from domain.actors import Actor
from domain.calendar import Month
from domain.entered_acts import Act
from domain.handovers import HandoverKind
from domain.health import Outage, OutageKind
from domain.pairings import Pairing, PairingState, Track
from domain.people import Person, Stage
from domain.periods import Cadence, CadenceKind
from domain.roles import TITLES
from domain.roster import read_roster
from domain.roster_cells import Sheet
from domain.roster_choices import STAGE_WORDS
from domain.roster_columns import HEADERS, Column
from domain.rotations import RotationState
from domain.unit_changes import Plan, UnitChangeKind
from domain.units import UnitKind
from services import (
    access,
    accounts,
    administrators,
    deployment,
    handover_ties,
    handovers,
    outages,
    pairing_cadences,
    pairing_changes,
    pairing_courses,
    roles,
    roster,
    rotation_courses,
    secretaries,
    unit_changes,
)
from storage import accounts as account_rows
from storage import pairings, people, units
from storage import rotations as rotation_rows
from storage.database import Reader, Writer

Deed = Callable[[Writer, datetime], None]
OF_A_PERSON = (Column.NAME, Column.STAFF_NO, Column.UNIT, Column.GROUP, Column.STAGE, Column.BACKBONE)
WEDNESDAY = 2
A_MOMENT = timedelta(minutes=2)
"""What was done so shortly before is told as the demonstration opens."""


@dataclass(frozen=True, slots=True)
class Affairs:
    """Of the units `home` is the branch of the cast, led by `leader`; the `officer` leads all. `cast` are left as the stories
    need them.
    """

    life: Life
    home: int
    other: int
    office: int
    leader: int
    officer: int
    cast: frozenset[int]

    def look_ahead(self, began: datetime, now: datetime) -> None:
        """Spread over the time, in this order."""
        acts: tuple[Deed, ...] = (
            self.another_mentor, self.other_aim, self.groups_merge, self.other_days, self.retires, self.moves,
            self.ends_early, self.is_completed, self.will_be_renamed,
        )  # fmt: skip
        self.life.plan(now - timedelta(days=4, minutes=20), self.asks_on_paper)
        self.life.plan(now - timedelta(days=5, minutes=40), self.falls_through)
        for place, act in enumerate(acts, start=1):
            day = (began + (now - began) * place / (len(acts) + 1)).astimezone(ZONE).date()
            draw = self.life.draw("affair", place)
            self.life.plan(self.life.hour(draw, self.life.working_day(day)), act)
        for weeks, act in enumerate((self.group_splits, self.gets_deputy), start=2):
            day = self.life.working_day((now - timedelta(weeks=weeks)).astimezone(ZONE).date())
            self.life.plan(self.life.hour(self.life.draw("affair", act.__name__), day), act)
        self.life.plan(now - timedelta(minutes=5), partial(self.is_looked_after, now=now))
        self.life.plan(now - A_MOMENT, self.is_admitted)

    def another_mentor(self, tx: Writer, now: datetime) -> None:
        """Of two either may answer."""
        known = (one for one in people.present(tx, self.home) if one.id not in self.cast)
        present = [one for one in known if self.life.actor(tx, one.id, now) is not None]
        for pairing in self._pairings(tx, now):
            coming = Branches(self.life).successor(tx, pairing, present)
            if coming is not None:
                pairing_courses.change_mentor(tx, self._leader(tx, now), pairing.id, None, coming)
                return

    def other_aim(self, tx: Writer, now: datetime) -> None:
        """Signed on paper by both, and entered."""
        pairing, leader = self._pairings(tx, now)[-1], self._leader(tx, now)
        aim = pairing_changes.standing_aim(tx, pairing.id)
        known = [direction for direction, *_ in self.life.words.directions[pairing.track]]
        other = next(one for one in known if one != aim.direction)
        pairing_changes.propose(tx, leader, pairing.id, replace(aim, direction=other))
        pairing_changes.sign(tx, leader, pairing.id, now.astimezone(ZONE).date())

    def other_days(self, tx: Writer, now: datetime) -> None:
        weekly = [one for one in self._pairings(tx, now) if one.cadence.kind is CadenceKind.WEEKLY]
        for pairing in weekly[:1]:
            wednesdays = Cadence(CadenceKind.WEEKLY, WEDNESDAY)
            pairing_cadences.change_cadence(tx, self._leader(tx, now), pairing.id, wednesdays)

    def ends_early(self, tx: Writer, now: datetime) -> None:
        for pairing in self._pairings(tx, now)[2:3]:
            pairing_courses.end_early(tx, self._leader(tx, now), pairing.id, self._words.ended)

    def is_completed(self, tx: Writer, now: datetime) -> None:
        for pairing in self._pairings(tx, now)[1:2]:
            pairing_courses.complete(tx, self._leader(tx, now), pairing.id)

    def retires(self, tx: Writer, now: datetime) -> None:
        person_id = self._free(tx, self.home, now)
        handovers.perform(tx, self._leader(tx, now), person_id, HandoverKind.RETIRES, {}, None, "")

    def moves(self, tx: Writer, now: datetime) -> None:
        """From another branch to that of the cast."""
        person_id = self._free(tx, self.other, now)
        handovers.perform(tx, self._officer(tx, now), person_id, HandoverKind.MOVES, {}, self.home, "")

    def groups_merge(self, tx: Writer, now: datetime) -> None:
        """Of the office, as two have become small."""
        kept, *_, small = units.children(tx, self.office)
        plan = Plan(small.id, UnitChangeKind.MERGE, now.astimezone(ZONE).date(), other_id=kept.id)
        unit_changes.enter(tx, self._officer(tx, now), plan)

    def group_splits(self, tx: Writer, now: datetime) -> None:
        """Of another branch, one that has become large."""
        large = max(units.children(tx, self.other), key=lambda one: len(people.present(tx, one.id)))
        along = tuple(one.id for one in people.present(tx, large.id)[::3])
        today = now.astimezone(ZONE).date()
        plan = Plan(large.id, UnitChangeKind.SPLIT, today, self._words.split_off, people=along)
        unit_changes.enter(tx, self._officer(tx, now), plan)

    def gets_deputy(self, tx: Writer, now: datetime) -> None:
        """The other branch, so that two may act for it."""
        deputy = list(TITLES[UnitKind.BRANCH])[1]
        roles.give(tx, self._officer(tx, now), self._free(tx, self.other, now), self.other, deputy)

    def asks_on_paper(self, tx: Writer, now: datetime) -> None:
        """Whoever does not use Telegram would have a pairing otherwise, and the secretary enters it."""
        for one in people.present(tx, self.home):
            if not access.uses_telegram(tx, one.id, now):
                for pairing in pairings.live_of_mentee(tx, one.id):
                    draw = self.life.draw("wish", pairing.id)
                    if enter(self.life, Act.ASK_CHANGE, pairing.id, one.id, draw, tx, now, words=self._words.wish):
                        return

    def falls_through(self, tx: Writer, now: datetime) -> None:
        """Of the rotations that are to begin, the last."""
        root = units.root(tx)
        assert root is not None
        planned = rotation_rows.listed(
            tx, root.id, [RotationState.PLANNED], now.astimezone(ZONE).date(), offset=0, limit=50
        )
        for one in reversed(planned):
            rotation = rotation_rows.get(tx, one.id)
            assert rotation is not None
            held = (self.life.actor(tx, by, now) for by in secretaries.of_person(tx, rotation.person_id))
            secretary = next(filter(None, held), None)
            if secretary is not None:
                rotation_courses.cancel(tx, secretary, one.id, self._words.falls_through)
                return

    def will_be_renamed(self, tx: Writer, now: datetime) -> None:
        """Entered, and to be seen until its day comes."""
        day = Month.of(now.astimezone(ZONE).date()).next.first
        plan = Plan(self.office, UnitChangeKind.RENAME, day, self._words.renamed)
        unit_changes.enter(tx, self._officer(tx, now), plan)

    def is_admitted(self, tx: Writer, now: datetime) -> None:
        """The roster has a full member of the Party now whom a pairing was to make one: it is proposed for completion."""
        one = self._near_admission(tx)
        names = [unit.name for unit_id in (self.home, one.unit_id) if (unit := units.get(tx, unit_id))]
        said = (one.name, one.staff_no, *names, STAGE_WORDS[Stage.FULL_MEMBER], "是")
        sheet = Sheet(one.name, [[HEADERS[column][0] for column in OF_A_PERSON], said])
        roster.apply(tx, self._officer(tx, now), read_roster([sheet], roster.known(tx)))

    def _near_admission(self, tx: Reader) -> Person:
        near = (one for one in people.present(tx, self.home) if one.stage is Stage.PROBATIONARY_MEMBER)
        aim = Track.BACKBONE_TO_MEMBER
        return next(one for one in near if any(held.track is aim for held in pairings.live_of_mentee(tx, one.id)))

    def is_looked_after(self, tx: Writer, _: datetime, *, now: datetime) -> None:
        """A second administrator, a night without power, last night's backup, and somebody who blocked the assistant."""
        second = self._free(tx, self.office, now)
        administrators.make(tx, Actor.clock(now), self._account(tx, second))
        night = datetime.combine(now.astimezone(ZONE).date() - timedelta(days=4), time(1, 10), ZONE)
        outages.record(tx, Outage(OutageKind.SERVICE, night, night + timedelta(hours=5)))
        deployment.note_backup(tx, now.astimezone(ZONE).replace(hour=2, minute=0))
        accounts.mark_unreachable(tx, self._account(tx, self._free(tx, self.home, now)), now)

    def _pairings(self, tx: Reader, now: datetime) -> list[Pairing]:
        """Those that run in the branch between people with accounts of whom none is of the cast or near admission."""
        left = self.cast | {self._near_admission(tx).id}
        present = [one.id for one in people.present(tx, self.home) if one.id not in left]
        mentees = [one for one in present if self.life.actor(tx, one, now) is not None]
        found = [
            one for mentee in mentees for one in pairings.live_of_mentee(tx, mentee) if one.state is PairingState.ACTIVE
        ]
        mentors = pairings.mentors_of(tx, [one.id for one in found])
        return [one for one in found if all(self._speaks(tx, guide, now) for guide in mentors[one.id])]

    def _speaks(self, tx: Reader, person_id: int, now: datetime) -> bool:
        return person_id not in self.cast and self.life.actor(tx, person_id, now) is not None

    def _free(self, tx: Reader, unit_id: int, now: datetime) -> int:
        """The first of a unit who has an account, and on whom nothing hangs."""
        officer = self._officer(tx, now)
        able = (one.id for one in people.present(tx, unit_id) if one.id not in self.cast | self.life.busy)
        present = (one for one in able if self.life.actor(tx, one, now) is not None)
        return next(one for one in present if not handover_ties.of_person(tx, officer, one, leaving=True))

    @property
    def _words(self) -> AffairWords:
        return AFFAIRS[self.life.locale]

    def _account(self, tx: Reader, person_id: int) -> int:
        found = account_rows.by_person(tx, person_id)
        assert found is not None
        return found.id

    def _leader(self, tx: Reader, now: datetime) -> Actor:
        return self._acting(tx, self.leader, now)

    def _officer(self, tx: Reader, now: datetime) -> Actor:
        return self._acting(tx, self.officer, now)

    def _acting(self, tx: Reader, person_id: int, now: datetime) -> Actor:
        found = self.life.actor(tx, person_id, now)
        assert found is not None
        return found
