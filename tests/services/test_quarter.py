"""September to December 2026, day by day, with everything that happens in a quarter: for a branch, and for 250 people.

Every tick runs twice, and what is in the outbox is decided and loaded as the sender does it; nothing is taken on trust.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from domain.actors import Actor
from domain.calendar import WorkCalendar
from domain.check_in_drafts import Drafted
from domain.check_ins import Standing
from domain.consents import CURRENT_VERSION, ConsentKind
from domain.duties import Duty, DutyKind, Leave, SubjectKind
from domain.pairings import PairingState
from domain.people import Stage
from domain.periods import Cadence, CadenceKind, periods_between
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.units import UnitKind
from handlers.routes import Routes
from services import calendar, check_ins, delivery, duties, holidays, leaves, notices, pairing_courses, tick
from services.delivery import Go, Skip, Wait
from services.digest_news import News
from services.duty_planning import plan_subject
from services.leaves import Whom
from services.reminders import Prompt
from storage import accounts, consents, outbox, people, units
from storage.database import Database, Writer, open_database
from storage.tables import check_in_subject, duty, outcome, pairing, role
from storage.tables import outbox as outbox_table
from tests.services.duty_cast import SHANGHAI, Cast, at

FIRST, LAST = date(2026, 9, 1), date(2026, 12, 31)
HOURS = (time(0, 5), time(9, 0), time(14, 30), time(16, 0), time(18, 30), time(22, 0))
THURSDAYS = Cadence(CadenceKind.WEEKLY, 3)
WEEKLY, FORTNIGHTLY = Cadence(CadenceKind.WEEKLY, 4), Cadence(CadenceKind.FORTNIGHTLY, 4)
MENTEES: dict[str, tuple[Cadence, str]] = {
    "甲按时": (WEEKLY, "on time"), "乙从不": (WEEKLY, "never"), "丙提前": (WEEKLY, "early"), "丁双周": (FORTNIGHTLY, "on time"),
    "戊双周": (FORTNIGHTLY, "never"), "己月末": (Cadence(CadenceKind.MONTHLY, 31), "on time"),
    "庚廿五": (Cadence(CadenceKind.MONTHLY, 25), "never"), "辛休假": (WEEKLY, "never"), "壬暂停": (WEEKLY, "never"),
    "癸晚来": (WEEKLY, "late"),
}  # fmt: skip
LATE_START = date(2026, 11, 11)
SHORT_NOTICE = {"子急": date(2026, 9, 16), "丑急": date(2026, 9, 23)}
"""Whose pairing begins on a Wednesday on which they have been written to three times; they report on Thursdays."""
LEAVE = Leave(date(2026, 10, 12), date(2026, 10, 30))
PAUSED_ON, RESUMED_ON = date(2026, 10, 20), date(2026, 11, 18)
OWN_HOLIDAY = date(2026, 11, 27)
"""A Friday on which the organisation is off: what is due then is due the day before."""
ROTATION = (date(2026, 10, 12), date(2026, 11, 18))
"""It ends on a Wednesday, in the middle of a week."""
CROWDED = date(2026, 9, 14)
"""A Monday: in this week something of one person falls due on each day."""
FLOOD = (date(2026, 9, 7), date(2026, 9, 25))
NOISE = "noise"
"""Whatever else people are told of."""
SPAN_OF_DIGESTS = 5
"""From a Thursday to the Monday after it."""
BRANCHES = 21
"""So many like the first one, with ten mentees, their mentor and a secretary each, are 250 people."""
ASKED_FOR = (DutyKind.REPORT, DutyKind.OUTCOME)
DOWNTIMES: dict[str, tuple[date, int] | None] = {
    "up": None,
    "three days": (date(2026, 10, 15), 3),
    "forty days": (date(2026, 10, 29), 40),
}
ROUTES = Routes()
TOUCHED = select(func.total_changes())


@dataclass(frozen=True, slots=True)
class Sent:
    at: datetime
    person_id: int
    kind: str
    unasked: bool
    data: Any


@dataclass(slots=True)
class Quarter:
    tx: Writer
    cast: Cast
    down: frozenset[date]
    branches: int
    sent: list[Sent] = field(default_factory=list)
    mentees: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By name, the mentor's and the secretary's."""
    paired: dict[str, int] = field(default_factory=dict)
    rotation: int = 0
    happened: Counter[int] = field(default_factory=Counter)
    told_beneath: Counter[int] = field(default_factory=Counter)

    def begin(self) -> None:
        self._people("", self.cast.branch, "王芳", "陈静")
        for number in range(1, self.branches):
            self._branch(number)
        for name in SHORT_NOTICE:
            self._enrol(name, self.cast.branch)
        for name, (mentor, _) in self.mentees.items():
            if kind_of(name) != "癸晚来":
                self.paired[name] = self.cast.pair(name, mentor, now=at(9, 1), cadence=cadence_of(name))
        self._outcomes()

    def _branch(self, number: int) -> None:
        unit_id = units.add(
            self.tx,
            UnitKind.BRANCH,
            f"第{number}党支部",
            self.cast.committee,
            position=number + 2,
            zone="Asia/Shanghai",
        )
        mentor, secretary = f"师傅{number}", f"书记{number}"
        for name in (mentor, secretary):
            self._enrol(name, unit_id)
        held = {"kind": RoleKind.SECRETARY, "person_id": self.cast.people[secretary], "unit_id": unit_id}
        self.tx.insert(role, **held, given_at=at(9, 1))
        self._people(str(number), unit_id, mentor, secretary)

    def _people(self, number: str, unit_id: int, mentor: str, secretary: str) -> None:
        for kind in MENTEES:
            self._enrol(f"{kind}{number}", unit_id)
            self.mentees[f"{kind}{number}"] = mentor, secretary

    def _of_kind(self, kind: str, now: datetime) -> Iterator[tuple[str, Actor]]:
        """All of a kind, each with their secretary."""
        return ((name, self.actor(told[1], now)) for name, told in self.mentees.items() if kind_of(name) == kind)

    def _outcomes(self) -> None:
        """A week in which something of hers falls due on every day."""
        for number in range(5):
            self.tx.insert(
                outcome,
                pairing_id=self.paired["丁双周"],
                what=f"第{number + 1}项",
                due_on=CROWDED + timedelta(days=number),
            )
        plan_subject(self.tx, Actor.clock(at(9, 1)), SubjectKind.PAIRING, self.paired["丁双周"])

    def _enrol(self, name: str, unit_id: int) -> None:
        telegram_id = 2000 + len(self.cast.people)
        person_id = people.add(
            self.tx, root_id=self.cast.committee, unit_id=unit_id, name=name, staff_no=str(telegram_id),
            staff_key=str(telegram_id), pinyin="", stage=Stage.ACTIVIST, backbone=True, specialty="", post="", now=at(9, 1),
        )  # fmt: skip
        account_id = accounts.add(
            self.tx, telegram_id, person_id=person_id, display_name=name, locale="zh_Hans", now=at(9, 1)
        )
        for kind in ConsentKind:
            consents.put(self.tx, account_id, kind, CURRENT_VERSION, given_at=at(9, 1))
        self.cast.people[name], self.cast.accounts[name] = person_id, account_id

    def actor(self, name: str, now: datetime) -> Actor:
        account_id, person_id = self.cast.accounts[name], self.cast.people[name]
        held = accounts.roles(self.tx, person_id, account_id)
        return Actor(
            now=now, locale="zh_Hans", telegram_id=3000 + account_id, account_id=account_id, person_id=person_id, roles=held,
            agreed=True,
        )  # fmt: skip

    def run(self) -> None:
        for number in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=number)
            for hour in HOURS:
                now = datetime.combine(day, hour, SHANGHAI)
                if day not in self.down:
                    self._happens(day, hour, now)
                    if hour == time(14, 30) and FLOOD[0] <= day <= FLOOD[1]:
                        self._flood(now)
                    self._tick_twice(now)
                    self._deliver(now)

    def _happens(self, day: date, hour: time, now: datetime) -> None:
        if hour == time(14, 30):
            self._second_thoughts(day, now)
            self._pair_late(day, now)
        if hour == time(16, 0):
            for name in self.mentees:
                self._report(name, MENTEES[kind_of(name)][1], day, now)

    def _second_thoughts(self, day: date, now: datetime) -> None:
        if day == LEAVE.first - timedelta(days=4):
            for name, secretary in self._of_kind("辛休假", now):
                leaves.take(self.tx, secretary, Whom(person_id=self.cast.people[name]), LEAVE)
        if day == date(2026, 9, 15):
            holidays.put(self.tx, self.actor("周伟", now), self.cast.committee, OWN_HOLIDAY, working=False)
        if day == date(2026, 10, 8):
            self.rotation = self.cast.rotate(*ROTATION, name="乙从不", now=now)
        for name, secretary in self._of_kind("壬暂停", now):
            if day == PAUSED_ON:
                pairing_courses.pause(self.tx, secretary, self.paired[name])
            if day >= RESUMED_ON and self._stands(name) is PairingState.PAUSED:
                pairing_courses.resume(self.tx, secretary, self.paired[name])

    def _stands(self, name: str) -> PairingState:
        return PairingState(self.tx.scalar(select(pairing.c.state).where(pairing.c.id == self.paired[name])))

    def _pair_late(self, day: date, now: datetime) -> None:
        late = {name: (LATE_START, told[0]) for name, told in self.mentees.items() if kind_of(name) == "癸晚来"}
        for name, (begins, mentor) in (late | {name: (on, "赵强") for name, on in SHORT_NOTICE.items()}).items():
            if day >= begins and name not in self.paired:
                self.paired[name] = self.cast.pair(name, mentor, now=now, cadence=cadence_of(name))

    def _flood(self, now: datetime) -> None:
        """Two things happen of which everybody is to be told."""
        for name, person_id in self.cast.people.items():
            for number in range(2):
                key = f"{NOISE}:{name}:{now.isoformat()}:{number}"
                notices.tell(self.tx, Actor.clock(now), person_id, NOISE, key=key, unasked=True)
                self.happened[person_id] += 1

    def _report(self, name: str, habit: str, day: date, now: datetime) -> None:
        owed = [
            one
            for one in duties.reportable(self.tx, self.cast.people[name], now)
            if one.due_at and one.state != "excused"
        ]
        chosen = [one.id for one in owed if self._is_time(habit, one, day)]
        if not chosen:
            return
        drafted = Drafted(
            1, tuple(chosen), tuple(chosen), subjects_settled=True, chat_id=1, parts=((day.toordinal(), "完成校验"),),
            standing=Standing.ON_TRACK,
        )  # fmt: skip
        check_ins.submit(self.tx, self.actor(name, now), drafted)
        with pytest.raises(Refusal, match="already_reported"):
            check_ins.submit(self.tx, self.actor(name, now), drafted)

    @staticmethod
    def _is_time(habit: str, one: Duty, day: date) -> bool:
        due = one.due_day(SHANGHAI)
        assert due is not None
        return {
            "on time": day >= due,
            "early": day >= due - timedelta(days=1),
            "late": day > due + timedelta(days=3),
        }.get(habit, False)

    def _tick_twice(self, now: datetime) -> None:
        """After a tick that touched no row there is nothing to see in another: it would find what the first one found."""
        untouched = self._touched()
        self._tick(now)
        if self._touched() == untouched:
            return
        before = self._counted()
        self._tick(now)
        assert self._counted() == before, f"a doubled tick at {now} added something"

    def _tick(self, now: datetime) -> None:
        for step in tick.STEPS:
            while step(self.tx, Actor.clock(now)):
                pass

    def _touched(self) -> int:
        """How many rows the connection has added, changed or taken away so far."""
        return int(self.tx.scalar(TOUCHED))

    def _counted(self) -> tuple[int, ...]:
        tables = (outbox_table, duty, check_in_subject)
        return tuple(int(self.tx.scalar(select(func.count()).select_from(table))) for table in tables)

    def _deliver(self, now: datetime) -> None:
        while rows := outbox.claim(self.tx, "quarter", now, now, limit=50):
            for row in rows:
                self._decide(row, now)

    def _decide(self, row: outbox.Waiting, now: datetime) -> None:
        verdict = delivery.decide(self.tx, row, now)
        if isinstance(verdict, Go):
            data = self._loaded(row, verdict.recipient)
            beneath = self._beneath(row, verdict.recipient)
            if isinstance(data, News) and not (data.is_worth_telling or beneath):
                data = Skip("no_news")
            verdict = data if isinstance(data, Skip) else verdict
        if isinstance(verdict, Wait):
            outbox.postpone(self.tx, row.id, verdict.until, verdict.reason)
        elif isinstance(verdict, Skip):
            outbox.settle(self.tx, row.id, "skipped", now, reason=verdict.reason)
        else:
            outbox.settle(self.tx, row.id, "sent", now)
            assert row.person_id is not None
            for one, told in beneath:
                outbox.settle(self.tx, one.id, "sent", now, reason=outbox.IN_A_DIGEST)
                self.told_beneath[row.person_id] += one.kind == NOISE
                self.sent.append(Sent(now, row.person_id, one.kind, unasked=False, data=told))
            self.sent.append(Sent(now, row.person_id, row.kind, row.unasked, data))

    def _beneath(self, digest: outbox.Waiting, reader: Actor) -> list[tuple[outbox.Waiting, Any]]:
        held = [(one, self._loaded(one, reader)) for one in delivery.beneath(self.tx, digest)]
        return [(one, data) for one, data in held if not isinstance(data, Skip)]

    def _loaded(self, row: outbox.Waiting, recipient: Actor) -> Any:
        if row.kind == NOISE:
            return NOISE
        try:
            return ROUTES.screens[row.kind].load(self.tx, recipient, **row.payload)
        except Refusal as refusal:
            return Skip(refusal.code)

    def prompts(self) -> Iterator[tuple[Sent, Prompt]]:
        return ((one, one.data) for one in self.sent if isinstance(one.data, Prompt))


@pytest.fixture
async def bare(sqlite_url: str) -> Database:
    return await open_database(sqlite_url)


async def lived_through(bare: Database, downtime: str, branches: int = 1) -> None:
    first, length = DOWNTIMES[downtime] or (LAST, 0)
    down = frozenset(first + timedelta(days=number) for number in range(length))

    def story(tx: Writer) -> None:
        quarter = Quarter(tx, Cast(tx, at(9, 1)), down, branches)
        quarter.begin()
        quarter.run()
        check(quarter)

    await bare.write(story)
    await bare.close()


@pytest.mark.parametrize(
    "downtime", ["up", *(pytest.param(one, marks=pytest.mark.long) for one in ("three days", "forty days"))]
)
async def test_a_quarter_day_by_day(bare: Database, downtime: str) -> None:
    await lived_through(bare, downtime)


@pytest.mark.long
async def test_a_quarter_of_250_people(bare: Database) -> None:
    await lived_through(bare, "up", BRANCHES)


def check(quarter: Quarter) -> None:
    tx = quarter.tx
    rows = tx.all(select(duty))
    nobody_is_written_to_too_often(quarter)
    what_was_held_back_is_told(quarter)
    mentioned: dict[int, list[date]] = defaultdict(list)
    for sent, prompt in quarter.prompts():
        for one in (*prompt.coming, *prompt.overdue, *prompt.other):
            mentioned[one.id].append(sent.at.astimezone(SHANGHAI).date())
    for row in rows:
        closed = row.closes_at <= at(12, 31, 22)
        assert not closed or row.state in ("done", "excused", "missed", "cancelled"), row
        assert row.state != "done" or row.kind != DutyKind.REPORT or row.done_at is not None
        what_is_owed_is_mentioned(quarter, row, mentioned)
    answered = list(tx.scalars(select(check_in_subject.c.duty_id)))
    assert len(answered) == len(set(answered))
    assert set(answered) == {row.id for row in rows if row.kind == DutyKind.REPORT and row.state == "done"}
    nobody_is_asked_after_reporting(quarter, {row.id: row.done_at for row in rows})
    every_period_is_there(quarter, rows)
    told = [one.data for one in quarter.sent if one.kind == "reminders.digest" and isinstance(one.data, News)]
    assert {name for news in told for name in news.silent} >= {"乙从不", "戊双周", "庚廿五"}
    assert any(news.reviews for news in told)


def nobody_is_written_to_too_often(quarter: Quarter) -> None:
    weeks = Counter((one.person_id, one.at.isocalendar()[:2]) for one in quarter.sent if one.unasked)
    assert max(weeks.values()) <= 3, weeks.most_common(3)
    for one in quarter.sent:
        assert time(8) <= one.at.time() < time(21), one
        assert not time(12) <= one.at.time() < time(14), one


def what_was_held_back_is_told(quarter: Quarter) -> None:
    """Long after the flood nothing waits any more, and all of it has been told."""
    for person_id, happened in quarter.happened.items():
        assert sum(one.person_id == person_id and one.kind == NOISE for one in quarter.sent) == happened, person_id
    assert sum(quarter.told_beneath.values())


def what_is_owed_is_mentioned(quarter: Quarter, row: Any, mentioned: Mapping[int, Sequence[date]]) -> None:
    """What stands open at nine on its due day, or on the first day up after it, was asked for then or on the working day
    before, and thrice at most.
    """
    if row.kind not in ASKED_FOR or row.due_at is None or row.state in ("cancelled", "excused"):
        return
    due = row.due_at.astimezone(SHANGHAI).date()
    asked_on = next((day for n in range(60) if (day := due + timedelta(days=n)) not in quarter.down), due)
    nine = datetime.combine(asked_on, time(9), SHANGHAI)
    stood = nine < row.closes_at and nine.date() <= LAST and (row.done_at is None or row.done_at > nine)
    if stood and row.opens_at <= nine:
        days = calendar.of_unit(quarter.tx, quarter.cast.branch, FIRST)
        in_time = {asked_on, days.previous_working_day(asked_on)}
        if not days.is_working_day(asked_on):
            in_time |= {days.previous_working_day(days.previous_working_day(asked_on))}
        if came_at_short_notice(quarter, row, due):
            in_time = {due + timedelta(days=n) for n in range(SPAN_OF_DIGESTS)}
        assert in_time & set(mentioned.get(row.id, ())), (row, mentioned.get(row.id))
        assert len(mentioned[row.id]) <= 3, (row, mentioned[row.id])


def came_at_short_notice(quarter: Quarter, row: Any, due: date) -> bool:
    """All three had gone when it was agreed: it is told with the next digest."""
    begins = {quarter.cast.people[name]: day for name, day in SHORT_NOTICE.items()}.get(row.holder_id)
    return begins is not None and due == begins + timedelta(days=1)


def nobody_is_asked_after_reporting(quarter: Quarter, done_at: dict[int, datetime | None]) -> None:
    for one, prompt in quarter.prompts():
        for asked in (*prompt.coming, *prompt.overdue, *prompt.other):
            moment = done_at[asked.id]
            assert moment is None or one.at < moment, (one, asked)


def every_period_is_there(quarter: Quarter, rows: Collection[Any]) -> None:
    """Counted afresh from the calendar: nothing was left out, and what was paused or on leave is not owed.

    For a month that locked while all was down nothing can be owed any more.
    """
    days = calendar.of_unit(quarter.tx, quarter.cast.branch, FIRST)
    for name, pairing_id in quarter.paired.items():
        found = {
            row.period: row for row in rows if (row.subject_kind, row.subject_id) == (SubjectKind.PAIRING, pairing_id)
        }
        for key, due, locked in _expected(quarter, name, pairing_id, days):
            if key not in found:
                assert locked or _is_paused(name, due), (name, key)
            elif kind_of(name) == "辛休假" and LEAVE.first <= due <= LEAVE.last:
                assert found[key].state == "excused", found[key]
            elif _is_paused(name, due) and not quarter.down:
                assert found[key].state in ("cancelled", "excused"), found[key]
    turns = [row for row in rows if row.subject_kind == SubjectKind.ROTATION and row.kind == DutyKind.REPORT]
    if quarter.rotation:
        owed = [row for row in turns if row.state != "cancelled" and row.due_at is not None]
        assert owed
        assert max(row.due_at for row in owed).astimezone(SHANGHAI).date() <= ROTATION[1]


def kind_of(name: str) -> str:
    """Those of the other branches bear its number."""
    return name.rstrip("0123456789")


def cadence_of(name: str) -> Cadence:
    return THURSDAYS if name in SHORT_NOTICE else MENTEES[kind_of(name)][0]


def _is_paused(name: str, due: date) -> bool:
    return kind_of(name) == "壬暂停" and PAUSED_ON < due < RESUMED_ON


def _expected(quarter: Quarter, name: str, pairing_id: int, days: WorkCalendar) -> Iterator[tuple[str, date, bool]]:
    row = quarter.tx.one(select(pairing.c.active_on).where(pairing.c.id == pairing_id))
    for period in periods_between(row.active_on, LAST - timedelta(days=7), cadence_of(name), row.active_on, days):
        if period.due_day is not None and period.due_day >= row.active_on:
            while_down = period.first in quarter.down or period.due_day in quarter.down
            yield period.key, period.due_day, while_down
