"""Duties on both engines: what is planned, when it can be reported, what a leave excuses, what ends with its subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

import pytest
from sqlalchemy import select, update

from domain.actors import Actor
from domain.calendar import local_day
from domain.duties import Duty, DutyKind, DutyState, Excuse, SubjectKind
from domain.pairings import PairingState
from domain.periods import Cadence, CadenceKind
from domain.refusals import Refusal
from services import duties
from services.duty_planning import bring_up_to
from storage import duty_plans
from storage.database import Database, Writer
from storage.tables import duty, outcome, pairing, rotation
from tests.services.duty_cast import SHANGHAI, START, Cast, at

Result = TypeVar("Result")


async def told(database: Database, story: Callable[[Cast], Result]) -> Result:
    """A story on the cast of six, whole in one unit."""
    return await database.write(lambda tx: story(Cast(tx)))


def rows(tx: Writer, kind: DutyKind = DutyKind.REPORT) -> list[tuple[str, str]]:
    """Period and state of every duty of a kind."""
    found = tx.all(select(duty.c.period, duty.c.state).where(duty.c.kind == kind).order_by(duty.c.opens_at, duty.c.id))
    return [(row.period, row.state) for row in found]


def due_days(tx: Writer) -> list[date | None]:
    found = tx.scalars(select(duty.c.due_at).where(duty.c.kind == DutyKind.REPORT).order_by(duty.c.opens_at))
    return [None if due is None else local_day(due, SHANGHAI) for due in found]


def reportable(cast: Cast, now: datetime = START) -> list[Duty]:
    return duties.reportable(cast.tx, cast.people["李明"], now)


def stands(cast: Cast, pairing_id: int, state: PairingState, moment: datetime) -> None:
    """A pairing comes to another state, and its duties follow."""
    cast.tx.run(update(pairing).where(pairing.c.id == pairing_id).values(state=state))
    duties.plan_subject(cast.tx, Actor.clock(moment), SubjectKind.PAIRING, pairing_id)


async def test_this_week_and_the_next_are_planned_and_planning_again_adds_nothing(database: Database) -> None:
    def story(cast: Cast) -> None:
        pairing_id = cast.pair()
        duties.plan_subject(cast.tx, Actor.clock(START), SubjectKind.PAIRING, pairing_id)
        assert rows(cast.tx) == [("2026-W42", "scheduled"), ("2026-W43", "scheduled")]
        assert due_days(cast.tx) == [date(2026, 10, 16), date(2026, 10, 23)]

    await told(database, story)


async def test_a_report_is_for_this_week_with_the_direction_as_its_label(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        [found] = reportable(cast)
        assert (found.period, found.label, found.due_day()) == ("2026-W42", "继电保护调试", date(2026, 10, 16))
        coming = duties.next_report(cast.tx, cast.people["李明"], START)
        assert coming is not None
        assert coming.id == found.id

    await told(database, story)


async def test_whoever_is_paired_on_friday_evening_owes_nothing_for_the_week_but_may_report(database: Database) -> None:
    def story(cast: Cast) -> None:
        evening = at(10, 16, 19)
        cast.pair(now=evening)
        [found] = reportable(cast, evening)
        assert (found.state, found.excuse, found.due_at) == (DutyState.EXCUSED, Excuse.BEFORE_START, None)
        duties.complete(cast.tx, cast.actor("李明", evening), [found.id], evening)
        assert rows(cast.tx) == [("2026-W42", "done"), ("2026-W43", "scheduled")]

    await told(database, story)


async def test_a_second_report_for_the_same_duty_is_refused(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        [found] = reportable(cast)
        actor = cast.actor("李明")
        duties.complete(cast.tx, actor, [found.id], START)
        with pytest.raises(Refusal, match="already_reported"):
            duties.complete(cast.tx, actor, [found.id], START)
        assert reportable(cast) == []

    await told(database, story)


async def test_a_report_taken_back_is_owed_and_prompted_again(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        [found] = reportable(cast)
        actor = cast.actor("李明")
        duties.complete(cast.tx, actor, [found.id], START)
        duties.reopen(cast.tx, actor, [found.id])
        [again] = reportable(cast)
        assert (again.state, again.next_reminder_at) == (DutyState.OPEN, at(10, 16, 9))

    await told(database, story)


async def test_an_overdue_report_can_be_handed_in_until_its_month_locks(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        [found] = reportable(cast)
        eve, lock = at(11, 5, 23, 59), at(11, 6, 0)
        assert found in reportable(cast, eve)
        assert found not in reportable(cast, lock)
        with pytest.raises(Refusal, match="month_locked"):
            duties.complete(cast.tx, cast.actor("李明", lock), [found.id], lock)

    await told(database, story)


async def test_skipping_wants_a_reason_and_can_be_made_good(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        [found] = reportable(cast)
        actor = cast.actor("李明")
        with pytest.raises(Refusal, match="skip_without_reason"):
            duties.skip(cast.tx, actor, found.id, "  ")
        duties.skip(cast.tx, actor, found.id, "抢修任务集中")
        [skipped] = reportable(cast)
        assert (skipped.state, skipped.reason) == (DutyState.EXCUSED, "抢修任务集中")
        duties.complete(cast.tx, actor, [found.id], START)
        assert rows(cast.tx)[0] == ("2026-W42", "done")

    await told(database, story)


async def test_only_the_holder_and_the_secretary_may_skip(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        [found] = reportable(cast)
        for name in ("王芳", "赵强", "林一"):
            with pytest.raises(Refusal, match="not_yours"):
                duties.skip(cast.tx, cast.actor(name), found.id, "出差")
        duties.skip(cast.tx, cast.actor("陈静"), found.id, "出差")
        with pytest.raises(Refusal, match="already_done"):
            duties.skip(cast.tx, cast.actor("李明"), found.id, "出差")

    await told(database, story)


async def test_another_cadence_replaces_what_has_not_fallen_due(database: Database) -> None:
    def story(cast: Cast) -> None:
        pairing_id = cast.pair()
        cast.tx.run(update(pairing).values(cadence=CadenceKind.MONTHLY, report_day=31))
        duties.plan_subject(cast.tx, Actor.clock(START), SubjectKind.PAIRING, pairing_id)
        standing = [period for period, state in rows(cast.tx) if state == "scheduled"]
        assert standing == ["2026-10", "2026-11"]
        cast.tx.run(update(pairing).values(cadence=CadenceKind.WEEKLY, report_day=4))
        duties.plan_subject(cast.tx, Actor.clock(START), SubjectKind.PAIRING, pairing_id)
        standing = [period for period, state in rows(cast.tx) if state == "scheduled"]
        assert standing == ["2026-W42", "2026-W43"]

    await told(database, story)


async def test_an_ended_pairing_keeps_what_was_owed_and_cancels_the_rest(database: Database) -> None:
    def story(cast: Cast) -> None:
        pairing_id = cast.pair(outcome_on=date(2026, 12, 31))
        stands(cast, pairing_id, PairingState.ENDED_EARLY, at(10, 17))
        assert rows(cast.tx) == [("2026-W42", "scheduled"), ("2026-W43", "cancelled")]
        assert rows(cast.tx, DutyKind.OUTCOME) == [("once", "cancelled")]
        assert duty_plans.get(cast.tx, SubjectKind.PAIRING, pairing_id) is None

    await told(database, story)


async def test_a_pairing_that_resumes_takes_up_the_week_it_left(database: Database) -> None:
    def story(cast: Cast) -> None:
        pairing_id = cast.pair()
        stands(cast, pairing_id, PairingState.PAUSED, START)
        assert {state for _, state in rows(cast.tx)} == {"cancelled"}
        stands(cast, pairing_id, PairingState.ACTIVE, at(10, 13))
        assert rows(cast.tx) == [("2026-W42", "scheduled"), ("2026-W43", "scheduled")]

    await told(database, story)


async def test_after_a_pause_the_weeks_in_between_are_not_owed(database: Database) -> None:
    def story(cast: Cast) -> None:
        pairing_id = cast.pair()
        stands(cast, pairing_id, PairingState.PAUSED, START)
        stands(cast, pairing_id, PairingState.ACTIVE, at(11, 11))
        standing = [period for period, state in rows(cast.tx) if state == "scheduled"]
        assert standing == ["2026-W46", "2026-W47"]

    await told(database, story)


async def test_planning_a_pairing_that_is_not_active_gives_no_duties(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair(state=PairingState.CONFIRMED)
        assert rows(cast.tx) == []

    await told(database, story)


async def test_a_rotation_reports_by_the_cadence_of_the_pairing_and_not_beyond_its_end(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair(cadence=Cadence(CadenceKind.FORTNIGHTLY, 4))
        rotation_id = cast.rotate(date(2026, 10, 19), date(2026, 11, 4))
        found = cast.tx.all(
            select(duty.c.period, duty.c.due_at, duty.c.opens_at)
            .where(duty.c.subject_kind == SubjectKind.ROTATION, duty.c.kind == DutyKind.REPORT)
            .order_by(duty.c.opens_at)
        )
        assert [(row.period, row.due_at, row.opens_at) for row in found] == [
            ("2026-W42/2", at(10, 23, 18), at(10, 19, 0))
        ]
        plan = duty_plans.get(cast.tx, SubjectKind.ROTATION, rotation_id)
        assert plan is not None
        assert plan.next_at == at(10, 26, 0)

    await told(database, story)


async def test_a_rotation_without_a_pairing_reports_weekly_by_the_profile(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.rotate(date(2026, 10, 19), date(2026, 12, 18))
        assert rows(cast.tx) == [("2026-W43", "scheduled"), ("2026-W44", "scheduled")]
        assert [rows(cast.tx, kind) for kind in (DutyKind.ROTATION_START, DutyKind.ROTATION_EVALUATION)] == [
            [("once", "scheduled")],
            [("once", "scheduled")],
        ]

    await told(database, story)


async def test_a_rotation_that_moves_takes_its_days_along(database: Database) -> None:
    def story(cast: Cast) -> None:
        rotation_id = cast.rotate(date(2026, 10, 19), date(2026, 12, 18))
        cast.tx.run(update(rotation).values(starts_on=date(2026, 10, 26)))
        duties.plan_subject(cast.tx, Actor.clock(START), SubjectKind.ROTATION, rotation_id)
        assert rows(cast.tx) == [("2026-W43", "cancelled"), ("2026-W44", "scheduled"), ("2026-W45", "scheduled")]
        start = cast.tx.scalar(select(duty.c.opens_at).where(duty.c.kind == DutyKind.ROTATION_START))
        assert start == at(10, 26, 0)

    await told(database, story)


async def test_weeks_missed_by_a_stopped_program_are_planned_late_and_owed(database: Database) -> None:
    def story(cast: Cast) -> None:
        pairing_id = cast.pair()
        plan = duty_plans.get(cast.tx, SubjectKind.PAIRING, pairing_id)
        assert plan is not None
        bring_up_to(cast.tx, Actor.clock(at(11, 4)), plan, {})
        assert rows(cast.tx) == [(f"2026-W{week}", "scheduled") for week in range(42, 47)]
        assert None not in due_days(cast.tx)
        bring_up_to(cast.tx, Actor.clock(at(11, 4)), replace(plan, next_at=at(11, 2, 0)), {})
        assert len(rows(cast.tx)) == 5

    await told(database, story)


async def test_an_outcome_that_was_reached_is_asked_for_no_more(database: Database) -> None:
    def story(cast: Cast) -> None:
        pairing_id = cast.pair(outcome_on=date(2026, 10, 30))
        assert rows(cast.tx, DutyKind.OUTCOME) == [("once", "scheduled")]
        cast.tx.run(update(outcome).values(claimed_at=START))
        duties.plan_subject(cast.tx, Actor.clock(START), SubjectKind.PAIRING, pairing_id)
        assert rows(cast.tx, DutyKind.OUTCOME) == [("once", "done")]

    await told(database, story)
