"""Where a unit is to be chosen, its name can be typed, or a part of it, or how it is spoken."""

from __future__ import annotations

import pytest

from domain.roles import RoleKind
from domain.units import UnitKind
from storage import drafts
from tests.dialogues.duty_story import pair
from tests.stage import BRANCH, COMMITTEE, GENERAL_BRANCH, OTHER_BRANCH, Stage

AGAIN = "没有找到名称含“热电厂”的组织，请换几个字再输入，或在列表中点选。"


async def test_an_announcement_finds_its_unit(stage: Stage) -> None:
    """周伟 searched for somebody before; the words are for the list that he opened since."""
    officer = stage["周伟"]
    await officer.say("/people 李明")
    [*_, asked] = await officer.say("/announce")
    assert asked.text == "发给哪个组织？下属组织一并发到。请点选，也可直接输入名称中的几个字。"
    [*_, none] = await officer.say("热电厂")
    assert none.text == AGAIN
    [*_, several] = await officer.say("支部")
    assert several.text == "是哪个组织？请点选。"
    assert several.buttons == [BRANCH, OTHER_BRANCH]
    [*_, one] = await officer.say("shudian")
    assert one.buttons == [OTHER_BRANCH]
    [*_, words] = await officer.tap(OTHER_BRANCH)
    assert f"请写下发给{OTHER_BRANCH}的通知" in words.text
    [*_, preview] = await officer.say("周五15:00集中学习。")
    assert f"发给{OTHER_BRANCH}的通知" in preview.text


async def test_of_many_only_the_first_are_shown(stage: Stage) -> None:
    for number in range(9):
        await stage.unit(UnitKind.BRANCH, f"第{number}供电所党支部", GENERAL_BRANCH)
    officer = stage["周伟"]
    await officer.say("/announce")
    [*_, found] = await officer.say("供电所")
    assert found.text == "是哪个组织？请点选。\n另有1个，请多输入几个字。"
    assert len(found.buttons) == 8


async def test_where_somebody_moves_to(stage: Stage) -> None:
    officer, person = stage["周伟"], stage["王芳"]
    await officer.forge(f"handover.kind:{person.person_id}:moves")
    [*_, none] = await officer.say("热电厂")
    assert none.text == AGAIN
    await officer.say("输电")
    [*_, page] = await officer.tap(OTHER_BRANCH)
    assert OTHER_BRANCH in page.text


async def test_into_what_a_unit_goes(stage: Stage) -> None:
    officer = stage["周伟"]
    await officer.forge(f"unit_change.kind:{stage.units[OTHER_BRANCH]}:merge")
    await officer.say("变电")
    [*_, day] = await officer.tap(BRANCH)
    assert "从哪天起" in day.text


async def test_to_which_branch_somebody_rotates(stage: Stage) -> None:
    secretary = stage["陈静"]
    await secretary.forge(f"rotation.for:{stage['李明'].person_id}")
    [*_, none] = await secretary.say("热电厂")
    assert none.text == AGAIN
    await secretary.say("输电")
    [*_, post] = await secretary.tap(OTHER_BRANCH)
    assert "岗位" in post.text


async def test_whose_summary_is_read(stage: Stage) -> None:
    officer = stage["周伟"]
    await officer.say("/summary 2026-10")
    await officer.tap("其他组织")
    await officer.say("变电检修党支部")
    [*_, summary] = await officer.tap(BRANCH)
    assert f"{BRANCH}2026年10月小结" in summary.text


@pytest.mark.parametrize(("command", "heading"), [("/pairings", "结对"), ("/rotations", "轮岗"), ("/roles", BRANCH)])
async def test_which_register_is_opened(stage: Stage, command: str, heading: str) -> None:
    await pair(stage)
    officer = stage["周伟"]
    await stage.give_role(officer, RoleKind.OFFICER, BRANCH)
    await officer.say(command)
    await officer.say("变电检修")
    [*_, register] = await officer.tap(BRANCH)
    assert heading in register.text


async def test_whoever_leads_nobody_any_more_finds_none(stage: Stage) -> None:
    officer = stage["周伟"]
    await officer.say("/announce")
    for name in ("王芳", "李明", "林一"):
        found = {"verb": "announcement.unit:{unit}", "within": list(stage.units.values())}
        user_id, now = stage[name].phone.user_id, stage.clock.now()
        await stage.database.write(lambda tx: drafts.save(tx, user_id, "unit_picker", "words", found, now))  # noqa: B023 - run at once
        [*_, refused] = await stage[name].say("变电")
        assert "没有查看或办理此事的权限" in refused.text
        assert COMMITTEE not in refused.text


async def test_in_english(english_stage: Stage) -> None:
    officer = english_stage["周伟"]
    await officer.say("/announce")
    [*_, none] = await officer.say("热电厂")
    assert none.text.startswith("No unit here has “热电厂” in its name.")
    [*_, one] = await officer.say("变电")
    assert one.text == "Which unit do you mean?"
    assert one.buttons == [BRANCH]
