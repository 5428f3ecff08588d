"""Leaves and a unit's own days on both engines: what they excuse, move and give back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from domain.actors import Actor
from domain.duties import DutyKind, Leave
from domain.refusals import Refusal
from services import calendar, holidays, leaves, tick
from services.leaves import Whom
from storage.database import Database, Writer
from storage.tables import duty, outbox, unit
from tests.services.duty_cast import START, Cast, at

FRIDAY = date(2026, 10, 16)


def run(tx: Writer, moment: datetime) -> None:
    for step in tick.STEPS:
        while step(tx, Actor.clock(moment)):
            pass


def states(cast: Cast, name: str = "李明") -> dict[str, str]:
    reports = select(duty.c.period, duty.c.state).where(duty.c.kind == DutyKind.REPORT)
    return {row.period: row.state for row in cast.tx.all(reports.where(duty.c.holder_id == cast.people[name]))}


def due(cast: Cast) -> datetime | None:
    found: datetime | None = cast.tx.scalar(select(duty.c.due_at).where(duty.c.period == "2026-W42"))
    return found


async def play(database: Database, story: Callable[[Cast], None]) -> None:
    await database.write(lambda tx: story(Cast(tx)))


async def test_a_leave_entered_late_excuses_what_is_overdue_and_open(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        run(cast.tx, at(10, 19, 9))
        leaves.take(cast.tx, cast.actor("陈静", at(10, 20)), Whom(cast.people["李明"]), Leave(FRIDAY, FRIDAY))
        assert states(cast)["2026-W42"] == "excused"

    await play(database, story)


async def test_what_was_reported_or_skipped_is_not_touched(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        cast.tx.run(update(duty).where(duty.c.period == "2026-W42").values(state="done"))
        leave_id = leaves.take(
            cast.tx, cast.actor("李明"), Whom(cast.people["李明"]), Leave(FRIDAY, date(2026, 10, 23))
        )
        assert states(cast) == {"2026-W42": "done", "2026-W43": "excused"}
        leaves.cancel(cast.tx, cast.actor("李明"), leave_id)
        assert states(cast) == {"2026-W42": "done", "2026-W43": "scheduled"}

    await play(database, story)


async def test_of_two_leaves_the_other_still_holds(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        me, actor = Whom(cast.people["李明"]), cast.actor("李明")
        first = leaves.take(cast.tx, actor, me, Leave(FRIDAY, FRIDAY))
        leaves.take(cast.tx, actor, me, Leave(date(2026, 10, 15), date(2026, 10, 17)))
        leaves.cancel(cast.tx, actor, first)
        assert states(cast)["2026-W42"] == "excused"
        with pytest.raises(Refusal, match="already_done"):
            leaves.cancel(cast.tx, actor, first)

    await play(database, story)


async def test_a_unit_on_leave_excuses_its_people_alone_and_gives_back(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        cast.pair("林一", "赵强")
        leave_id = leaves.take(cast.tx, cast.actor("陈静"), Whom(unit_id=cast.branch), Leave(FRIDAY, FRIDAY))
        run(cast.tx, at(10, 12, 10, 1))
        assert (states(cast)["2026-W42"], states(cast, "林一")["2026-W42"]) == ("excused", "open")
        leaves.cancel(cast.tx, cast.actor("陈静"), leave_id)
        run(cast.tx, at(10, 12, 10, 2))
        assert states(cast)["2026-W42"] == "open"

    await play(database, story)


async def test_only_oneself_and_whoever_leads_may_enter_a_leave(database: Database) -> None:
    def story(cast: Cast) -> None:
        li_ming, span = Whom(cast.people["李明"]), Leave(FRIDAY, FRIDAY)
        for name in ("王芳", "赵强", "林一"):
            with pytest.raises(Refusal, match="not_yours"):
                leaves.take(cast.tx, cast.actor(name), li_ming, span)
        with pytest.raises(Refusal, match="not_yours"):
            leaves.take(cast.tx, cast.actor("陈静"), Whom(unit_id=cast.other), span)
        for name in ("李明", "陈静", "周伟"):
            assert leaves.preview(cast.tx, cast.actor(name), li_ming, span).name == "李明"

    await play(database, story)


async def test_the_committees_day_off_moves_due_days_beneath_and_leaves_what_is_past(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.pair()
        holidays.put(cast.tx, cast.actor("周伟"), cast.committee, FRIDAY, working=False)
        run(cast.tx, at(10, 12, 10, 1))
        assert due(cast) == at(10, 15, 18)
        run(cast.tx, at(10, 15, 19))
        holidays.remove(cast.tx, cast.actor("周伟", at(10, 15, 19)), cast.committee, FRIDAY)
        run(cast.tx, at(10, 15, 19, 1))
        assert due(cast) == at(10, 15, 18)

    await play(database, story)


async def test_a_branchs_word_goes_before_the_committees(database: Database) -> None:
    def story(cast: Cast) -> None:
        holidays.put(cast.tx, cast.actor("周伟"), cast.committee, FRIDAY, working=False)
        holidays.put(cast.tx, cast.actor("陈静"), cast.branch, FRIDAY, working=True)
        works = {
            unit_id: calendar.of_unit(cast.tx, unit_id, START.date()).is_working_day(FRIDAY)
            for unit_id in (cast.committee, cast.branch, cast.other)
        }
        assert works == {cast.committee: False, cast.branch: True, cast.other: False}

    await play(database, story)


async def test_a_profile_sets_due_hour_and_quiet_hours_for_all_beneath(database: Database) -> None:
    def story(cast: Cast) -> None:
        profile = {"due_time": "16:30", "prompt_time": "10:00"}
        cast.tx.run(update(unit).where(unit.c.id == cast.committee).values(profile=profile))
        cast.pair()
        assert due(cast) == at(10, 16, 16, 30)
        assert cast.tx.scalar(select(duty.c.next_reminder_at).where(duty.c.period == "2026-W42")) == at(10, 16, 10)

    await play(database, story)


async def test_administrators_hear_in_december_and_once_of_a_year_not_announced(database: Database) -> None:
    def story(cast: Cast) -> None:
        cast.give_administrator("周伟")
        run(cast.tx, at(11, 30))
        assert cast.tx.scalar(select(outbox.c.id).where(outbox.c.kind == "holidays.missing_notice")) is None
        for day in (1, 2):
            run(cast.tx, at(12, day))
        found = cast.tx.all(select(outbox.c.payload).where(outbox.c.kind == "holidays.missing_notice"))
        assert [row.payload for row in found] == [{"year": 2027}]

    await play(database, story)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.integers(0, 20), length=st.integers(0, 20), tick_at=st.integers(0, 30))
async def test_a_leave_taken_and_cancelled_leaves_everything_as_it_was(
    database: Database, first: int, length: int, tick_at: int
) -> None:
    class Undone(Exception):
        """Let go of all that the story did, so that the next one begins anew."""

    def story(tx: Writer) -> None:
        cast = Cast(tx)
        cast.pair()
        moment = at(10, 12, 10, tick_at)
        run(tx, moment)
        before = states(cast)
        start = date.fromordinal(date(2026, 10, 12).toordinal() + first)
        span = Leave(start, date.fromordinal(start.toordinal() + length))
        actor = cast.actor("李明", moment)
        leave_id = leaves.take(tx, actor, Whom(cast.people["李明"]), span)
        leaves.cancel(tx, actor, leave_id)
        assert states(cast) == before
        raise Undone

    with pytest.raises(Undone):
        await database.write(story)
