"""陈静 reads her branch's draft, adds a few words and lets it go up; the general branch's summary waits for all, not for ever."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import docx
from python_calamine import CalamineWorkbook

from domain.roles import RoleKind
from emulator.phone import Seen
from tests.dialogues.test_summaries import october, texts, told
from tests.services.written_months import Organisation, at
from tests.stage import BRANCH, COMMITTEE, GENERAL_BRANCH, OTHER_BRANCH, Player, Stage

FIRST, THIRD, LOCK = at("2026-11-02", "09:00"), at("2026-11-04", "09:00"), at("2026-11-06", "09:00")
A_MINUTE = dt.timedelta(minutes=1)
NOT_YOURS = "您没有查看或办理此事的权限"
WORDS = "本月抢修任务集中，学用结合较紧；下月安排两次现场教学。"


async def two_branches(stage: Stage) -> None:
    """赵强 is the other branch's secretary, where 林一 is guided too; 何敏 is the one of the general branch."""
    await october(stage)
    await stage.give_role(stage["赵强"], RoleKind.SECRETARY, OTHER_BRANCH)
    await stage.person("何敏", GENERAL_BRANCH)
    await stage.give_role(stage["何敏"], RoleKind.SECRETARY, GENERAL_BRANCH)
    await stage.database.write(
        lambda tx: Organisation(tx, 800).pairing(stage["林一"].person_id, stage["赵强"].person_id)
    )


async def draft_of(player: Player) -> Seen:
    drafts = [one for one in await told_all(player) if "小结（" in one.text or "summary of" in one.text]
    return drafts[-1]


async def told_all(player: Player) -> list[Seen]:
    return [one for one in await player.phone.messages() if one.from_bot]


async def test_the_draft_asks_for_a_confirmation_and_says_until_when(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    draft = await draft_of(stage["陈静"])
    asked = "变电检修党支部2026年10月小结（初稿）：达成成效1项，1件待协调。请核对，可补充几句，确认后上报。"
    assert draft.text.startswith(f"{asked}\n生产党总支最迟2026年11月4日（星期三）汇总。"), "the words of the programme"
    assert draft.buttons == ["补充几句", "确认上报", "文稿", "可转发的文字"]


async def test_she_adds_words_sees_them_first_and_confirms(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    chen_jing = stage["陈静"]
    [*_, question] = await chen_jing.tap("补充几句", message=await draft_of(chen_jing))
    assert "最多300字" in question.text
    [*_, preview] = await chen_jing.say(WORDS)
    assert f"并以变电检修党支部名义列入生产党总支小结：\n{WORDS}" in preview.text
    assert "尚未上报" in preview.text
    [*_, live] = await chen_jing.say("/summary 2026-10")
    assert WORDS not in live.text, "nothing is said before it is confirmed"
    await chen_jing.tap("确认上报", message=preview)
    card = next(one for one in await told_all(chen_jing) if one.id == preview.id)
    assert "变电检修党支部：陈静同志已于2026年11月2日（星期一）09:00确认上报。" in card.text
    assert card.buttons == ["修改补充", "撤销", "查看小结全文"]
    [*_, live] = await chen_jing.say("/summary 2026-10")
    assert "变电检修党支部2026年10月小结（已确认）" in live.text
    assert f"书记补充\n· {WORDS}" in live.text


async def test_one_tap_confirms_as_it_is_and_the_summary_stays_to_be_read(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    draft = await draft_of(stage["陈静"])
    await stage["陈静"].tap("确认上报", message=draft)
    now = next(one for one in await told_all(stage["陈静"]) if one.id == draft.id)
    assert "陈静同志已于2026年11月2日（星期一）09:00确认上报" in now.text
    assert "预期成效" in now.text
    assert now.buttons[:2] == ["修改补充", "撤销"]


async def test_the_summary_above_leaves_a_minute_after_the_last_has_confirmed(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await say_and_confirm(stage["陈静"], WORDS)
    await stage.at(FIRST + 30 * A_MINUTE)
    assert await told(stage["何敏"]) == [], "the other branch has not confirmed"
    await stage["赵强"].tap("确认上报", message=await draft_of(stage["赵强"]))
    await stage.at(FIRST + 30 * A_MINUTE + dt.timedelta(seconds=59))
    assert await told(stage["何敏"]) == [], "it can still be undone"
    await stage.at(FIRST + 31 * A_MINUTE)
    [text] = await texts(stage["何敏"])
    assert f"{GENERAL_BRANCH}2026年10月小结（初稿）" in text
    assert f"变电检修党支部：{WORDS}" in text
    assert "书记未确认" not in text
    assert await told(stage["周伟"]) == [], "the committee waits for the general branch"


async def say_and_confirm(player: Player, words: str) -> None:
    key = player.stage.key
    await player.tap(key("Add a few words"), message=await draft_of(player))
    [*_, preview] = await player.say(words)
    await player.tap(key("Confirm and send up"), message=preview)


async def test_it_goes_up_level_by_level(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await say_and_confirm(stage["陈静"], WORDS)
    await stage["赵强"].tap("确认上报", message=await draft_of(stage["赵强"]))
    await stage.at(FIRST + 2 * A_MINUTE)
    await say_and_confirm(stage["何敏"], "两个支部进展平稳。")
    await stage.at(FIRST + 4 * A_MINUTE)
    [text] = await texts(stage["周伟"])
    assert f"{COMMITTEE}2026年10月小结（初稿）" in text
    assert text.index("生产党总支：两个支部进展平稳。") < text.index(f"变电检修党支部：{WORDS}")
    assert "书记未确认" not in text
    assert "确认上报" not in (await draft_of(stage["周伟"])).buttons, "there is nobody above the committee"


async def test_on_the_third_working_day_it_leaves_and_marks_who_has_not(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await say_and_confirm(stage["陈静"], WORDS)
    await stage.at(THIRD - A_MINUTE)
    assert await told(stage["何敏"]) == []
    await stage.at(THIRD)
    for reader in ("何敏", "周伟"):
        [text] = await texts(stage[reader])
        assert f"书记未确认：{OTHER_BRANCH}\n" in text, "何敏 got it this very moment, so she is not marked"
        assert f"变电检修党支部：{WORDS}" in text


async def test_the_words_are_in_every_file_above(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await say_and_confirm(stage["陈静"], WORDS)
    await stage.at(THIRD)
    zhou_wei = stage["周伟"]
    _, _, workbook = await told(zhou_wei)
    assert workbook.file
    book = CalamineWorkbook.from_filelike(BytesIO(await zhou_wei.phone.download(workbook.file)))
    cells = [cell for row in book.get_sheet_by_name(book.sheet_names[0]).to_python() for cell in row]
    [*_, paper] = await zhou_wei.tap("文稿", message=await draft_of(zhou_wei))
    assert paper.file
    lines = [line.text for line in docx.Document(BytesIO(await zhou_wei.phone.download(paper.file))).paragraphs]
    for told_in in (cells, lines):
        assert any(f"变电检修党支部：{WORDS}".rstrip("。") in str(part) for part in told_in)
        assert any(str(part).startswith(f"书记未确认：{OTHER_BRANCH}") for part in told_in)


async def test_what_was_confirmed_can_be_undone_while_the_summary_above_has_not_left(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await say_and_confirm(stage["陈静"], WORDS)
    await stage["赵强"].tap("确认上报", message=await draft_of(stage["赵强"]))
    [*_, undone] = await stage["陈静"].tap("撤销")
    assert "变电检修党支部：尚未上报。" in undone.text
    assert WORDS in undone.text, "her words are kept for her"
    await stage.at(FIRST + 5 * A_MINUTE)
    assert await told(stage["何敏"]) == []
    [*_, live] = await stage["陈静"].say("/summary 2026-10")
    assert WORDS not in live.text
    await stage["陈静"].tap("确认上报", message=live)
    await stage.at(FIRST + 7 * A_MINUTE)
    assert f"变电检修党支部：{WORDS}" in (await texts(stage["何敏"]))[0]


async def test_it_can_be_changed_until_then_and_not_after(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await say_and_confirm(stage["陈静"], "第一稿。")
    await stage["陈静"].tap("修改补充")
    await stage["陈静"].say(WORDS)
    await stage["陈静"].tap("确认上报")
    card = await stage["陈静"].last()
    await stage.at(THIRD)
    text = (await texts(stage["何敏"]))[0]
    assert WORDS in text
    assert "第一稿" not in text
    for verb in ("words", "undo", "without", "confirm"):
        [*_, refused] = await stage["陈静"].forge(f"confirmation.{verb}:2026-10:{stage.units[BRANCH]}", message=card)
        assert refused.text.startswith("变电检修党支部的小结已上报生产党总支，不能再改")
    [*_, live] = await stage["陈静"].say("/summary 2026-10")
    assert "陈静同志已于2026年11月2日（星期一）09:00确认，并已上报生产党总支。" in live.text
    assert not {"修改补充", "撤销"} & set(live.buttons)


async def test_words_can_be_taken_out_again(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await say_and_confirm(stage["陈静"], WORDS)
    await stage["陈静"].tap("修改补充")
    await stage["陈静"].tap("去掉补充")
    [*_, live] = await stage["陈静"].say("/summary 2026-10")
    assert "（已确认）" in live.text
    assert "书记补充" not in live.text


async def test_whoever_is_late_can_still_confirm_and_the_final_says_so(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await stage.at(THIRD)
    await stage.at(THIRD + A_MINUTE)
    chen_jing = stage["陈静"]
    [*_, live] = await chen_jing.say("/summary 2026-10")
    assert "生产党总支小结已发出，并注明本单位“书记未确认”。现在仍可确认，随定稿补报。" in live.text
    await say_and_confirm(chen_jing, WORDS)
    assert "随生产党总支定稿补报。当月锁定前可修改、可撤销。" in (await chen_jing.last()).text
    await stage.at(LOCK)
    _, final = await texts(stage["何敏"])
    assert f"变电检修党支部：{WORDS}" in final
    assert f"书记未确认：{OTHER_BRANCH}\n" in final
    assert len(await texts(chen_jing)) == 2, "her own words are no news to her"
    [*_, live] = await chen_jing.say("/summary 2026-10")
    assert f"书记补充\n· {WORDS}" in live.text


async def test_the_paper_of_the_final_has_her_words(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await say_and_confirm(stage["陈静"], WORDS)
    await stage.at(LOCK)
    [*_, live] = await stage["陈静"].say("/summary 2026-10")
    [*_, paper] = await stage["陈静"].tap("文稿", message=live)
    assert paper.file
    lines = [line.text for line in docx.Document(BytesIO(await stage["陈静"].phone.download(paper.file))).paragraphs]
    assert lines[0] == "变电检修党支部2026年10月小结（定稿）"
    assert WORDS in lines


async def test_a_month_that_locked_unconfirmed_says_so(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await stage.at(LOCK)
    [*_, live] = await stage["陈静"].say("/summary 2026-10")
    assert "变电检修党支部：当月已锁定，未经书记确认。" in live.text
    assert "确认上报" not in live.buttons


async def test_three_hundred_characters_fit_and_no_more(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await stage["陈静"].tap("补充几句", message=await draft_of(stage["陈静"]))
    [*_, refused] = await stage["陈静"].say("学" * 301)
    assert "301" in refused.text
    assert "确认上报" not in refused.buttons
    [*_, preview] = await stage["陈静"].say("学" * 300)
    assert "确认上报" in preview.buttons


async def test_a_name_among_the_words_is_pointed_out(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await stage["陈静"].tap("补充几句", message=await draft_of(stage["陈静"]))
    [*_, preview] = await stage["陈静"].say("李明同志进步很快。")
    assert "其中的“李明”与本组织同志同名。上级小结不写姓名，请改写后再发" in preview.text
    [*_, preview] = await stage["陈静"].say("一名青年骨干进步很快。")
    assert "同名" not in preview.text
    await stage["陈静"].tap("确认上报", message=preview)
    assert "一名青年骨干进步很快。" in (await stage["陈静"].last()).text


async def test_it_can_be_left_alone(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await stage["陈静"].tap("补充几句", message=await draft_of(stage["陈静"]))
    await stage["陈静"].say(WORDS)
    [*_, card] = await stage["陈静"].tap("取消")
    assert "尚未上报" in card.text
    await stage["陈静"].tap("确认上报", message=card)
    assert WORDS not in (await stage["陈静"].last()).text


async def test_what_is_written_when_the_month_has_gone_up_comes_too_late(stage: Stage) -> None:
    await two_branches(stage)
    await stage.at(FIRST)
    await stage["陈静"].tap("确认上报", message=await draft_of(stage["陈静"]))
    await stage["陈静"].tap("修改补充")
    await stage.at(THIRD)
    [*_, answer] = await stage["陈静"].say(WORDS)
    assert "并已上报生产党总支" in answer.text
    [*_, answer] = await stage["陈静"].say("你好")
    assert "上报" not in answer.text, "the dialogue is over"


async def test_in_english(english_stage: Stage) -> None:
    await two_branches(english_stage)
    await english_stage.at(FIRST)
    chen_jing = english_stage["陈静"]
    draft = await draft_of(chen_jing)
    assert "1 outcome reached, 1 request still open. Please check it; you may add a few words" in draft.text
    assert draft.buttons == ["Add a few words", "Confirm and send up", "Paper", "Text to forward"]
    [*_, question] = await chen_jing.tap("Add a few words", message=draft)
    assert "At most 300 characters" in question.text
    [*_, preview] = await chen_jing.say("Busy with repairs; two lessons on site next month.")
    await chen_jing.tap("Confirm and send up", message=preview)
    card = await chen_jing.last()
    assert "陈静 confirmed it on Monday, 2 November 2026, 09:00. Until the summary of 生产党总支 is sent" in card.text
    await chen_jing.tap("Undo", message=card)
    assert "not sent up yet" in (await chen_jing.last()).text
    await chen_jing.tap("Confirm and send up")
    await english_stage.at(THIRD)
    heard = await english_stage["周伟"].heard()
    assert "变电检修党支部: Busy with repairs; two lessons on site next month." in heard
    assert f"Not confirmed by the secretary: {OTHER_BRANCH}" in heard


async def test_it_leaves_once_all_have_confirmed_in_english(english_stage: Stage) -> None:
    stage, chen_jing, he_min = english_stage, english_stage["陈静"], "何敏"
    await two_branches(stage)
    await stage.give_role(stage["王芳"], RoleKind.SECRETARY, BRANCH, "组织委员")
    await stage.at(FIRST)
    draft = await draft_of(chen_jing)
    await chen_jing.tap("Add a few words", message=draft)
    [*_, refused] = await chen_jing.say("w" * 301)
    assert "This has 301 characters; please keep it within 300" in refused.text
    await chen_jing.say("Two lessons on site next month.")
    await chen_jing.tap("Confirm and send up")
    [*_, live] = await stage["王芳"].say("/summary 2026-10")
    assert "陈静 confirmed it on Monday, 2 November 2026, 09:00." in live.text, "whoever acts settles it for all"
    await stage.at(FIRST + 2 * A_MINUTE)
    assert "Two lessons" not in await stage[he_min].heard(), "the other branch has not confirmed"
    await stage["赵强"].tap("Confirm and send up", message=await draft_of(stage["赵强"]))
    await stage.at(FIRST + 4 * A_MINUTE)
    heard = await stage[he_min].heard()
    assert "变电检修党支部: Two lessons on site next month." in heard
    assert "Not confirmed by the secretary" not in heard
    [*_, refused] = await chen_jing.forge(f"confirmation.undo:2026-10:{stage.units[BRANCH]}", message=draft)
    assert refused.text.startswith(
        "The summary of 变电检修党支部 has gone up to 生产党总支 and can no longer be changed."
    )
    [*_, paper] = await chen_jing.tap("Paper", message=draft)
    assert paper.file
    assert paper.file.name == "变电检修党支部 2026-10 summary.docx"
    [*_, refused] = await stage["李明"].forge(f"confirmation.confirm:2026-10:{stage.units[BRANCH]}")
    assert refused.text.startswith("This is not open to you.")
