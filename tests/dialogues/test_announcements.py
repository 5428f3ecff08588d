"""发通知: seen before it goes, with its count; held until quiet hours are over; taken back until it goes; and whom it did
not reach.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.units import UnitKind
from tests.dialogues.test_group_chats import bound, words
from tests.dialogues.test_needs import later
from tests.stage import BRANCH, GENERAL_BRANCH, OTHER_BRANCH, Player, Stage

WORDS = "周五15:00集中学习，<b>请准时</b>。"
LUNCH, STILL_LUNCH = datetime(2026, 10, 12, 4, 30, tzinfo=UTC), datetime(2026, 10, 12, 5, 59, tzinfo=UTC)
"""12:30 and 13:59 in Shanghai: people rest from 12:00 to 14:00."""
AFTERNOON = datetime(2026, 10, 12, 6, 0, tzinfo=UTC)
NIGHT, MORNING = datetime(2026, 10, 12, 14, 30, tzinfo=UTC), datetime(2026, 10, 13, 0, 0, tzinfo=UTC)
EMPTY = "空支部"


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
    assert "一分钟后发出，其间可撤回。将发给2人。" in card.text
    assert WORDS not in await stage["李明"].heard()
    await later(stage)
    for name in ("李明", "王芳"):
        assert (await stage[name].last()).text.startswith(f"{BRANCH}通知\n{WORDS}\n陈静，")
    for name in ("赵强", "林一", "周伟"):
        assert WORDS not in await stage[name].heard()
    [*_, card] = await stage["陈静"].tap("送达情况")
    assert "已送达2人。" in card.text
    assert "郑国华同志收不到，请另行通知。" in card.text


async def test_it_is_taken_back_until_somebody_has_heard_and_no_later(stage: Stage) -> None:
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
    assert "通知已经发出，不能再撤回" in refused.text
    assert (await stage["李明"].heard()).count(WORDS) == 1


async def test_taken_back_twice_it_is_settled(stage: Stage) -> None:
    await written(stage)
    [*_, card] = await stage["陈静"].tap("发出")
    await stage["陈静"].tap("撤销")
    [*_, refused] = await stage["陈静"].forge("announcement.undo:1", message=card)
    assert "已经办结" in refused.text


async def test_in_quiet_hours_all_hear_it_when_they_are_over(stage: Stage) -> None:
    group = await bound(stage)
    await stage.at(LUNCH)
    preview = await written(stage)
    assert (
        "将发给2人。\n同时发到1个支部群。\n现在是免打扰时段，将于2026年10月12日（星期一）14:00同时送达；急事请打电话。"
        in preview
    )
    [*_, card] = await stage["陈静"].tap("发出")
    when = "现在是免打扰时段，将于2026年10月12日（星期一）14:00同时送达，届时前可撤回。"
    assert f"{when}将发给2人。同时发到1个支部群。" in card.text
    await stage.at(STILL_LUNCH)
    assert WORDS not in await stage["李明"].heard()
    assert WORDS not in "\n".join(await words(stage, group))
    [*_, card] = await stage["陈静"].tap("送达情况")
    assert when in card.text
    await stage.at(AFTERNOON)
    assert WORDS in (await stage["李明"].last()).text
    assert WORDS in (await words(stage, group))[-1]
    [*_, card] = await stage["陈静"].tap("送达情况")
    assert "已送达2人。已发到1个支部群。" in card.text
    assert "撤销" not in card.buttons


async def test_in_quiet_hours_it_is_taken_back_to_their_last_minute(stage: Stage) -> None:
    group = await bound(stage)
    await stage.at(LUNCH)
    await written(stage)
    await stage["陈静"].tap("发出")
    await stage.at(STILL_LUNCH)
    [*_, card] = await stage["陈静"].tap("撤销")
    assert "已撤回，没有发给任何人。" in card.text
    await stage.at(AFTERNOON)
    assert WORDS not in await stage["李明"].heard()
    assert WORDS not in "\n".join(await words(stage, group))
    await stage.at(NIGHT)
    assert "将于2026年10月13日（星期二）08:00同时送达" in await written(stage)
    await stage["陈静"].tap("发出")
    await stage.at(MORNING)
    [*_, refused] = await stage["陈静"].tap("撤销")
    assert "通知已经发出，不能再撤回" in refused.text


async def test_nobody_else_takes_back_what_waits(stage: Stage) -> None:
    await stage.at(LUNCH)
    await written(stage)
    await stage["陈静"].tap("发出")
    [*_, refused] = await stage["李明"].forge("announcement.undo:1")
    assert "没有查看或办理此事的权限" in refused.text
    await stage.at(AFTERNOON)
    assert WORDS in await stage["李明"].heard()


async def test_whoever_comes_in_while_it_waits_hears_it_too(stage: Stage) -> None:
    zheng = await stage.person("郑国华", BRANCH, account=False)
    await stage.at(LUNCH)
    assert "郑国华同志收不到" in await written(stage)
    await stage["陈静"].tap("发出")
    await stage.enrol(zheng, "zh-hans")
    await stage.at(AFTERNOON)
    assert WORDS in await zheng.heard()
    [*_, card] = await stage["陈静"].tap("送达情况")
    assert "已送达3人。" in card.text
    assert "收不到" not in card.text


async def test_whoever_joins_the_unit_later_was_not_missed(stage: Stage) -> None:
    await written(stage)
    await stage["陈静"].tap("发出")
    await later(stage)
    await stage.person("新人", BRANCH)
    await stage.person("郑国华", BRANCH, account=False)
    [*_, card] = await stage["陈静"].tap("送达情况")
    assert "已送达2人。" in card.text
    assert "收不到" not in card.text


async def empty_branch(stage: Stage, *people: str) -> None:
    await stage.unit(UnitKind.BRANCH, EMPTY, GENERAL_BRANCH)
    for name in people:
        await stage.person(name, EMPTY, account=False)


async def forced(player: Player) -> str:
    [*_, refused] = await player.forge("announcement.send")
    return refused.text


async def test_where_nobody_would_hear_it_it_cannot_be_sent(stage: Stage) -> None:
    await empty_branch(stage, "高平")
    preview = await written(stage, "周伟", EMPTY)
    assert (
        "这份通知谁也收不到，无法发出：没有同志使用 Telegram，也没有绑定群。请先在“人员”里邀请，或另行通知。" in preview
    )
    assert (await stage["周伟"].last()).buttons == ["取消"]
    assert "这份通知谁也收不到" in await forced(stage["周伟"])


async def test_where_nobody_is_it_cannot_be_sent(stage: Stage) -> None:
    await empty_branch(stage)
    assert "名册上没有其他同志，无法发出。" in await written(stage, "周伟", EMPTY)
    assert "这份通知谁也收不到" in await forced(stage["周伟"])


async def test_a_group_that_removed_us_meanwhile_is_named(stage: Stage) -> None:
    group = await bound(stage)
    await written(stage)
    [*_, card] = await stage["陈静"].tap("发出")
    assert "将发给2人。同时发到1个支部群。" in card.text
    await stage.telegram.remove_bot(group, stage["李明"].phone)
    await stage.settle()
    await later(stage, 5)
    await stage["陈静"].tap("送达情况", message=card)
    heard = await stage["陈静"].heard()
    assert f"已送达2人。\n没有发到{BRANCH}的群。群绑定已解除的，可由本组织书记重新绑定。" in heard
    assert f"我已被移出{BRANCH}的群，群绑定随之解除。" in heard


async def test_a_group_that_takes_nothing_is_unbound_and_its_secretary_told(stage: Stage) -> None:
    group = await bound(stage)
    await written(stage, "周伟", BRANCH)
    await stage["周伟"].tap("发出")
    await stage.telegram.fault("refused", chat_id=group)
    await later(stage)
    [*_, card] = await stage["周伟"].tap("送达情况")
    assert "已送达3人。" in card.text
    assert f"没有发到{BRANCH}的群。群绑定已解除的，可由本组织书记重新绑定。" in card.text
    told = await stage["陈静"].last()
    assert f"{BRANCH}的群不接收我的消息，可能是不许我发言；群绑定已解除。可重新绑定" in told.text
    [*_, page] = await stage["陈静"].tap("支部群")
    assert f"{BRANCH}：未绑定" in page.text
    for name in ("周伟", "李明"):
        assert "不接收我的消息" not in await stage[name].heard()
    await stage.telegram.clear_faults()
    assert "支部群" not in await written(stage)
    await stage["陈静"].phone.in_chat(group).say("/bind")
    await stage.settle()
    await stage["陈静"].tap(f"绑定{BRANCH}")
    [*_, card] = await stage["陈静"].forge("announcement.open:1")
    assert card.text.endswith(f"没有发到{BRANCH}的群。")


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
    assert "It goes to 2 people." in card.text
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
    assert "so it can no longer be taken back" in refused.text
    assert (await stage["李明"].heard()).count(WORDS) == 1
    [*_, refused] = await stage["李明"].forge("announcement.open:1")
    assert "This is not open to you." in refused.text


async def test_quiet_hours_in_english(english_stage: Stage) -> None:
    stage, secretary = english_stage, english_stage["陈静"]
    group = await bound(stage)
    await stage.at(LUNCH)
    moment = "These are quiet hours: it goes to all of them at the same time, on Monday, 12 October 2026, 14:00"
    assert f"{moment}. What cannot wait is better said by telephone." in await written(stage)
    [*_, card] = await secretary.tap("Send it")
    assert f"{moment}; until then it can be taken back. It goes to 2 people. It goes to 1 group too." in card.text
    await stage.at(AFTERNOON)
    assert WORDS in await stage["李明"].heard()
    assert WORDS in (await words(stage, group))[-1]
    [*_, refused] = await secretary.tap("Undo", message=card)
    assert "so it can no longer be taken back" in refused.text


async def test_a_lost_group_and_nobody_in_english(english_stage: Stage) -> None:
    stage, secretary, officer = english_stage, english_stage["陈静"], english_stage["周伟"]
    group = await bound(stage)
    await written(stage)
    await secretary.tap("Send it")
    await stage.telegram.fault("refused", chat_id=group)
    await later(stage)
    told = await secretary.last()
    assert f"The group of {BRANCH} takes nothing from me" in told.text
    assert "You can bind it again, or another one." in told.text
    [*_, card] = await secretary.forge("announcement.open:1")
    assert f"It did not reach the group of {BRANCH}. A group that is no longer bound can be bound again" in card.text
    await empty_branch(stage, "高平")
    assert "It would reach nobody, so it cannot be sent" in await written(stage, "周伟", EMPTY)
    assert (await officer.last()).buttons == ["Never mind"]
    assert "Nobody would hear it" in await forced(officer)
