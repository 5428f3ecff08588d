"""The host of a rotation: named alone, spoken for, left to speak himself, linked."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import docx

from domain.roles import RoleKind
from domain.rotations import Plan
from services import rotation_planning
from services.access import identify
from storage.database import Writer
from tests.dialogues.test_rotations import AFTER_A_MINUTE, filled_in
from tests.programme import rotate
from tests.stage import MONDAY, OTHER_BRANCH, Stage


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
