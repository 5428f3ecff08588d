"""Leaving the organisation ends the chat at once, and can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.dialogues.doors import invited
from tests.dialogues.test_handovers import opened
from tests.stage import BRANCH, MONDAY, Stage


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
    card = next(message.text for message in answers if message.id == done.id)
    assert card.startswith("已撤销，王芳同志的各项恢复原状，没有通知任何人。\nTelegram 绑定保持不变。")
    assert "未注册" not in card
    [*_, home] = await stage["王芳"].say("/home")
    assert "王芳同志，您好" in home.text


async def test_within_the_minute_nothing_is_lost(either_stage: Stage) -> None:
    """Not the account, not what she agreed to, not the slip of somebody who had not come in yet."""
    stage, secretary = either_stage, either_stage["陈静"]
    newcomer = await stage.person("高平", BRANCH, account=False)
    code = await invited(stage, "陈静", "高平", button=stage.key("Make an invitation"))
    for name in ("王芳", "高平"):
        await opened(stage, "陈静", name, stage.key("Leaves the organisation"))
        await secretary.forge("handover.confirm")
        done = await secretary.last()
        await stage[name].say("/home")
        assert "王芳" not in (await stage[name].last()).text, "access ends at once all the same"
        await secretary.tap(stage.key("Undo"), message=done)
    await stage["王芳"].say("/home")
    assert "王芳" in (await stage["王芳"].last()).text
    [*_, asked] = await newcomer.say(code)
    assert {"zh-hans": "邀请码无误", "en": "The code is right"}[stage.language] in asked.text


@pytest.mark.parametrize("seconds", [61, 3 * 24 * 3600])
async def test_after_the_minute_the_account_is_gone_for_good(either_stage: Stage, seconds: int) -> None:
    stage, secretary = either_stage, either_stage["陈静"]
    await opened(stage, "陈静", "王芳", stage.key("Retires"))
    await secretary.forge("handover.confirm")
    done = await secretary.last()
    await stage.at(MONDAY + timedelta(seconds=seconds))
    [*_, refused] = await secretary.tap(stage.key("Undo"), message=done)
    assert refused.text != done.text
    await secretary.tap(stage.key("Has not left; what was handed over stays"), message=done)
    assert stage.key("Telegram: not registered; the secretary enters reports.") in await secretary.heard()
    await stage["王芳"].say("/home")
    assert "王芳" not in (await stage["王芳"].last()).text
    [*_, refused] = await secretary.forge(f"handover.undo:{stage['王芳'].person_id}")
    await stage["王芳"].say("/home")
    assert "王芳" not in (await stage["王芳"].last()).text


async def test_who_has_not_left_after_all_keeps_the_account_within_the_minute(stage: Stage) -> None:
    await leave(stage, "王芳")
    done = await stage["陈静"].last()
    answers = await stage["陈静"].tap("未离开，恢复在册（交接不变）", message=done)
    card = next(message.text for message in answers if message.id == done.id)
    assert card.startswith("王芳同志恢复在册，已办的交接不变；不另行通知。\nTelegram 绑定保持不变。")
    answers = await stage["陈静"].forge(f"handover.undo:{stage['王芳'].person_id}")
    assert answers[-1].text.startswith("已撤销，王芳同志的各项恢复原状")


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
    card = next(message.text for message in answers if message.id == done.id)
    assert card.startswith(
        "Undone: all that was with 王芳 stands as before. Nobody was told.\nThe link to Telegram holds as before."
    )
