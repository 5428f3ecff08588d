"""发通知: seen before it goes, with its count; taken back within the minute; and whom it did not reach."""

from __future__ import annotations

import pytest

from tests.dialogues.test_needs import later
from tests.stage import BRANCH, GENERAL_BRANCH, OTHER_BRANCH, Stage

WORDS = "周五15:00集中学习，<b>请准时</b>。"


async def written(stage: Stage, by: str = "陈静", unit: str = "") -> str:
    await stage[by].say("/announce")
    if unit:
        await stage[by].tap(unit)
    [*_, preview] = await stage[by].say(WORDS)
    return preview.text


async def test_a_secretary_writes_to_her_branch(stage: Stage) -> None:
    await stage.person("郑国华", BRANCH, account=False)
    preview = await written(stage)
    assert preview.startswith(f"发给{BRANCH}的通知\n{WORDS}")
    assert "将发给2人。" in preview
    assert "郑国华同志收不到，请另行通知。" in preview
    [*_, card] = await stage["陈静"].tap("发出")
    assert "一分钟后发出，其间可撤回。收件2人。" in card.text
    assert WORDS not in await stage["李明"].heard()
    await later(stage)
    for name in ("李明", "王芳"):
        assert (await stage[name].last()).text.startswith(f"{BRANCH}通知\n{WORDS}\n陈静，")
    for name in ("赵强", "林一", "周伟"):
        assert WORDS not in await stage[name].heard()
    [*_, card] = await stage["陈静"].tap("送达情况")
    assert "已送达2人。" in card.text
    assert "郑国华同志收不到，请另行通知。" in card.text


async def test_it_is_taken_back_within_the_minute_and_no_later(stage: Stage) -> None:
    await written(stage)
    await stage["陈静"].tap("发出")
    [*_, card] = await stage["陈静"].tap("撤销")
    assert "已撤回，没有发给任何人。" in card.text
    await later(stage)
    assert WORDS not in await stage["李明"].heard()
    await written(stage)
    await stage["陈静"].tap("发出")
    sent = await stage["陈静"].last()
    await later(stage)
    [*_, refused] = await stage["陈静"].tap("撤销", message=sent)
    assert "已经过了一分钟" in refused.text


async def test_who_blocked_the_bot_meanwhile_is_named(stage: Stage) -> None:
    await stage["王芳"].phone.block()
    await written(stage)
    await stage["陈静"].tap("发出")
    await later(stage)
    [*_, card] = await stage["陈静"].tap("送达情况")
    assert "已送达1人" in card.text
    assert "王芳同志收不到，请另行通知。" in card.text
    assert "将发给1人。" in await written(stage)


async def test_an_officer_chooses_the_unit_and_all_beneath_hear_it(stage: Stage) -> None:
    preview = await written(stage, "周伟", GENERAL_BRANCH)
    assert "将发给5人。" in preview
    await stage["周伟"].tap("发出")
    await later(stage)
    for name in ("李明", "王芳", "赵强", "陈静", "林一"):
        assert WORDS in await stage[name].heard()


async def test_written_again_before_it_goes(stage: Stage) -> None:
    await written(stage)
    [*_, preview] = await stage["陈静"].say("改到周四。")
    assert WORDS not in preview.text
    await stage["陈静"].tap("发出")
    await later(stage)
    assert "改到周四。" in await stage["李明"].heard()
    assert WORDS not in await stage["李明"].heard()


async def test_nothing_goes_without_a_word_or_after_never_mind(stage: Stage) -> None:
    await stage["陈静"].say("/announce")
    [*_, long] = await stage["陈静"].say("长" * 1501)
    assert "1500" in long.text
    [*_, gone] = await stage["陈静"].forge("announcement.send")
    assert "已经不在" in gone.text or "请在下方" in gone.text
    await written(stage)
    await stage["陈静"].tap(data="announcement.never_mind")
    [*_, gone] = await stage["陈静"].forge("announcement.send")
    assert "已经不在" in gone.text or "请在下方" in gone.text


@pytest.mark.parametrize("name", ["李明", "王芳", "林一"])
async def test_others_announce_and_look_at_nothing(stage: Stage, name: str) -> None:
    await written(stage)
    await stage["陈静"].tap("发出")
    [*_, refused] = await stage[name].say("/announce")
    assert "没有查看或办理此事的权限" in refused.text
    for press in (f"announcement.unit:{stage.units[BRANCH]}", "announcement.open:1", "announcement.undo:1"):
        [*_, refused] = await stage[name].forge(press)
        assert "没有查看或办理此事的权限" in refused.text
    [*_, refused] = await stage["陈静"].forge(f"announcement.unit:{stage.units[OTHER_BRANCH]}")
    assert "没有查看或办理此事的权限" in refused.text


async def test_in_english(english_stage: Stage) -> None:
    preview = await written(english_stage)
    assert "It goes to 2 people." in preview
    [*_, card] = await english_stage["陈静"].tap("Send it")
    assert "People to be told: 2" in card.text
    await later(english_stage)
    assert (await english_stage["李明"].last()).text.startswith(f"Announcement of {BRANCH}")


async def test_taken_back_and_not_reached_in_english(english_stage: Stage) -> None:
    stage, secretary = english_stage, english_stage["陈静"]
    await stage.person("郑国华", BRANCH, account=False)
    await stage["王芳"].phone.block()
    assert "It cannot reach 王芳 and 郑国华; please have them told otherwise." in await written(stage)
    await secretary.tap("Send it")
    [*_, card] = await secretary.tap("Undo")
    assert "Taken back; it has gone to nobody." in card.text
    await written(stage)
    await secretary.tap("Send it")
    await later(stage)
    [*_, card] = await secretary.tap("How it went")
    assert "Sent to 1 person." in card.text
    assert "It cannot reach 王芳 and 郑国华; please have them told otherwise." in card.text
    [*_, refused] = await secretary.forge("announcement.undo:2")
    assert "the minute is over" in refused.text
    assert (await stage["李明"].heard()).count(WORDS) == 1
    [*_, refused] = await stage["李明"].forge("announcement.open:1")
    assert "This is not open to you." in refused.text
