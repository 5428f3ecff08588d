"""Leaving the organisation ends the chat at once, and only when nothing is left hanging."""

from __future__ import annotations

import pytest

from domain.pairings import Track
from domain.roles import RoleKind
from storage.tables import pairing
from tests.dialogues.doors import invited
from tests.stage import BRANCH, Stage


async def test_who_left_is_a_stranger_and_can_be_brought_back(stage: Stage) -> None:
    old = await invited(stage, "陈静", "王芳", button="换手机：新邀请")
    await stage["陈静"].tap("返回王芳")
    [*_, asked] = await stage["陈静"].tap("已离开")
    assert "王芳同志已离开本单位吗" in asked.text
    [*_, done] = await stage["陈静"].tap("确定，已离开")
    assert "已登记王芳同志于今天离开" in done.text
    [*_, answer] = await stage["王芳"].say("/home")
    assert "邀请" in answer.text
    [*_, answer] = await stage["王芳"].say(old)
    assert "已被新的代替" in answer.text or "已过期" in answer.text
    [*_, found] = await stage["陈静"].say("/people 王芳")
    assert "没有找到" in found.text
    answers = await stage["陈静"].tap("撤销", message=done)
    assert "未注册" in next(message.text for message in answers if message.id == done.id)


async def test_in_english(english_stage: Stage) -> None:
    await english_stage["陈静"].say("/people 王芳")
    await english_stage["陈静"].tap(data=f"people.card:{english_stage['王芳'].person_id}")
    [*_, asked] = await english_stage["陈静"].tap("Has left")
    assert asked.text.startswith("Has 王芳 left the organisation?")
    [*_, done] = await english_stage["陈静"].tap("Yes, has left")
    assert done.text == "王芳 is entered as having left today."


async def test_nobody_leaves_from_the_middle_of_a_pairing(stage: Stage) -> None:
    await stage.database.write(
        lambda tx: tx.insert(
            pairing, mentee_id=stage["李明"].person_id, track=Track.BACKBONE_TO_MEMBER, cadence="weekly", report_day=5,
            state="draft", created_at=stage.clock.now(),
        )
    )  # fmt: skip
    [*_, answer] = await stage["陈静"].forge(f"departures.depart:{stage['李明'].person_id}")
    assert "还有未结束的结对或轮岗" in answer.text
    [*_, answer] = await stage["李明"].say("/home")
    assert "您好" in answer.text


async def test_nobody_leaves_with_a_role(stage: Stage) -> None:
    await stage.give_role(stage["王芳"], RoleKind.SECRETARY, BRANCH, "支部副书记")
    [*_, answer] = await stage["陈静"].forge(f"departures.depart:{stage['王芳'].person_id}")
    assert "请先免去职务" in answer.text


@pytest.mark.parametrize("name", ["李明", "王芳", "赵强", "林一"])
async def test_others_cannot_enter_it(stage: Stage, name: str) -> None:
    for verb in ("ask", "depart", "come_back"):
        [*_, answer] = await stage[name].forge(f"departures.{verb}:{stage['王芳'].person_id}")
        assert "没有查看或办理此事的权限" in answer.text
