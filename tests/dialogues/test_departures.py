"""Leaving the organisation ends the chat at once, and can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.dialogues.doors import invited
from tests.dialogues.test_handovers import opened
from tests.stage import MONDAY, Stage


async def leave(stage: Stage, name: str) -> None:
    await opened(stage, "陈静", name, "调离本单位")
    await stage["陈静"].tap("确认办理：调离本单位")


async def test_who_left_is_a_stranger_and_can_be_brought_back(stage: Stage) -> None:
    old = await invited(stage, "陈静", "王芳", button="更换手机，重新邀请")
    await leave(stage, "王芳")
    done = await stage["陈静"].last()
    [*_, answer] = await stage["王芳"].say("/home")
    assert "邀请" in answer.text
    [*_, answer] = await stage["王芳"].say(old)
    assert "已被新的代替" in answer.text or "已过期" in answer.text
    [*_, found] = await stage["陈静"].say("/people 王芳")
    assert "没有找到" in found.text
    answers = await stage["陈静"].tap("撤销", message=done)
    assert "未注册" in next(message.text for message in answers if message.id == done.id)


async def test_days_later_too(stage: Stage) -> None:
    await leave(stage, "王芳")
    done = await stage["陈静"].last()
    await stage.at(MONDAY + timedelta(days=3))
    [*_, refused] = await stage["陈静"].tap("撤销", message=done)
    assert "已经过了一分钟" in refused.text
    answers = await stage["陈静"].tap("未离开，恢复在册（交接不变）", message=done)
    assert "未注册" in next(message.text for message in answers if message.id == done.id)
    [*_, refused] = await stage["陈静"].forge(f"departures.come_back:{stage['王芳'].person_id}")
    assert "已经办结" in refused.text or "没有改动" in refused.text


@pytest.mark.parametrize("name", ["李明", "王芳", "赵强", "林一"])
async def test_others_cannot_bring_anybody_back(stage: Stage, name: str) -> None:
    await leave(stage, "王芳")
    [*_, answer] = await stage[name].forge(f"departures.come_back:{stage['王芳'].person_id}")
    assert "没有查看或办理此事的权限" in answer.text or "邀请" in answer.text


async def test_it_is_taken_back_in_english(english_stage: Stage) -> None:
    secretary = english_stage["陈静"]
    await opened(english_stage, "陈静", "王芳", "Leaves the organisation")
    await secretary.tap("Confirm: Leaves the organisation")
    done = await secretary.last()
    assert "has been entered as having left today" in done.text
    answers = await secretary.tap("Undo", message=done)
    assert "not registered" in next(message.text for message in answers if message.id == done.id)
