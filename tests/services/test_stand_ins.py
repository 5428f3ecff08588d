"""A mentor who is away, on both engines: somebody stands in, else the secretary; where there are two mentors, the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.actors import Actor
from domain.duties import Leave
from domain.roles import Role, RoleKind
from services import leaves, pairing_undoing, stand_ins
from services.leaves import Whom
from storage import guidance
from storage import pairings as rows
from storage.database import Database
from tests.services.office import NOW, PLACES, TODAY, Office

NEXT_WEEK = Leave(date(2026, 10, 19), date(2026, 10, 23))
DURING = date(2026, 10, 20)


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database).open()


async def away(office: Office, span: Leave = NEXT_WEEK, name: str = "王芳", now: datetime = NOW) -> int:
    mentor = office.actor(name, now)
    return await office.database.write(lambda tx: leaves.take(tx, mentor, Whom(office.ids[name]), span))


async def guides(office: Office, day: date = DURING) -> list[str]:
    found = await office.database.read(lambda tx: guidance.mentors_of(tx, office.ids["李明"], day))
    names = {number: name for name, number in office.ids.items()}
    return [names[one] for one in found]


async def with_secretary(office: Office) -> int:
    """The office's 陈静 as a row, since she is asked without acting herself."""
    await office.appoint("陈静")
    return await office.active()


async def test_without_a_word_the_secretary_stands_in_for_those_days_alone(office: Office) -> None:
    pairing_id = await with_secretary(office)
    await away(office)
    assert await guides(office, TODAY) == ["王芳"]
    assert await guides(office) == ["王芳", "陈静"]
    assert await guides(office, date(2026, 10, 26)) == ["王芳"]
    assert await office.database.read(lambda tx: rows.mentors_of(tx, [pairing_id])[pairing_id]) == [office.ids["王芳"]]


@pytest.mark.parametrize("last", [date(2026, 10, 19), date(2026, 10, 21), date(2026, 10, 25)])
async def test_more_than_three_working_days_ask_for_it(office: Office, last: date) -> None:
    await with_secretary(office)
    await away(office, Leave(date(2026, 10, 19), last))
    assert ("陈静" in await guides(office, date(2026, 10, 19))) is (last == date(2026, 10, 25))


async def test_where_there_are_two_the_other_one_answers(office: Office) -> None:
    await office.appoint("陈静")
    await office.propose(replace(office.terms("李明", "王芳", "赵强"), agreed_on=TODAY))
    leave_id = await away(office)
    assert await guides(office) == ["王芳", "赵强"]
    assert await office.database.read(lambda tx: stand_ins.of_leave(tx, office.actor("王芳"), leave_id)) == []


async def unit_away(office: Office, unit: str) -> int:
    leader = replace(office.actor("陈静"), roles=(Role(RoleKind.SECRETARY, PLACES[unit]),))
    return await office.database.write(lambda tx: leaves.take(tx, leader, Whom(unit_id=PLACES[unit]), NEXT_WEEK))


async def test_a_units_leave_leaves_no_mentee_of_another_unit_alone(office: Office) -> None:
    """赵强's branch is away; 李明 of the other branch reports on, and his own secretary answers."""
    await office.appoint("陈静")
    await office.propose(replace(office.terms("李明", "赵强"), agreed_on=TODAY))
    leave_id = await unit_away(office, "other")
    assert await guides(office) == ["赵强", "陈静"]
    [seen] = await office.database.read(lambda tx: stand_ins.of_leave(tx, office.actor("赵强"), leave_id))
    assert (seen.mentor, seen.mentee.name, seen.name, seen.may_change) == ("赵强", "李明", "陈静", True)
    pairing_id, wang = seen.pairing_id, office.ids["王芳"]
    choice = await office.database.read(lambda tx: stand_ins.choice(tx, office.actor("陈静"), leave_id, pairing_id))
    assert [one.name for one in choice.people] == ["王芳", "陈静"], "those of the mentee's branch are there"
    away_too = office.ids["林一"]
    refused = await office.refusal(
        lambda tx: stand_ins.choose(tx, office.actor("赵强"), leave_id, pairing_id, away_too)
    )
    assert refused == "stand_in_misfit"
    await office.database.write(lambda tx: stand_ins.choose(tx, office.actor("赵强"), leave_id, pairing_id, wang))
    assert await guides(office) == ["赵强", "王芳"]
    leader = replace(office.actor("陈静"), roles=(Role(RoleKind.SECRETARY, PLACES["other"]),))
    await office.database.write(lambda tx: leaves.cancel(tx, leader, leave_id))
    assert await guides(office) == ["赵强"]


@pytest.mark.parametrize("unit", ["branch", "other"])
async def test_a_units_leave_asks_nothing_where_the_mentee_is_away_or_a_mentor_is_there(
    office: Office, unit: str
) -> None:
    await office.appoint("陈静")
    await office.propose(replace(office.terms("李明", "王芳", "赵强"), agreed_on=TODAY))
    await office.propose(replace(office.terms("学员0", "王芳"), agreed_on=TODAY))
    leave_id = await unit_away(office, unit)
    assert await office.database.read(lambda tx: stand_ins.of_leave(tx, office.actor("陈静"), leave_id)) == []


async def test_somebody_named_takes_over_with_history_and_is_taken_back(office: Office) -> None:
    pairing_id = await with_secretary(office)
    leave_id = await away(office)
    wednesday = datetime(2026, 10, 21, 2, tzinfo=NOW.tzinfo)
    mentor = office.actor("王芳", wednesday)
    await office.database.write(lambda tx: stand_ins.choose(tx, mentor, leave_id, pairing_id, office.ids["赵强"]))
    assert await guides(office, date(2026, 10, 22)) == ["王芳", "赵强"]
    assert "陈静" in await guides(office, DURING)
    history = await office.database.read(lambda tx: rows.mentors(tx, pairing_id))
    assert [(one.person_id, one.from_on, one.until_on) for one in history[1:]] == [
        (office.ids["陈静"], NEXT_WEEK.first, date(2026, 10, 20)), (office.ids["赵强"], date(2026, 10, 21), NEXT_WEEK.last),
    ]  # fmt: skip
    await office.database.write(lambda tx: pairing_undoing.undo(tx, mentor, pairing_id))
    assert await guides(office, date(2026, 10, 22)) == ["王芳", "陈静"]


async def test_ending_the_leave_ends_it_and_bringing_it_back_asks_anew(office: Office) -> None:
    await with_secretary(office)
    leave_id = await away(office)
    await office.database.write(lambda tx: leaves.cancel(tx, office.actor("王芳"), leave_id))
    assert await guides(office) == ["王芳"]
    await office.database.write(lambda tx: leaves.restore(tx, office.actor("王芳"), leave_id))
    assert await guides(office) == ["王芳", "陈静"]


async def test_who_may_choose_whom(office: Office) -> None:
    pairing_id = await with_secretary(office)
    leave_id = await away(office)

    async def code(actor: Actor, name: str) -> str:
        person_id = office.ids[name]
        return await office.refusal(lambda tx: stand_ins.choose(tx, actor, leave_id, pairing_id, person_id))

    assert await code(office.actor("李明"), "赵强") == "not_yours"
    assert await code(office.actor("林一"), "赵强") == "not_yours"
    secretary = office.actor("陈静")
    assert await code(secretary, "陈静") == "already_done"
    assert await code(secretary, "李明") == "stand_in_misfit"
    assert await code(secretary, "学员0") == "stand_in_misfit"
    assert await code(secretary, "王芳") == "stand_in_misfit"
    await away(office, NEXT_WEEK, "赵强")
    assert await code(secretary, "赵强") == "stand_in_misfit"
    assert await code(office.actor("陈静", NOW + timedelta(days=30)), "林一") == "leave_over"
