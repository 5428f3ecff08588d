"""轮岗 in chat: arranged, begun, evaluated by the host, closed; and what nobody may do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.rotations import Plan
from emulator.phone import Seen
from services import rotation_planning
from services.access import identify
from storage.database import Writer
from tests.stage import BRANCH, MONDAY, OTHER_BRANCH, Stage

AFTER_A_MINUTE = MONDAY + timedelta(minutes=2)
LAST_WEEK = datetime(2026, 12, 28, 2, tzinfo=UTC)


def picked(found: Seen, person_id: int) -> str:
    """The data of the button with which a person is chosen."""
    return next(one.data for row in found.rows for one in row if one.data.endswith(f":{person_id}"))


async def filled_in(stage: Stage, days: str = "10月19日至12月31日") -> Seen:
    """陈静 fills in the form for 李明, up to the preview."""
    secretary = stage["陈静"]
    await secretary.say("/rotations")
    await secretary.tap(data="rotation.new")
    await secretary.tap(data=picked(await secretary.last(), stage["李明"].person_id))
    await secretary.tap(OTHER_BRANCH)
    await secretary.say("输电线路巡视员\n带电作业班")
    [*_, asked] = await secretary.say(days)
    if not any(button.data == "rotation.hosts" for row in asked.rows for button in row):
        return asked
    await secretary.tap(data="rotation.hosts")
    await secretary.tap(data=picked(await secretary.last(), stage["林一"].person_id))
    await secretary.tap(data="rotation.leaders")
    await secretary.tap(data=picked(await secretary.last(), stage["赵强"].person_id))
    await secretary.say("输电运检")
    [*_, preview] = await secretary.say("掌握线路巡视和缺陷判断")
    return preview


async def arranged(stage: Stage, days: str = "10月12日至12月31日") -> None:
    preview = await filled_in(stage, days)
    await stage["陈静"].tap(data=preview.rows[0][0].data)
    await stage.at(AFTER_A_MINUTE)


async def test_from_the_secretarys_form_to_the_first_day(stage: Stage) -> None:
    preview = await filled_in(stage)
    for words in (
        f"李明 · 到{OTHER_BRANCH}轮岗", "岗位：输电线路巡视员（带电作业班）", "带教人：林一", "牵头党员骨干：赵强",
        "2026年10月19日（星期一）至2026年12月31日（星期四）",
    ):  # fmt: skip
        assert words in preview.text
    [*_, card] = await stage["陈静"].tap("确认安排")
    assert "状态：计划中" in card.text
    await stage.at(AFTER_A_MINUTE)
    assert "已为您安排轮岗" in await stage["李明"].heard()
    for name in ("林一", "赵强"):
        assert "已安排李明同志轮岗" in await stage[name].heard()
    await stage.at(MONDAY + timedelta(days=7))
    [*_, own] = await stage["李明"].say("/rotations")
    assert own.buttons == [f"李明 · {OTHER_BRANCH}输电线路巡视员 · 在岗"]


async def test_the_same_in_english(english_stage: Stage) -> None:
    preview = await filled_in(english_stage, "2026-10-19 to 2026-12-31")
    assert "Monday, 19 October 2026 to Thursday, 31 December 2026" in preview.text
    assert "Led by the Party backbone 赵强" in preview.text
    await english_stage["陈静"].tap("Arrange it")
    await english_stage.at(AFTER_A_MINUTE)
    host = english_stage["林一"]
    assert "A rotation has been arranged for 李明." in await host.heard()
    await english_stage.at(LAST_WEEK)
    [*_, own] = await host.say("/rotations")
    assert own.buttons == [f"李明 · {OTHER_BRANCH} 输电线路巡视员 · in post"]
    await host.tap(own.buttons[0])
    await host.tap("Evaluate")
    await host.say("Patrols lines at 220 kV")
    await host.tap("Can do it alone")
    [*_, card] = await host.tap("Leave it out")
    assert "Can do alone: Patrols lines at 220 kV" in card.text
    await english_stage.at(LAST_WEEK + timedelta(minutes=2))
    assert "Your rotation has been evaluated." in await english_stage["李明"].heard()


async def test_the_host_evaluates_in_the_last_week_and_the_secretary_closes(stage: Stage) -> None:
    await arranged(stage)
    host = stage["林一"]
    [*_, own] = await host.say("/rotations")
    assert "由您带教1项" in own.text
    await host.tap(own.buttons[0])
    await host.tap("作评价")
    await host.say("独立巡视220千伏线路")
    await host.tap("能独立承担")
    [*_, answer] = await host.tap("不写")
    assert "最后一周" in answer.text
    await stage.at(LAST_WEEK)
    [*_, own] = await host.say("/rotations")
    await host.tap(own.buttons[0])
    await host.tap("作评价")
    await host.say("独立巡视220千伏线路")
    await host.tap("能独立承担")
    [*_, card] = await host.say("踏实肯干，可以再学缺陷定级")
    assert "能独立承担的工作：独立巡视220千伏线路" in card.text
    await stage.at(LAST_WEEK + timedelta(minutes=2))
    assert "表现：能独立承担" in await stage["李明"].heard()
    secretary = stage["陈静"]
    [*_, register] = await secretary.say("/rotations")
    [waiting] = [title for title in register.buttons if title.startswith("●")]
    await secretary.tap(waiting)
    [*_, card] = await secretary.tap("办结")
    assert "已办结" in card.text
    [*_, answer] = await host.say("/rotations")
    assert "您目前没有轮岗" in answer.text


async def test_whoever_hears_that_it_is_closed_is_not_told_that_it_was_evaluated(stage: Stage) -> None:
    await arranged(stage)
    await stage.at(LAST_WEEK)
    host, secretary = stage["林一"], stage["陈静"]
    [*_, own] = await host.say("/rotations")
    await host.tap(own.buttons[0])
    await host.tap("作评价")
    await host.say("独立巡视220千伏线路")
    await host.tap("能独立承担")
    await host.tap("不写")
    [*_, register] = await secretary.say("/rotations")
    await secretary.tap(register.buttons[0])
    await secretary.tap("办结")
    await stage.at(LAST_WEEK + timedelta(minutes=2))
    assert "您的轮岗已办结" in await stage["李明"].heard()
    for name in ("李明", "陈静"):
        assert "轮岗已作评价" not in await stage[name].heard()


async def test_the_secretary_evaluates_for_a_host_without_an_account(stage: Stage) -> None:
    await stage.person("孙师傅", OTHER_BRANCH, account=False)

    def arrange(tx: Writer) -> int:
        actor = identify(tx, stage["陈静"].phone.user_id, stage.clock.now(), "")
        plan = Plan(
            stage["李明"].person_id, stage.units[OTHER_BRANCH], "巡视员", MONDAY.date(),
            (MONDAY + timedelta(days=5)).date(), host_id=stage["孙师傅"].person_id,
        )  # fmt: skip
        return rotation_planning.arrange(tx, actor, plan)

    await stage.database.write(arrange)
    secretary = stage["陈静"]
    [*_, register] = await secretary.say("/rotations")
    [*_, card] = await secretary.tap(register.buttons[0])
    assert "作评价" not in card.buttons
    await secretary.tap("代录：孙师傅")
    await secretary.tap("带教评价")
    await secretary.say("独立巡视")
    [*_, asked] = await secretary.tap("需在指导下完成")
    assert "依据是什么？" in asked.text
    await secretary.tap("纸质材料")
    [*_, done] = await secretary.tap("确认代录")
    assert "带教评价：由陈静书记根据孙师傅同志的纸质材料代录（2026年10月12日）。" in done.text
    await secretary.tap("撤销")
    [*_, card] = await secretary.say("/rotations")
    assert "在岗" in card.buttons[0]


async def test_the_leading_backbones_name_may_be_typed(stage: Stage) -> None:
    secretary = stage["陈静"]
    await secretary.forge(f"rotation.for:{stage['李明'].person_id}")
    await secretary.tap(OTHER_BRANCH)
    await secretary.say("技术员")
    await secretary.say("10月12日至10月23日")
    await secretary.say("老周师傅")
    [*_, found] = await secretary.say("赵强")
    assert [title.split(" · ")[0] for title in found.buttons] == ["赵强"]
    [*_, asked] = await secretary.tap(found.buttons[0])
    assert "学习哪个专业" in asked.text


async def test_other_days_and_a_cancellation_with_its_reason(stage: Stage) -> None:
    await arranged(stage)
    secretary = stage["陈静"]
    [*_, register] = await secretary.say("/rotations")
    await secretary.tap(register.buttons[0])
    await secretary.tap("调整时间")
    [*_, answer] = await secretary.say("再说")
    assert "看不出起止日期" in answer.text
    [*_, preview] = await secretary.say("10月12日至明年1月31日")
    assert "看不出起止日期" in preview.text
    [*_, preview] = await secretary.say("10月12日至1月31日")
    assert "2027年1月31日" in preview.text
    await secretary.tap("确定")
    await secretary.tap("取消轮岗")
    await secretary.say("原班组任务调整")
    [*_, card] = await secretary.tap("确定")
    assert "已取消" in card.text
    await stage.at(MONDAY + timedelta(minutes=6))
    assert "原因：原班组任务调整" in await stage["李明"].heard()
    assert "轮岗时间有调整" not in await stage["李明"].heard()


async def test_the_card_of_a_person_leads_to_the_form(stage: Stage) -> None:
    secretary = stage["陈静"]
    await secretary.say("/people 李明")
    await secretary.tap(data=f"people.card:{stage['李明'].person_id}")
    [*_, asked] = await secretary.tap("安排轮岗")
    assert "李明同志到哪个支部轮岗" in asked.text


async def test_overlapping_days_are_refused_while_they_are_asked_for(stage: Stage) -> None:
    await arranged(stage)
    answer = await filled_in(stage, "11月1日至12月15日")
    assert "李明同志这段时间已有轮岗：输电线路巡视员" in answer.text
    [*_, asked] = await stage["陈静"].say("2027年1月4日至2027年3月31日")
    assert "由谁带教" in asked.text


async def test_ones_own_branch_is_allowed_with_a_remark(stage: Stage) -> None:
    secretary = stage["陈静"]
    await filled_in(stage)
    await secretary.tap("支部")
    [*_, preview] = await secretary.tap(BRANCH)
    assert "这是李明同志所在的支部" in preview.text
    await secretary.tap("岗位")
    [*_, preview] = await secretary.say("技术员")
    assert "现在的支部和岗位" in preview.text


@pytest.mark.parametrize("name", ["王芳", "赵强", "李明", "周伟"])
async def test_what_is_not_theirs_is_refused(stage: Stage, name: str) -> None:
    await arranged(stage)
    person = stage[name]
    for data in ("rotation.evaluate:1", "rotation.close:1", "rotation.ask_days:1", "rotation.link:1:2", "rotation.new"):
        [*_, answer] = await person.forge(data)
        assert "没有查看或办理此事的权限" in answer.text


async def test_officers_see_place_days_and_state(stage: Stage) -> None:
    await arranged(stage)
    officer = stage["周伟"]
    [*_, register] = await officer.say("/rotations")
    [*_, card] = await officer.tap(register.buttons[0])
    assert "在岗" in card.text
    assert "目标" not in card.text
    assert card.buttons == ["返回列表"]


async def test_the_hand_over_and_the_talks_are_two_lines_each(stage: Stage) -> None:
    await arranged(stage)
    person, host = stage["李明"], stage["林一"]
    await person.forge("rotation.open:1")
    [*_, asked] = await person.tap("交接说明")
    assert "两行即可" in asked.text
    [*_, card] = await person.say("台账和钥匙已交给王芳\n缺陷单还有两份未销号")
    assert "已记录。\n一分钟后告知：林一、赵强、陈静；其间可撤销。" in card.text
    assert "交接说明，李明，2026年10月12日（星期一）10:02：" in card.text
    assert "中期谈话" not in card.buttons
    await stage.at(MONDAY + timedelta(minutes=6))
    assert "缺陷单还有两份未销号" in await host.heard()
    assert "缺陷单" not in await stage["周伟"].heard()
    await host.forge("rotation.open:1")
    await host.tap("中期谈话")
    await host.say("能独立巡视")
    [*_, card] = await host.tap("撤销")
    assert "能独立巡视" not in card.text
    assert "缺陷单还有两份未销号" in card.text
    for name, kind in (("李明", "midterm"), ("周伟", "handover"), ("王芳", "final")):
        [*_, refused] = await stage[name].forge(f"rotation.note:1:{kind}")
        assert "没有查看或办理此事的权限" in refused.text


async def test_the_same_note_in_english(english_stage: Stage) -> None:
    await arranged(english_stage)
    secretary = english_stage["陈静"]
    await secretary.forge("rotation.open:1")
    [*_, asked] = await secretary.tap("Final talk")
    assert "first what 李明 takes along" in asked.text
    [*_, back] = await secretary.tap("Never mind")
    assert "Final talk (" not in back.text
    await secretary.tap("Final talk")
    [*_, card] = await secretary.say("Reads a line alone\nMore night shifts")
    assert "To be told in a minute: 李明, 林一 and 赵强." in card.text
    assert "Reads a line alone\nMore night shifts" in card.text
    person, host = english_stage["李明"], english_stage["林一"]
    await person.forge("rotation.open:1")
    [*_, asked] = await person.tap("Hand-over")
    assert "first what was handed over and to whom, then what is still open" in asked.text
    [*_, card] = await person.say("The keys to 王芳\nTwo defects are open")
    assert "Hand-over (李明, Monday, 12 October 2026, 10:02):" in card.text
    await english_stage.at(MONDAY + timedelta(minutes=6))
    assert "Two defects are open" in await host.heard()
    await host.forge("rotation.open:1")
    await host.tap("Mid-term talk")
    await host.say("Patrols alone")
    [*_, card] = await host.tap("Undo")
    assert "Patrols alone" not in card.text
    for name, kind in (("李明", "midterm"), ("周伟", "handover"), ("王芳", "final")):
        [*_, refused] = await english_stage[name].forge(f"rotation.note:1:{kind}")
        assert "This is not open to you." in refused.text
