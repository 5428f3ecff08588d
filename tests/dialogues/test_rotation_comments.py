"""The mentor at home reads a rotation on and comments: finds it without a command, hears little, says a sentence."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.dialogues.duty_story import at
from tests.dialogues.test_forms import cells
from tests.dialogues.test_pairings import picked
from tests.programme import pair, rotate
from tests.stage import MONDAY, OTHER_BRANCH, Player, Stage

LAST_WEEK = at(12, 28, 10)
ADVICE = "安全规程再学一遍。"
NOT_HERS = "This is not open to you. If it should be, please ask your secretary."


async def away(stage: Stage, mentor: int | None = None) -> None:
    """李明, guided by 王芳 or another, is at 林一's branch."""
    await pair(stage.database, MONDAY, stage["李明"].person_id, [mentor or stage["王芳"].person_id])
    await rotate(stage.database, MONDAY, stage["李明"].person_id, stage.units[OTHER_BRANCH], stage["林一"].person_id)


async def later(stage: Stage, minutes: int = 2) -> None:
    await stage.at(stage.clock.now() + timedelta(minutes=minutes))


async def told(stage: Stage, name: str, moment: datetime) -> str:
    before = await stage[name].heard()
    await stage.at(moment)
    return (await stage[name].heard()).removeprefix(before).strip()


async def talk(stage: Stage) -> None:
    await stage["林一"].forge("rotation.note:1:midterm")
    await stage["林一"].say("巡视已能独立完成。\n下一步学缺陷定级。")


async def evaluated(stage: Stage) -> None:
    host = stage["林一"]
    await host.forge("rotation.evaluate:1")
    await host.say("独立巡视220千伏线路")
    await host.tap(stage.key("can do it alone"))
    await host.tap(stage.key("Leave it out"))


async def titles(player: Player) -> list[str]:
    return [title for row in await player.phone.keyboard() for title in row]


async def test_the_mentor_finds_it_without_a_command(either_stage: Stage) -> None:
    stage, mentor = either_stage, either_stage["王芳"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [mentor.person_id])
    await mentor.say("/home")
    assert stage.key("Rotations") not in await titles(mentor)
    await rotate(stage.database, MONDAY, stage["李明"].person_id, stage.units[OTHER_BRANCH], stage["林一"].person_id)
    await mentor.say("/home")
    assert stage.key("Rotations") in await titles(mentor)
    [*_, own] = await mentor.press(stage.key("Rotations"))
    assert len(own.buttons) == 1
    [*_, card] = await mentor.tap(own.buttons[0])
    assert "林一" in card.text
    await mentor.say("/pairings")
    [*_, pairing] = await mentor.forge("pairing.open:1")
    way = stage.key("Rotation: {unit}, {post}", unit=OTHER_BRANCH, post="输电运检员")
    [*_, again] = await mentor.tap(way, message=pairing)
    assert again.text == card.text
    assert await titles(stage["赵强"]) == [] or stage.key("Rotations") not in await titles(stage["赵强"])


async def test_the_pairings_card_says_where_the_mentee_is(stage: Stage) -> None:
    await away(stage)
    line = f"轮岗：{OTHER_BRANCH}输电运检员，2026年10月5日至2026年12月31日（在岗）"
    for name in ("王芳", "李明", "陈静", "周伟"):
        [*_, card] = await stage[name].forge("pairing.open:1")
        assert line in card.text, name
    [*_, refused] = await stage["林一"].forge("pairing.open:1")
    assert OTHER_BRANCH not in refused.text


async def test_talks_come_with_the_digest_and_the_evaluation_by_itself(stage: Stage) -> None:
    await away(stage)
    digest = await told(stage, "王芳", at(10, 15, 9))
    assert digest == "李明同志的轮岗有新情况：已安排"
    await talk(stage)
    assert await told(stage, "王芳", at(10, 15, 15)) == ""
    assert await told(stage, "王芳", at(10, 19, 9)) == "李明同志的轮岗有新情况：中期谈话"
    [*_, card] = await stage["王芳"].tap("查看轮岗")
    assert "巡视已能独立完成。" in card.text
    assert "轮岗有新情况" not in await told(stage, "王芳", at(10, 22, 9))
    await stage.at(LAST_WEEK)
    await evaluated(stage)
    heard = await told(stage, "王芳", LAST_WEEK + timedelta(minutes=2))
    assert heard.startswith("李明同志的轮岗已作评价。")
    assert heard.count("轮岗已作评价") == 1
    assert (await stage["王芳"].last()).buttons == ["点评带教评价", "查看轮岗"]


async def test_what_is_new_is_listed_in_english(english_stage: Stage) -> None:
    await away(english_stage)
    await talk(english_stage)
    assert await told(english_stage, "王芳", at(10, 15, 9)) == "New in the rotation of 李明: arranged and mid-term talk"


async def test_what_is_undone_or_told_apart_is_not_in_the_digest(stage: Stage) -> None:
    await away(stage)
    await stage.at(at(10, 15, 9))
    await talk(stage)
    await stage["林一"].tap("撤销")
    assert "轮岗有新情况" not in await told(stage, "王芳", at(10, 19, 9))
    assert "轮岗有新情况" not in await stage["陈静"].heard()


async def test_a_cancelled_rotation_is_told_of(stage: Stage) -> None:
    await away(stage)
    await stage.at(at(10, 15, 9))
    await stage["陈静"].forge("rotation.ask_cancel:1")
    await stage["陈静"].say("工作需要")
    await stage["陈静"].tap("确定")
    assert await told(stage, "王芳", at(10, 19, 9)) == "李明同志的轮岗有新情况：已取消"


async def test_a_comment_is_said_read_and_told(either_stage: Stage) -> None:
    stage, mentor = either_stage, either_stage["王芳"]
    await away(stage)
    await talk(stage)
    await mentor.forge("rotation.open:1")
    [*_, asked] = await mentor.tap(stage.key("Comment on the mid-term talk"))
    assert "李明" in asked.text
    [*_, card] = await mentor.say(ADVICE)
    assert ADVICE in card.text
    assert stage.key("Change my comment on the mid-term talk") in card.buttons
    await later(stage)
    assert stage.key("{mentor} has commented on your rotation.", mentor="王芳") in await stage["李明"].heard()
    told = stage.key("{mentor} has commented on the rotation of {name}.", mentor="王芳", name="李明")
    assert told in await stage["林一"].heard()
    for name in ("李明", "林一", "陈静"):
        assert ADVICE in await stage[name].heard(), name
        [*_, seen] = await stage[name].forge("rotation.open:1")
        assert ADVICE in seen.text
    assert ADVICE not in await stage["赵强"].heard()


async def test_it_is_undone_or_said_otherwise(either_stage: Stage) -> None:
    stage, mentor = either_stage, either_stage["王芳"]
    await away(stage)
    await talk(stage)
    await mentor.forge("rotation.comment:1:midterm")
    await mentor.say(ADVICE)
    [*_, card] = await mentor.tap(stage.key("Undo"))
    assert ADVICE not in card.text
    await later(stage)
    assert ADVICE not in await stage["李明"].heard()
    await mentor.forge("rotation.comment:1:midterm")
    await mentor.say(ADVICE)
    await later(stage)
    [*_, asked] = await mentor.tap(stage.key("Change my comment on the mid-term talk"))
    assert ADVICE in asked.text
    await mentor.tap(stage.key("Never mind"))
    await mentor.forge("rotation.comment:1:midterm")
    [*_, card] = await mentor.say("同意。")
    assert ADVICE not in card.text
    assert "同意。" in card.text


async def replaced(stage: Stage) -> None:
    secretary = stage["陈静"]
    await secretary.forge("pairing.mentor:1")
    await secretary.tap(stage.key("In place of {name}", name="王芳"))
    await secretary.say("赵强")
    await secretary.tap(data=picked(await secretary.last(), stage["赵强"].person_id))
    await secretary.tap(stage.key("Yes, do it"))


async def test_whoever_is_replaced_within_the_minute_may_still_undo_it(either_stage: Stage) -> None:
    stage, mentor = either_stage, either_stage["王芳"]
    await away(stage)
    await talk(stage)
    await mentor.forge("rotation.comment:1:midterm")
    [*_, card] = await mentor.say(ADVICE)
    await replaced(stage)
    [*_, undone] = await mentor.tap(stage.key("Undo"), message=card)
    assert undone.text == stage.key("Undone. Nothing was kept and nobody was told.")
    [*_, refused] = await mentor.forge("rotation.open:1")
    assert refused.text == stage.key(NOT_HERS), "the rotation itself is closed to her"
    await later(stage)
    assert ADVICE not in await stage["李明"].heard()
    assert ADVICE not in (await stage["陈静"].forge("rotation.open:1"))[-1].text


async def test_what_a_replaced_mentor_had_said_is_told_under_her_name(stage: Stage) -> None:
    await away(stage)
    await talk(stage)
    await stage["王芳"].forge("rotation.comment:1:midterm")
    [*_, card] = await stage["王芳"].say(ADVICE)
    await replaced(stage)
    await later(stage)
    assert "王芳同志对您的轮岗作了点评。" in await stage["李明"].heard()
    [*_, late] = await stage["王芳"].tap("撤销", message=card)
    assert late.text.startswith("已经过了一分钟，")
    assert ADVICE in (await stage["李明"].forge("rotation.open:1"))[-1].text


@pytest.mark.parametrize("name", ["李明", "林一", "陈静", "赵强", "周伟"])
async def test_nobody_else_comments(stage: Stage, name: str) -> None:
    await away(stage)
    await talk(stage)
    [*_, refused] = await stage[name].forge("rotation.comment:1:midterm")
    assert refused.text.startswith("您没有查看或办理此事的权限。")


async def test_an_older_button_finds_nothing_to_comment_on(either_stage: Stage) -> None:
    await away(either_stage)
    [*_, refused] = await either_stage["王芳"].forge("rotation.comment:1:evaluation")
    assert refused.text == either_stage.key(
        "There is nothing to comment on here, or no longer. Please open the rotation again."
    )


async def test_it_is_said_after_the_close_and_printed_with_the_evaluation(stage: Stage) -> None:
    await away(stage)
    await stage.at(LAST_WEEK)
    await evaluated(stage)
    await later(stage)
    secretary = stage["陈静"]
    await secretary.forge("rotation.open:1")
    await secretary.tap("办结")
    await later(stage)
    [*_, own] = await stage["王芳"].say("/rotations")
    await stage["王芳"].tap(own.buttons[0])
    await stage["王芳"].tap("点评带教评价")
    [*_, card] = await stage["王芳"].say(ADVICE)
    assert "王芳同志点评，" in card.text
    await secretary.forge("rotation.open:1")
    [*_, form] = await secretary.tap("打印评价表")
    text = await cells(secretary, form)
    assert text[text.index("导师点评") + 1] == f"王芳：{ADVICE}"


async def test_what_was_entered_is_marked_on_paper_too(stage: Stage) -> None:
    mentor = await stage.person("孙师傅", "变电检修党支部", backbone=True, account=False)
    await away(stage, mentor.person_id)
    await stage.at(LAST_WEEK)
    await evaluated(stage)
    secretary = stage["陈静"]
    await secretary.forge(f"proxy.act:on_evaluate:1:{mentor.person_id}")
    await secretary.say(ADVICE)
    await secretary.tap("电话告知")
    await secretary.tap("确认代录")
    await secretary.forge("rotation.open:1")
    [*_, form] = await secretary.tap("打印评价表")
    mark = "点评带教评价：由陈静书记根据孙师傅同志的电话告知代录"
    text = await cells(secretary, form)
    assert text[text.index("导师点评") + 1].startswith(f"孙师傅：{ADVICE}\n{mark}")


async def test_the_secretary_enters_it_for_a_mentor_without_telegram(either_stage: Stage) -> None:
    stage, secretary = either_stage, either_stage["陈静"]
    mentor = await stage.person("孙师傅", "变电检修党支部", backbone=True, account=False)
    await away(stage, mentor.person_id)
    enter = stage.key("Enter for {name}", name=mentor.name)
    [*_, card] = await secretary.forge("rotation.open:1")
    assert enter not in card.buttons, "there is nothing to comment on yet"
    await talk(stage)
    await secretary.forge("rotation.open:1")
    [*_, asked] = await secretary.tap(enter)
    assert mentor.name in asked.text
    await secretary.say(ADVICE)
    await secretary.tap(stage.key("A paper"))
    [*_, done] = await secretary.tap(stage.key("Confirm the entry"))
    assert stage.key("Comment on the mid-term talk") in done.text
    await later(stage)
    [*_, seen] = await stage["李明"].forge("rotation.open:1")
    assert ADVICE in seen.text
    assert done.text.splitlines()[0] in seen.text, "marked as entered"
    assert ADVICE in await stage["李明"].heard()
    told = "{mentor} has commented on the rotation of {name}."
    assert stage.key(told, mentor=mentor.name, name="李明") not in await secretary.heard()


async def test_what_was_entered_is_undone_within_the_minute(stage: Stage) -> None:
    mentor = await stage.person("孙师傅", "变电检修党支部", backbone=True, account=False)
    await away(stage, mentor.person_id)
    await talk(stage)
    await stage["陈静"].forge(f"proxy.act:on_midterm:1:{mentor.person_id}")
    await stage["陈静"].say(ADVICE)
    await stage["陈静"].tap("电话告知")
    await stage["陈静"].tap("确认代录")
    await stage["陈静"].tap("撤销")
    [*_, card] = await stage["陈静"].forge("rotation.open:1")
    assert ADVICE not in card.text
