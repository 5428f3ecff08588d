"""A mentor who is away, on both engines: somebody stands in, else the secretary; where there are two mentors, the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.actors import Actor
from domain.duties import Leave
from domain.roles import Role, RoleKind
from services import accounts, answering, leaves, pairing_undoing, stand_in_choices, stand_ins
from services import roles as role_services
from services.leaves import Whom
from storage import guidance, roles
from storage import pairings as rows
from storage import stand_ins as stand_ins_rows
from storage.database import Database
from storage.tables import outbox
from tests.services.office import NOW, PLACES, TODAY, Office

NEXT_WEEK = Leave(date(2026, 10, 19), date(2026, 10, 23))
DURING = date(2026, 10, 20)


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database, agreed=True).open()


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
    assert await office.database.read(lambda tx: stand_in_choices.of_leave(tx, office.actor("王芳"), leave_id)) == []


async def unit_away(office: Office, unit: str) -> int:
    leader = replace(office.actor("陈静"), roles=(Role(RoleKind.SECRETARY, PLACES[unit]),))
    return await office.database.write(lambda tx: leaves.take(tx, leader, Whom(unit_id=PLACES[unit]), NEXT_WEEK))


async def test_a_units_leave_leaves_no_mentee_of_another_unit_alone(office: Office) -> None:
    """赵强's branch is away; 李明 of the other branch reports on, and his own secretary answers."""
    await office.appoint("陈静")
    await office.propose(replace(office.terms("李明", "赵强"), agreed_on=TODAY))
    leave_id = await unit_away(office, "other")
    assert await guides(office) == ["赵强", "陈静"]
    [seen] = await office.database.read(lambda tx: stand_in_choices.of_leave(tx, office.actor("赵强"), leave_id))
    assert (seen.mentors, seen.mentee.name, seen.names, seen.may_change) == (("赵强",), "李明", ("陈静",), True)
    pairing_id, wang = seen.pairing.id, office.ids["王芳"]
    choice = await office.database.read(
        lambda tx: stand_in_choices.choice(tx, office.actor("陈静"), leave_id, pairing_id)
    )
    assert [one.name for one in choice.people] == ["王芳", "陈静"], "those of the mentee's branch are there"
    away_too = office.ids["林一"]
    refused = await office.refusal(
        lambda tx: stand_in_choices.choose(tx, office.actor("赵强"), leave_id, pairing_id, away_too)
    )
    assert refused == "stand_in_misfit"
    await office.database.write(
        lambda tx: stand_in_choices.choose(tx, office.actor("赵强"), leave_id, pairing_id, wang)
    )
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
    assert await office.database.read(lambda tx: stand_in_choices.of_leave(tx, office.actor("陈静"), leave_id)) == []


async def test_somebody_named_takes_over_with_history_and_is_taken_back(office: Office) -> None:
    pairing_id = await with_secretary(office)
    leave_id = await away(office)
    wednesday = datetime(2026, 10, 21, 2, tzinfo=NOW.tzinfo)
    mentor = office.actor("王芳", wednesday)
    await office.database.write(
        lambda tx: stand_in_choices.choose(tx, mentor, leave_id, pairing_id, office.ids["赵强"])
    )
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
        return await office.refusal(lambda tx: stand_in_choices.choose(tx, actor, leave_id, pairing_id, person_id))

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


async def look(office: Office, now: datetime) -> None:
    await office.database.write(lambda tx: stand_ins.look_at_leaves(tx, Actor.clock(now)))


async def waiting(office: Office) -> dict[str, int]:
    """How many words about standing in wait for each."""
    rows_of = select(outbox.c.person_id).where(outbox.c.kind == "stand_in.told", outbox.c.state == "waiting")
    found = Counter(await office.database.read(lambda tx: tx.scalars(rows_of)))
    return {name: found[number] for name, number in office.ids.items() if found[number]}


async def test_both_of_two_away_are_stood_in_for_on_the_days_in_common(office: Office) -> None:
    await office.appoint("陈静")
    await office.propose(replace(office.terms("李明", "王芳", "赵强"), agreed_on=TODAY))
    await away(office)
    leave_id = await away(office, Leave(date(2026, 10, 20), date(2026, 10, 30)), "赵强")
    assert await guides(office, date(2026, 10, 19)) == ["王芳", "赵强"]
    assert await guides(office) == ["王芳", "赵强", "陈静"]
    assert await guides(office, date(2026, 10, 26)) == ["王芳", "赵强"]
    assert await waiting(office) == {"陈静": 1, "李明": 1, "王芳": 1}, "赵强 reads it at once"
    [seen] = await office.database.read(lambda tx: stand_in_choices.of_leave(tx, office.actor("赵强"), leave_id))
    assert (seen.days, seen.names) == (Leave(date(2026, 10, 20), date(2026, 10, 23)), ("陈静",))
    await office.database.write(lambda tx: leaves.cancel(tx, office.actor("赵强"), leave_id))
    assert await guides(office) == ["王芳", "赵强"]
    assert await waiting(office) == {}, "nobody had heard"


async def test_who_answers_on_a_day(office: Office) -> None:
    await with_secretary(office)
    await away(office)

    async def answer(day: date) -> list[str]:
        found = await office.database.read(lambda tx: answering.guides(tx, office.ids["李明"], day))
        names = {number: name for name, number in office.ids.items()}
        return [names[one] for one in found]

    assert await answer(TODAY) == ["王芳"]
    assert await answer(DURING) == ["陈静"]
    await away(office, Leave(DURING, DURING), "陈静")
    assert await answer(DURING) == ["陈静"], "a short absence is waited for, and the mentor is left alone"
    assert await answer(NEXT_WEEK.last) == ["陈静"]


async def test_a_look_finds_who_can_no_longer_read_and_says_it_once(office: Office) -> None:
    await office.appoint("陈静")
    await office.active()
    leave_id = await away(office)
    pairing_id = 1
    await office.database.write(
        lambda tx: stand_in_choices.choose(tx, office.actor("王芳"), leave_id, pairing_id, office.ids["赵强"])
    )
    assert await guides(office) == ["王芳", "赵强"]
    before = await waiting(office)
    await look(office, NOW + timedelta(hours=2))
    assert (await guides(office), await waiting(office)) == (["王芳", "赵强"], before), "as long as he can"
    await office.database.write(lambda tx: accounts.unbind(tx, office.actor("陈静"), office.ids["赵强"]))
    await look(office, NOW + timedelta(hours=2, minutes=59))
    assert await guides(office) == ["王芳", "赵强"], "it has been looked at within the hour"
    await look(office, NOW + timedelta(hours=3))
    assert await guides(office) == ["王芳", "陈静"]
    after = await waiting(office)
    assert after == {"陈静": 1, "李明": 1, "王芳": 1}
    await look(office, NOW + timedelta(hours=5))
    assert await waiting(office) == after


async def test_who_was_asked_because_of_a_post_goes_with_it_and_who_was_named_stays(office: Office) -> None:
    pairing_id = await with_secretary(office)
    leave_id = await away(office)
    [held] = await office.database.read(lambda tx: roles.of_kind(tx, RoleKind.SECRETARY))
    await office.database.write(lambda tx: role_services.revoke(tx, office.actor("林一"), held))
    await look(office, NOW + timedelta(seconds=59))
    assert await guides(office) == ["王芳", "陈静"], "it can still be undone"
    await look(office, NOW + timedelta(seconds=60))
    assert await guides(office) == ["王芳"]
    await office.appoint("陈静")
    await look(office, NOW + timedelta(hours=2))
    await office.database.write(
        lambda tx: stand_in_choices.choose(tx, office.actor("王芳"), leave_id, pairing_id, office.ids["赵强"])
    )
    await look(office, NOW + timedelta(hours=4))
    assert await guides(office) == ["王芳", "赵强"], "he never led"


async def test_looks_end_with_the_leave(office: Office) -> None:
    await with_secretary(office)
    await away(office)
    await look(office, NOW + timedelta(days=30))
    found = await office.database.write(lambda tx: stand_ins_rows.to_look_at(tx, NOW + timedelta(days=90), limit=9))
    assert found == []


async def test_a_pairing_that_begins_during_the_leave_is_seen_to_a_minute_later(office: Office) -> None:
    await office.appoint("陈静")
    await away(office, Leave(TODAY, NEXT_WEEK.last))
    await office.active()
    await look(office, NOW + timedelta(seconds=59))
    assert await guides(office) == ["王芳"]
    await look(office, NOW + timedelta(seconds=60))
    assert await guides(office) == ["王芳", "陈静"]


async def test_only_those_of_the_pairing_and_its_secretary_see_the_choice(office: Office) -> None:
    pairing_id = await with_secretary(office)
    leave_id = await away(office)
    for name in ("李明", "林一", "赵强"):
        actor = office.actor(name)
        refused = await office.refusal(lambda tx, actor=actor: stand_in_choices.choice(tx, actor, leave_id, pairing_id))  # type: ignore[misc]
        assert refused == "not_yours"
    other = await away(office, NEXT_WEEK, "林一")
    assert (
        await office.refusal(lambda tx: stand_in_choices.choice(tx, office.actor("陈静"), other, pairing_id)) == "gone"
    )


async def test_whoever_passed_it_on_herself_hears_when_it_comes_back_to_her(office: Office) -> None:
    pairing_id = await with_secretary(office)
    leave_id = await away(office)
    secretary = office.actor("陈静", NOW + timedelta(hours=1))
    await office.database.write(
        lambda tx: stand_in_choices.choose(tx, secretary, leave_id, pairing_id, office.ids["赵强"])
    )
    assert "陈静" not in await waiting(office), "she chose it herself"
    await office.database.write(lambda tx: accounts.unbind(tx, secretary, office.ids["赵强"]))
    await look(office, NOW + timedelta(hours=2))
    assert await guides(office) == ["王芳", "陈静"]
    assert (await waiting(office))["陈静"] == 1
