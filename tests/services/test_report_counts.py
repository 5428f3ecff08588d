"""Reports that were counted beside the duties say what the duties say, whatever happened to them and whenever it was counted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain.actors import Actor
from domain.calendar import Month
from domain.check_ins import Capacity
from domain.duties import DutyState
from domain.reviews import ReviewKind
from domain.summaries import Edition, ReportCounts, WaitingReviews
from domain.units import UnitKind
from services.summaries import month_summary
from services.tick import count_reports
from storage import answer_times, duties, people, reviews, roster
from storage.database import Database, Reader, Writer
from storage.tables import check_in, duty, person, recount, review, unit_above
from tests.services.written_months import Organisation, at

MONTHS = ("2026-09", "2026-10")
OCTOBER = Month(2026, 10)
DAYS = ("2026-09-18", "2026-09-25", "2026-10-09", "2026-10-16", "2026-10-23")
MOMENTS = tuple(at(day, "18:00") for day in (*DAYS, "2026-10-31", "2026-11-03"))
PEOPLE = 4


@dataclass(slots=True)
class Office:
    """A committee, two branches, a group in one of them; everybody owes a report on each of the days."""

    units: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    duties: list[int] = field(default_factory=list)
    check_ins: list[int] = field(default_factory=list)


def founded(tx: Writer) -> Office:
    made, office = Organisation(tx), Office()
    committee = made.unit(UnitKind.COMMITTEE, "青江供电公司党委")
    branch = made.unit(UnitKind.BRANCH, "变电检修党支部", committee)
    other = made.unit(UnitKind.BRANCH, "输电运检党支部", committee)
    office.units = [committee, branch, other, made.unit(UnitKind.GROUP, "检修二班党小组", branch)]
    office.people = [made.person(f"同志{one}", office.units[one % 4]) for one in range(PEOPLE)]
    for mentee in office.people:
        pairing = made.pairing(mentee, office.people[0])
        office.duties += [made.duty(pairing, mentee, day, "scheduled") for day in DAYS]
        office.check_ins += [made.report(office.duties[-one], mentee, "2026-10", MOMENTS[one]) for one in (1, 2)]
    return office


Step = Callable[[Writer, Office], None]
ONE, WHEN = st.integers(0, 99), st.sampled_from(MOMENTS)


def settled(one: int, state: DutyState, when: dt.datetime, minutes: int | None = None) -> Step:
    done = {"done_at": when, "answered_in": minutes} if state is DutyState.DONE else {"done_at": None}
    return lambda tx, office: duties.settle(tx, [pick(office.duties, one)], state, **done)


def moved_to(one: int, day: str) -> Step:
    """Another due day, perhaps of another month."""
    return lambda tx, office: duties.change(tx, [pick(office.duties, one)], month=day[:7], due_at=at(day, "18:00"))


def handed_over(one: int, other: int) -> Step:
    return lambda tx, office: duties.change(tx, [pick(office.duties, one)], holder_id=pick(office.people, other))


def transferred(one: int, other: int, *, by_roster: bool) -> Step:
    def step(tx: Writer, office: Office) -> None:
        who, where = pick(office.people, one), pick(office.units, other)
        if by_roster:
            roster.change_people(tx, {who: {"unit_id": where}})
        else:
            people.update_fields(tx, who, unit_id=where)

    return step


def added(one: int, day: str) -> Step:
    def step(tx: Writer, office: Office) -> None:
        row = {
            "kind": "report", "subject_kind": "rotation", "subject_id": 900 + one, "period": day, "month": day[:7],
            "holder_id": pick(office.people, one), "state": "open", "opens_at": at(day), "due_at": at(day, "18:00"),
            "closes_at": at("2026-11-06"),
        }  # fmt: skip
        duties.add_all(tx, [row])

    return step


def answered(one: int, kind: ReviewKind, capacity: Capacity, when: dt.datetime) -> Step:
    return lambda tx, office: void(
        reviews.add(tx, pick(office.check_ins, one), office.people[0], capacity, kind, "", when)
    )


def added_to(one: int, when: dt.datetime) -> Step:
    return lambda tx, office: void(reviews.mark_answered(tx, pick(office.check_ins, one), when))


def taken_back(one: int, when: dt.datetime) -> Step:
    def step(tx: Writer, _: Office) -> None:
        ids = tx.scalars(select(review.c.id).order_by(review.c.id))
        if ids:
            reviews.withdraw(tx, pick(ids, one), when)

    return step


def counted(tx: Writer, _: Office) -> None:
    while count_reports(tx, Actor.clock(MOMENTS[0])):
        pass


def void(_: object) -> None:
    """A step has no result."""


def pick(those: Sequence[int], one: int) -> int:
    return those[one % len(those)]


STEPS = st.one_of(
    st.builds(settled, ONE, st.sampled_from(DutyState), WHEN, st.sampled_from((None, 5, 40))),
    st.builds(moved_to, ONE, st.sampled_from(DAYS)),
    st.builds(handed_over, ONE, ONE),
    st.builds(transferred, ONE, ONE, by_roster=st.booleans()),
    st.builds(added, ONE, st.sampled_from(DAYS)),
    st.builds(answered, ONE, st.sampled_from(ReviewKind), st.sampled_from(Capacity), WHEN),
    st.builds(added_to, ONE, WHEN),
    st.builds(taken_back, ONE, WHEN),
    st.just(counted),
)


def live_counts(tx: Reader, unit_id: int, now: dt.datetime) -> dict[str, ReportCounts]:
    """By month, from every single duty of everybody beneath."""
    rows = tx.all(
        select(duty.c.month, duty.c.state, duty.c.due_at, duty.c.done_at)
        .join(person, person.c.id == duty.c.holder_id)
        .join(unit_above, unit_above.c.unit_id == person.c.unit_id)
        .where(unit_above.c.above_id == unit_id, duty.c.kind == "report", duty.c.month.in_(MONTHS))
    )
    found = {month: Counter[str]() for month in MONTHS}
    for row in rows:
        found[row.month].update(_what(row, now))
    return {month: _sum(each) for month, each in found.items()}


def _what(row: Any, now: dt.datetime) -> list[str]:
    match row.state:
        case "done":
            return ["handed_in", *(["late"] if row.done_at > row.due_at else [])]
        case "excused" | "cancelled":
            return [row.state]
        case "missed":
            return ["not_handed_in"]
    return ["not_handed_in" if row.due_at < now else "not_due_yet"]


def _sum(each: Counter[str]) -> ReportCounts:
    names = ("handed_in", "late", "excused", "not_handed_in", "not_due_yet")
    due = each["handed_in"] + each["excused"] + each["not_handed_in"]
    return ReportCounts(due=due, **{name: each[name] for name in names})


def live_waiting(tx: Reader, unit_id: int, end: dt.datetime) -> int:
    """How many reports nobody had answered at that moment, looking at each review of each."""
    reports = tx.all(
        select(check_in.c.id, check_in.c.submitted_at)
        .join(person, person.c.id == check_in.c.person_id)
        .join(unit_above, unit_above.c.unit_id == person.c.unit_id)
        .where(unit_above.c.above_id == unit_id, check_in.c.withdrawn_at.is_(None))
    )
    said = tx.all(select(review).where(review.c.withdrawn_at.is_(None), review.c.capacity != "secretary"))
    answers = {
        one.check_in_id
        for one in said
        if one.at < end and (one.kind != "please_add" or one.answered_at is None or one.answered_at >= end)
    }
    return sum(one.submitted_at < end and one.id not in answers for one in reports)


def live_times(tx: Reader, unit_id: int) -> tuple[dict[int, int], int]:
    """How many answers took how long in October, and of how many people."""
    rows = tx.all(
        select(duty.c.holder_id, duty.c.answered_in)
        .join(person, person.c.id == duty.c.holder_id)
        .join(unit_above, unit_above.c.unit_id == person.c.unit_id)
        .where(unit_above.c.above_id == unit_id, duty.c.kind == "report", duty.c.month == "2026-10")
        .where(duty.c.state == "done", duty.c.answered_in.is_not(None))
    )
    return dict(Counter(row.answered_in for row in rows)), len({row.holder_id for row in rows})


def agree(tx: Reader, office: Office, now: dt.datetime) -> None:
    for unit_id in office.units[:3]:
        made = month_summary(tx, unit_id, OCTOBER, now, Edition.DRAFT)
        live = live_counts(tx, unit_id, now)
        assert made.reports_total == live["2026-10"]
        assert (made.reports_before or ReportCounts()) == live["2026-09"]
        assert answer_times.beneath(tx, {"unit": unit_id, "month": "2026-10"}) == live_times(tx, unit_id)
        end = min(now, at("2026-11-01", "00:00"))
        assert made.reviews_waiting.number == live_waiting(tx, unit_id, end)


async def counts_stay_those_of_the_duties(database: Database, steps: list[Step], now: dt.datetime) -> None:
    class Undone(Exception):
        pass

    def unit_of_work(tx: Writer) -> None:
        office = founded(tx)
        for step in steps:
            step(tx, office)
            agree(tx, office, now)
        counted(tx, office)
        agree(tx, office, now)
        raise Undone

    with pytest.raises(Undone):
        await database.write(unit_of_work)


WHATEVER = given(steps=st.lists(STEPS, max_size=12), now=WHEN)
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@settings(SHARED, max_examples=15)
@WHATEVER
async def test_whatever_happens_the_counts_are_those_of_the_duties(
    database: Database, steps: list[Step], now: dt.datetime
) -> None:
    await counts_stay_those_of_the_duties(database, steps, now)


@pytest.mark.long
@settings(SHARED, max_examples=200)
@WHATEVER
async def test_they_are_in_two_hundred_stories(database: Database, steps: list[Step], now: dt.datetime) -> None:
    await counts_stay_those_of_the_duties(database, steps, now)


async def test_only_what_a_count_rests_on_is_noted_and_a_tick_takes_it_away(database: Database) -> None:
    office = await database.write(founded)
    noted = select(recount.c.holder_id, recount.c.month)
    await database.write(lambda tx: counted(tx, office))
    assert await database.read(lambda tx: tx.all(noted)) == []
    await database.write(lambda tx: duties.change(tx, office.duties, prompts=1))
    await database.write(lambda tx: people.update_fields(tx, office.people[0], post="班长"))
    assert await database.read(lambda tx: tx.all(noted)) == []
    await database.write(lambda tx: settled(0, DutyState.EXCUSED, MOMENTS[0])(tx, office))
    found = await database.read(lambda tx: [tuple(row) for row in tx.all(noted)])
    assert found == [(office.people[0], DAYS[0][:7])]
    await database.write(lambda tx: counted(tx, office))
    assert await database.read(lambda tx: tx.all(noted)) == []


async def test_a_month_without_reports_waits_for_nothing(database: Database) -> None:
    def alone(tx: Writer) -> WaitingReviews:
        made = Organisation(tx)
        committee = made.unit(UnitKind.COMMITTEE, "青江供电公司党委")
        return month_summary(tx, committee, OCTOBER, MOMENTS[-1], Edition.DRAFT).reviews_waiting

    assert await database.write(alone) == WaitingReviews()
