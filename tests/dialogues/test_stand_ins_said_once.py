"""代理 in few words: who hears of one thing on two ways at a time gets one message of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.dialogues.test_check_ins import WORDS
from tests.dialogues.test_needs import ask, later
from tests.dialogues.test_stand_ins import away
from tests.programme import pair
from tests.stage import MONDAY, Stage


async def spoken(stage: Stage, name: str) -> int:
    return len(await stage[name].phone.messages())


async def test_a_secretary_who_stands_in_gets_the_report_with_its_need_alone(either_stage: Stage) -> None:
    stage = either_stage
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await away(stage, "王芳", "12 Oct to 30 Oct" if stage.language == "en" else "10月12日 10月30日")
    await later(stage)
    before = await spoken(stage, "陈静")
    await ask(stage)
    await later(stage)
    assert await spoken(stage, "陈静") == before + 1
    told = await stage["陈静"].last()
    assert WORDS in told.text
    [*_, opened] = await stage["陈静"].tap(stage.key("Help with this"))
    assert WORDS in opened.text


async def test_for_the_secretary_alone_it_is_told_apart(paired: Stage) -> None:
    await away(paired, "王芳", "10月12日 10月30日")
    await later(paired)
    before = await spoken(paired, "陈静")
    await ask(paired, "仅书记", "家里有困难")
    await later(paired)
    assert await spoken(paired, "陈静") == before + 1
    assert "李明同志需要支持。" in (await paired["陈静"].last()).text


async def test_a_secretary_who_does_not_stand_in_hears_of_the_need_alone(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    told = (await paired["陈静"].last()).text
    assert "李明同志需要支持。" in told


async def entered_by_the_secretary(stage: Stage, first: str = "10月12日", last: str = "10月30日") -> None:
    """陈静 enters a leave for 王芳."""
    secretary = stage["陈静"]
    await secretary.say("/leave")
    await secretary.tap(stage.key("For someone else"))
    [*_, found] = await secretary.say("王芳")
    await secretary.tap(next(label for label in found.buttons if label.startswith("王芳")))
    await secretary.tap(stage.key("From… until…"))
    await secretary.say(f"{first} {last}")
    await secretary.tap(stage.key("Confirm"))


async def test_a_mentor_whose_leave_is_entered_reads_in_one_message_who_stands_in(paired: Stage) -> None:
    before = await spoken(paired, "王芳")
    await entered_by_the_secretary(paired)
    assert "一分钟后告知：王芳、李明" in (await paired["陈静"].last()).text
    await later(paired)
    assert await spoken(paired, "王芳") == before + 1
    told = await paired["王芳"].last()
    assert "书记已为您办理暂停汇报" in told.text
    assert "这期间由陈静同志代为点评李明同志的汇报。" in told.text
    assert told.buttons == ["换人代为点评：李明", "取消暂停"]
    [*_, asked] = await paired["王芳"].tap("换人代为点评：李明")
    assert "请谁代为点评" in asked.text


async def test_so_it_is_in_english(english_stage: Stage) -> None:
    await pair(english_stage.database, MONDAY, english_stage["李明"].person_id, [english_stage["王芳"].person_id])
    before = await spoken(english_stage, "王芳")
    await entered_by_the_secretary(english_stage, "12 Oct", "30 Oct")
    await later(english_stage)
    assert await spoken(english_stage, "王芳") == before + 1
    assert "On these days 陈静 answers the reports of 李明." in (await english_stage["王芳"].last()).text


@pytest.mark.parametrize("late", [False, True])
async def test_a_leave_that_the_secretary_ends_and_gives_back_is_told_to_nobody_anew(
    paired: Stage, *, late: bool
) -> None:
    await entered_by_the_secretary(paired)
    await later(paired)
    if late:
        await paired.at(datetime(2026, 10, 13, 2, tzinfo=UTC))
    before = {name: await paired[name].heard() for name in ("王芳", "李明")}
    await paired["陈静"].forge("leave.cancel:1")
    await paired["陈静"].tap("撤销")
    await later(paired)
    assert {name: await paired[name].heard() for name in before} == before


async def test_whoever_stands_in_next_is_told_to_a_mentor_who_read_of_it_with_his_leave(paired: Stage) -> None:
    await paired.person("孙丽", "变电检修党支部", backbone=True)
    await entered_by_the_secretary(paired)
    await later(paired)
    await paired["陈静"].forge(f"stand_in.to:1:1:{paired['孙丽'].person_id}")
    await later(paired)
    assert "李明同志的汇报由孙丽同志代为点评。" in (await paired["王芳"].last()).text
