"""代录: 陈静 enters reports for 郑国华, who does not use Telegram, and he finds them when he comes in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.calendar import Month
from domain.people import Stage as PartyStage
from domain.roles import RoleKind
from domain.summaries import Edition
from emulator.phone import Seen
from locales import language
from reports.summary_sheets import report_details
from services.summaries import month_summary
from tests.dialogues.doors import invited, newcomer, walk_in
from tests.programme import pair
from tests.stage import BRANCH, GENERAL_BRANCH, MONDAY, OTHER_BRANCH, Player, Stage

WORDS = "在班组学习会上领学了安全规程，两票填写更熟练了，还缺一次倒闸操作的机会。"
FRIDAY_NOON = datetime(2026, 10, 16, 5, 0, tzinfo=UTC)


@pytest.fixture
async def zheng(stage: Stage) -> Player:
    """Guided by 王芳, due on Fridays, without an account."""
    person = await stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    await pair(stage.database, MONDAY, person.person_id, [stage["王芳"].person_id])
    return person


async def open_card(reader: Player, name: str = "郑国华") -> list[str]:
    """The buttons of somebody's card."""
    [*_, found] = await reader.say(f"/people {name}")
    [*_, card] = await reader.tap(found.buttons[0])
    return card.buttons


def mark_of(message: Seen) -> str:
    """By which the buttons of a report being written are told from those of another."""
    return message.rows[-1][-1].data.split(":")[1]


async def enter(secretary: Player, source: str = "纸质材料", words: str = WORDS) -> str:
    """A report from the card to the receipt, which is returned."""
    await open_card(secretary)
    await secretary.tap("代录汇报")
    await secretary.tap(source)
    await secretary.say(words)
    await secretary.tap("按计划推进")
    [*_, receipt] = await secretary.tap("提交")
    return receipt.text


async def test_a_secretary_enters_what_was_handed_to_her_on_paper(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    assert "代录汇报" in await open_card(secretary)
    [*_, asked] = await secretary.tap("代录汇报")
    assert "为郑国华同志代录汇报" in asked.text
    assert asked.buttons == ["纸质材料", "当面口述", "电话告知", "放弃填写"]
    [*_, words] = await secretary.tap("纸质材料")
    assert "为郑国华同志代录汇报" in words.text
    await secretary.say(WORDS)
    [*_, preview] = await secretary.tap("进度稍慢")
    assert "根据郑国华同志的纸质材料代录（2026年10月12日）" in preview.text
    [*_, receipt] = await secretary.tap("提交")
    assert receipt.text.startswith("已为郑国华同志代录。一分钟后转给王芳同志，其间可撤销；当月锁定前可随时修改。")


async def test_it_is_marked_wherever_it_is_read(stage: Stage, zheng: Player) -> None:
    await enter(stage["陈静"])
    await stage.at(MONDAY + timedelta(days=3))
    mentor = stage["王芳"]
    await mentor.say("/reviews")
    [*_, report] = await mentor.tap("逐份点评")
    assert "本次汇报由陈静书记根据郑国华同志的纸质材料代录（2026年10月12日），如有出入请告知书记。" in report.text
    assert WORDS in report.text


async def test_nobody_is_said_to_be_told_who_is_not(stage: Stage, zheng: Player) -> None:
    secretary, mentor = stage["陈静"], stage["王芳"]
    await enter(secretary)
    await stage.at(MONDAY + timedelta(days=3))
    await mentor.say("/reviews")
    await mentor.tap("逐份点评")
    [*_, kept] = await mentor.tap("已阅")
    assert kept.text == "已记入汇报。郑国华同志目前不能在这里联系到，请方便时当面转告；可撤销。"
    [*_, asked] = await secretary.forge("pairing.pause:1")
    assert "一分钟后告知：王芳" in asked.text


UNHEARD = "Kept with the report. {name} cannot be reached here, so please pass it on in person; you can undo it."
UNASKED = (
    "Put forward. {name} cannot be reached here; the secretary asks whether to be named, and enters it. Nothing appears "
    "before the choice is made; you can undo it."
)


async def test_nor_is_whoever_blocked_the_assistant(either_stage: Stage) -> None:
    stage, member, mentor = either_stage, either_stage["李明"], either_stage["王芳"]
    await pair(stage.database, MONDAY, member.person_id, [mentor.person_id])
    await member.say(f"/checkin {WORDS}")
    await member.tap(data=(await member.last()).rows[0][0].data)
    await member.tap(stage.key("Hand in"))
    await stage.at(MONDAY + timedelta(minutes=2))
    await member.phone.block()
    await stage.settle()
    [*_, kept] = await mentor.forge("review.noted:1")
    assert kept.text == stage.key(UNHEARD, name="李明")
    await mentor.tap(stage.key("Undo"))
    [*_, put_forward] = await mentor.forge("review.highlight:1")
    assert put_forward.text == stage.key(UNASKED, name="李明")


async def test_a_paper_given_in_time_is_in_time(stage: Stage, zheng: Player) -> None:
    """It lay on her desk from Friday noon to Saturday."""
    secretary = stage["陈静"]
    await stage.at(FRIDAY_NOON + timedelta(days=1))
    await open_card(secretary)
    await secretary.tap("代录汇报")
    await secretary.tap("纸质材料")
    await secretary.say(WORDS)
    await secretary.tap("按计划推进")
    [*_, asked] = await secretary.tap("改日期")
    assert "郑国华同志是哪天交来或告知的？" in asked.text
    [*_, refused] = await secretary.say("10月20日")
    assert "还没有到" in refused.text
    [*_, unread] = await secretary.say("某天")
    assert "没有看出是哪一天" in unread.text
    [*_, preview] = await secretary.say("10月16日")
    assert "代录（2026年10月16日）" in preview.text
    [*_, receipt] = await secretary.tap("提交")
    assert "补交" not in receipt.text


async def test_one_that_came_after_the_day_is_late(stage: Stage, zheng: Player) -> None:
    await stage.at(FRIDAY_NOON + timedelta(days=1))
    assert "补交" in await enter(stage["陈静"], "电话告知")


async def test_of_two_periods_the_earlier_one_is_meant(stage: Stage, zheng: Player) -> None:
    """On Monday she asks about the week before; this week's report is still to come."""
    secretary = stage["陈静"]
    await stage.at(MONDAY + timedelta(days=7))
    await open_card(secretary)
    await secretary.tap("代录汇报")
    [*_, asked] = await secretary.tap("电话告知")
    assert "为郑国华同志代录汇报" in asked.text
    assert [title[0] for title in asked.buttons[:2]] == ["☑", "☐"]
    assert "10月16日" in asked.buttons[0]


async def test_it_can_be_taken_back_and_handed_in_again(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    await enter(secretary)
    [*_, undone] = await secretary.tap("撤销")
    assert "已撤销" in undone.text
    [*_, preview] = await secretary.tap(undone.buttons[0])
    assert "根据郑国华同志的纸质材料代录" in preview.text
    [*_, receipt] = await secretary.tap("提交")
    assert "已为郑国华同志代录" in receipt.text


async def test_the_secretary_can_correct_it_later(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    await enter(secretary)
    await secretary.tap("修改")
    [*_, changed] = await secretary.say("改正：倒闸操作已参加一次。")
    assert "改正：倒闸操作已参加一次。" in changed.text


async def test_support_asked_for_him_waits_on_her_list(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    await open_card(secretary)
    await secretary.tap("代录汇报")
    await secretary.tap("当面口述")
    await secretary.say(WORDS)
    await secretary.tap("需要支持")
    await secretary.tap("人力")
    await secretary.tap("培养联系人和书记")
    await secretary.tap("提交")
    [*_, listed] = await secretary.say("/needs")
    assert "郑国华（代录）：人力" in listed.text


async def test_support_is_asked_for_after_the_report_was_entered(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    await enter(secretary)
    await secretary.tap("修改")
    await secretary.tap("需要支持")
    await secretary.tap("物力")
    [*_, card] = await secretary.tap("培养联系人和书记")
    assert "郑国华：物力" in card.text
    await stage.at(MONDAY + timedelta(minutes=2))
    assert "郑国华同志需要支持。" in (await stage["王芳"].last()).text


async def test_who_guides_and_enters_herself_reads_of_nobody_else(stage: Stage) -> None:
    person = await stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    await pair(stage.database, MONDAY, person.person_id, [stage["陈静"].person_id])
    receipt = await enter(stage["陈静"])
    assert receipt.startswith("已为郑国华同志代录，可撤销；当月锁定前可随时修改。")


async def test_nothing_this_time_with_what_was_said(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    await open_card(secretary)
    await secretary.tap("代录汇报")
    [*_, early] = await secretary.forge("entry.skip:" + mark_of(await secretary.last()))
    assert "依据是什么？" in early.text
    await secretary.tap("电话告知")
    await secretary.tap("本期暂不汇报")
    [*_, noted] = await secretary.tap("出差或培训")
    mark = "本期暂不汇报：由陈静书记根据郑国华同志的电话告知代录（2026年10月12日）。"
    assert noted.text == f"已记下：郑国华同志本期暂不汇报。\n{mark}"
    [*_, owing] = await secretary.forge("entry.owing")
    assert owing.text == "目前没有需要代录的汇报。"
    branch, month, now = stage.units[BRANCH], Month(2026, 10), stage.clock.now()
    summary = await stage.database.read(lambda tx: month_summary(tx, branch, month, now, Edition.DRAFT))
    [line, *_] = report_details(summary, language("zh_Hans")).rows
    assert (line[5], line[8]) == ("免交", "是")


async def test_nothing_this_time_from_a_paper_of_an_earlier_day(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    await open_card(secretary)
    await secretary.tap("代录汇报")
    await secretary.tap("纸质材料")
    await secretary.send("photo")
    [*_, reasons] = await secretary.tap("本期暂不汇报")
    assert "根据郑国华同志的纸质材料代录（2026年10月12日）\n附件1个" in reasons.text
    await secretary.tap("改日期")
    await secretary.say("10月9日")
    await secretary.tap("本期暂不汇报")
    [*_, noted] = await secretary.tap("出差或培训")
    assert noted.text.endswith("本期暂不汇报：由陈静书记根据郑国华同志的纸质材料代录（2026年10月9日）。")
    [*_, shown] = await secretary.tap("查看纸质材料")
    assert shown.file is not None


async def test_nothing_this_time_is_said_to_whoever_is_here(stage: Stage) -> None:
    """He reads from what it was entered, and may report after all; taken back within the minute, he hears nothing."""
    member, secretary = stage["李明"], stage["陈静"]
    await pair(stage.database, MONDAY, member.person_id, [stage["王芳"].person_id])
    for undone in (True, False):
        await open_card(secretary, "李明")
        await secretary.tap("代录汇报")
        await secretary.tap("当面口述")
        await secretary.tap("本期暂不汇报")
        [*_, noted] = await secretary.tap("出差或培训")
        assert "一分钟后告知李明同志，其间可撤销。" in noted.text
        if undone:
            await secretary.tap("撤销")
        await stage.at(stage.clock.now() + timedelta(minutes=2))
        assert ("代录" in await member.heard()) is not undone
    told = await member.last()
    assert told.text == (
        "书记已为您登记：本期暂不汇报。如仍想汇报，请点“汇报”。\n"
        "本期暂不汇报：由陈静书记根据李明同志的当面口述代录（2026年10月12日）。"
    )
    [*_, asked] = await member.tap("汇报")
    assert "两三句话" in asked.text
    [*_, own] = await member.forge("proxy.own")
    assert "本期暂不汇报：由陈静书记根据李明同志的当面口述代录（2026年10月12日）。" in own.text


async def test_her_digest_names_for_whom_to_enter(stage: Stage, zheng: Player) -> None:
    await stage.at(datetime(2026, 10, 22, 1, 0, tzinfo=UTC))
    digest = await stage["陈静"].last()
    assert "郑国华同志目前不能在这里联系到，可在“人员”中邀请，也可向本人了解后代录本期汇报。" in digest.text
    [*_, owing] = await stage["陈静"].tap("代录汇报")
    assert "· 郑国华：10月16日（星期五）截止" in owing.text
    [*_, asked] = await stage["陈静"].tap("代录：郑国华")
    assert "为郑国华同志代录汇报" in asked.text


async def test_he_is_told_when_he_comes_in(stage: Stage) -> None:
    person = await newcomer(stage)
    await pair(stage.database, MONDAY, person.person_id, [stage["王芳"].person_id])
    await enter(stage["陈静"])
    await stage.at(MONDAY + timedelta(minutes=2))
    code = await invited(stage, "陈静", "郑国华")
    await person.say(code)
    [*_, consent] = await person.say("0107")
    for kind in ("use", "party_data", "transfer_abroad"):
        [*_, welcome] = await person.tap(data=f"consents.toggle:{kind}", message=consent)
    assert "书记已为您代录1份汇报，可在“我的”中查看。" in welcome.text


async def test_who_has_an_account_is_told_at_once(stage: Stage) -> None:
    member = stage["李明"]
    await pair(stage.database, MONDAY, member.person_id, [stage["王芳"].person_id])
    secretary = stage["陈静"]
    await open_card(secretary, "李明")
    await secretary.tap("代录汇报")
    await secretary.tap("当面口述")
    await secretary.say(WORDS)
    await secretary.tap("按计划推进")
    await secretary.tap("提交")
    await stage.at(MONDAY + timedelta(minutes=2))
    told = await member.last()
    assert told.text.startswith("书记为您代录了一份汇报。")
    assert told.buttons == ["修改"]


async def test_her_own_report_is_not_lost_by_it(stage: Stage, zheng: Player) -> None:
    secretary = stage["陈静"]
    await pair(stage.database, MONDAY, secretary.person_id, [stage["王芳"].person_id])
    await secretary.say("/checkin 本周旁听了两次班前会。")
    await open_card(secretary)
    [*_, asked] = await secretary.tap("代录汇报")
    assert "本周旁听了两次班前会。" in asked.text
    [*_, begun] = await secretary.tap(asked.buttons[1])
    assert "为郑国华同志代录汇报" in begun.text


@pytest.mark.parametrize(("reader", "kind", "unit"), [
    ("赵强", RoleKind.SECRETARY, OTHER_BRANCH),
    ("周伟", RoleKind.SECRETARY, GENERAL_BRANCH),
    ("林一", None, ""),
])  # fmt: skip
async def test_nobody_else_may(stage: Stage, zheng: Player, reader: str, kind: RoleKind | None, unit: str) -> None:
    """Not the secretary of another branch, not one of a unit above, not an outsider."""
    if kind is not None:
        await stage.give_role(stage[reader], kind, unit)
    await stage[reader].say("/home")
    [*_, refused] = await stage[reader].forge(f"entry.for:{zheng.person_id}")
    assert "没有查看或办理此事的权限" in refused.text


async def test_from_her_digest_to_what_he_reads_when_he_comes_in_in_english(english_stage: Stage) -> None:
    stage, secretary, mentor = english_stage, english_stage["陈静"], english_stage["王芳"]
    person = await newcomer(stage)
    await pair(stage.database, MONDAY, person.person_id, [mentor.person_id])
    await stage.at(datetime(2026, 10, 22, 1, 0, tzinfo=UTC))
    assert (await secretary.last()).text.startswith("郑国华 cannot be reached here at present.")
    await secretary.tap("Enter reports")
    [*_, asked] = await secretary.tap("Enter for 郑国华")
    assert asked.buttons == ["A paper", "Said in person", "By telephone", "Discard"]
    await secretary.tap("A paper")
    await secretary.send("photo", caption="Led the safety lesson of the team.")
    await secretary.tap("On plan")
    await secretary.tap("Another day")
    [*_, refused] = await secretary.say("30 Oct")
    assert refused.text.startswith("Friday, 30 October 2026 is still to come")
    [*_, preview] = await secretary.say("16 Oct")
    assert "Entered for 郑国华 from a paper of 16 October 2026" in preview.text
    [*_, receipt] = await secretary.tap("Hand in")
    assert receipt.text.startswith("Entered for 郑国华. In a minute it goes to 王芳; until then you can undo it")
    await stage.at(stage.clock.now() + timedelta(minutes=2))
    await mentor.say("/reviews")
    [*_, report, photo] = await mentor.tap("Review one by one")
    assert "陈静, the secretary, entered this report from the paper of 郑国华 (16 October 2026)." in report.text
    assert photo.file is not None
    await walk_in(person, await invited(stage, "陈静", "郑国华", button="Make an invitation"), "0107")
    assert "Your secretary has entered 1 report for you; you find it under “Me”." in await person.heard()
    [*_, refused] = await stage["赵强"].forge(f"entry.for:{person.person_id}")
    assert "This is not open to you." in refused.text


async def test_support_that_was_asked_for_through_her_is_marked_too(stage: Stage, zheng: Player) -> None:
    secretary, mentor = stage["陈静"], stage["王芳"]
    await open_card(secretary)
    await secretary.tap("代录汇报")
    await secretary.tap("电话告知")
    await secretary.say(WORDS)
    for button in ("需要支持", "人力", "培养联系人和书记", "提交"):
        await secretary.tap(button)
    await stage.at(MONDAY + timedelta(minutes=2))
    mark = "提出困难：由陈静书记根据郑国华同志的电话告知代录（2026年10月12日）。"
    [*_, card] = await mentor.forge("need.open:1")
    assert mark in card.text
    [*_, listed] = await secretary.say("/needs")
    assert "郑国华（代录）：人力" in listed.text
    branch, month, now = stage.units[BRANCH], Month(2026, 10), stage.clock.now()
    summary = await stage.database.read(lambda tx: month_summary(tx, branch, month, now, Edition.DRAFT))
    assert [line.by_hand for line in summary.needs_open] == [True]


async def test_a_pause_that_somebody_else_entered_says_who_and_when(stage: Stage) -> None:
    secretary, wang_fang = stage["陈静"], stage["王芳"].person_id
    await secretary.forge(f"leave.take:{wang_fang}:0:2026-10-19:2026-10-30")
    [*_, listed] = await secretary.forge(f"leave.person:{wang_fang}")
    assert "王芳：10月19日（星期一）至10月30日（星期五），陈静同志10月12日（星期一）登记" in listed.text
    await stage["李明"].say("/leave 10月19日 10月23日")
    await stage["李明"].tap("确认")
    [*_, own] = await stage["李明"].say("/leave")
    assert "登记" not in own.text


async def test_nothing_this_time_in_english(english_stage: Stage) -> None:
    member, secretary = english_stage["李明"], english_stage["陈静"]
    await pair(english_stage.database, MONDAY, member.person_id, [english_stage["王芳"].person_id])
    await secretary.forge(f"entry.for:{member.person_id}")
    await secretary.tap("Said in person")
    await secretary.tap("Not this time")
    [*_, noted] = await secretary.tap("Away on business or in training")
    mark = "Not this time: entered by 陈静, the secretary, from what 李明 said in person (12 October 2026)."
    assert noted.text.startswith(
        "Noted: no report from 李明 this time. 李明 is told in a minute; until then you can undo it."
    )
    assert noted.text.endswith(mark)
    await english_stage.at(MONDAY + timedelta(minutes=2))
    told = await member.last()
    assert told.text.startswith("It was entered for you that you do not report this time.")
    assert mark in told.text
