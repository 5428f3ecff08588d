"""周伟 names whom to ask about personal data, and whoever comes in reads it."""

from __future__ import annotations

import pytest

from tests.dialogues.doors import invited, newcomer
from tests.stage import BRANCH, Stage

CONTACT = "张敏，党委办公室，8301"


async def test_whoever_comes_in_reads_whom_to_ask(stage: Stage) -> None:
    officer = stage["周伟"]
    await officer.say("/roles")
    [*_, asked] = await officer.tap("个人信息联系人")
    assert "目前：书记（写明姓名）。" in asked.text
    [*_, unit] = await officer.say(CONTACT)
    assert f"个人信息联系人：{CONTACT}" in unit.text
    zheng = await newcomer(stage)
    await zheng.say(await invited(stage, "陈静", "郑国华"))
    [*_, notice] = await zheng.say("0107")
    assert f"联系人：{CONTACT}" in notice.text


async def test_a_branch_may_name_its_own_and_go_back(stage: Stage) -> None:
    secretary = stage["陈静"]
    await secretary.say("/roles")
    await secretary.tap("个人信息联系人")
    await secretary.say("陈静，变电检修楼201")
    await secretary.tap("个人信息联系人")
    [*_, unit] = await secretary.tap("改为书记")
    assert "个人信息联系人：" not in unit.text


async def test_what_is_too_long_is_refused_and_nothing_is_lost(stage: Stage) -> None:
    officer = stage["周伟"]
    await officer.say("/roles")
    await officer.tap("个人信息联系人")
    [*_, refused] = await officer.say("很" * 61)
    assert "61" in refused.text
    [*_, unit] = await officer.say(CONTACT)
    assert CONTACT in unit.text


@pytest.mark.parametrize("name", ["李明", "赵强", "林一"])
async def test_who_does_not_lead_the_unit_may_not(stage: Stage, name: str) -> None:
    [*_, refused] = await stage[name].forge(f"contact.ask:{stage.units[BRANCH]}")
    assert "没有查看或办理此事的权限" in refused.text


async def test_in_english(english_stage: Stage) -> None:
    officer = english_stage["周伟"]
    await officer.say("/roles")
    await officer.tap("Contact for personal data")
    [*_, unit] = await officer.say("Zhang Min, office 8301")
    assert "Contact for personal data: Zhang Min, office 8301" in unit.text
