"""汇报 in chat: from the first tap to second thoughts, as 李明 would do it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.pairings import Track
from tests.programme import pair, rotate
from tests.stage import MONDAY, OTHER_BRANCH, Stage

WORDS = "跟班完成2号主变检修，独立写了试验报告，缺GIS实操机会。"


@pytest.fixture
async def paired(stage: Stage) -> Stage:
    """李明 is guided by 王芳; his report is due on Friday, 16 October."""
    await pair(stage.database, stage.clock.now(), stage["李明"].person_id, [stage["王芳"].person_id])
    await stage["李明"].say("/home")
    return stage


@pytest.fixture
async def rotating(paired: Stage) -> Stage:
    """He is in post in 赵强's branch besides, and reports on that too."""
    await rotate(
        paired.database, paired.clock.now(), paired["李明"].person_id, paired.units[OTHER_BRANCH],
        paired["赵强"].person_id,
    )  # fmt: skip
    return paired


async def report(stage: Stage, words: str = WORDS, standing: str = "on plan") -> None:
    """李明 reports on the one thing he has to report on."""
    member = stage["李明"]
    await member.say("/checkin")
    await member.say(words)
    await member.tap(stage.key(standing))
    await member.tap(stage.key("Hand in"))


async def test_a_report_takes_three_acts(paired: Stage) -> None:
    member = paired["李明"]
    [*_, asked] = await member.press("汇报")
    assert "本期进展" in asked.text
    assert "变电检修技能" in asked.text
    [*_, standing] = await member.say(WORDS)
    assert "进展如何" in standing.text
    [*_, preview] = await member.tap("按计划推进")
    assert WORDS in preview.text
    [*_, receipt] = await member.tap("提交")
    assert "收到，谢谢！一分钟后转给王芳同志，其间可撤销；当月锁定前可随时修改。" in receipt.text
    assert "下次汇报：10月23日（星期五）。" in receipt.text
    assert receipt.buttons == ["撤销", "修改"]


async def test_the_same_in_english(english_stage: Stage) -> None:
    member, mentor = english_stage["李明"], english_stage["王芳"]
    await pair(english_stage.database, MONDAY, member.person_id, [mentor.person_id], track=Track.MEMBER_TO_BACKBONE)
    await member.say("/home")
    [*_, asked] = await member.press("Report")
    assert "which skill you practised" in asked.text
    await member.say("Overhauled transformer 2; need practice on GIS.")
    await member.tap("A little behind")
    [*_, receipt] = await member.tap("Hand in")
    assert "In a minute it goes to 王芳" in receipt.text
    assert "Next report: Fri 23 Oct." in receipt.text


@pytest.mark.parametrize("word", ["打卡", "汇报", "/checkin", "／checkin"])
async def test_every_way_in(paired: Stage, word: str) -> None:
    [*_, asked] = await paired["李明"].say(word)
    assert "两三句话即可" in asked.text


async def test_in_one_line(paired: Stage) -> None:
    [*_, standing] = await paired["李明"].say(f"/checkin {WORDS}")
    assert WORDS in standing.text
    assert standing.buttons == ["按计划推进", "进度稍慢", "需要支持", "已达成"]


async def test_one_report_for_pairing_and_rotation(rotating: Stage) -> None:
    member = rotating["李明"]
    [*_, choice] = await member.say("汇报")
    assert [button[0] for button in choice.buttons] == ["☑", "☑", "继"]
    [*_, fewer] = await member.tap(choice.buttons[1])
    assert [button[0] for button in fewer.buttons] == ["☑", "☐", "继"]
    await member.tap(fewer.buttons[1])
    await member.tap("继续")
    await member.say(WORDS)
    await member.tap("按计划推进")
    [*_, receipt] = await member.tap("提交")
    assert "王芳、赵强同志" in receipt.text
    [*_, nothing] = await member.say("汇报")
    assert "应交的汇报都已收到" in nothing.text


async def test_at_least_one_subject(rotating: Stage) -> None:
    member = rotating["李明"]
    [*_, choice] = await member.say("汇报")
    for button in choice.buttons[:2]:
        [*_, choice] = await member.tap(choice.buttons[choice.buttons.index(button)])
    [*_, refused] = await member.tap("继续")
    assert "请至少选择一项" in refused.text


async def test_a_photo_with_a_caption_is_a_report(paired: Stage) -> None:
    member = paired["李明"]
    await member.say("汇报")
    [*_, standing] = await member.send("photo", caption=WORDS)
    assert "附件1个" in standing.text
    await member.send("document", content=b"%PDF-", name="试验报告.pdf")
    await member.tap("按计划推进")
    [*_, receipt] = await member.tap("提交")
    assert "收到" in receipt.text


async def test_a_voice_note_asks_for_a_written_sentence(paired: Stage) -> None:
    member = paired["李明"]
    await member.say("汇报")
    [*_, asked] = await member.send("voice")
    assert "语音已收到。请再用一句话写明要点" in asked.text
    [*_, standing] = await member.say(WORDS)
    assert "附件1个" in standing.text


async def test_more_words_join_the_report(paired: Stage) -> None:
    member = paired["李明"]
    await member.say("汇报")
    await member.say("跟班检修。")
    [*_, standing] = await member.say("另外写了试验报告。")
    assert "跟班检修。" in standing.text
    assert "另外写了试验报告。" in standing.text


async def test_a_draft_is_continued_or_begun_anew(paired: Stage) -> None:
    member = paired["李明"]
    await member.say(f"/checkin {WORDS}")
    [*_, resume] = await member.say("汇报")
    assert "还没有提交" in resume.text
    [*_, standing] = await member.tap("继续")
    assert WORDS in standing.text
    [*_, resume] = await member.say("/checkin 全新的内容")
    [*_, standing] = await member.tap("重新开始")
    assert "全新的内容" in standing.text
    assert WORDS not in standing.text


async def test_nothing_to_report_on(stage: Stage) -> None:
    [*_, nothing] = await stage["林一"].say("汇报")
    assert "目前没有需要汇报的事项" in nothing.text


async def test_a_double_tap_hands_in_once(paired: Stage) -> None:
    member = paired["李明"]
    await member.say(f"/checkin {WORDS}")
    await member.tap("按计划推进")
    await member.phone.tap("提交")
    await member.phone.tap("提交")
    await paired.settle()
    assert (await member.heard()).count("收到，谢谢！") == 1
    assert "这个按钮已经过时" in (await member.phone.alerts())[-1].text
    [*_, nothing] = await member.say("汇报")
    assert "应交的汇报都已收到" in nothing.text


async def test_undo_gives_the_words_back(paired: Stage) -> None:
    await report(paired)
    member = paired["李明"]
    [*_, undone] = await member.tap("撤销")
    assert "已撤销" in undone.text
    [*_, preview] = await member.tap("继续写")
    assert WORDS in preview.text
    [*_, receipt] = await member.tap("提交")
    assert "收到，谢谢！" in receipt.text
    await paired.at(MONDAY + timedelta(minutes=2))
    [*_, listed] = await paired["王芳"].say("待点评")
    assert "1份汇报待您点评" in listed.text


async def test_a_late_report_is_taken_and_marked(paired: Stage) -> None:
    await paired.at(datetime(2026, 10, 17, 2, 0, tzinfo=UTC))
    await report(paired)
    assert "补交" in (await paired["李明"].last()).text
