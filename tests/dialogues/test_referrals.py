"""上报: 陈静 passes 李明's need up to the committee in her words; 周伟 sees to it and never reads whose it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.roles import RoleKind
from tests.dialogues.test_check_ins import WORDS
from tests.dialogues.test_needs import ask, later
from tests.programme import pair
from tests.stage import COMMITTEE, GENERAL_BRANCH, MONDAY, Stage

PASSED = "GIS专用工具只有一套，请公司统一调配。"


@pytest.fixture
async def asked(stage: Stage) -> Stage:
    """李明 has asked, and 陈静 has heard of it."""
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await ask(stage)
    await later(stage)
    return stage


async def pass_up(stage: Stage, words: str = PASSED) -> str:
    await stage["陈静"].tap("上报协调")
    [*_, card] = await stage["陈静"].say(words)
    return card.text


async def test_the_unit_above_reads_the_branchs_words_alone(asked: Stage) -> None:
    [*_, question] = await asked["陈静"].tap("上报协调")
    assert f"请写明需要{COMMITTEE}协调什么" in question.text
    [*_, card] = await asked["陈静"].say(PASSED)
    assert card.text.startswith("已上报。\n一分钟后告知：李明、周伟；其间可撤销。")
    assert f"由陈静同志报{COMMITTEE}协调。" in card.text
    await later(asked)
    told = await asked["周伟"].last()
    assert told.text.startswith("变电检修党支部提请协调一件困难。")
    assert PASSED in told.text
    heard = await asked["周伟"].heard()
    assert "李明" not in heard
    assert WORDS not in heard
    assert f"报{COMMITTEE}协调" in (await asked["李明"].last()).text


async def test_the_answer_from_above_reaches_the_asker_and_the_branch(asked: Stage) -> None:
    await pass_up(asked)
    await later(asked)
    officer = asked["周伟"]
    await officer.tap("由我负责")
    [*_, question] = await officer.tap("答复")
    assert "反映困难的同志也会看到" in question.text
    await officer.say("本周五前由物资部送到。")
    await later(asked)
    for name in ("李明", "陈静"):
        heard = await asked[name].last()
        assert "答复：“本周五前由物资部送到。”" in heard.text
    assert "您上报的困难有了进展。" in (await asked["陈静"].last()).text
    await asked["李明"].tap("已解决")
    await later(asked)
    told = await officer.last()
    assert told.text.startswith("变电检修党支部上报的困难，本人确认已解决，谢谢！")
    assert "李明" not in told.text


async def test_it_is_taken_back_until_somebody_above_acts(asked: Stage) -> None:
    await pass_up(asked)
    [*_, card] = await asked["陈静"].tap(f"从{COMMITTEE}撤回")
    assert card.text.startswith("已从上级收回，由您负责。\n一分钟后告知：李明\n")
    assert "由陈静同志负责。" in card.text
    assert "撤销" not in card.buttons
    await later(asked)
    assert PASSED not in await asked["周伟"].heard()
    await pass_up(asked)
    await later(asked)
    card = await asked["陈静"].last()
    await asked["周伟"].tap("由我负责")
    [*_, refused] = await asked["陈静"].tap(f"从{COMMITTEE}撤回", message=card)
    assert "已有同志作了处理" in refused.text


async def test_from_the_general_branch_on_to_the_committee(asked: Stage) -> None:
    await asked.give_role(asked["赵强"], RoleKind.SECRETARY, GENERAL_BRANCH, "总支书记")
    [*_, choice] = await asked["陈静"].tap("上报协调")
    assert [row[0].text for row in choice.rows] == [GENERAL_BRANCH, COMMITTEE, "取消"]
    await asked["陈静"].tap(GENERAL_BRANCH)
    [*_, card] = await asked["陈静"].say(PASSED)
    assert "上报协调" not in str(card.rows)
    await later(asked)
    await asked["赵强"].tap("上报协调")
    await asked["赵强"].say("两个支部都缺，请党委统筹。")
    await later(asked)
    [*_, refused] = await asked["陈静"].tap(f"从{GENERAL_BRANCH}撤回", message=card)
    assert "已有同志作了处理" in refused.text
    assert "两个支部都缺，请党委统筹。" in (await asked["周伟"].last()).text
    [*_, listed] = await asked["陈静"].say("困难与支持")
    assert f"已报{COMMITTEE}" in listed.text


async def test_nobody_but_those_whose_turn_it_is_may_pass_it_up(asked: Stage) -> None:
    for name in ("李明", "王芳", "赵强", "周伟", "林一"):
        for press in ("referral.begin:1", f"referral.to:1:{asked.units[COMMITTEE]}", "referral.recall:1"):
            [*_, refused] = await asked[name].forge(press)
            assert "没有查看或办理此事的权限" in refused.text or "还没有明确可以办理的同志" in refused.text
    [*_, refused] = await asked["陈静"].forge(f"referral.to:1:{asked.units[GENERAL_BRANCH]}")
    assert "没有查看或办理此事的权限" in refused.text


async def test_what_was_done_for_people_is_read_without_names(asked: Stage) -> None:
    await asked["陈静"].tap("答复")
    await asked["陈静"].say("工具下周到货。")
    [*_, listed] = await asked["林一"].say("/helped")
    assert "物力（变电检修党支部）：10月12日（星期一）提出，当天答复" in listed.text
    assert "工具下周到货" not in listed.text
    await later(asked)
    await asked["李明"].tap("已解决")
    await asked["李明"].tap("答复内容可不具名公开")
    [*_, listed] = await asked["林一"].say("办的实事")
    assert "当天解决" in listed.text
    assert "工具下周到货。" in listed.text
    assert "李明" not in listed.text
    [*_, refused] = await asked["陈静"].forge("need.share:1:no")
    assert "没有查看或办理此事的权限" in refused.text


async def test_what_only_the_secretary_may_know_stays_out_of_it(stage: Stage) -> None:
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await ask(stage, "仅书记", "想换一位导师。")
    await later(stage)
    await stage["陈静"].tap("答复")
    await stage["陈静"].say("已安排。")
    [*_, listed] = await stage["林一"].say("/helped")
    assert "这里还没有内容" in listed.text


async def test_the_digest_of_those_above_says_when_it_has_waited(asked: Stage) -> None:
    await pass_up(asked)
    for day in (3, 7, 10):
        await asked.at(MONDAY.replace(hour=1) + timedelta(days=day))
    assert "1件困难提出已满一周" in await asked["周伟"].heard()


async def test_the_summary_says_where_it_is(asked: Stage) -> None:
    await pass_up(asked)
    await later(asked)
    [*_, summary] = await asked["陈静"].say("/summary 2026-10")
    assert f"已报{COMMITTEE}" in summary.text


async def test_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await stage["李明"].say("/checkin No access to the GIS hall.")
    for key in ("Needs support", "Material", "Cultivation contact and secretary", "Hand in"):
        await stage["李明"].tap(key)
    await later(stage)
    await stage["陈静"].tap("Pass it up")
    [*_, card] = await stage["陈静"].say("One tool set for two teams; please share.")
    assert f"Passed up to {COMMITTEE} on" in card.text
    await later(stage)
    told = await stage["周伟"].last()
    assert told.text.startswith("变电检修党支部 asks for your support.")
    [*_, listed] = await stage["林一"].say("/helped")
    assert "Nothing is listed here yet." in listed.text
    [*_, summary] = await stage["陈静"].say("/summary 2026-10")
    assert f"passed up to {COMMITTEE}" in summary.text
    await stage["周伟"].tap("Take it on")
    await stage["周伟"].tap("Answer")
    await stage["周伟"].say("It comes on Friday.")
    await later(stage)
    assert "There is news of what you passed up." in (await stage["陈静"].last()).text
    await stage["李明"].tap("Solved")
    await stage["李明"].tap("Let all read the answer, without a name")
    await later(stage)
    told = await stage["周伟"].last()
    assert told.text.startswith("It is solved for 变电检修党支部, says the one who asked. Thank you.")
    [*_, listed] = await stage["林一"].say("/helped")
    assert "· material, 变电检修党支部: asked on Mon 12 Oct, solved the same day" in listed.text
    assert "It comes on Friday." in listed.text
    assert "李明" not in told.text + listed.text
    [*_, refused] = await stage["林一"].forge("referral.begin:1")
    assert "This is not open to you." in refused.text


async def test_by_the_general_branch_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await stage.give_role(stage["赵强"], RoleKind.SECRETARY, GENERAL_BRANCH, "总支书记")
    await ask(stage)
    await later(stage)
    [*_, choice] = await stage["陈静"].tap("Pass it up")
    assert choice.buttons[:2] == [GENERAL_BRANCH, COMMITTEE]
    await stage["陈静"].tap(GENERAL_BRANCH)
    await stage["陈静"].say(PASSED)
    [*_, card] = await stage["陈静"].tap(f"Take it back from {GENERAL_BRANCH}")
    assert card.text.startswith("Taken back from above; it is with you now.\nTo be told in a minute: 李明\n")
    assert "陈静 is seeing to it." in card.text
    await later(stage)
    assert PASSED not in await stage["赵强"].heard()
    await stage["陈静"].tap("Pass it up")
    await stage["陈静"].tap(GENERAL_BRANCH)
    await stage["陈静"].say(PASSED)
    await later(stage)
    card = await stage["陈静"].last()
    await stage["赵强"].tap("Pass it up")
    await stage["赵强"].say("Two branches lack it.")
    await later(stage)
    assert "Two branches lack it." in (await stage["周伟"].last()).text
    assert f"Take it back from {COMMITTEE}" not in (await stage["陈静"].last()).buttons, "it is not hers to take back"
    [*_, refused] = await stage["陈静"].tap(f"Take it back from {GENERAL_BRANCH}", message=card)
    assert refused.text.startswith("Someone has acted on this already, so it can no longer be taken back.")
    [*_, listed] = await stage["陈静"].say("/needs")
    assert f"passed up to {COMMITTEE}" in listed.text
