"""Units renamed, split and merged by the tick, on both engines: on their day, once, and with everything that belongs to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.actors import Actor
from domain.calendar import Month
from domain.rotations import RotationState
from domain.summaries import Edition
from domain.unit_changes import Plan, UnitChangeKind
from domain.units import UnitKind
from services import access, unit_changes
from services.summaries import month_summary
from storage import holidays, people, roles, rotations, units
from storage import unit_changes as rows
from storage.database import Database, Writer
from storage.tables import unit_above
from tests.services.duty_cast import START, Cast, at
from tests.services.test_check_ins import cast_of, on, refused, submitted
from tests.storage.plans import scans

TODAY = START.date()
LATER = START + timedelta(seconds=60)


def rename(cast: Cast, name: str = "变电运检党支部", day: date = TODAY) -> Plan:
    return Plan(cast.branch, UnitChangeKind.RENAME, day, name)


def merge(cast: Cast, day: date = TODAY) -> Plan:
    return Plan(cast.branch, UnitChangeKind.MERGE, day, other_id=cast.other)


def split(cast: Cast, *names: str) -> Plan:
    chosen = tuple(cast.people[name] for name in names)
    return Plan(cast.branch, UnitChangeKind.SPLIT, TODAY, "新支部", people=chosen)


async def test_nothing_is_done_before_its_minute_and_its_day(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        officer = on(tx, cast).actor("周伟")
        unit_changes.enter(tx, officer, rename(cast, day=date(2026, 11, 2)))
        for moment in (START, LATER, at(11, 1, 23)):
            assert not unit_changes.apply_unit_changes(tx, Actor.clock(moment))
            assert units.get(tx, cast.branch).name == "变电检修党支部"  # type: ignore[union-attr]
        for moment in (at(11, 2, 0), at(11, 2, 1)):
            unit_changes.apply_unit_changes(tx, Actor.clock(moment))
            assert units.get(tx, cast.branch).name == "变电运检党支部"  # type: ignore[union-attr]
        november = at(11, 3)
        for unit_id in (cast.branch, cast.committee):
            made = month_summary(tx, unit_id, Month(2026, 10), november, Edition.DRAFT)
            shown = {made.unit, *(row.unit for row in made.reports)}
            assert "变电检修党支部" in shown
            assert "变电运检党支部" not in shown
        made = month_summary(tx, cast.branch, Month(2026, 11), november, Edition.DRAFT)
        assert made.unit == "变电运检党支部"

    await database.write(story)


async def test_a_merger_takes_everything_along(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        officer = on(tx, cast).actor("周伟")
        check_in = submitted(tx, cast)
        group = units.add(tx, UnitKind.GROUP, "一组", cast.branch, position=7, zone="Asia/Shanghai")
        people.update_fields(tx, cast.people["王芳"], unit_id=group)
        people.depart(tx, cast.people["陈静"], TODAY)
        hosted = cast.rotate(TODAY, date(2026, 12, 1), name="林一", host="王芳", state=RotationState.IN_POST)
        rotations.update_fields(tx, hosted, unit_id=cast.branch)
        unit_changes.enter(tx, officer, merge(cast))
        unit_changes.apply_unit_changes(tx, Actor.clock(LATER))
        assert {people.get(tx, cast.people[name]).unit_id for name in ("李明", "陈静")} == {cast.other}  # type: ignore[union-attr]
        assert people.get(tx, cast.people["王芳"]).unit_id == group  # type: ignore[union-attr]
        assert units.is_beneath(tx, group, [cast.other])
        assert rotations.get(tx, hosted).unit_id == cast.other  # type: ignore[union-attr]
        assert roles.at_unit(tx, cast.branch) == []
        assert [unit.id for unit in units.beneath(tx, cast.committee)] == [cast.committee, cast.other, group]
        assert units.get(tx, cast.branch).closed_on == TODAY  # type: ignore[union-attr]
        assert access.check_in(tx, cast.actor("王芳", LATER), check_in)
        refused("unit_closed", lambda: unit_changes.enter(tx, officer, rename(cast)))
        over = select(unit_above.c.unit_id, unit_above.c.above_id, unit_above.c.distance)
        tree = {tuple(row) for row in tx.all(over.where(unit_above.c.unit_id == group))}
        assert tree == {(group, group, 0), (group, cast.other, 1), (group, cast.committee, 2)}
        assert month_summary(tx, cast.other, Month(2026, 10), LATER, Edition.DRAFT).reports_total.handed_in == 1

    await database.write(story)


async def test_those_chosen_go_into_the_new_unit(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        officer = on(tx, cast).actor("周伟")
        change_id = unit_changes.enter(tx, officer, split(cast, "李明", "王芳"))
        people.depart(tx, cast.people["王芳"], TODAY)
        unit_changes.apply_unit_changes(tx, Actor.clock(LATER))
        new = units.named(tx, cast.committee, "新支部")
        assert new is not None
        assert new.kind is UnitKind.BRANCH
        assert rows.get(tx, change_id).plan.other_id == new.id  # type: ignore[union-attr]
        assert people.get(tx, cast.people["李明"]).unit_id == new.id  # type: ignore[union-attr]
        assert people.get(tx, cast.people["王芳"]).unit_id == cast.branch  # type: ignore[union-attr]

    await database.write(story)


NOVEMBER = at(11, 3)
"""Before the fifth working day of November, the 6th, from which October stands."""


def _entered_for(tx: Writer, cast: Cast, plan: Plan, now: datetime = NOVEMBER) -> date:
    change_id = unit_changes.enter(tx, on(tx, cast).actor("周伟", now), plan)
    return rows.get(tx, change_id).plan.on_day  # type: ignore[union-attr]


async def test_a_branch_finishes_the_month_before(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        first = unit_changes.preview(tx, on(tx, cast).actor("周伟", NOVEMBER), merge(cast, NOVEMBER.date()))
        assert (first.asked_for, first.plan.on_day) == (NOVEMBER.date(), date(2026, 11, 6))
        assert _entered_for(tx, cast, merge(cast, NOVEMBER.date())) == date(2026, 11, 6)
        for moment in (NOVEMBER + timedelta(minutes=2), at(11, 6, 0), at(11, 6, 8, 59)):
            for step in (unit_changes.apply_unit_changes, unit_changes.apply_branch_changes):
                step(tx, Actor.clock(moment))
            assert people.get(tx, cast.people["李明"]).unit_id == cast.branch  # type: ignore[union-attr]
        unit_changes.apply_branch_changes(tx, Actor.clock(at(11, 6, 9)))
        assert people.get(tx, cast.people["李明"]).unit_id == cast.other  # type: ignore[union-attr]

    await database.write(story)


async def test_holidays_that_are_moved_meanwhile_move_it_too(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        _entered_for(tx, cast, merge(cast, NOVEMBER.date()))
        holidays.put(tx, cast.committee, date(2026, 11, 4), working=False, name="")
        unit_changes.apply_branch_changes(tx, Actor.clock(at(11, 6, 9)))
        assert people.get(tx, cast.people["李明"]).unit_id == cast.branch  # type: ignore[union-attr]
        unit_changes.apply_branch_changes(tx, Actor.clock(at(11, 9, 9)))
        assert people.get(tx, cast.people["李明"]).unit_id == cast.other  # type: ignore[union-attr]

    await database.write(story)


async def test_what_takes_nobody_out_of_his_branch_is_done_on_its_day(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        day = NOVEMBER.date()
        first, second, far = (
            units.add(tx, UnitKind.GROUP, name, branch, position=place, zone="Asia/Shanghai")
            for place, (name, branch) in enumerate(
                [("一组", cast.branch), ("二组", cast.branch), ("远组", cast.other)], start=5
            )
        )
        people.update_fields(tx, cast.people["王芳"], unit_id=first)
        merged = replace(merge(cast, day), unit_id=first, other_id=second)
        alone = replace(split(cast, "王芳"), unit_id=first, on_day=day)
        assert _entered_for(tx, cast, rename(cast, day=day)) == day
        assert unit_changes.checked(tx, on(tx, cast).actor("周伟", NOVEMBER), alone).on_day == day
        assert unit_changes.checked(tx, on(tx, cast).actor("周伟", NOVEMBER), merged).on_day == day
        assert _entered_for(tx, cast, replace(merged, other_id=far)) == date(2026, 11, 6)

    await database.write(story)


async def test_before_the_first_month_is_told_there_is_nothing_to_finish(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        assert _entered_for(tx, cast, merge(cast), START) == TODAY

    await database.write(story)


async def test_what_has_become_impossible_changes_nothing(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        officer = on(tx, cast).actor("周伟")
        unit_changes.enter(tx, officer, rename(cast, "检修支部"))
        units.add(tx, UnitKind.BRANCH, "检修支部", cast.committee, position=9, zone="Asia/Shanghai")
        assert not unit_changes.apply_unit_changes(tx, Actor.clock(LATER))
        assert units.get(tx, cast.branch).name == "变电检修党支部"  # type: ignore[union-attr]
        assert rows.pending(tx, cast.branch) == []

    await database.write(story)


REFUSED: dict[str, tuple[str, str, Callable[[Cast], Plan]]] = {
    "from the branch itself": ("陈静", "not_yours", rename),
    "by a member": ("李明", "not_yours", merge),
    "for a day that has passed": ("周伟", "unit_day_past", lambda cast: rename(cast, day=date(2026, 10, 11))),
    "a name that is taken": ("周伟", "unit_name_taken", lambda cast: rename(cast, "输电运检党支部")),
    "no name": ("周伟", "text_missing", lambda cast: rename(cast, " ")),
    "into itself": ("周伟", "units_do_not_merge", lambda cast: replace(merge(cast), other_id=cast.branch)),
    "into the committee": ("周伟", "not_yours", lambda cast: replace(merge(cast), other_id=cast.committee)),
    "with nobody": ("周伟", "unit_nobody_chosen", split),
    "with somebody of another branch": ("周伟", "unit_nobody_chosen", lambda cast: split(cast, "赵强")),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_what_is_refused(database: Database, what: str) -> None:
    cast = await cast_of(database)
    who, code, plan = REFUSED[what]
    await database.write(lambda tx: refused(code, lambda: unit_changes.enter(tx, on(tx, cast).actor(who), plan(cast))))


async def test_one_change_at_a_time_and_cancelled_once(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        officer = on(tx, cast).actor("周伟")
        change_id = unit_changes.enter(tx, officer, rename(cast))
        refused("unit_change_pending", lambda: unit_changes.enter(tx, officer, merge(cast)))
        refused("not_yours", lambda: unit_changes.cancel(tx, cast.actor("陈静"), change_id))
        unit_changes.cancel(tx, officer, change_id)
        refused("already_done", lambda: unit_changes.cancel(tx, officer, change_id))
        assert not unit_changes.apply_unit_changes(tx, Actor.clock(LATER))
        assert units.get(tx, cast.branch).name == "变电检修党支部"  # type: ignore[union-attr]

    await database.write(story)


async def test_an_index_carries_the_tick(database: Database) -> None:
    assert await scans(database, lambda tx: unit_changes.apply_unit_changes(tx, Actor.clock(LATER))) == []
    assert await scans(database, lambda tx: (rows.names_before(tx, TODAY), rows.done_since(tx, TODAY))) == []
