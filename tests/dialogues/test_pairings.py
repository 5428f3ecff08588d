"""定人、定方向、定成效 in chat: proposed, completed, confirmed, followed to its end; and what nobody may do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.people import Stage as PartyStage
from domain.roles import RoleKind
from emulator.phone import Seen
from tests.stage import BRANCH, COMMITTEE, MONDAY, OTHER_BRANCH, Player, Stage

OUTCOME = "独立完成110千伏主变检修\n通过班组技能考核\n2027年3月31日"
AFTER_A_MINUTE = MONDAY + timedelta(minutes=2)
THURSDAY = MONDAY + timedelta(days=2, hours=23)
"""15 October 2026, 09:00 in Shanghai."""
NEXT_MONDAY = THURSDAY + timedelta(days=4)
"""With the digest comes what the week had no place for."""


async def proposed(stage: Stage, outcome: str = OUTCOME, direction: str = "") -> Seen:
    """陈静 sets up a pairing of 李明 with 王芳, in the language of the stage by data of buttons."""
    secretary = stage["陈静"]
    await secretary.say("/pairings")
    await secretary.tap(data="pairing.new")
    await secretary.say("李明")
    await secretary.tap(data=f"pairing.for:{stage['李明'].person_id}")
    await secretary.say("王芳")
    await secretary.tap(data=f"pairing.guide:{stage['王芳'].person_id}")
    if direction:
        await secretary.say(direction)
    else:
        await secretary.tap(data="pairing.open_direction")
    [*_, preview] = await secretary.say(outcome)
    return preview


async def propose(stage: Stage, outcome: str = OUTCOME, direction: str = "提升主变检修技能，向党组织靠拢") -> Seen:
    preview = await proposed(stage, outcome, direction)
    [submit] = [button.data for row in preview.rows for button in row if button.data.startswith("pairing.submit")]
    [*_, card] = await stage["陈静"].tap(data=submit)
    return card


async def active(stage: Stage) -> None:
    await propose(stage)
    await stage.at(AFTER_A_MINUTE)
    for name in ("王芳", "李明"):
        await stage[name].tap(stage.key("Confirm"))
    await stage.at(MONDAY + timedelta(minutes=4))


async def test_from_the_secretarys_form_to_the_first_report_day(stage: Stage) -> None:
    preview = await proposed(stage, direction="提升主变检修技能，向党组织靠拢")
    for words in (
        "李明",
        "把骨干培养成党员",
        "培养联系人：王芳",
        "完成时限：2027年3月31日（星期三）",
        "汇报周期：每周五",
    ):
        assert words in preview.text
    [*_, card] = await stage["陈静"].tap("提出结对")
    assert "一分钟后告知：李明、王芳；其间可撤销。" in card.text
    assert "请您确认" not in await stage["李明"].heard()
    await stage.at(AFTER_A_MINUTE)
    assert "请您确认" in await stage["李明"].heard()
    [*_, confirmed] = await stage["王芳"].tap("确认")
    assert "待确认：李明" in confirmed.text
    [*_, begun] = await stage["李明"].tap("确认")
    assert "结对已开始" in begun.text
    assert "下次汇报：2026年10月16日（星期五）18:00前" in begun.text
    await stage.at(MONDAY + timedelta(minutes=4))
    for name in ("王芳", "陈静"):
        assert "各方已确认李明同志的结对" in await stage[name].heard()
    assert "李明" not in await stage["林一"].heard()


async def test_the_same_in_english(english_stage: Stage) -> None:
    preview = await proposed(english_stage)
    assert "Cultivation contact: 王芳" in preview.text
    assert "Still missing: the direction" in preview.text
    await english_stage["陈静"].tap("Propose it")
    await english_stage.at(AFTER_A_MINUTE)
    [*_, asked] = await english_stage["王芳"].tap("Complete it")
    assert "1. direction" in asked.text
    [*_, shown] = await english_stage["王芳"].say("To become an independent fitter")
    assert "Please check:" in shown.text
    await english_stage["王芳"].tap("Confirm")
    await english_stage.at(MONDAY + timedelta(minutes=4))
    [*_, begun] = await english_stage["李明"].tap("Confirm")
    assert "The pairing has begun." in begun.text
    assert "Next report due: Friday, 16 October 2026, 18:00" in begun.text


async def test_the_mentor_completes_what_is_missing_in_one_message(stage: Stage) -> None:
    await propose(stage, "独立检修主变", direction="")
    await stage.at(AFTER_A_MINUTE)
    assert "结对" not in await stage["李明"].heard()
    mentor = stage["王芳"]
    [*_, asked] = await mentor.tap("补全内容")
    assert "1. 具体方向\n2. 衡量标准\n3. 完成时限（如2027年3月31日）" in asked.text
    [*_, answer] = await mentor.say("提升检修技能")
    assert "需要3行，收到1行" in answer.text
    [*_, answer] = await mentor.say("提升检修技能\n通过考核\n尽快")
    assert "“尽快”看不出是哪一天" in answer.text
    [*_, shown] = await mentor.say("方向：提升检修技能\n衡量标准：通过考核\n完成时限：年底")
    assert "2026年12月31日（星期四）" in shown.text
    await mentor.tap("确认")
    await stage.at(MONDAY + timedelta(minutes=4))
    [*_, begun] = await stage["李明"].tap("确认")
    assert "结对已开始" in begun.text


async def test_a_change_goes_to_the_secretary_who_proposes_anew(stage: Stage) -> None:
    await propose(stage)
    await stage.at(AFTER_A_MINUTE)
    await stage["王芳"].tap("确认")
    await stage["李明"].tap("提出调整")
    [*_, card] = await stage["李明"].say("希望每月汇报一次")
    assert "一分钟后告知：陈静；其间可撤销。" in card.text
    await stage.at(MONDAY + timedelta(minutes=4))
    secretary = stage["陈静"]
    assert "希望每月汇报一次" in await secretary.heard()
    await secretary.tap("查看结对")
    await secretary.tap("修改并重新提出")
    await secretary.tap("汇报周期")
    await secretary.tap("每月")
    [*_, answer] = await secretary.say("32")
    assert "1到31" in answer.text
    [*_, preview] = await secretary.say("28")
    assert "每月28日" in preview.text
    await secretary.tap("重新提出")
    await stage.at(MONDAY + timedelta(minutes=6))
    await stage["李明"].tap("确认")
    [*_, card] = await stage["王芳"].tap("确认")
    assert "结对已开始" in card.text


async def test_signed_on_paper_it_begins_and_an_objection_reaches_the_secretary(stage: Stage) -> None:
    await proposed(stage, direction="提升主变检修技能")
    secretary = stage["陈静"]
    await secretary.tap("已签纸质材料")
    [*_, answer] = await secretary.say("明天")
    assert "还没有到" in answer.text
    [*_, preview] = await secretary.say("10月9日")
    assert "签订日期：2026年10月9日（星期五）" in preview.text
    [*_, card] = await secretary.tap("提出结对")
    assert "结对已开始" in card.text
    await stage.at(AFTER_A_MINUTE)
    await stage["李明"].tap("提出异议")
    await stage["李明"].say("成效与签订的不一致")
    await stage.at(MONDAY + timedelta(minutes=4))
    assert "成效与签订的不一致" in await secretary.heard()
    await secretary.tap("查看结对")
    await secretary.tap("已沟通，维持不变")
    await secretary.tap("确定")
    await stage.at(MONDAY + timedelta(minutes=6))
    assert "书记已沟通" in await stage["李明"].heard()


async def test_undo_within_the_minute_leaves_nobody_told(stage: Stage) -> None:
    await propose(stage)
    [*_, answer] = await stage["陈静"].tap("撤销")
    assert "没有通知任何人" in answer.text
    await stage.at(AFTER_A_MINUTE)
    assert "结对" not in await stage["李明"].heard()
    await propose(stage)
    card = await stage["陈静"].last()
    await stage.at(MONDAY + timedelta(minutes=5))
    [*_, answer] = await stage["陈静"].tap("撤销", message=card)
    assert "不能再撤销" in answer.text


def picked(found: Seen, person_id: int) -> str:
    return next(one.data for row in found.rows for one in row if one.data.endswith(f":{person_id}"))


async def told(player: Player, words: str) -> Seen:
    return next(one for one in await player.phone.messages() if one.from_bot and words in one.text)


async def test_a_yes_is_taken_back_and_said_again(stage: Stage) -> None:
    await propose(stage)
    await stage.at(AFTER_A_MINUTE)
    [*_, own] = await stage["王芳"].say("/pairings")
    assert "标●的待您处理。" in own.text
    await stage["王芳"].tap("● 李明－王芳 · 拟定中")
    [*_, card] = await stage["王芳"].tap("确认")
    assert "此前可收回" in card.text
    assert card.buttons == ["收回我的确认", "提出调整"], "one button takes it back, now and later"
    [*_, own] = await stage["王芳"].say("/pairings")
    assert own.buttons == ["李明－王芳 · 拟定中"]
    await stage["王芳"].tap("李明－王芳 · 拟定中")
    await stage.at(MONDAY + timedelta(minutes=30))
    [*_, card] = await stage["王芳"].tap("收回我的确认")
    assert "已收回您的确认，没有通知任何人。" in card.text
    assert "待确认：李明、王芳" in card.text
    [*_, card] = await stage["李明"].tap("确认")
    assert "待确认：王芳" in card.text
    [*_, card] = await stage["王芳"].tap("确认")
    assert "结对已开始" in card.text
    [*_, answer] = await stage["王芳"].forge("pairing.unconfirm:1")
    assert "请在“结对”中重新打开查看" in answer.text


async def test_refusals_say_what_to_do(stage: Stage) -> None:
    await stage.person("孙丽", BRANCH, party_stage=PartyStage.NON_PARTY_PUBLIC)
    secretary = stage["陈静"]
    await secretary.say("/pairings")
    await secretary.tap("新建结对")
    [*_, answer] = await secretary.tap(data=picked(await secretary.last(), stage["孙丽"].person_id))
    assert "孙丽同志两类都不符合" in answer.text
    await secretary.say("李明")
    await secretary.tap(data=picked(await secretary.last(), stage["李明"].person_id))
    await secretary.say("孙丽")
    [*_, answer] = await secretary.tap(data=picked(await secretary.last(), stage["孙丽"].person_id))
    assert "由正式党员带培，孙丽同志不符合" in answer.text
    await secretary.say("王芳")
    await secretary.tap(data=picked(await secretary.last(), stage["王芳"].person_id))
    await secretary.tap("请培养联系人补全")
    [*_, answer] = await secretary.say("独立检修\n通过考核\n10月1日")
    assert "2026年10月1日（星期四）已经过去" in answer.text
    [*_, answer] = await secretary.send("sticker")
    assert "预期成效是什么" in answer.text
    [*_, answer] = await secretary.tap("放弃填写")
    assert "没有提出" in answer.text


@pytest.mark.parametrize("name", ["林一", "赵强", "李明"])
async def test_what_is_not_theirs_is_refused(stage: Stage, name: str) -> None:
    await propose(stage)
    person = stage[name]
    for data in (
        "pairing.do:pause:1",
        "pairing.edit:1",
        "pairing.sign:1",
        "pairing.do:end:1",
        "pairings.page:3:live:0",
    ):
        [*_, answer] = await person.forge(data)
        assert "没有查看或办理此事的权限" in answer.text or "内容已不存在" in answer.text


async def test_officers_see_states_and_counts(stage: Stage) -> None:
    await active(stage)
    officer = stage["周伟"]
    [*_, register] = await officer.say("/pairings")
    assert "进行中：1项" in register.text
    assert "新建结对" not in register.buttons
    [*_, card] = await officer.tap("李明－王芳 · 进行中")
    assert "状态：进行中" in card.text
    assert "预期成效" not in card.text
    assert card.buttons == []


async def test_whoever_leads_two_units_chooses_between_them(stage: Stage) -> None:
    await stage.give_role(stage["陈静"], RoleKind.OFFICER, COMMITTEE)
    secretary = stage["陈静"]
    [*_, asked] = await secretary.say("/pairings")
    assert asked.buttons == [COMMITTEE, BRANCH]
    [*_, register] = await secretary.tap(COMMITTEE)
    assert OTHER_BRANCH in register.buttons
    [*_, register] = await secretary.tap(OTHER_BRANCH)
    assert "目前没有" in register.text


async def test_an_old_proposal_button_proposes_nothing(stage: Stage) -> None:
    preview = await proposed(stage, direction="提升技能")
    submit = preview.rows[0][0].data
    await stage["陈静"].tap(data=submit)
    [*_, answer] = await stage["陈静"].forge(submit)
    assert "内容已不存在" in answer.text


async def test_a_yes_is_taken_back_in_english(english_stage: Stage) -> None:
    await propose(english_stage)
    await english_stage.at(AFTER_A_MINUTE)
    mentor = english_stage["王芳"]
    [*_, card] = await mentor.tap("Confirm")
    assert "Thank you, you have confirmed. It begins once everyone has; until then you can take it back." in card.text
    assert "Still to confirm: 李明" in card.text
    await english_stage.at(MONDAY + timedelta(minutes=30))
    [*_, card] = await mentor.tap("Take back my confirmation")
    assert "Still to confirm: 李明 and 王芳" in card.text
    await english_stage["李明"].tap("Confirm")
    [*_, card] = await mentor.tap("Confirm")
    assert "The pairing has begun." in card.text
    [*_, refused] = await mentor.forge("pairing.unconfirm:1")
    assert "Please open it again under “Pairings”." in refused.text


async def test_signed_on_paper_in_english(english_stage: Stage) -> None:
    await proposed(english_stage, direction="An independent fitter")
    secretary, member = english_stage["陈静"], english_stage["李明"]
    await secretary.tap("Signed on paper")
    [*_, refused] = await secretary.say("tomorrow")
    assert "Tuesday, 13 October 2026 has not come yet." in refused.text
    [*_, preview] = await secretary.say("9 Oct")
    assert "Signed on paper on Friday, 9 October 2026" in preview.text
    [*_, card] = await secretary.tap("Propose it")
    assert "The pairing has begun." in card.text
    await english_stage.at(AFTER_A_MINUTE)
    assert "Your pairing has been entered as signed on paper." in (await member.last()).text
    await member.tap("Object")
    await member.say("We agreed on another day.")
    await english_stage.at(MONDAY + timedelta(minutes=4))
    assert "We agreed on another day." in (await secretary.last()).text
    await secretary.tap("Open the pairing")
    await secretary.tap("Talked over, it stays")
    await secretary.tap("Yes, do it")
    await english_stage.at(MONDAY + timedelta(minutes=6))
    assert "The secretary has talked over your objection; your pairing stays as it is." in await member.heard()
