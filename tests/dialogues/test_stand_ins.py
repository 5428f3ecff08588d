"""A mentor away for more than three working days: somebody stands in, reads and answers, and it ends by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.actors import Actor
from domain.roles import RoleKind
from domain.units import UnitKind
from services import accounts
from tests.dialogues.test_check_ins import report
from tests.dialogues.test_health import lose
from tests.dialogues.test_needs import later
from tests.programme import pair
from tests.stage import BRANCH, GENERAL_BRANCH, MONDAY, OTHER_BRANCH, Stage

THURSDAY = datetime(2026, 10, 22, 2, tzinfo=UTC)


async def test_the_secretary_answers_until_the_mentor_is_back(paired: Stage) -> None:
    mentor, secretary = paired["王芳"], paired["陈静"]
    await mentor.say("/leave 10月19日 10月30日")
    [*_, taken] = await mentor.tap("确认")
    assert "这期间由陈静同志代为点评李明同志的汇报" in taken.text
    await paired.at(MONDAY + timedelta(minutes=2))
    assert "这期间请您代为点评李明同志的汇报，到期自动结束" in await secretary.heard()
    assert "这期间您的汇报由陈静同志代为点评" in await paired["李明"].heard()
    await paired.at(THURSDAY)
    await report(paired)
    await paired.at(THURSDAY + timedelta(minutes=2))
    await secretary.say("待点评")
    await secretary.tap("逐份点评")
    [*_, settled] = await secretary.tap("已阅")
    assert "一分钟后告知李明同志" in settled.text


async def test_the_mentor_names_a_colleague_and_thinks_again(paired: Stage) -> None:
    await paired.person("孙丽", "变电检修党支部", backbone=True)
    mentor = paired["王芳"]
    await mentor.say("/leave 10月19日 10月30日")
    await mentor.tap("确认")
    [*_, asked] = await mentor.tap("换人代为点评：李明")
    assert asked.buttons == ["陈静", "孙丽"]
    [*_, chosen] = await mentor.tap("孙丽")
    assert "这期间由孙丽同志代为点评李明同志的汇报" in chosen.text
    await mentor.tap("撤销")
    await mentor.forge(f"stand_in.to:1:1:{paired['孙丽'].person_id}")
    await paired.at(MONDAY + timedelta(minutes=2))
    assert "请您代为点评" in await paired["孙丽"].heard()
    assert "请您代为点评" not in await paired["陈静"].heard()
    assert "待点评" in [title for row in await paired["孙丽"].phone.keyboard() for title in row]
    await paired.at(THURSDAY)
    await report(paired)
    await paired.at(THURSDAY + timedelta(minutes=2))
    [*_, waiting] = await paired["孙丽"].say("/reviews")
    assert "李明" in waiting.text
    await paired.at(THURSDAY + timedelta(days=30))
    [*_, waiting] = await paired["孙丽"].press("待点评")
    assert "李明" not in waiting.text
    await paired["孙丽"].say("/home")
    assert "待点评" not in [title for row in await paired["孙丽"].phone.keyboard() for title in row]


async def test_colleagues_are_those_of_the_branch_who_can_answer_here(stage: Stage) -> None:
    """王芳 belongs to a group of it; 孙丽 is in another, and 高平 uses no Telegram."""
    for group in ("第一党小组", "第二党小组"):
        await stage.unit(UnitKind.GROUP, group, BRANCH)
    await stage.person("何芳", "第一党小组", backbone=True)
    await stage.person("孙丽", "第二党小组", backbone=True)
    await stage.person("高平", "第一党小组", backbone=True, account=False)
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["何芳"].person_id])
    await stage["何芳"].say("/leave 10月19日 10月30日")
    await stage["何芳"].tap("确认")
    [*_, asked] = await stage["何芳"].tap("换人代为点评：李明")
    assert asked.buttons == ["陈静", "孙丽", "王芳"]


async def test_a_mentor_who_is_stood_in_for_is_left_alone(paired: Stage) -> None:
    mentor = paired["王芳"]
    await mentor.say("/leave 10月12日 10月23日")
    await mentor.tap("确认")
    await report(paired)
    heard = await mentor.heard()
    await paired.at(datetime(2026, 10, 15, 1, 0, tzinfo=UTC))
    assert await mentor.heard() == heard
    assert "1份汇报待您点评" in await paired["陈静"].heard()
    await paired.at(datetime(2026, 10, 26, 1, 0, tzinfo=UTC))
    assert "1份汇报待您点评" in await mentor.heard()


async def test_the_secretary_asks_somebody_of_another_branch(english_stage: Stage) -> None:
    await pair(english_stage.database, MONDAY, english_stage["李明"].person_id, [english_stage["王芳"].person_id])
    secretary = english_stage["陈静"]
    await secretary.say("/leave")
    await secretary.forge(f"leave.take:{english_stage['王芳'].person_id}:0:2026-10-19:2026-10-30")
    [*_, asked] = await secretary.tap("Someone else for 李明")
    assert "in place of 王芳" in asked.text
    await secretary.tap("Someone of another branch")
    [*_, chosen] = await secretary.forge(f"stand_in.to:1:1:{english_stage['赵强'].person_id}")
    assert "On these days 赵强 answers the reports of 李明." in chosen.text
    await english_stage.at(MONDAY + timedelta(minutes=2))
    assert "Please answer the reports of 李明 meanwhile" in await english_stage["赵强"].heard()


async def test_either_of_two_mentors_answers_and_settles_it_for_both(stage: Stage) -> None:
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id, stage["赵强"].person_id])
    await report(stage)
    await stage.at(MONDAY + timedelta(minutes=2))
    for name in ("王芳", "赵强"):
        [*_, waiting] = await stage[name].say("/reviews")
        assert "李明" in waiting.text
    await stage["赵强"].tap("逐份点评")
    await stage["赵强"].tap("已阅")
    [*_, waiting] = await stage["王芳"].say("/reviews")
    assert "李明" not in waiting.text
    [*_, refused] = await stage["王芳"].forge("review.noted:1")
    assert "赵强" in refused.text


@pytest.mark.parametrize("name", ["林一", "李明", "赵强"])
async def test_nobody_else_chooses(paired: Stage, name: str) -> None:
    await paired["王芳"].say("/leave 10月19日 10月30日")
    await paired["王芳"].tap("确认")
    for data in ("stand_in.ask:1:1:0", "stand_in.elsewhere:1:1", f"stand_in.to:1:1:{paired['赵强'].person_id}"):
        [*_, refused] = await paired[name].forge(data)
        assert "没有查看或办理此事的权限" in refused.text


async def test_a_branchs_leave_asks_who_answers_those_elsewhere(stage: Stage) -> None:
    """林一's branch pauses; 李明, whom he guides, belongs to 陈静's branch and reports on."""
    await stage.give_role(stage["赵强"], RoleKind.SECRETARY, OTHER_BRANCH)
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["林一"].person_id])
    await stage["赵强"].say("/home")
    [*_, taken] = await stage["赵强"].forge(f"leave.take:0:{stage.units[OTHER_BRANCH]}:2026-10-19:2026-10-30")
    assert "这期间由陈静同志代为点评李明同志的汇报" in taken.text
    assert taken.buttons == ["撤销"], "whom to name is said by the mentor and by the mentee's secretary"
    await stage.at(MONDAY + timedelta(minutes=2))
    told = await stage["陈静"].last()
    assert "这期间请您代为点评李明同志的汇报，到期自动结束" in told.text
    [*_, asked] = await stage["陈静"].tap("换人代为点评：李明")
    assert asked.buttons[:2] == ["陈静", "王芳"]
    [*_, chosen] = await stage["陈静"].tap("王芳")
    assert "这期间由王芳同志代为点评李明同志的汇报" in chosen.text


async def test_without_a_word_the_secretary_answers_in_english(english_stage: Stage) -> None:
    stage, mentor, secretary = english_stage, english_stage["王芳"], english_stage["陈静"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [mentor.person_id])
    await mentor.say("/leave 19 Oct to 21 Oct")
    [*_, short] = await mentor.tap("Confirm")
    assert "answers the reports" not in short.text, "three working days ask for nobody"
    await mentor.tap("Undo")
    await mentor.say("/leave 19 Oct to 30 Oct")
    [*_, taken] = await mentor.tap("Confirm")
    assert "On these days 陈静 answers the reports of 李明." in taken.text
    await stage.at(MONDAY + timedelta(minutes=2))
    assert "Meanwhile 陈静 answers your reports." in await stage["李明"].heard()
    await stage.at(THURSDAY)
    await report(stage)
    await stage.at(THURSDAY + timedelta(minutes=2))
    await secretary.say("/reviews")
    await secretary.tap("Review one by one")
    [*_, settled] = await secretary.tap("Noted")
    assert settled.text == "Noted. 李明 is told in a minute; until then you can undo it."
    [*_, refused] = await stage["林一"].forge(f"stand_in.to:1:1:{stage['赵强'].person_id}")
    assert "This is not open to you." in refused.text


async def away(stage: Stage, name: str, span: str = "10月19日 10月30日") -> str:
    await stage[name].say(f"/leave {span}")
    [*_, taken] = await stage[name].tap(stage.key("Confirm"))
    return taken.text


async def unbind(stage: Stage, name: str) -> None:
    await stage.database.write(lambda tx: accounts.unbind(tx, Actor.clock(MONDAY), stage[name].person_id))


async def heard_since(stage: Stage, name: str, before: str) -> str:
    return (await stage[name].heard()).removeprefix(before)


async def test_both_mentors_away_ask_for_somebody_on_the_days_in_common(stage: Stage) -> None:
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id, stage["赵强"].person_id])
    assert "代为点评" not in await away(stage, "王芳"), "the other one is there"
    assert "这期间由陈静同志代为点评李明同志的汇报" in await away(stage, "赵强", "10月22日 11月6日")
    await later(stage)
    told = await stage["李明"].heard()
    assert "王芳、赵强同志10月22日（星期四）至10月30日（星期五）不在岗，这期间您的汇报由陈静同志代为点评。" in told
    assert "10月30日（星期五），李明同志的汇报由陈静同志代为点评。" in await stage["王芳"].heard(), (
        "so the other one knows"
    )
    quiet = {name: await stage[name].heard() for name in ("王芳", "赵强")}
    await stage.at(THURSDAY)
    await report(stage)
    await stage.at(datetime(2026, 10, 26, 2, tzinfo=UTC))
    assert "1份汇报待您点评" in await stage["陈静"].heard()
    assert {name: await stage[name].heard() for name in quiet} == quiet, "nobody writes to those who are away"
    await stage["王芳"].say("/leave")
    [*_, back] = await stage["王芳"].tap("取消暂停：王芳，至10月30日（星期五）")
    assert "一分钟后告知：陈静、李明" in back.text, "one of the two is back before"
    await later(stage)
    assert "李明同志的汇报不再由您代为点评，谢谢您。" in (await stage["陈静"].last()).text
    assert "您的汇报由王芳同志点评，不再由他人代为点评。" in (await stage["李明"].last()).text


async def test_two_leaves_that_adjoin_are_one(paired: Stage) -> None:
    assert "代为点评" not in await away(paired, "王芳", "10月19日 10月21日")
    assert "这期间由陈静同志代为点评李明同志的汇报" in await away(paired, "王芳", "10月22日 10月26日")
    await later(paired)
    assert "10月19日（星期一）至10月26日（星期一）不在岗" in (await paired["李明"].last()).text


@pytest.mark.parametrize("gone", ["on leave", "cannot be reached", "no account"])
async def test_a_deputy_is_asked_where_the_secretary_cannot_read(paired: Stage, gone: str) -> None:
    await paired.give_role(paired["林一"], RoleKind.SECRETARY, BRANCH, "副书记")
    match gone:
        case "on leave":
            await away(paired, "陈静")
        case "cannot be reached":
            await lose(paired, "陈静")
        case _:
            await unbind(paired, "陈静")
    assert "这期间由林一同志代为点评李明同志的汇报" in await away(paired, "王芳")


async def test_without_a_deputy_the_secretary_of_the_unit_above_is_asked(paired: Stage) -> None:
    await paired.person("何敏", GENERAL_BRANCH)
    await paired.give_role(paired["何敏"], RoleKind.SECRETARY, GENERAL_BRANCH)
    await away(paired, "陈静")
    assert "这期间由何敏同志代为点评李明同志的汇报" in await away(paired, "王芳")


async def test_where_nobody_is_left_it_is_said_and_the_mentor_still_hears(paired: Stage) -> None:
    await away(paired, "陈静")
    assert "这期间李明同志的汇报还没有人点评" in await away(paired, "王芳")
    await paired.at(THURSDAY)
    await report(paired)
    await paired.at(datetime(2026, 10, 26, 2, tzinfo=UTC))
    assert "1份汇报待您点评" in await paired["王芳"].heard(), "else it would be left unread"
