"""Moments in time on both engines: what opens, closes, is prompted and told; doubled ticks and days of downtime."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from domain.actors import Actor
from domain.check_ins import Standing
from domain.duties import DutyKind, Leave, SubjectKind
from domain.periods import Cadence, CadenceKind
from domain.rotations import RotationState
from services import audit_seals, duties, duty_steps, tick
from storage import audit_seals as seal_rows
from storage import leaves
from storage.database import Database, Writer
from storage.tables import account, audit, audit_value, check_in, check_in_subject, duty, outbox, rotation
from tests.services.duty_cast import START, Cast, at


def run(tx: Writer, moment: datetime) -> None:
    """One tick, whole in the test's unit."""
    for step in tick.STEPS:
        while step(tx, Actor.clock(moment)):
            pass


def told(tx: Writer, kind: str = "reminders.prompt") -> list[tuple[int, Any]]:
    found = tx.all(select(outbox.c.person_id, outbox.c.payload).where(outbox.c.kind == kind).order_by(outbox.c.id))
    return [(row.person_id, row.payload) for row in found]


def send_all(cast: Cast, moment: datetime, state: str = "sent") -> None:
    """What waits in the outbox is sent, or is not."""
    cast.tx.run(update(outbox).where(outbox.c.state == "waiting").values(state=state, settled_at=moment))


def states(tx: Writer) -> dict[str, str]:
    found = tx.all(select(duty.c.period, duty.c.state).where(duty.c.kind == DutyKind.REPORT))
    return {row.period: row.state for row in found}


async def play(database: Database, story: Callable[[Cast], None]) -> None:
    await database.write(lambda tx: story(Cast(tx)))


def hand_in(cast: Cast, moment: datetime, name: str = "李明") -> None:
    """A report as the table holds it: for all that can be reported on."""
    chosen = duties.reportable(cast.tx, cast.people[name], moment)
    duties.complete(cast.tx, cast.actor(name, moment), [one.id for one in chosen], moment)
    check_in_id = cast.tx.insert(
        check_in, person_id=cast.people[name], month="2026-10", text="完成两次校验", standing=Standing.ON_TRACK,
        submitted_at=moment,
    )  # fmt: skip
    for one in chosen:
        cast.tx.insert(check_in_subject, check_in_id=check_in_id, duty_id=one.id)


async def test_a_week_opens_is_prompted_twice_and_closes_with_its_month(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        run(cast.tx, START)
        assert states(cast.tx) == {"2026-W42": "open", "2026-W43": "scheduled"}
        assert told(cast.tx) == []
        run(cast.tx, at(10, 16, 9))
        run(cast.tx, at(10, 19, 9))
        assert [person for person, _ in told(cast.tx)] == [cast.people["李明"]] * 2
        assert states(cast.tx) == {"2026-W42": "open", "2026-W43": "open", "2026-W44": "scheduled"}
        run(cast.tx, at(10, 20, 9))
        assert len(told(cast.tx)) == 2
        run(cast.tx, at(11, 6, 0))
        assert states(cast.tx)["2026-W42"] == "missed"

    await play(database, story)


async def test_a_doubled_tick_adds_nothing(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        cast.rotate(date(2026, 10, 20), date(2026, 12, 18))
        for moment in (at(10, 16, 9), at(10, 19, 9)):
            run(cast.tx, moment)
            before = cast.tx.all(select(outbox.c.unique_key)), states(cast.tx)
            run(cast.tx, moment)
            assert (cast.tx.all(select(outbox.c.unique_key)), states(cast.tx)) == before

    await play(database, story)


async def test_days_of_downtime_end_in_exactly_one_prompt_a_person(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        cast.pair("林一", "赵强")
        run(cast.tx, at(10, 28, 10))
        assert sorted(person for person, _ in told(cast.tx)) == sorted([cast.people["李明"], cast.people["林一"]])
        run(cast.tx, at(10, 28, 11))
        assert len(told(cast.tx)) == 2

    await play(database, story)


async def test_more_people_than_fit_one_unit_are_all_prompted_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duty_steps, "PEOPLE", 2)

    def story(cast: Cast) -> None:
        names = ("李明", "赵强", "陈静", "周伟", "林一")
        for name in names:
            cast.pair(name)
        cast.rotate(date(2026, 10, 12), date(2026, 12, 18), host=None)
        run(cast.tx, at(10, 16, 9))
        assert sorted(person for person, _ in told(cast.tx)) == sorted(cast.people[name] for name in names)

    await play(database, story)


async def test_all_subjects_due_on_a_day_share_one_prompt(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair(outcome_on=date(2026, 10, 16))
        cast.rotate(date(2026, 10, 12), date(2026, 12, 18))
        run(cast.tx, at(10, 16, 9))
        prompts = [payload["duties"] for _, payload in told(cast.tx)]
        assert [len(ids) for ids in prompts][-1] == 3

    await play(database, story)


async def test_longer_cadences_are_prompted_two_working_days_before_too(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair(cadence=Cadence(CadenceKind.MONTHLY, 31))
        days = [date(2026, 10, 12) + timedelta(days=n) for n in range(28)]
        seen = []
        for day in days:
            before = len(told(cast.tx))
            run(cast.tx, at(day.month, day.day, 9))
            seen += [day] * (len(told(cast.tx)) - before)
        assert seen == [date(2026, 10, 28), date(2026, 10, 30), date(2026, 11, 2)]

    await play(database, story)


async def test_reporting_takes_back_the_prompt_that_has_not_gone(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        run(cast.tx, at(10, 16, 9))
        hand_in(cast, at(10, 16, 9))
        assert list(cast.tx.scalars(select(outbox.c.reason).where(outbox.c.kind == "reminders.prompt"))) == [
            "withdrawn"
        ]
        run(cast.tx, at(10, 19, 9))
        assert len(told(cast.tx)) == 1

    await play(database, story)


async def test_whoever_switched_reminders_off_is_not_prompted(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.tx.run(update(account).where(account.c.person_id == cast.people["李明"]).values(reminders_off=True))
        cast.pair()
        run(cast.tx, at(10, 19, 9))
        assert told(cast.tx) == []
        assert states(cast.tx)["2026-W42"] == "open"

    await play(database, story)


async def test_a_leave_excuses_the_week_and_reporting_resumes_by_itself(database: Database) -> None:
    def story(cast: Cast) -> None:
        span = Leave(date(2026, 10, 15), date(2026, 10, 18))
        leaves.add(
            cast.tx, person_id=cast.people["李明"], unit_id=None, span=span, reason="", now=START, account_id=None
        )
        cast.pair()
        for day in (16, 19, 23):
            run(cast.tx, at(10, day, 9))
        assert states(cast.tx) == {"2026-W42": "excused", "2026-W43": "open", "2026-W44": "scheduled"}
        assert [payload["duties"] for _, payload in told(cast.tx)] == [
            list(cast.tx.scalars(select(duty.c.id).where(duty.c.period == "2026-W43")))
        ]

    await play(database, story)


async def test_a_rotation_is_told_of_before_begins_on_its_day_and_asks_for_its_evaluation(database: Database) -> None:
    def story(cast: Cast) -> None:
        rotation_id = cast.rotate(date(2026, 10, 19), date(2026, 12, 18))
        run(cast.tx, at(10, 15, 9))
        hearers = {person for person, payload in told(cast.tx, "reminders.rotation_starts")}
        assert hearers == {cast.people["李明"], cast.people["赵强"]}
        assert cast.tx.scalar(select(rotation.c.state)) == RotationState.PLANNED
        run(cast.tx, at(10, 19, 0))
        assert cast.tx.scalar(select(rotation.c.state)) == RotationState.IN_POST
        run(cast.tx, at(12, 16, 9))
        assert len(told(cast.tx, "reminders.rotation_ends")) == 2
        run(cast.tx, at(12, 23, 9))
        evaluation = cast.tx.one(select(duty.c.id, duty.c.state).where(duty.c.kind == DutyKind.ROTATION_EVALUATION))
        assert evaluation.state == "open"
        assert (cast.people["赵强"], {"duties": [evaluation.id]}) in told(cast.tx)
        duties.finish(cast.tx, Actor.clock(at(12, 23)), DutyKind.ROTATION_EVALUATION, SubjectKind.ROTATION, rotation_id)
        assert cast.tx.scalar(select(duty.c.state).where(duty.c.id == evaluation.id)) == "done"

    await play(database, story)


async def test_a_digest_comes_on_thursday_with_the_report_handed_in_meanwhile(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        run(cast.tx, START)
        hand_in(cast, at(10, 13))
        run(cast.tx, at(10, 14, 9))
        assert told(cast.tx, "reminders.digest") == []
        for _ in range(2):
            run(cast.tx, at(10, 15, 9))
        assert told(cast.tx, "reminders.digest") == [(cast.people["王芳"], {"day": "2026-10-15"})]

    await play(database, story)


async def test_a_digest_does_not_tell_what_came_after_its_hour(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        hand_in(cast, at(10, 15, 9, 30))
        run(cast.tx, at(10, 15, 10))
        assert told(cast.tx, "reminders.digest") == []

    await play(database, story)


async def test_a_mentee_who_has_fallen_silent_is_told_of_once(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        for day in (16, 19, 22):
            run(cast.tx, at(10, day, 9))
        assert told(cast.tx, "reminders.digest") == [(cast.people["王芳"], {"day": "2026-10-22"})]
        send_all(cast, at(10, 22, 9))
        run(cast.tx, at(10, 26, 9))
        assert told(cast.tx, "reminders.digest") == [(cast.people["王芳"], {"day": "2026-10-22"})]


async def test_a_digest_that_was_never_sent_told_nothing(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        for day in (16, 19, 22):
            run(cast.tx, at(10, day, 9))
        send_all(cast, at(10, 22, 9), "skipped")
        run(cast.tx, at(10, 26, 9))
        assert told(cast.tx, "reminders.digest") == [
            (cast.people["王芳"], {"day": "2026-10-22"}), (cast.people["王芳"], {"day": "2026-10-26"})
        ]  # fmt: skip

    await play(database, story)


async def test_without_news_there_is_no_digest(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        run(cast.tx, at(10, 15, 9))
        assert told(cast.tx, "reminders.digest") == []

    await play(database, story)


async def test_the_audit_is_sealed_in_a_chain_that_shows_a_changed_row(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        for day in (12, 16, 19):
            run(cast.tx, at(10, day, 9))
        assert cast.tx.scalar(select(audit.c.id).where(audit.c.seal_id.is_(None)).limit(1)) is None
        assert audit_seals.verify(cast.tx) == []
        changed = cast.tx.scalar(select(audit.c.id).order_by(audit.c.id).limit(1))
        cast.tx.run(update(audit).where(audit.c.id == changed).values(actor="account:9"))
        cast.tx.run(update(audit_value).where(audit_value.c.audit_id == changed).values(new={"duties": []}))
        assert {broken.kind for broken in audit_seals.verify(cast.tx)} == {"rows", "values"}

    await play(database, story)


async def test_two_processes_cannot_seal_after_the_same_seal(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        rows = seal_rows.loose(cast.tx, limit=5)
        assert seal_rows.put(cast.tx, rows, "", "a" * 64, START)
        assert not seal_rows.put(cast.tx, rows, "", "b" * 64, START)

    await play(database, story)
