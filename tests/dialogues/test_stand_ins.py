"""A mentor away for more than three working days: somebody stands in, reads and answers, and it ends by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.actors import Actor
from domain.people import Stage as PartyStage
from domain.roles import RoleKind
from domain.units import UnitKind
from services import accounts
from tests.dialogues.test_check_ins import WORDS, report
from tests.dialogues.test_handovers import name as name_successor
from tests.dialogues.test_handovers import opened
from tests.dialogues.test_health import lose
from tests.dialogues.test_needs import ask, later
from tests.programme import pair
from tests.stage import BRANCH, GENERAL_BRANCH, MONDAY, OTHER_BRANCH, Stage

THURSDAY = datetime(2026, 10, 22, 2, tzinfo=UTC)


@pytest.fixture
async def paired(stage: Stage) -> Stage:
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    return stage


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


async def stood_in_by_a_colleague(stage: Stage) -> Stage:
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await stage.person("孙丽", BRANCH, backbone=True)
    await away(stage, "王芳", "19 Oct to 30 Oct" if stage.language == "en" else "10月19日 10月30日")
    await stage["王芳"].tap(stage.key("Someone else for {name}", name="李明"))
    await stage["王芳"].tap("孙丽")
    await later(stage)
    return stage


async def test_a_stand_in_who_retires_is_seen_in_the_preview_and_followed_by_another(stage: Stage) -> None:
    await stood_in_by_a_colleague(stage)
    before = {name: await stage[name].heard() for name in ("王芳", "李明", "陈静")}
    page = await opened(stage, "陈静", "孙丽", "退休")
    assert f"· 代为点评李明同志（{BRANCH}）的汇报 → 陈静" in page
    await stage["陈静"].tap("确认办理：退休")
    await later(stage)
    assert "这期间请您代为点评李明同志的汇报" in (await stage["陈静"].last()).text
    assert "这期间您的汇报由陈静同志代为点评。" in await heard_since(stage, "李明", before["李明"])
    assert "李明同志的汇报由陈静同志代为点评。" in await heard_since(stage, "王芳", before["王芳"])


async def test_a_retirement_that_is_taken_back_within_the_minute_changes_nothing(stage: Stage) -> None:
    await stood_in_by_a_colleague(stage)
    before = {name: await stage[name].heard() for name in ("王芳", "李明", "孙丽")}
    await opened(stage, "陈静", "孙丽", "退休")
    await stage["陈静"].tap("确认办理：退休")
    await stage["陈静"].tap("撤销")
    await later(stage)
    assert {name: await stage[name].heard() for name in before} == before


async def test_a_secretary_who_stands_in_is_followed_by_whoever_takes_her_post(paired: Stage) -> None:
    await paired.person("孙丽", BRANCH, backbone=True)
    await away(paired, "王芳")
    await later(paired)
    page = await opened(paired, "周伟", "陈静", "退休")
    assert f"· 代为点评李明同志（{BRANCH}）的汇报 → 一分钟后另行安排" in page, "it is not known yet who has the post"
    await name_successor(paired, "周伟", "职务：支部书记", "孙丽")
    await paired["周伟"].tap("确认办理：退休")
    await later(paired)
    assert "这期间您的汇报由孙丽同志代为点评。" in (await paired["李明"].last()).text
    assert "这期间请您代为点评李明同志的汇报" in await paired["孙丽"].heard()


async def test_a_leave_that_is_taken_back_within_the_minute_changes_nothing(stage: Stage) -> None:
    await stood_in_by_a_colleague(stage)
    before = {name: await stage[name].heard() for name in ("王芳", "李明", "陈静")}
    await away(stage, "孙丽")
    await stage["孙丽"].tap("撤销")
    await later(stage)
    assert {name: await stage[name].heard() for name in before} == before


async def test_a_stand_in_who_goes_away_is_followed_for_those_days(stage: Stage) -> None:
    await stood_in_by_a_colleague(stage)
    taken = await away(stage, "孙丽", "10月26日 11月6日")
    assert "李明同志的汇报改由谁代为点评，一分钟后安排并告知。" in taken
    await later(stage)
    told = (await stage["李明"].last()).text
    assert "10月19日（星期一）至10月25日（星期日）不在岗，这期间您的汇报由孙丽同志代为点评。" in told
    assert "10月26日（星期一）至10月30日（星期五）不在岗，这期间您的汇报由陈静同志代为点评。" in told


async def test_a_short_absence_of_a_stand_in_is_waited_for(stage: Stage) -> None:
    await stood_in_by_a_colleague(stage)
    before = await stage["李明"].heard()
    assert "代为点评" not in await away(stage, "孙丽", "10月26日 10月27日")
    await later(stage)
    assert await stage["李明"].heard() == before


async def test_a_stand_in_who_cannot_be_reached_any_more_is_followed_within_the_hour(stage: Stage) -> None:
    await stood_in_by_a_colleague(stage)
    await lose(stage, "孙丽")
    await stage.at(MONDAY + timedelta(hours=5))
    assert "这期间您的汇报由陈静同志代为点评。" in (await stage["李明"].last()).text
    assert "李明同志的汇报由陈静同志代为点评。" in (await stage["王芳"].last()).text


async def test_where_nobody_follows_mentor_and_mentee_hear_it(stage: Stage) -> None:
    await stood_in_by_a_colleague(stage)
    await away(stage, "陈静")
    await lose(stage, "孙丽")
    await stage.at(MONDAY + timedelta(hours=5))
    assert "王芳同志不在岗期间暂时无人代为点评，您的汇报等王芳同志回来后点评。" in (await stage["李明"].last()).text
    asked = await stage["王芳"].last()
    assert "暂时无人点评李明同志的汇报，请您另请一位同志。" in asked.text
    [*_, choice] = await stage["王芳"].tap("换人代为点评：李明")
    assert "孙丽" not in choice.buttons
    assert "陈静" not in choice.buttons
    await stage["陈静"].say("/leave")
    await stage["陈静"].tap("取消暂停：陈静，至10月30日（星期五）")
    await stage.at(MONDAY + timedelta(hours=7))
    assert "李明同志的汇报由陈静同志代为点评。" in (await stage["王芳"].last()).text


async def test_a_pairing_given_to_a_mentor_who_is_away(paired: Stage) -> None:
    await away(paired, "赵强", "10月12日 10月30日")
    await later(paired)
    await paired["陈静"].forge(f"pairing.swap:1:{paired['王芳'].person_id}:{paired['赵强'].person_id}")
    await paired.at(paired.clock.now() + timedelta(seconds=59))
    assert "代为点评" not in await paired["李明"].heard(), "it can still be undone"
    await later(paired)
    assert "这期间您的汇报由陈静同志代为点评。" in (await paired["李明"].last()).text
    assert "李明同志的汇报由陈静同志代为点评。" in (await paired["赵强"].last()).text
    assert "请您代为点评李明同志的汇报" in await paired["陈静"].heard()


async def test_ending_the_leave_is_told_to_those_who_heard_of_it(paired: Stage) -> None:
    await away(paired, "王芳")
    [*_, at_once] = await paired["王芳"].tap("撤销")
    assert "一分钟后告知" not in at_once.text, "nobody had heard"
    [*_, again] = await paired["王芳"].tap("撤销")
    assert "一分钟后告知：陈静、李明" in again.text
    await later(paired)
    [*_, ended] = await paired["王芳"].tap("撤销", message=again)
    assert "一分钟后告知：陈静、李明" in ended.text
    await later(paired)
    assert (await paired["陈静"].last()).text == "李明同志的汇报不再由您代为点评，谢谢您。"
    assert (await paired["李明"].last()).text == "您的汇报由王芳同志点评，不再由他人代为点评。"


async def test_support_goes_at_once_to_whoever_is_there(stage: Stage) -> None:
    await stood_in_by_a_colleague(stage)
    await stage.at(THURSDAY)
    before = await stage["王芳"].heard()
    receipt = await ask(stage)
    assert "您反映的困难同时转孙丽同志和陈静书记" in receipt
    await later(stage)
    assert WORDS in (await stage["孙丽"].last()).text
    assert await stage["王芳"].heard() == before
    [*_, waiting] = await stage["王芳"].say("/reviews")
    assert "李明" in waiting.text, "it is there when she is back"


async def test_of_several_mentees_one_message_tells(paired: Stage) -> None:
    await paired.person("高平", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True)
    await pair(paired.database, MONDAY, paired["高平"].person_id, [paired["王芳"].person_id])
    before = len(await paired["陈静"].phone.messages())
    taken = await away(paired, "王芳")
    assert "一分钟后告知：陈静、李明、高平" in taken
    await later(paired)
    assert len(await paired["陈静"].phone.messages()) == before + 1
    told = await paired["陈静"].last()
    assert "代为点评李明同志的汇报" in told.text
    assert "代为点评高平同志的汇报" in told.text
    assert told.buttons == ["换人代为点评：李明", "换人代为点评：高平"]
    await told_of_one_alone(paired)


async def told_of_one_alone(stage: Stage) -> None:
    """Whom to name is said of one mentee, and so is who hears of it."""
    await stage.person("孙丽", BRANCH, backbone=True)
    await stage["陈静"].tap("换人代为点评：高平")
    [*_, chosen] = await stage["陈静"].tap("孙丽")
    assert "一分钟后告知：孙丽、高平、王芳" in chosen.text


async def test_a_second_thought_about_whom_says_who_hears_of_it(stage: Stage) -> None:
    await stood_in_by_a_colleague(stage)
    [*_, asked] = await stage["王芳"].tap("换人代为点评：李明")
    assert "孙丽" not in asked.text or "由孙丽同志代为点评" in asked.text
    [*_, chosen] = await stage["王芳"].tap("陈静")
    assert "一分钟后告知：陈静、孙丽、李明" in chosen.text
    [*_, undone] = await stage["王芳"].tap("撤销")
    assert "这期间由孙丽同志代为点评李明同志的汇报" in undone.text
    assert "一分钟后告知" not in undone.text, "they know"
    before = await stage["孙丽"].heard()
    await later(stage)
    assert await stage["孙丽"].heard() == before


async def test_a_stand_in_who_retires_is_followed_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await stood_in_by_a_colleague(stage)
    page = await opened(stage, "陈静", "孙丽", "Retires")
    assert f"· standing in for the reports of 李明 ({BRANCH}) → 陈静" in page
    await stage["陈静"].tap("Confirm: Retires")
    await later(stage)
    assert "Meanwhile 陈静 answers your reports." in (await stage["李明"].last()).text
    assert "From Mon 19 Oct to Fri 30 Oct 陈静 answers the reports of 李明." in (await stage["王芳"].last()).text


async def test_where_nobody_follows_it_is_said_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await stood_in_by_a_colleague(stage)
    await away(stage, "陈静", "19 Oct to 30 Oct")
    assert "instead is arranged in a minute" not in (await stage["陈静"].last()).text, "she does not stand in"
    taken = await away(stage, "孙丽", "19 Oct to 30 Oct")
    assert "Who answers the reports of 李明 instead is arranged in a minute." in taken
    await later(stage)
    assert "Nobody can stand in for 王芳 at present; 王芳 answers your reports" in (await stage["李明"].last()).text
    asked = await stage["王芳"].last()
    assert asked.text.endswith("Please name somebody.")
    assert asked.buttons == ["Someone else for 李明"]


async def test_an_end_is_told_in_english_and_nothing_is_left_to_choose(english_stage: Stage) -> None:
    stage = english_stage
    await stood_in_by_a_colleague(stage)
    await stage["王芳"].say("/leave")
    [*_, ended] = await stage["王芳"].tap("End: 王芳, until Fri 30 Oct")
    assert "Told in a minute: 孙丽 and 李明" in ended.text
    await later(stage)
    assert (await stage["李明"].last()).text == "Your reports are answered by 王芳; nobody stands in any more."
    thanked = "You need not answer the reports of 李明 any more. Thank you for standing in."
    assert (await stage["孙丽"].last()).text == thanked
    [*_, refused] = await stage["王芳"].forge(f"stand_in.to:1:1:{stage['赵强'].person_id}")
    assert "no longer there" in refused.text


async def test_what_came_before_is_news_to_whoever_stands_in_and_to_the_mentor_who_is_back(stage: Stage) -> None:
    """The report is of Wednesday; the colleague's own digest of Thursday says nothing of it."""
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await stage.person("孙丽", BRANCH, backbone=True)
    await stage.person("高平", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True)
    await pair(stage.database, MONDAY, stage["高平"].person_id, [stage["孙丽"].person_id])
    await away(stage, "王芳", "10月15日 10月23日")
    await stage["王芳"].tap("换人代为点评：李明")
    await stage["王芳"].tap("孙丽")
    await stage.at(datetime(2026, 10, 14, 2, tzinfo=UTC))
    await report(stage)
    before = await stage["王芳"].heard()
    await stage.at(datetime(2026, 10, 15, 1, tzinfo=UTC))
    assert "1份汇报待您点评" in await stage["孙丽"].heard()
    await stage.at(datetime(2026, 10, 22, 1, tzinfo=UTC))
    assert await stage["王芳"].heard() == before
    await stage.at(datetime(2026, 10, 26, 1, tzinfo=UTC))
    assert "1份汇报待您点评" in await heard_since(stage, "王芳", before)


async def test_a_leave_that_stands_again_gives_back_whoever_was_named(stage: Stage) -> None:
    await stood_in_by_a_colleague(stage)
    before = await stage["孙丽"].heard()
    await stage["王芳"].say("/leave")
    [*_, ended] = await stage["王芳"].tap("取消暂停：王芳，至10月30日（星期五）")
    assert "一分钟后告知：孙丽、李明" in ended.text
    [*_, again] = await stage["王芳"].tap("撤销", message=ended)
    assert "这期间由孙丽同志代为点评李明同志的汇报" in again.text
    await later(stage)
    assert await stage["孙丽"].heard() == before, "nothing has changed for her"


async def test_who_stands_in_is_seen_with_ones_own_leaves_and_changed_there(paired: Stage) -> None:
    await away(paired, "王芳")
    await later(paired)
    [*_, home] = await paired["王芳"].say("/leave")
    assert "10月19日（星期一）至10月30日（星期五），李明同志的汇报由陈静同志代为点评。" in home.text
    assert home.buttons[-2:] == ["换人代为点评：李明", "取消暂停：王芳，至10月30日（星期五）"]
    [*_, other] = await paired["陈静"].say("/leave")
    assert "换人" not in "".join(other.buttons), "she reads it in what she was told"


async def test_two_leaves_in_a_row_name_whoever_stands_in_once(paired: Stage) -> None:
    await away(paired, "王芳", "10月19日 10月21日")
    await away(paired, "王芳", "10月22日 10月26日")
    [*_, home] = await paired["王芳"].say("/leave")
    assert home.text.count("10月19日（星期一）至10月26日（星期一），李明同志的汇报由陈静同志代为点评。") == 1
    assert home.buttons.count("换人代为点评：李明") == 1
