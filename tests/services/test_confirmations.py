"""When the summary above may leave, and what is still a secretary's to change, on both engines."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import update

from domain.actors import Actor
from domain.calendar import Month
from domain.confirmations import Confirmation
from domain.refusals import Refusal
from domain.summaries import Edition, MonthSummary
from domain.units import UnitKind
from services import access, confirmations, summary_reading
from services.summary_tick import STEPS
from storage import confirmations as rows
from storage import people, summaries
from storage.database import Database, Reader, Writer, open_database
from storage.tables import role
from tests.services.written_months import Organisation, at

OCTOBER = Month(2026, 10)
FIRST, THIRD, LOCK = at("2026-11-02", "09:00"), at("2026-11-04", "09:00"), at("2026-11-06", "09:00")
MINUTE = dt.timedelta(minutes=1)


@dataclass(slots=True)
class Cast:
    """陈静 and 赵强 are the secretaries of two branches, 何敏 of the general branch over them."""

    committee: int = 0
    general: int = 0
    branch: int = 0
    other: int = 0
    chen_jing: int = 0
    zhao_qiang: int = 0
    he_min: int = 0
    li_ming: int = 0


def found(tx: Writer) -> Cast:
    made, cast = Organisation(tx), Cast()
    cast.committee = made.unit(UnitKind.COMMITTEE, "青江供电公司党委")
    cast.general = made.unit(UnitKind.GENERAL_BRANCH, "生产党总支", cast.committee)
    cast.branch = made.unit(UnitKind.BRANCH, "变电检修党支部", cast.general)
    cast.other = made.unit(UnitKind.BRANCH, "输电运检党支部", cast.general)
    group = made.unit(UnitKind.GROUP, "检修二班党小组", cast.branch)
    cast.chen_jing, cast.zhao_qiang = made.person("陈静", cast.branch), made.person("赵强", cast.other)
    cast.he_min, cast.li_ming = made.person("何敏", cast.general), made.person("李明", group)
    led = ((cast.chen_jing, cast.branch), (cast.zhao_qiang, cast.other), (cast.he_min, cast.general))
    for person_id, unit_id in led:
        made.role("secretary", person_id, unit_id)
    made.pairing(cast.li_ming, cast.chen_jing)
    made.pairing(cast.zhao_qiang, cast.zhao_qiang)
    return cast


@pytest.fixture
async def cast(database: Database) -> Cast:
    made = await database.write(found)
    await tick(database, FIRST)
    return made


def step(tx: Writer, now: dt.datetime) -> None:
    for each in STEPS:
        while each(tx, Actor.clock(now)):
            pass


async def tick(database: Database, now: dt.datetime) -> None:
    await database.write(lambda tx: step(tx, now))


def says(tx: Writer, person_id: int, unit_id: int, now: dt.datetime, words: str | None = None) -> None:
    confirmations.confirm(tx, access.identify(tx, 9000 + person_id, now, ""), unit_id, OCTOBER, words)


def unsays(tx: Writer, person_id: int, unit_id: int, now: dt.datetime) -> None:
    confirmations.take_back(tx, access.identify(tx, 9000 + person_id, now, ""), unit_id, OCTOBER)


async def confirm(database: Database, person_id: int, unit_id: int, now: dt.datetime, words: str | None = None) -> None:
    await database.write(lambda tx: says(tx, person_id, unit_id, now, words))


async def made_of(database: Database, unit_id: int, edition: Edition = Edition.DRAFT) -> MonthSummary:
    stored = await draft(database, unit_id, edition)
    assert stored is not None
    return stored


async def draft(database: Database, unit_id: int, edition: Edition = Edition.DRAFT) -> MonthSummary | None:
    return await database.read(lambda tx: summaries.stored(tx, unit_id, str(OCTOBER), edition))


async def test_branches_are_asked_and_the_committee_is_not(database: Database, cast: Cast) -> None:
    def asked(tx: Reader) -> list[bool]:
        units = (cast.branch, cast.other, cast.general, cast.committee)
        return [rows.get(tx, unit, str(OCTOBER)) is not None for unit in units]

    assert await database.read(asked) == [True, True, False, False]
    await tick(database, THIRD)
    assert await database.read(asked) == [True, True, True, False], "there is nobody over the committee"


async def test_each_level_leaves_a_minute_after_all_beneath_have_confirmed(database: Database, cast: Cast) -> None:
    await confirm(database, cast.chen_jing, cast.branch, FIRST, "学用结合紧。")
    await tick(database, FIRST + 5 * MINUTE)
    assert await draft(database, cast.general) is None
    await confirm(database, cast.zhao_qiang, cast.other, FIRST + 5 * MINUTE)
    await tick(database, FIRST + 5 * MINUTE + dt.timedelta(seconds=59))
    assert await draft(database, cast.general) is None
    await tick(database, FIRST + 6 * MINUTE)
    made = await made_of(database, cast.general)
    assert [(said.unit, said.text) for said in made.words] == [("变电检修党支部", "学用结合紧。")]
    assert made.unconfirmed == ()
    assert await draft(database, cast.committee) is None
    await confirm(database, cast.he_min, cast.general, FIRST + 7 * MINUTE)
    await tick(database, FIRST + 8 * MINUTE)
    assert await draft(database, cast.committee) is not None


async def test_the_third_working_day_waits_for_nobody(database: Database, cast: Cast) -> None:
    await confirm(database, cast.chen_jing, cast.branch, FIRST)
    await tick(database, THIRD - MINUTE)
    assert await draft(database, cast.general) is None
    await tick(database, THIRD)
    for unit_id in (cast.general, cast.committee):
        assert (await made_of(database, unit_id)).unconfirmed == ("输电运检党支部",)


async def test_who_holds_no_role_any_more_is_not_waited_for_and_is_marked(database: Database, cast: Cast) -> None:
    his = role.c.person_id == cast.zhao_qiang
    await database.write(lambda tx: tx.run(update(role).where(his).values(ended_at=FIRST)))
    await confirm(database, cast.chen_jing, cast.branch, FIRST)
    await tick(database, FIRST + MINUTE)
    assert (await made_of(database, cast.general)).unconfirmed == ("输电运检党支部",)
    with pytest.raises(Refusal, match="not_yours"):
        await confirm(database, cast.zhao_qiang, cast.other, FIRST + MINUTE)


async def test_while_a_branch_has_no_draft_yet_nothing_leaves(database: Database) -> None:
    """At nine the first branches are made in one unit and others in the next; none of them is overlooked."""
    cast = await database.write(found)
    await database.write(lambda tx: rows.ask(tx, cast.branch, str(OCTOBER), FIRST))
    await confirm(database, cast.chen_jing, cast.branch, FIRST)
    assert await database.read(lambda tx: rows.complete(tx, str(OCTOBER), FIRST + MINUTE)) == set()


async def test_what_is_late_counts_in_the_final(database: Database, cast: Cast) -> None:
    await tick(database, THIRD)
    await confirm(database, cast.chen_jing, cast.branch, THIRD + MINUTE, "补报。")
    await confirm(database, cast.chen_jing, cast.branch, THIRD + 2 * MINUTE, "再补报。")
    await tick(database, LOCK)
    made = await made_of(database, cast.general, Edition.FINAL)
    assert ([said.text for said in made.words], made.unconfirmed) == (["再补报。"], ("输电运检党支部",))
    with pytest.raises(Refusal, match="month_has_gone_up"):
        await confirm(database, cast.zhao_qiang, cast.other, LOCK)


async def test_what_has_gone_up_stands(database: Database, cast: Cast) -> None:
    await confirm(database, cast.chen_jing, cast.branch, FIRST, "第一稿。")
    await tick(database, THIRD)
    with pytest.raises(Refusal, match="month_has_gone_up"):
        await confirm(database, cast.chen_jing, cast.branch, THIRD, "第二稿。")
    with pytest.raises(Refusal, match="month_has_gone_up"):
        await database.write(lambda tx: unsays(tx, cast.chen_jing, cast.branch, THIRD))


async def test_a_remark_that_was_taken_back_is_nobodys_to_read(database: Database, cast: Cast) -> None:
    await confirm(database, cast.chen_jing, cast.branch, FIRST, "第一稿。")
    await database.write(lambda tx: unsays(tx, cast.chen_jing, cast.branch, FIRST))
    await tick(database, THIRD)
    made = await made_of(database, cast.general)
    assert (made.words, made.unconfirmed) == ((), ("变电检修党支部", "输电运检党支部"))


async def test_the_general_branchs_secretary_is_shown_the_month_that_left_early(database: Database, cast: Cast) -> None:
    for person_id, unit_id in ((cast.chen_jing, cast.branch), (cast.zhao_qiang, cast.other)):
        await confirm(database, person_id, unit_id, FIRST)

    def usual(tx: Reader) -> Month:
        actor = access.identify(tx, 9000 + cast.he_min, FIRST + MINUTE, "")
        return summary_reading.asked(tx, actor, "")[0]

    assert await database.read(usual) == OCTOBER.previous
    await tick(database, FIRST + MINUTE)
    assert await database.read(usual) == OCTOBER


async def test_names_are_found_in_words(database: Database, cast: Cast) -> None:
    def named(tx: Reader) -> list[set[str]]:
        said = ("李明同志进步快，陈静同志带得好。", "一名青年骨干进步快。", "赵强")
        return [set(people.named_in(tx, cast.branch, words)) for words in said]

    assert await database.read(named) == [{"李明", "陈静"}, set(), set()]


def test_what_came_after_the_summary_above_has_not_gone_up_with_it() -> None:
    said = Confirmation(1, "2026-10", FIRST, "补充。", confirmed_at=THIRD)
    assert said.has_gone_up(THIRD + MINUTE)
    assert not said.has_gone_up(THIRD - MINUTE)
    assert not said.has_gone_up(None)
    assert not Confirmation(1, "2026-10", FIRST, "补充。").has_gone_up(THIRD)
    assert Confirmation(1, "2026-10", FIRST, "补充。").said == ""


async def meanwhile(database: Database, first: Callable[[Writer], Any], second: Callable[[Writer], Any]) -> list[Any]:
    """Begin the second unit while the first has done its work but has not committed; what each ended in."""
    worked, looked = threading.Event(), threading.Event()

    def holding(tx: Writer) -> None:
        first(tx)
        worked.set()
        looked.wait(5)

    one = asyncio.create_task(database.write(holding))
    await asyncio.to_thread(worked.wait, 5)
    other = asyncio.create_task(database.write(second))
    await asyncio.wait({other}, timeout=0.5)
    looked.set()
    return list(await asyncio.gather(one, other, return_exceptions=True))


@pytest.mark.parametrize("leaves_first", [True, False])
async def test_leaving_and_taking_back_at_the_same_moment_agree(postgres_url: str, leaves_first: bool) -> None:  # noqa: FBT001 - a table of cases
    """Either it has gone up and stands, or it was taken back and the summary above, if it left, says so."""
    database = await open_database(postgres_url)
    cast = await database.write(found)
    await tick(database, FIRST)
    for person_id, unit_id in ((cast.chen_jing, cast.branch), (cast.zhao_qiang, cast.other)):
        await confirm(database, person_id, unit_id, FIRST, "学用结合紧。")
    now = FIRST + MINUTE
    acts = [lambda tx: step(tx, now), lambda tx: unsays(tx, cast.chen_jing, cast.branch, now)]
    ended = await meanwhile(database, *(acts if leaves_first else reversed(acts)))
    made = await draft(database, cast.general)
    said = await database.read(lambda tx: rows.get(tx, cast.branch, str(OCTOBER)))
    assert said is not None
    assert (said.confirmed_at is not None) is leaves_first
    assert isinstance(ended[1], Refusal) is leaves_first
    assert made is not None or not leaves_first
    assert made is None or ("变电检修党支部" in made.unconfirmed) is not leaves_first
    await database.close()
