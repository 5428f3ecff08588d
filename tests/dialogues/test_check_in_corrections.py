"""Second thoughts about a report, a restart in the middle of one, and whatever else a person can send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import check_ins
from storage.database import Reader
from tests.dialogues.test_check_ins import WORDS, report
from tests.programme import pair
from tests.stage import MONDAY, Stage, build

AFTER_LOCK = datetime(2026, 11, 7, 2, 0, tzinfo=UTC)
"""October locks on 6 November, the fifth working day."""


async def current(stage: Stage, check_in_id: int = 1) -> tuple[str, int]:
    """The words of a report and how many versions came before them."""

    def words(tx: Reader) -> tuple[str, int]:
        found = check_ins.get(tx, check_in_id)
        assert found is not None
        return found.text, len(check_ins.versions_of(tx, check_in_id))

    return await stage.database.read(words)


async def restart(stage: Stage) -> None:
    """Another process on the same database goes on where this one stopped."""
    again = build(stage.telegram, stage.database, "sqlite://", stage.clock.now())
    again.program.polling.offset = stage.program.polling.offset
    await again.program.bot.initialize()
    stage.program = again.program


async def test_a_dialogue_survives_a_restart(paired: Stage) -> None:
    member = paired["李明"]
    await member.say("汇报")
    await member.say(WORDS)
    await restart(paired)
    [*_, preview] = await member.tap("按计划推进")
    assert WORDS in preview.text
    [*_, receipt] = await member.tap("提交")
    assert "收到，谢谢！" in receipt.text
    await paired.program.bot.shutdown()


async def test_buttons_from_before_a_restart_do_nothing_twice(paired: Stage) -> None:
    """Those of a draft that was given up, of the report that was handed in, and of the mentor's verdict on it."""
    member, mentor = paired["李明"], paired["王芳"]
    await member.say("汇报")
    [*_, standing] = await member.say("先写一句。")
    given_up = standing.rows[0][0].data
    await member.say("/cancel")
    await member.say("汇报")
    await member.say(WORDS)
    [*_, preview] = await member.tap("按计划推进")
    handed_in = preview.rows[0][0].data
    await member.tap("提交")
    await paired.at(MONDAY + timedelta(minutes=2))
    await mentor.say("/reviews")
    [*_, asked] = await mentor.tap("逐份点评")
    await mentor.tap("已阅")
    await paired.at(MONDAY + timedelta(minutes=4))
    await restart(paired)
    for old in (given_up, handed_in):
        await member.forge(old)
        assert "已经过时" in (await member.phone.toast()).text
    await mentor.forge(asked.rows[0][0].data)
    assert await current(paired) == (WORDS, 0)
    assert (await member.heard()).count("王芳同志已阅") == 1
    await paired.program.bot.shutdown()


async def test_change_the_words_and_how_it_stands(paired: Stage) -> None:
    await report(paired)
    member = paired["李明"]
    await member.tap("修改")
    [*_, changed] = await member.say("改过的内容。")
    assert "改过的内容。" in changed.text
    assert await current(paired) == ("改过的内容。", 1)
    await member.tap("修改")
    [*_, changed] = await member.tap("进度稍慢")
    assert "进展：进度稍慢" in changed.text
    assert await current(paired) == ("改过的内容。", 2)


async def test_editing_the_telegram_message_changes_the_report(paired: Stage) -> None:
    member = paired["李明"]
    await member.say("汇报")
    message = await member.phone.say(WORDS)
    await paired.settle()
    [*_, standing] = await member.edit(message, "还没交就改了。")
    assert "还没交就改了。" in standing.text
    await member.tap("按计划推进")
    await member.tap("提交")
    [*_, changed] = await member.edit(message, "交了以后又改了。")
    assert "修改后的汇报" in changed.text
    assert await current(paired) == ("交了以后又改了。", 1)


async def test_editing_the_one_line_form(paired: Stage) -> None:
    member = paired["李明"]
    message = await member.phone.say(f"/checkin {WORDS}")
    await paired.settle()
    await member.tap("按计划推进")
    await member.tap("提交")
    await member.edit(message, "/checkin 一行里改的。")
    assert await current(paired) == ("一行里改的。", 1)


async def test_a_draft_that_outlived_its_month_is_told_so(paired: Stage) -> None:
    member = paired["李明"]
    await member.say(f"/checkin {WORDS}")
    await member.tap("按计划推进")
    await paired.at(AFTER_LOCK)
    [*_, refused] = await member.tap("提交")
    assert "当月已锁定" in refused.text


async def test_editing_another_message_changes_nothing(paired: Stage) -> None:
    member = paired["李明"]
    message = await member.phone.say("你好")
    await paired.settle()
    [*_, answer] = await member.edit(message, "您好")
    assert "没有作任何改动" in answer.text


async def test_nothing_changes_after_the_lock(paired: Stage) -> None:
    member = paired["李明"]
    await member.say("汇报")
    message = await member.phone.say(WORDS)
    await paired.settle()
    await member.tap("按计划推进")
    [*_, receipt] = await member.tap("提交")
    await paired.at(AFTER_LOCK)
    for button in ("撤销", "修改"):
        [*_, refused] = await member.tap(button, message=receipt)
        assert "当月已锁定" in refused.text
    [*_, refused] = await member.edit(message, "太晚了")
    assert "请写进下一次汇报" in refused.text
    assert await current(paired) == (WORDS, 0)


async def test_skip_with_a_reason_and_report_after_all(paired: Stage) -> None:
    member = paired["李明"]
    [*_, asked] = await member.forge(f"check_in.skip:{await first_duty(paired)}")
    assert "请简单说明原因" in asked.text
    [*_, skipped] = await member.say("本周抢修，下周一起写。")
    assert "本期暂不汇报" in skipped.text
    await report(paired)
    assert "收到，谢谢！" in await member.heard()


async def test_a_skip_is_taken_back(paired: Stage) -> None:
    member, duty = paired["李明"], await first_duty(paired)
    await member.forge(f"check_in.skip:{duty}")
    await member.tap("工作任务集中")
    [*_, answer] = await member.tap("撤销")
    assert "本期进展仍请按期发来" in answer.text
    assert answer.buttons == ["汇报"]
    [*_, again] = await member.forge(f"check_in.unskip:{duty}")
    assert "没有作任何改动" in again.text
    for name in ("王芳", "赵强", "周伟", "林一"):
        for data in (f"check_in.unskip:{duty}", f"entry.unskip:{duty}"):
            [*_, refused] = await paired[name].forge(data)
            assert "没有查看或办理此事的权限" in refused.text
    await paired.at(datetime(2026, 10, 16, 1, 0, tzinfo=UTC))
    assert "进展请于" in await member.heard()


async def test_nobody_skips_for_another(paired: Stage) -> None:
    for name in ("王芳", "赵强", "周伟", "林一"):
        [*_, refused] = await paired[name].forge(f"check_in.skip:{await first_duty(paired)}")
        assert "没有查看或办理此事的权限" in refused.text


async def test_somebody_elses_buttons_do_nothing(paired: Stage) -> None:
    await report(paired)
    for name in ("王芳", "赵强", "周伟", "林一"):
        for data in ("check_in.undo:1", "check_in.edit:1", "check_in.add:1", "check_in.change_standing:1:behind"):
            [*_, refused] = await paired[name].forge(data)
            assert "没有查看或办理此事的权限" in refused.text
    assert await current(paired) == (WORDS, 0)


async def test_reached_opens_the_verification(paired: Stage) -> None:
    await report(paired, standing="reached")
    receipt = await paired["李明"].last()
    assert "哪一项成效已达成" in receipt.text
    [*_, receipt] = await paired["李明"].tap("已达成：独立完成GIS耐压试验")
    assert "哪一项成效已达成" not in receipt.text


async def first_duty(stage: Stage) -> int:
    from services import duties

    found = await stage.database.read(lambda tx: duties.reportable(tx, stage["李明"].person_id, stage.clock.now()))
    return found[0].id


UNFIT: list[tuple[str, dict[str, Any], str]] = [
    ("say", {"text": "长" * 2001}, "有2001字"),
    ("send", {"kind": "sticker"}, "这一类内容不能附"),
    ("send", {"kind": "location", "latitude": 30.0, "longitude": 120.0}, "这一类内容不能附"),
    ("send", {"kind": "contact", "phone_number": "1", "first_name": "某"}, "这一类内容不能附"),
    ("send", {"kind": "document", "content": b"MZ", "name": "安装.exe"}, "“安装.exe”这类文件不能"),
]
NOT_THIS = "A report can carry photos, documents and voice notes, but not this."
UNFIT_IN_ENGLISH = [
    "This has 2001 characters",
    NOT_THIS,
    NOT_THIS,
    NOT_THIS,
    "A file like “安装.exe” cannot come with a report.",
]


@pytest.mark.parametrize(("act", "what", "answer"), UNFIT)
async def test_what_does_not_fit_is_told_and_nothing_is_lost(
    paired: Stage, act: str, what: dict[str, object], answer: str
) -> None:
    member = paired["李明"]
    await member.say("汇报")
    [*_, told] = await getattr(member, act)(**what)
    assert answer in told.text
    [*_, standing] = await member.say(WORDS)
    assert "进展如何" in standing.text


ODD = ["😀" * 1000, "<b>粗体</b> & <script>alert(1)</script>", "a" * 2000, "{name} %s {0}", "第一行\n第二行", "=1+1"]


@pytest.mark.parametrize("words", ODD)
async def test_odd_words_come_through_as_they_are(paired: Stage, words: str) -> None:
    await report(paired, words)
    assert (await current(paired))[0] == words
    await paired.at(MONDAY + timedelta(minutes=2))
    await paired["王芳"].say("待点评")
    await paired["王芳"].tap("逐份点评")
    assert words in (await paired["王芳"].heard()).replace("\n\n", "\n")


async def test_five_thousand_characters_are_refused_in_a_sentence(paired: Stage) -> None:
    [*_, told] = await paired["李明"].say("/checkin " + "长" * 4000)
    assert "有4000字" in told.text


async def test_old_buttons_of_an_earlier_draft(paired: Stage) -> None:
    member = paired["李明"]
    await member.say(f"/checkin {WORDS}")
    [*_, standing] = await member.tap("按计划推进")
    old = standing.rows[0][0].data
    await member.tap("放弃填写")
    await member.say("/checkin 新的内容")
    await member.forge(old)
    assert "这个按钮已经过时" in (await member.phone.alerts())[-1].text
    mark = (await member.last()).rows[0][0].data.split(":")[1]
    for data in (f"check_in.standing:{mark}:best", "check_in.standing:x:y", "check_in.undo:99", "check_in.toggle::"):
        await member.forge(data)
    assert "收到" not in await member.heard()


async def test_second_thoughts_in_english(english_stage: Stage) -> None:
    stage, member = english_stage, english_stage["李明"]
    await pair(stage.database, MONDAY, member.person_id, [stage["王芳"].person_id])
    await report(stage, "Overhauled transformer 2.")
    [*_, undone] = await member.tap("Undo")
    assert undone.text == "Undone. Nobody was told.\nYour words are kept as a draft."
    [*_, preview] = await member.tap("Go on writing")
    assert "Overhauled transformer 2." in preview.text
    [*_, receipt] = await member.tap("Hand in")
    [*_, asked] = await member.tap("Change")
    assert "the old one is kept as an earlier version" in asked.text
    [*_, changed] = await member.say("Overhauled transformers 2 and 3.")
    assert changed.text.startswith("Your report now reads:")
    assert "Overhauled transformers 2 and 3." in changed.text
    await stage.at(MONDAY + timedelta(minutes=2))
    await stage["王芳"].say("/reviews")
    await stage["王芳"].tap("Review one by one")
    await stage["王芳"].tap("Noted")
    [*_, refused] = await member.tap("Undo", message=receipt)
    assert refused.text.startswith("Someone has acted on this already, so it can no longer be taken back.")
    await stage.at(AFTER_LOCK)
    [*_, refused] = await member.tap("Change", message=receipt)
    assert refused.text.startswith("The month is locked, so this report stays as it is.")


async def test_a_skip_is_taken_back_in_english(english_stage: Stage) -> None:
    stage, member = english_stage, english_stage["李明"]
    await pair(stage.database, MONDAY, member.person_id, [stage["王芳"].person_id])
    duty = await first_duty(stage)
    await stage.at(datetime(2026, 10, 16, 1, 0, tzinfo=UTC))
    await member.tap("Not this time")
    [*_, noted] = await member.tap("Away on business or in training")
    assert noted.text.startswith("Noted: no report this time and no further reminder.")
    [*_, answer] = await member.tap("Undo")
    assert answer.text == "Undone. Your report is expected again."
    for data in (f"check_in.skip:{duty}", f"check_in.unskip:{duty}"):
        [*_, refused] = await stage["林一"].forge(data)
        assert refused.text == "This is not open to you. If it should be, please ask your secretary."


async def test_what_does_not_fit_in_english(english_stage: Stage) -> None:
    stage, member = english_stage, english_stage["李明"]
    await pair(stage.database, MONDAY, member.person_id, [stage["王芳"].person_id])
    await member.say("/checkin")
    for (act, what, _), answer in zip(UNFIT, UNFIT_IN_ENGLISH, strict=True):
        [*_, told] = await getattr(member, act)(**what)
        assert answer in told.text
    [*_, standing] = await member.say("Overhauled transformer 2.")
    assert "How is it going?" in standing.text
