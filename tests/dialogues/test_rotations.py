"""轮岗 in chat: arranged, begun, evaluated by the host, closed; and what nobody may do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import docx
import pytest

from domain.roles import RoleKind
from domain.rotations import Plan
from emulator.phone import Seen
from services import rotation_planning
from services.access import identify
from storage.database import Writer
from tests.programme import rotate
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


async def hosted_by_name(stage: Stage, days: int = 5) -> None:
    """李明 is with 老周师傅, who is only a name, in the branch of which 赵强 is secretary."""
    await stage.give_role(stage["赵强"], RoleKind.SECRETARY, OTHER_BRANCH, "支部书记")

    def arrange(tx: Writer) -> int:
        actor = identify(tx, stage["陈静"].phone.user_id, stage.clock.now(), "")
        plan = Plan(
            stage["李明"].person_id, stage.units[OTHER_BRANCH], "巡视员", MONDAY.date(),
            (MONDAY + timedelta(days=days)).date(), host_name="老周师傅",
        )  # fmt: skip
        return rotation_planning.arrange(tx, actor, plan)

    await stage.database.write(arrange)
    await stage.at(AFTER_A_MINUTE)


async def test_what_a_host_by_name_alone_said_is_marked_wherever_it_is_read(stage: Stage) -> None:
    await hosted_by_name(stage, days=60)
    secretary, member = stage["赵强"], stage["李明"]
    [*_, card] = await secretary.forge("rotation.open:1")
    assert card.buttons == ["代录：老周师傅"]
    [*_, choice] = await secretary.tap("代录：老周师傅")
    assert choice.text == "老周师傅同志要说明或交来的是哪一项？\n将注明由您代录。"
    assert choice.buttons == ["交接说明", "中期谈话", "结束谈话"], "it is evaluated in its last week"
    [*_, asked] = await secretary.tap("结束谈话")
    assert "请按老周师傅同志的原意写两行" in asked.text
    await secretary.say("能看懂缺陷\n多走几条线")
    await secretary.tap("当面口述")
    await secretary.send("photo")
    await secretary.tap("确认代录")
    await stage.at(stage.clock.now() + timedelta(minutes=2))
    mark = "结束谈话：由赵强书记根据老周师傅同志的当面口述代录（2026年10月12日）。"
    told = await member.last()
    assert "结束谈话，老周师傅，" in told.text
    assert f"能看懂缺陷\n多走几条线\n{mark}" in told.text
    [*_, card] = await member.tap("查看轮岗")
    assert mark in card.text
    [*_, paper] = await member.tap("查看纸质材料")
    assert paper.file is not None
    [*_, refused] = await stage["林一"].forge("proxy.paper:1")
    assert refused.file is None
    [*_, officers] = await stage["周伟"].forge("rotation.open:1")
    assert "代录" not in officers.text


async def test_an_evaluation_entered_for_him_stands_on_the_printed_form(stage: Stage) -> None:
    await hosted_by_name(stage)
    secretary = stage["赵强"]
    [*_, choice] = await secretary.forge("proxy.choose:rotation:1:0")
    assert choice.buttons == ["交接说明", "中期谈话", "结束谈话", "带教评价"]
    [*_, asked] = await secretary.forge("rotation.evaluate:1")
    assert "老周师傅同志认为，目前能独立承担哪些工作？" in asked.text
    await secretary.say("独立巡视\n踏实肯学")
    await secretary.tap("能独立承担")
    await secretary.tap("纸质材料")
    await secretary.tap("改日期")
    await secretary.say("10月9日")
    await secretary.tap("确认代录")
    mark = "带教评价：由赵强书记根据老周师傅同志的纸质材料代录（2026年10月9日）。"
    await stage.at(stage.clock.now() + timedelta(minutes=2))
    assert mark in (await stage["李明"].last()).text
    await stage["陈静"].forge("rotation.open:1")
    [*_, printed] = await stage["陈静"].tap("打印评价表")
    assert printed.file is not None
    content = await stage["陈静"].phone.download(printed.file)
    assert mark in "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


async def test_the_register_of_the_host_branch_shows_who_comes(stage: Stage) -> None:
    await hosted_by_name(stage)
    [*_, register] = await stage["赵强"].say("/rotations")
    assert register.text == f"{OTHER_BRANCH}的轮岗\n外单位来此轮岗：1人"
    assert register.buttons[0] == f"来此轮岗：李明 · {OTHER_BRANCH}巡视员 · 在岗"
    [*_, card] = await stage["赵强"].tap(register.buttons[0])
    assert "带教人：老周师傅" in card.text
    [*_, ended] = await stage["赵强"].forge(f"rotations.page:{stage.units[OTHER_BRANCH]}:ended:0")
    assert "来此轮岗" not in ended.text
    for name in ("陈静", "周伟"):
        [*_, register] = await stage[name].say("/rotations")
        assert "来此轮岗" not in register.text


async def test_a_host_who_speaks_himself_is_left_to_it_and_the_register_counts_alone(english_stage: Stage) -> None:
    await english_stage.give_role(english_stage["林一"], RoleKind.SECRETARY, OTHER_BRANCH, "支部书记")
    await rotate(
        english_stage.database, MONDAY, english_stage["李明"].person_id, english_stage.units[OTHER_BRANCH],
        english_stage["赵强"].person_id,
    )  # fmt: skip
    [*_, register] = await english_stage["林一"].say("/rotations")
    assert register.text.endswith("One person of another unit rotates here.")
    assert not any("李明" in title for title in register.buttons)


async def test_who_may_not_enter_for_a_host(stage: Stage) -> None:
    await hosted_by_name(stage)
    for name in ("李明", "王芳", "周伟", "林一"):
        for data in ("proxy.choose:rotation:1:0", "proxy.act:final:1:0", "proxy.act:evaluate:1:0"):
            [*_, answer] = await stage[name].forge(data)
            assert "没有查看或办理此事的权限" in answer.text
    [*_, answer] = await stage["赵强"].forge(f"proxy.choose:rotation:1:{stage['李明'].person_id}")
    assert "没有查看或办理此事的权限" in answer.text
    [*_, answer] = await stage["赵强"].forge("proxy.choose:duty:1:1")
    assert "没有查看或办理此事的权限" in answer.text


async def test_a_host_who_is_only_a_name_is_offered_as_a_link(stage: Stage) -> None:
    secretary = stage["陈静"]
    await filled_in(stage)
    await secretary.tap("带教人")
    [*_, preview] = await secretary.say("王芳")
    assert any(title.startswith("带教人就是王芳") for title in preview.buttons)
    await secretary.tap("确认安排")
    await stage.at(AFTER_A_MINUTE)
    assert "轮岗" not in await stage["王芳"].heard()
    [*_, register] = await secretary.say("/rotations")
    [*_, card] = await secretary.tap(register.buttons[0])
    [offer] = [title for title in card.buttons if title.startswith("带教人就是王芳")]
    [*_, card] = await secretary.tap(offer)
    assert "已关联" in card.text
    await stage.at(MONDAY + timedelta(minutes=5))
    assert "已安排李明同志轮岗" in await stage["王芳"].heard()


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


async def test_what_a_host_by_name_alone_said_in_english(english_stage: Stage) -> None:
    await hosted_by_name(english_stage)
    secretary, member = english_stage["赵强"], english_stage["李明"]
    await secretary.forge("rotation.open:1")
    [*_, choice] = await secretary.tap("Enter for 老周师傅")
    assert choice.buttons == ["Hand-over", "Mid-term talk", "Final talk", "Evaluation"]
    [*_, asked] = await secretary.tap("Evaluation")
    assert "Which work can the person do alone, as 老周师傅 sees it?" in asked.text
    await secretary.say("Patrols lines alone")
    await secretary.tap("Needs guidance")
    await secretary.tap("By telephone")
    [*_, done] = await secretary.tap("Confirm the entry")
    mark = "Evaluation: entered by 赵强, the secretary, from what 老周师傅 said by telephone (12 October 2026)."
    assert mark in done.text
    await english_stage.at(english_stage.clock.now() + timedelta(minutes=2))
    told = await member.last()
    assert told.text.startswith("Your rotation has been evaluated.")
    assert "Can do alone: Patrols lines alone" in told.text
    assert mark in told.text
    for name in ("王芳", "周伟", "林一"):
        [*_, refused] = await english_stage[name].forge("proxy.choose:rotation:1:0")
        assert "This is not open to you." in refused.text
