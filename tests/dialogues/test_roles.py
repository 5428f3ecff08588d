"""Naming secretaries, ending roles at once, and what an administrator may not see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.roles import RoleKind
from tests.dialogues.doors import keys
from tests.stage import BRANCH, COMMITTEE, GENERAL_BRANCH, MONDAY, OTHER_BRANCH, Stage


async def test_the_officer_names_a_deputy_by_picking_a_person(stage: Stage) -> None:
    officer = stage["周伟"]
    await officer.say("/roles")
    await officer.tap(f"› {GENERAL_BRANCH}")
    [*_, shown] = await officer.tap(f"› {BRANCH}")
    assert "支部书记：陈静" in shown.text
    [*_, asked] = await officer.tap("增加：支部副书记")
    assert "由谁担任" in asked.text
    [*_, found] = await officer.say("wf")
    assert found.buttons[0].startswith("王芳 · ")
    [*_, shown] = await officer.tap(found.buttons[0])
    assert "支部副书记：王芳" in shown.text
    await stage.at(MONDAY + timedelta(minutes=2))
    assert f"您已登记为{BRANCH}副书记" in await stage["王芳"].heard()
    assert {"人员", "组织与分工"} <= {*await keys(stage["王芳"].phone)}


async def test_a_role_is_named_in_english(english_stage: Stage) -> None:
    officer = english_stage["周伟"]
    await officer.say("/roles")
    await officer.tap(f"› {GENERAL_BRANCH}")
    [*_, shown] = await officer.tap(f"› {BRANCH}")
    assert "Add: deputy branch secretary" in shown.buttons
    [*_, asked] = await officer.tap("End: 陈静, branch secretary")
    assert "End 陈静’s role as branch secretary" in asked.text
    [*_, shown] = await officer.tap("No, keep it")
    assert "branch secretary: 陈静" in shown.text
    await officer.tap("Add: deputy branch secretary")
    [*_, found] = await officer.say("wf")
    [*_, shown] = await officer.tap(found.buttons[0])
    assert "deputy branch secretary: 王芳" in shown.text, "several may hold it"
    await english_stage.at(MONDAY + timedelta(minutes=2))
    assert f"You have been entered as deputy branch secretary of {BRANCH}." in await english_stage["王芳"].heard()
    await officer.tap("End: 陈静, branch secretary")
    await officer.tap("Yes, end it")
    [*_, refused] = await english_stage["陈静"].say("/people")
    assert "This is not open to you." in refused.text
    await english_stage.at(MONDAY + timedelta(minutes=4))
    assert f"Your role as branch secretary of {BRANCH} has ended." in await english_stage["陈静"].heard()


async def test_ending_a_role_ends_access_at_once(stage: Stage) -> None:
    await stage["陈静"].say("/people")
    await stage["陈静"].tap(data=f"people.card:{stage['李明'].person_id}")
    old = await stage["陈静"].last()
    await _end(stage, "陈静", "支部书记")
    [*_, answer] = await stage["陈静"].tap("更换手机，重新邀请", message=old)
    assert "没有查看或办理此事的权限" in answer.text
    [*_, answer] = await stage["陈静"].say("/people")
    assert "没有查看或办理此事的权限" in answer.text
    await stage.at(MONDAY + timedelta(minutes=2))
    assert f"您不再担任{BRANCH}书记" in await stage["陈静"].heard()
    assert {"人员", "组织与分工"}.isdisjoint(await keys(stage["陈静"].phone))


async def _end(stage: Stage, name: str, title: str) -> None:
    await stage["周伟"].say("/roles")
    await stage["周伟"].tap(f"› {GENERAL_BRANCH}")
    await stage["周伟"].tap(f"› {BRANCH}")
    [*_, asked] = await stage["周伟"].tap(f"免去：{name}（{title}）")
    assert f"确定免去{name}同志的{BRANCH}{title.removeprefix('支部')}吗" in asked.text
    await stage["周伟"].tap("确定")


async def test_a_role_given_and_ended_within_the_minute_is_not_told(stage: Stage) -> None:
    await stage["周伟"].say("/roles")
    await stage["周伟"].tap(f"› {GENERAL_BRANCH}")
    await stage["周伟"].tap(f"› {BRANCH}")
    await stage["周伟"].tap("增加：支部副书记")
    [*_, found] = await stage["周伟"].say("王芳")
    before = await stage["王芳"].heard()
    await stage["周伟"].tap(found.buttons[0])
    await _end(stage, "王芳", "支部副书记")
    await stage.at(MONDAY + timedelta(minutes=5))
    assert await stage["王芳"].heard() == before


async def test_a_branch_secretary_sees_the_branch_and_changes_nothing(stage: Stage) -> None:
    [*_, shown] = await stage["陈静"].say("/roles")
    assert "支部书记：陈静" in shown.text
    assert not any(text.startswith(("增加", "免去")) for text in shown.buttons)
    for data in (
        f"roles.unit:{stage.units[OTHER_BRANCH]}",
        f"roles.unit:{stage.units[COMMITTEE]}",
        f"roles.give:{stage.units[BRANCH]}:0:{stage['李明'].person_id}",
        "roles.administrators",
        "roles.ask_end:1",
        "roles.end:1",
    ):
        [*_, answer] = await stage["陈静"].forge(data)
        assert "没有查看或办理此事的权限" in answer.text


@pytest.mark.parametrize("name", ["李明", "王芳", "赵强", "林一"])
async def test_members_do_not_reach_roles(stage: Stage, name: str) -> None:
    for data in ("roles.tops", f"roles.unit:{stage.units[BRANCH]}", "roles.end:1", "roles.add_administrator"):
        [*_, answer] = await stage[name].forge(data)
        assert "没有查看或办理此事的权限" in answer.text


async def test_administrators_name_each_other_and_one_remains(stage: Stage) -> None:
    await stage.give_role(stage["周伟"], RoleKind.ADMINISTRATOR, COMMITTEE)
    await stage["周伟"].say("/roles")
    await stage["周伟"].tap("管理员")
    await stage["周伟"].tap("增加管理员")
    [*_, found] = await stage["周伟"].say("lin")
    [*_, shown] = await stage["周伟"].tap(found.buttons[0])
    assert "林一" in shown.text
    await stage["周伟"].tap("免去：林一")
    await stage["周伟"].tap("确定")
    [*_, shown] = await stage["周伟"].forge("roles.administrators")
    assert "林一" not in shown.text


WHERE_NAMED = {
    "zh-hans": "在“组织与分工”里点“管理员”，可以增加、免去管理员。",
    "en": "Under “Units and roles”, “Administrators” names further administrators and ends their role.",
}


async def test_help_says_to_administrators_alone_where_they_are_named(either_stage: Stage) -> None:
    stage, sentence = either_stage, WHERE_NAMED[either_stage.language]
    await stage.give_role(stage["周伟"], RoleKind.ADMINISTRATOR, COMMITTEE)
    assert sentence in (await stage["周伟"].say("/help"))[-1].text
    for name in ("陈静", "李明"):
        assert sentence not in (await stage[name].say("/help"))[-1].text


async def test_nonsense_in_a_button_changes_nothing(stage: Stage) -> None:
    for data in (
        "roles.unit:x",
        "roles.give:1:99:1",
        "roles.add:1:99",
        "roles.end:",
        "people.card:0",
        "invites.slip:1:x",
    ):
        [*_, answer] = await stage["周伟"].forge(data)
        assert "权限" in answer.text or "已不存在" in answer.text
