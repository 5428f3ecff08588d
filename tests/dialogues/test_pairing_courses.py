"""The course of a pairing in chat: paused, resumed, ended early, other days, another mentor, outcomes, outgrown."""

from __future__ import annotations

from datetime import timedelta

from domain.actors import Actor
from domain.people import Stage as PartyStage
from domain.roles import RoleKind
from services import pairing_courses
from storage import people
from storage.database import Writer
from tests.dialogues.test_pairings import NEXT_MONDAY, THURSDAY, active, picked, told
from tests.stage import BRANCH, MONDAY, Stage


async def test_pause_resume_and_an_early_end_with_its_reason(stage: Stage) -> None:
    await active(stage)
    secretary = stage["陈静"]
    [*_, register] = await secretary.say("/pairings")
    assert "进行中：1项" in register.text
    await secretary.tap("李明－王芳 · 进行中")
    [*_, preview] = await secretary.tap("暂停")
    assert "一分钟后告知：李明、王芳" in preview.text
    assert "待办随之取消" in preview.text
    await stage.give_role(stage["王芳"], RoleKind.SECRETARY, BRANCH, "副书记")
    await stage["王芳"].say("/pairings")
    await stage["王芳"].tap("李明－王芳 · 进行中")
    [*_, her_own] = await stage["王芳"].tap("暂停")
    assert "一分钟后告知：李明、陈静\n" in f"{her_own.text}\n", "not who does it herself"
    await secretary.tap("确定")
    [*_, card] = await secretary.tap("恢复")
    await secretary.tap("确定")
    await secretary.tap("提前结束")
    [*_, preview] = await secretary.say("李明同志借调省公司")
    assert "李明同志借调省公司" in preview.text
    [*_, card] = await secretary.tap("确定")
    assert "已提前结束" in card.text
    await stage.at(MONDAY + timedelta(minutes=8))
    heard = await stage["李明"].heard()
    assert "原因：李明同志借调省公司" in heard
    assert "已暂停" not in heard
    await secretary.say("/pairings")
    [*_, register] = await secretary.tap("查看已结束的")
    assert "李明－王芳 · 提前结束" in register.buttons


async def test_the_mentor_changes_how_often_and_takes_it_back(stage: Stage) -> None:
    await active(stage)
    mentor = stage["王芳"]
    await mentor.say("/pairings")
    await mentor.tap("李明－王芳 · 进行中")
    await mentor.tap("汇报周期")
    await mentor.tap("每月")
    [*_, card] = await mentor.tap("28")
    assert "汇报周期已调整，自下一期起执行" in card.text
    assert "汇报周期：每周五\n自2026年10月19日（星期一）起：每月28日" in card.text
    assert "下次汇报：2026年10月16日（星期五）18:00前" in card.text
    [*_, card] = await mentor.tap("撤销")
    assert "自2026年10月19日" not in card.text
    await mentor.tap("汇报周期")
    await mentor.tap("每月")
    await mentor.tap("28")
    await stage.at(MONDAY + timedelta(minutes=8))
    assert "您的汇报周期自下一期起有调整" in await stage["李明"].heard()
    [*_, answer] = await stage["李明"].forge("pairing.often:1:weekly:1")
    assert "没有查看或办理此事的权限" in answer.text
    await stage.at(MONDAY + timedelta(days=7))
    [*_, card] = await mentor.forge("pairing.open:1")
    assert "汇报周期：每月28日\n下次汇报：2026年10月28日（星期三）18:00前" in card.text


async def test_how_often_changes_from_the_next_period_on(english_stage: Stage) -> None:
    await active(english_stage)
    secretary = english_stage["陈静"]
    await secretary.forge("pairing.open:1")
    [*_, asked] = await secretary.tap("How often")
    assert "A change takes effect from the next period on." in asked.text
    await secretary.tap("Monthly")
    [*_, card] = await secretary.tap("28")
    assert "Changed from the next period on." in card.text
    assert "From Monday, 19 October 2026: on day 28 of every month" in card.text


async def test_another_mentor_takes_over(stage: Stage) -> None:
    await active(stage)
    await stage.at(THURSDAY)
    secretary = stage["陈静"]
    await secretary.say("/pairings")
    await secretary.tap("李明－王芳 · 进行中")
    await secretary.tap("更换培养联系人")
    await secretary.tap("接替王芳")
    await secretary.say("赵强")
    [*_, preview] = await secretary.tap(data=picked(await secretary.last(), stage["赵强"].person_id))
    assert "新任培养联系人：赵强" in preview.text
    await secretary.tap("确定")
    await stage.at(THURSDAY + timedelta(minutes=2))
    assert "您不再担任李明同志的培养联系人" in await stage["王芳"].heard()
    assert "即日起您是李明同志的培养联系人，汇报转给您。" in await stage["赵强"].heard()
    assert "更换了培养联系人" in await stage["李明"].heard()
    [*_, answer] = await stage["王芳"].say("/pairings")
    assert "您目前没有结对" in answer.text
    await secretary.forge("pairing.open:1")
    [*_, choice] = await secretary.tap("更换培养联系人")
    assert "培养联系人：赵强\n王芳，至2026年10月14日（星期三）" in choice.text


async def test_a_substitution_is_taken_back_before_anybody_hears(english_stage: Stage) -> None:
    await active(english_stage)
    secretary = english_stage["陈静"]
    await secretary.say("/pairings")
    await secretary.tap("李明 – 王芳 · active")
    await secretary.tap("Change the cultivation contact")
    await secretary.tap("In place of 王芳")
    await secretary.tap(data=picked(await secretary.last(), english_stage["赵强"].person_id))
    await secretary.tap("Yes, do it")
    [*_, card] = await secretary.tap("Undo")
    assert "Undone. Nobody was told." in card.text
    assert "Cultivation contact: 王芳" in card.text
    await english_stage.at(MONDAY + timedelta(minutes=8))
    assert "no longer" not in await english_stage["王芳"].heard()
    [*_, register] = await english_stage["赵强"].say("/pairings")
    assert "You have no pairing" in register.text


async def outgrown(stage: Stage) -> None:
    """The roster has 李明 as a full Party member, and it is the next day."""

    def becomes_a_member(tx: Writer) -> None:
        people.update_fields(tx, stage["李明"].person_id, stage=PartyStage.FULL_MEMBER)
        pairing_courses.propose_completion(tx, Actor.clock(stage.clock.now()), stage["李明"].person_id)

    await stage.database.write(becomes_a_member)
    await stage.at(MONDAY + timedelta(days=1))


async def test_whoever_outgrew_the_track_is_proposed_for_completion(stage: Stage) -> None:
    await active(stage)
    await outgrown(stage)
    secretary, mentor = stage["陈静"], stage["王芳"]
    assert "请书记办理结对完成" in await mentor.heard()
    assert "请书记办理结对完成" not in await stage["李明"].heard()
    assert "完成" not in (await mentor.last()).buttons
    [*_, register] = await secretary.say("/pairings")
    assert "● 李明－王芳 · 进行中" in register.buttons
    await secretary.tap(data="pairing.complete:1", message=await told(secretary, "请书记办理结对完成"))
    await secretary.tap("确定")
    assert "状态：已完成" in await secretary.heard()


async def test_an_outcome_is_claimed_sent_back_and_verified(stage: Stage) -> None:
    await active(stage)
    mentee, mentor = stage["李明"], stage["王芳"]
    await mentee.say("/pairings")
    await mentee.tap("李明－王芳 · 进行中")
    await mentee.tap("已达成：独立完成110千伏主变检修")
    [*_, claimed] = await mentee.tap("已达成")
    assert "请培养联系人或书记作成效认定。\n一分钟后告知：王芳、陈静；其间可撤销。" in claimed.text
    await stage.at(MONDAY + timedelta(minutes=8))
    await mentor.tap("尚需完善")
    await mentor.say("还差一次独立操作")
    await stage.at(MONDAY + timedelta(minutes=10))
    assert "还差一次独立操作" in await mentee.heard()
    await mentee.tap("已达成")
    await stage.at(MONDAY + timedelta(days=1))
    secretary = stage["陈静"]
    [*_, register] = await secretary.say("/pairings")
    assert "● 李明－王芳 · 进行中" in register.buttons
    await mentor.tap("成效认定")
    [*_, verified] = await mentor.say("昨天\n现场核实，能独立完成")
    assert "2026年10月12日（星期一）达成，已认定" in verified.text
    await stage.at(NEXT_MONDAY)
    assert "您的一项成效已通过认定，祝贺！" in await mentee.heard()


async def test_pause_resume_and_an_early_end_in_english(english_stage: Stage) -> None:
    await active(english_stage)
    secretary, member = english_stage["陈静"], english_stage["李明"]
    await secretary.say("/pairings")
    await secretary.tap("李明 – 王芳 · active")
    [*_, preview] = await secretary.tap("Pause")
    assert preview.text.startswith("Pause the pairing of 李明? No report is due until it is resumed.")
    assert "To be told in a minute: 李明 and 王芳" in preview.text
    [*_, card] = await secretary.tap("Yes, do it")
    assert "State: paused" in card.text
    await english_stage.at(MONDAY + timedelta(minutes=6))
    assert "Your pairing is paused. No report is due until it is resumed." in (await member.last()).text
    await secretary.tap("Resume")
    await secretary.tap("Yes, do it")
    await secretary.tap("End early")
    await secretary.say("李明 goes to the province.")
    [*_, card] = await secretary.tap("Yes, do it")
    told = "Ended.\nTo be told in a minute: 李明. Until then you can undo it.\nWith the next digest: 王芳"
    assert card.text.startswith(told), "she has been told three times this week"
    await english_stage.at(MONDAY + timedelta(minutes=8))
    ended = await member.last()
    assert "Your pairing has ended early. No more reports are due." in ended.text
    assert "Reason: 李明 goes to the province." in ended.text
    assert "Your pairing goes on" not in await member.heard(), "it was ended before the minute was over"
    [*_, refused] = await english_stage["赵强"].forge("pairing.do:pause:1")
    assert "This is not open to you." in refused.text


async def test_another_mentor_takes_over_in_english(english_stage: Stage) -> None:
    await active(english_stage)
    await english_stage.at(THURSDAY)
    secretary = english_stage["陈静"]
    await secretary.forge("pairing.open:1")
    await secretary.tap("Change the cultivation contact")
    await secretary.tap("In place of 王芳")
    [*_, preview] = await secretary.tap(data=picked(await secretary.last(), english_stage["赵强"].person_id))
    assert "New cultivation contact: 赵强" in preview.text
    await secretary.tap("Yes, do it")
    await english_stage.at(THURSDAY + timedelta(minutes=2))
    assert "You are no longer cultivation contact in the pairing of 李明." in await english_stage["王芳"].heard()
    assert (
        "You are cultivation contact of 李明 from now on; reports come to you." in await english_stage["赵强"].heard()
    )
    assert "The cultivation contact in your pairing has changed." in await english_stage["李明"].heard()
    [*_, register] = await english_stage["赵强"].say("/pairings")
    assert "You guide one person." in register.text
    await secretary.forge("pairing.open:1")
    [*_, choice] = await secretary.tap("Change the cultivation contact")
    assert "Cultivation contact: 赵强\n王芳, until Wednesday, 14 October 2026" in choice.text
    [*_, refused] = await english_stage["王芳"].forge("pairing.open:1")
    assert "This is not open to you." in refused.text


async def test_an_outcome_is_verified_by_somebody_else_in_english(english_stage: Stage) -> None:
    await active(english_stage)
    mentee, mentor = english_stage["李明"], english_stage["王芳"]
    await mentee.forge("outcome.open:1")
    [*_, claimed] = await mentee.tap("It is reached")
    assert "To be told in a minute: 王芳 and 陈静. Until then you can undo it." in claimed.text
    [*_, refused] = await mentee.forge("outcome.today:1")
    assert "An outcome is verified by someone else" in refused.text
    await english_stage.at(MONDAY + timedelta(minutes=8))
    assert "An outcome in the pairing of 李明 is said to be reached. Please verify it." in (await mentor.last()).text
    await mentor.tap("Not quite yet")
    await mentor.say("Once more without help.")
    await english_stage.at(MONDAY + timedelta(minutes=10))
    told = await mentee.last()
    assert told.text.startswith("An outcome of yours is not quite there yet.")
    assert "Once more without help." in told.text
    await mentee.tap("It is reached")
    await english_stage.at(MONDAY + timedelta(days=1))
    await mentor.tap("Verify")
    [*_, verified] = await mentor.say("yesterday\nSeen on site")
    assert "Reached on Monday, 12 October 2026, verified" in verified.text
    await english_stage.at(NEXT_MONDAY)
    assert "An outcome of yours has been verified. Congratulations." in await mentee.heard()


async def test_whoever_outgrew_the_track_in_english(english_stage: Stage) -> None:
    await active(english_stage)
    await outgrown(english_stage)
    asked = (
        "李明 is a full Party member now: the aim of this pairing is reached. The secretary is asked to complete it."
    )
    assert asked in await english_stage["王芳"].heard()
    secretary = english_stage["陈静"]
    await secretary.tap("Complete", message=await told(secretary, asked))
    await secretary.tap("Yes, do it")
    assert "State: completed" in await secretary.heard()
    await english_stage.at(MONDAY + timedelta(days=1, minutes=2))
    assert "Your pairing is completed. Thank you for your work." in await english_stage["李明"].heard()
