"""代理 that changes: whoever stands in leaves, goes away or is not reached any more, a leave ends; who follows, and who hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.people import Stage as PartyStage
from tests.dialogues.test_check_ins import WORDS, report
from tests.dialogues.test_handovers import name as name_successor
from tests.dialogues.test_handovers import opened
from tests.dialogues.test_health import lose
from tests.dialogues.test_needs import ask, later
from tests.dialogues.test_stand_ins import THURSDAY, away, heard_since
from tests.programme import pair
from tests.stage import BRANCH, MONDAY, Stage


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
    assert "一分钟后告知：李明、王芳" in page
    [*_, done] = await stage["陈静"].tap("确认办理：退休")
    assert "一分钟后告知：李明、王芳；其间可撤销。" in done.text
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
    page = await name_successor(paired, "周伟", "职务：支部书记", "孙丽")
    assert "一分钟后告知：孙丽、李明、王芳" in page
    [*_, done] = await paired["周伟"].tap("确认办理：退休")
    assert "一分钟后告知：孙丽、李明、王芳；其间可撤销。" in done.text
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
    assert undone.text.startswith("已撤销。\n这期间由孙丽同志代为点评李明同志的汇报")
    assert "一分钟后告知" not in undone.text, "they know"
    before = await stage["孙丽"].heard()
    await later(stage)
    assert await stage["孙丽"].heard() == before


async def test_a_stand_in_who_retires_is_followed_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await stood_in_by_a_colleague(stage)
    page = await opened(stage, "陈静", "孙丽", "Retires")
    assert f"· standing in for the reports of 李明 ({BRANCH}) → 陈静" in page
    assert "To be told in a minute: 李明 and 王芳" in page
    [*_, done] = await stage["陈静"].tap("Confirm: Retires")
    assert "To be told in a minute: 李明 and 王芳. Until then you can undo it." in done.text
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


@pytest.mark.parametrize("days", ["10月12日 10月30日", "10月19日 10月30日"])
async def test_a_leave_ended_and_given_back_a_day_later_is_not_told_anew(paired: Stage, days: str) -> None:
    await away(paired, "王芳", days)
    await later(paired)
    await paired.at(datetime(2026, 10, 13, 2, tzinfo=UTC))
    before = {name: await paired[name].heard() for name in ("陈静", "李明")}
    await paired["王芳"].say("/leave")
    await paired["王芳"].tap("取消暂停：王芳，至10月30日（星期五）")
    await paired["王芳"].tap("撤销")
    await later(paired)
    assert {name: await paired[name].heard() for name in before} == before
