"""Finding people without typing an id, and what their card shows to whom."""

from __future__ import annotations

import pytest

from domain.roles import RoleKind
from handlers.people import PERSON_ACTIONS
from handlers.routes import Routes
from tests.stage import BRANCH, COMMITTEE, OTHER_BRANCH, Stage


@pytest.mark.parametrize("words", ["李明", "李", "liming", "lm", "LiMing", "li ming", "000101", "101", "１０１"])
async def test_somebody_is_found_by_name_pinyin_initials_or_number(stage: Stage, words: str) -> None:
    await stage["陈静"].say("/people")
    [*_, found] = await stage["陈静"].say(words)
    assert found.buttons == [f"李明 · 000101 · {BRANCH}"]


async def test_a_surname_is_found_as_it_is_read(stage: Stage) -> None:
    await stage.person("单雪", BRANCH, account=False)
    [*_, found] = await stage["陈静"].say("/people shan")
    assert [text.split(" · ")[0] for text in found.buttons] == ["单雪"]


async def test_nobody_found_says_so(stage: Stage) -> None:
    [*_, found] = await stage["陈静"].say("/people 不存在的人<b>")
    assert "没有找到“不存在的人<b>”" in found.text
    assert found.buttons == []


async def test_the_card_shows_what_a_secretary_needs(stage: Stage) -> None:
    [*_, found] = await stage["陈静"].say("/people 李明")
    [*_, card] = await stage["陈静"].tap(found.buttons[0])
    for part in ("李明", BRANCH, "000101", "入党积极分子", "骨干：是", "变电检修", "注册"):
        assert part in card.text


async def test_the_card_in_english(english_stage: Stage) -> None:
    [*_, found] = await english_stage["陈静"].say("/people wf")
    [*_, card] = await english_stage["陈静"].tap(found.buttons[0])
    assert "Stage: full Party member" in card.text
    assert card.buttons[0] == "New phone: invite again"


async def test_an_administrator_sees_accounts_and_no_party_data(stage: Stage) -> None:
    await stage.give_role(stage["林一"], RoleKind.ADMINISTRATOR, COMMITTEE)
    [*_, found] = await stage["林一"].say("/people 李明")
    [*_, card] = await stage["林一"].tap(found.buttons[0])
    assert "注册" in card.text
    assert "积极分子" not in card.text
    assert "骨干" not in card.text


async def test_the_card_offers_what_the_reader_may_do(stage: Stage) -> None:
    await stage["陈静"].say("/people 李明")
    [*_, card] = await stage["陈静"].tap(data=f"people.card:{stage['李明'].person_id}")
    assert {"更换手机，重新邀请", "安排结对"} <= {*card.buttons}
    await stage["周伟"].say("/people 李明")
    [*_, card] = await stage["周伟"].tap(data=f"people.card:{stage['李明'].person_id}")
    assert "更换手机，重新邀请" in card.buttons
    assert "安排结对" not in card.buttons


def test_every_action_on_a_card_has_somebody_behind_it() -> None:
    presses = Routes().presses
    assert [action.verb for action in PERSON_ACTIONS if action.verb not in presses] == []


async def test_a_secretary_finds_nobody_of_another_branch(stage: Stage) -> None:
    [*_, found] = await stage["陈静"].say("/people 林一")
    assert "没有找到" in found.text
    [*_, answer] = await stage["陈静"].forge(f"people.card:{stage['林一'].person_id}")
    assert "权限" in answer.text


async def test_many_people_come_eight_at_a_time(stage: Stage) -> None:
    for number in range(12):
        await stage.person(f"检修员{number:02}", OTHER_BRANCH, account=False)
    [*_, first] = await stage["周伟"].say("/people 检修员")
    assert "共12人，第1页，共2页" in first.text
    assert len(first.buttons) == 9
    [*_, second] = await stage["周伟"].tap("下一页 ›")
    assert len(second.buttons) == 5
    [*_, back] = await stage["周伟"].tap("‹ 上一页")
    assert back.buttons == first.buttons
    [*_, beyond] = await stage["周伟"].forge("people.page:99")
    assert "第2页" in beyond.text


async def test_the_search_survives_a_cancel(stage: Stage) -> None:
    await stage["陈静"].say("/people")
    [*_, answer] = await stage["陈静"].say("/cancel")
    assert "已取消" in answer.text
    [*_, answer] = await stage["陈静"].say("李明")
    assert "没有看明白" in answer.text


@pytest.mark.parametrize("name", ["李明", "王芳", "赵强", "林一"])
async def test_members_find_nobody(stage: Stage, name: str) -> None:
    [*_, answer] = await stage[name].say("/people")
    assert "权限" in answer.text
    [*_, answer] = await stage[name].forge("people.page:0")
    assert "权限" in answer.text
