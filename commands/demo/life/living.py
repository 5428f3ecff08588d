"""An organisation that lives by itself: people report, mentors answer, needs are met, months are confirmed, all by the
product's own services. What is done is drawn with a fixed seed for each person and thing, so it does not depend on when
it is looked at.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from commands.demo.roster import SEED
from commands.demo.words import words_of
from commands.demo.words.kinds import Words
from domain.actors import Actor
from domain.calendar import ONE_DAY, WorkCalendar
from domain.people import Person
from services import access
from services.holiday_calendar import calendar_around
from storage import people, units
from storage.database import Reader, Writer

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_HOUR, LAST_HOUR, NOON, AFTERNOON = 9, 17, 12, 14
ABSTAINING = 0.13
"""Of those whom nobody reports to, the share that does not use Telegram."""

Act = Callable[[Writer, datetime], None]


@dataclass(slots=True)
class Life:
    """`by_hand`: those who are on the phones and do everything themselves."""

    locale: str
    by_hand: frozenset[int] = frozenset()
    words: Words = field(init=False)
    days: WorkCalendar = field(init=False)
    known: dict[int, Person] = field(default_factory=dict)
    busy: set[int] = field(default_factory=set)
    """Those who have something to report on."""
    met: set[tuple[str, int]] = field(default_factory=set)
    """The things that somebody has made plans for already."""
    _agenda: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)
    _actors: dict[int, Actor | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words, self.days = words_of(self.locale), calendar_around(date(2026, 7, 1))

    def draw(self, *of: object) -> random.Random:
        """Always the same for the same person and thing."""
        return random.Random(f"{SEED}/{'/'.join(map(str, of))}")  # noqa: S311 - fictional people, no secret

    def plan(self, moment: datetime, act: Act) -> None:
        heapq.heappush(self._agenda, (moment, next(self._numbers), act))

    def rests_until(self, moment: datetime) -> bool:
        return not self._agenda or self._agenda[0][0] > moment

    def meets(self, kind: str, number: int) -> bool:
        """Whether this is seen for the first time."""
        new = (kind, number) not in self.met
        self.met.add((kind, number))
        return new

    def live(self, tx: Writer, until: datetime) -> None:
        """Do everything planned until a moment, what is planned meanwhile included, in its order."""
        self.known = {one.id: one for one in self._everybody(tx)}
        self._actors.clear()
        while self._agenda and self._agenda[0][0] <= until:
            moment, _, act = heapq.heappop(self._agenda)
            act(tx, moment)

    def _everybody(self, tx: Reader) -> list[Person]:
        root = units.root(tx)
        return [] if root is None else people.present(tx, root.id)

    def actor(self, tx: Reader, person_id: int | None, now: datetime) -> Actor | None:
        """Somebody who acts by himself in Telegram; None for who is on a phone, or does not use it."""
        if person_id is None or person_id in self.by_hand:
            return None
        if person_id not in self._actors:
            found = access.recipient(tx, person_id, now)
            self._actors[person_id] = found if found is not None and found.agreed else None
        known = self._actors[person_id]
        return None if known is None else replace(known, now=now)

    def forget(self, person_id: int) -> None:
        self._actors.pop(person_id, None)

    def working_day(self, day: date, later: int = 0) -> date:
        """That many working days after a day; the day itself, or the next that is worked, for none."""
        found = next(self.days.working_days_from(day))
        return self.days.add_working_days(found, later) if later else found

    def hour(self, draw: random.Random, day: date, first: int = FIRST_HOUR) -> datetime:
        """Some minute of a working day, outside the break at noon."""
        hour = draw.choice([one for one in range(first, LAST_HOUR + 1) if not NOON <= one < AFTERNOON])
        return datetime.combine(day, time(hour, draw.randint(1, 58), draw.randint(0, 59)), ZONE)

    def after(self, draw: random.Random, now: datetime, working_days: int) -> datetime:
        """So many working days later, and never before what it answers."""
        day = self.working_day(now.astimezone(ZONE).date(), working_days)
        found = self.hour(draw, day)
        return found if found > now + timedelta(minutes=5) else self.hour(draw, self.working_day(day + ONE_DAY))
