"""Naming secretaries, ending roles at once, and what an administrator may not see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.roles import RoleKind
from services import administrators
from storage import accounts, roles
from tests.dialogues.doors import keys
from tests.stage import BRANCH, COMMITTEE, GENERAL_BRANCH, MONDAY, OTHER_BRANCH, Player, Stage


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


ENDED = "您的管理员权限已终止。"
"""An account that has chosen no language is spoken to in the deployment's."""


async def administrators_by_account(stage: Stage) -> tuple[Player, Player, int]:
    """周伟 and 孙工, whom the settings name by their accounts; 孙工 is in no roster. The role of 孙工."""
    officer, other = stage["周伟"], await stage.person("孙工", BRANCH, account=False)
    phones = [officer.phone.user_id, other.phone.user_id]
    await stage.database.write(lambda tx: administrators.appoint(tx, phones, MONDAY))
    await other.say("/home")
    held = await stage.database.read(lambda tx: roles.of_kind(tx, RoleKind.ADMINISTRATOR))
    accounts_of = await stage.database.read(lambda tx: accounts.by_telegram(tx, other.phone.user_id))
    assert accounts_of is not None
    return officer, other, next(one.id for one in held if one.account_id == accounts_of.id)


async def test_an_administrator_by_account_alone_is_told_and_given_back(either_stage: Stage) -> None:
    stage = either_stage
    officer, other, role_id = await administrators_by_account(stage)
    await officer.forge(f"roles.ask_end:{role_id}")
    [*_, done] = await officer.tap(stage.key("Yes, end it"))
    assert done.text.startswith(stage.key("The role has ended."))
    assert stage.key("Undo") in done.buttons
    assert (
        "孙工" in done.text.splitlines()[1]
        or stage.key("The account is told in a minute; until then you can undo it.") in done.text
    )
    [*_, undone] = await officer.tap(stage.key("Undo"))
    assert undone.text.startswith(stage.key("Undone. Nobody was told."))
    await stage.at(MONDAY + timedelta(minutes=2))
    assert ENDED not in await other.heard()
    await officer.forge(f"roles.end:{role_id}")
    await stage.at(MONDAY + timedelta(minutes=4))
    assert ENDED in await other.heard()
    [*_, refused] = await officer.forge(f"roles.take_back_end:{role_id}")
    assert {"zh-hans": "不能再撤销", "en": "can no longer be undone"}[stage.language] in refused.text


async def test_an_end_is_taken_back_by_whoever_entered_it(either_stage: Stage) -> None:
    stage = either_stage
    officer, other, role_id = await administrators_by_account(stage)
    await officer.forge(f"roles.end:{role_id}")
    for name in ("陈静", "林一"):
        [*_, refused] = await stage[name].forge(f"roles.take_back_end:{role_id}")
        assert refused.text == stage.key("This is not open to you. If it should be, please ask your secretary.")
    [*_, stranger] = await other.forge(f"roles.take_back_end:{role_id}")
    assert "孙工" not in stranger.text


async def test_a_branch_secretarys_role_stands_again(stage: Stage) -> None:
    await _end(stage, "陈静", "支部书记")
    done = await stage["周伟"].last()
    assert "任职已结束。\n一分钟后告知：陈静；其间可撤销。" in done.text
    [*_, shown] = await stage["周伟"].tap("撤销")
    assert shown.text.startswith("已撤销，没有通知任何人。")
    assert "支部书记：陈静" in shown.text
    await stage.at(MONDAY + timedelta(minutes=2))
    assert "您不再担任" not in await stage["陈静"].heard()
    assert "支部书记：陈静" in (await stage["陈静"].say("/roles"))[-1].text
