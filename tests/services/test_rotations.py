"""Rotations on both engines: one post at a time, from the plan to the evaluation."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actors import Actor
from domain.refusals import Refusal
from domain.rotations import Capability, Evaluation, Plan, Rotation, RotationState, first_state, require_free
from services import rotation_courses, rotation_planning, rotations
from storage import rotations as rows
from storage.database import Database, Writer
from tests.services.office import NOW, PLACES, Office

FIRST, LAST = date(2026, 10, 12), date(2026, 12, 31)
GOOD = Evaluation("独立完成输电线路巡视", Capability.INDEPENDENT, "踏实肯干")
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


class Rotations(Office):
    def plan(self, person: str = "李明", first: date = FIRST, last: date = LAST, **values: object) -> Plan:
        plain = Plan(
            person_id=self.ids[person], unit_id=PLACES["other"], post="输电线路巡视员", starts_on=first, ends_on=last,
            team="带电作业班", specialty="输电运检", host_id=self.ids["林一"], leader_id=self.ids["赵强"],
            goals="掌握线路巡视和缺陷判断",
        )  # fmt: skip
        return replace(plain, **values)  # type: ignore[arg-type]

    async def arrange(self, plan: Plan | None = None, now: datetime = NOW) -> int:
        arranged = plan or self.plan()
        return await self.database.write(lambda tx: rotation_planning.arrange(tx, self.actor("陈静", now), arranged))

    async def standing(self, rotation_id: int) -> RotationState:
        found = await self.database.read(lambda tx: rows.get(tx, rotation_id))
        assert found is not None
        return found.state

    async def evaluate(self, name: str, rotation_id: int, now: datetime) -> None:
        actor = self.actor(name, now)
        await self.database.write(lambda tx: rotation_courses.evaluate(tx, actor, rotation_id, GOOD))


@pytest.fixture
async def office(database: Database) -> Rotations:
    opened = Rotations(database)
    await opened.open()
    return opened


END = datetime(2026, 12, 30, 2, tzinfo=UTC)


async def test_from_the_plan_to_the_evaluation_and_its_end(office: Rotations) -> None:
    planned = await office.arrange(office.plan(first=date(2026, 10, 19)))
    assert await office.standing(planned) is RotationState.PLANNED
    await office.database.write(lambda tx: rotation_planning.reschedule(tx, office.actor("陈静"), planned, FIRST, LAST))
    assert await office.standing(planned) is RotationState.IN_POST
    await office.evaluate("林一", planned, END)
    assert await office.standing(planned) is RotationState.EVALUATED
    await office.database.write(lambda tx: rotation_courses.close_rotations(tx, Actor.clock(END + timedelta(days=1))))
    assert await office.standing(planned) is RotationState.EVALUATED
    await office.database.write(lambda tx: rotation_courses.close_rotations(tx, Actor.clock(END + timedelta(days=2))))
    assert await office.standing(planned) is RotationState.CLOSED


async def test_only_host_and_secretary_evaluate_and_not_too_early(office: Rotations) -> None:
    rotation_id = await office.arrange()

    async def code(name: str, now: datetime) -> str:
        actor = office.actor(name, now)
        return await office.refusal(lambda tx: rotation_courses.evaluate(tx, actor, rotation_id, GOOD))

    assert await code("林一", NOW) == "rotation_evaluated_early"
    assert await code("李明", END) == "not_yours"
    assert await code("王芳", END) == "not_yours"
    await office.evaluate("陈静", rotation_id, END)
    await office.evaluate("林一", rotation_id, END + timedelta(hours=1))


async def test_two_at_once_for_one_person_make_one_rotation(office: Rotations) -> None:
    plans = [office.plan(post=f"岗位{number}") for number in range(4)]
    found = await asyncio.gather(*(office.arrange(plan) for plan in plans), return_exceptions=True)
    assert sorted(one.code for one in found if isinstance(one, Refusal)) == ["rotation_overlap"] * 3


async def test_one_after_the_other_is_no_overlap(office: Rotations) -> None:
    await office.arrange(office.plan(last=date(2026, 10, 31)))
    later = await office.arrange(office.plan(first=date(2026, 11, 1)))

    def move(tx: Writer) -> None:
        rotation_planning.reschedule(tx, office.actor("陈静"), later, date(2026, 10, 31), LAST)

    assert await office.refusal(move) == "rotation_overlap"


async def test_each_rule_has_its_own_refusal(office: Rotations) -> None:
    async def code(plan: Plan) -> str:
        return await office.refusal(lambda tx: rotation_planning.arrange(tx, office.actor("陈静"), plan))

    assert await code(office.plan(last=date(2026, 10, 1))) == "rotation_past"
    assert await code(office.plan(first=LAST, last=date(2026, 12, 1))) == "rotation_days_reversed"
    assert await code(office.plan(post=" ")) == "text_missing"
    assert await code(office.plan(host_id=office.ids["李明"])) == "rotation_hosts_self"
    assert await code(office.plan(leader_id=office.ids["林一"])) == "rotation_leader_misfit"
    assert await code(office.plan("赵强", leader_id=None, host_id=None)) == "not_yours"


async def test_a_roster_brings_in_the_past_as_closed(office: Rotations) -> None:
    past = office.plan(first=date(2026, 3, 1), last=date(2026, 5, 31))
    running = office.plan(first=date(2026, 9, 1))
    create = partial(rotations.create_from_roster, actor=Actor.clock(NOW))
    ids = [await office.database.write(partial(create, plan=plan)) for plan in (past, running)]
    assert [await office.standing(one) for one in ids] == [RotationState.CLOSED, RotationState.IN_POST]


async def test_the_host_sees_this_rotation_alone_and_no_longer_than_it_lasts(office: Rotations) -> None:
    rotation_id = await office.arrange()
    other = await office.arrange(office.plan("学员0", host_id=None, host_name="林一"))
    host = office.actor("林一")
    card = await office.database.read(lambda tx: rotations.card(tx, host, rotation_id))
    assert card.sides == {rotations.Side.HOST}
    assert await office.refusal(lambda tx: rotations.card(tx, host, other)) == "not_yours"
    offered = await office.database.read(lambda tx: rotations.card(tx, office.actor("陈静"), other))
    assert offered.link is not None
    assert offered.link.id == office.ids["林一"]
    await office.database.write(
        lambda tx: rotation_planning.name_host(tx, office.actor("陈静"), other, office.ids["林一"])
    )
    assert await office.database.read(lambda tx: rotations.card(tx, host, other))
    await office.database.write(lambda tx: rotation_courses.cancel(tx, office.actor("陈静"), other, "任务调整"))
    assert await office.refusal(lambda tx: rotations.card(tx, host, other)) == "not_yours"


async def test_what_was_done_can_be_undone_within_the_minute(office: Rotations) -> None:
    rotation_id = await office.arrange(now=NOW - timedelta(hours=1))
    await office.database.write(lambda tx: rotation_courses.cancel(tx, office.actor("陈静"), rotation_id, "任务调整"))
    soon, late = (office.actor("陈静", NOW + timedelta(seconds=s)) for s in (40, 70))
    assert await office.refusal(lambda tx: rotation_courses.undo(tx, late, rotation_id)) == "too_late_to_undo"
    assert await office.database.write(lambda tx: rotation_courses.undo(tx, soon, rotation_id))
    assert await office.standing(rotation_id) is RotationState.IN_POST
    await office.evaluate("林一", rotation_id, END)
    host = office.actor("林一", END + timedelta(seconds=5))
    await office.database.write(lambda tx: rotation_courses.undo(tx, host, rotation_id))
    assert await office.standing(rotation_id) is RotationState.IN_POST


async def test_the_plan_taken_back_leaves_nothing(office: Rotations) -> None:
    rotation_id = await office.arrange()
    assert not await office.database.write(lambda tx: rotation_courses.undo(tx, office.actor("陈静"), rotation_id))
    assert await office.arrange()


async def test_the_register_begins_with_what_is_over_but_not_evaluated(office: Rotations) -> None:
    await office.arrange(office.plan("学员0"))
    over = await office.arrange(office.plan("学员1", last=date(2026, 10, 20)))
    later = office.actor("陈静", NOW + timedelta(days=20))
    found = await office.database.read(lambda tx: rotations.register(tx, later, PLACES["branch"], list(RotationState)))
    assert found.lines[0].id == over
    assert found.counts == {RotationState.IN_POST: 2}


@given(DAYS, DAYS, DAYS, DAYS)
def test_days_are_free_just_when_none_is_shared(first: date, last: date, other_first: date, other_last: date) -> None:
    first, last = sorted((first, last))
    other_first, other_last = sorted((other_first, other_last))
    other = Rotation(
        1, 1, 1, "", "岗位", "", None, "", None, other_first, other_last, "", RotationState.PLANNED, None, None, None, None, NOW
    )  # fmt: skip
    if first <= other_last and other_first <= last:
        with pytest.raises(Refusal, match="rotation_overlap"):
            require_free("李明", first, last, [other])
    else:
        require_free("李明", first, last, [other])
    require_free("李明", first, last, [replace(other, state=RotationState.CLOSED)])


@given(DAYS, st.integers(0, 300), DAYS)
def test_where_a_rotation_stands_follows_from_its_days(first: date, length: int, today: date) -> None:
    last = first + timedelta(days=length)
    state = first_state(first, last, today)
    assert (state is RotationState.PLANNED) == (today < first)
    assert (state is RotationState.CLOSED) == (last < today)
