"""Whoever blocked the assistant and comes back reads what was to be said meanwhile: in one message, as far as it is still true."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.dialogues.doors import keys
from tests.dialogues.test_needs import ask, later
from tests.dialogues.test_stand_ins import away
from tests.programme import pair
from tests.stage import BRANCH, Stage

HEAD = "以下消息此前未能送达，现一并告知："


async def block(stage: Stage, name: str) -> None:
    await stage[name].phone.block()
    await stage.settle()


async def came_back(stage: Stage, name: str) -> list[str]:
    """What is said from then on."""
    before = len(await stage[name].phone.messages())
    await stage[name].phone.unblock()
    await stage.settle()
    await later(stage)
    return [one.text for one in (await stage[name].phone.messages())[before:]]


@pytest.fixture
async def stood_in(either_stage: Stage) -> Stage:
    """孙丽 stands in and has heard of it."""
    stage = either_stage
    await pair(stage.database, stage.clock.now(), stage["李明"].person_id, [stage["王芳"].person_id])
    await stage.person("孙丽", BRANCH, backbone=True)
    await away(stage, "王芳", "13 Oct to 30 Oct" if stage.language == "en" else "10月13日 10月30日")
    await stage["王芳"].tap(stage.key("Someone else for {name}", name="李明"))
    await stage["王芳"].tap("孙丽")
    await later(stage)
    return stage


async def test_whoever_stood_in_reads_that_it_is_over(stood_in: Stage) -> None:
    await block(stood_in, "孙丽")
    await later(stood_in, 70)
    told = {
        "en": "This could not be delivered to you meanwhile:\n\n"
        "You need not answer the reports of 李明 any more. Thank you for standing in."
    }
    said = told.get(stood_in.language, f"{HEAD}\n\n李明同志的汇报不再由您代为点评，谢谢您。")
    assert await came_back(stood_in, "孙丽") == [said]
    await block(stood_in, "孙丽")
    assert await came_back(stood_in, "孙丽") == [], "once"


async def test_whoever_was_not_missed_reads_nothing(stood_in: Stage) -> None:
    """He is back before anybody looks, and stands in as before."""
    await block(stood_in, "孙丽")
    await later(stood_in)
    assert await came_back(stood_in, "孙丽") == []


async def test_news_of_a_need_is_read_on_coming_back(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    await paired["陈静"].forge("need.take_on:1")
    await block(paired, "李明")
    await later(paired)
    [told] = await came_back(paired, "李明")
    assert told.startswith(HEAD)
    assert "陈静" in told


async def test_several_things_make_one_message(paired: Stage) -> None:
    await ask(paired)
    await later(paired)
    await block(paired, "李明")
    await paired["陈静"].forge("need.take_on:1")
    await away(paired, "王芳", "10月13日 10月30日")
    await later(paired)
    [told] = await came_back(paired, "李明")
    assert told.startswith(HEAD)
    assert "这期间您的汇报由陈静同志代为点评" in told
    assert told.count("\n\n") == 2


async def test_what_is_no_longer_true_is_not_told(paired: Stage) -> None:
    await block(paired, "李明")
    await away(paired, "王芳", "10月13日 10月30日")
    await later(paired)
    await paired["王芳"].say("/leave")
    await paired["王芳"].tap("取消暂停：王芳，至10月30日（星期五）")
    await later(paired)
    told = await came_back(paired, "李明")
    assert "这期间您的汇报" not in "".join(told)


async def test_an_office_that_came_or_went_is_on_the_keyboard(paired: Stage) -> None:
    await block(paired, "王芳")
    await paired["周伟"].forge(f"roles.give:{paired.units[BRANCH]}:1:{paired['王芳'].person_id}")
    await later(paired)
    [told] = await came_back(paired, "王芳")
    assert f"您已登记为{BRANCH}副书记" in told
    assert "人员" in await keys(paired["王芳"].phone)


async def test_what_is_long_ago_is_left_alone(paired: Stage) -> None:
    await block(paired, "李明")
    await away(paired, "王芳", "10月13日 12月30日")
    await later(paired)
    await paired.at(paired.clock.now() + timedelta(days=15))
    assert "代为点评" not in "".join(await came_back(paired, "李明"))


async def test_the_first_message_that_fails_is_not_lost(paired: Stage) -> None:
    """Telegram says only on sending that somebody is gone."""
    await paired["李明"].phone.block()
    await away(paired, "王芳", "10月13日 10月30日")
    await later(paired)
    [told] = await came_back(paired, "李明")
    assert "这期间您的汇报由陈静同志代为点评" in told
