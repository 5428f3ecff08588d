"""点评: what 王芳 does with 李明's report, what he hears of it, and what others never see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.pairings import Track
from services import access, reminders
from tests.dialogues.test_check_ins import WORDS, report
from tests.programme import pair, rotate
from tests.stage import MONDAY, OTHER_BRANCH, Stage

SECRET = "跟班完成2号主变检修"


@pytest.fixture
async def reported(stage: Stage) -> Stage:
    """李明 has reported, and his minute has passed."""
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await report(stage)
    await stage.at(MONDAY + timedelta(minutes=2))
    return stage


async def opened(stage: Stage, name: str = "王芳") -> list[str]:
    """The buttons of the report that has waited longest for someone."""
    await stage[name].say("待点评")
    [*_, card] = await stage[name].tap("逐份点评")
    return card.buttons


async def later(stage: Stage, minutes: int = 2) -> None:
    await stage.at(stage.clock.now() + timedelta(minutes=minutes))


async def test_a_report_waits_a_minute_before_it_is_on_the_list(stage: Stage) -> None:
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await report(stage)
    [*_, listed] = await stage["王芳"].say("待点评")
    assert "没有待点评的汇报" in listed.text
    await later(stage)
    [*_, listed] = await stage["王芳"].say("待点评")
    assert "1份汇报待您点评" in listed.text
    assert "李明" in listed.text


async def test_who_chose_so_gets_each_report_at_once_unless_it_is_taken_back(stage: Stage) -> None:
    mentor = stage["王芳"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [mentor.person_id])
    await stage.database.write(
        lambda tx: reminders.get_reviews_at_once(
            tx, access.identify(tx, mentor.phone.user_id, MONDAY, "zh"), at_once=True
        )
    )
    await report(stage)
    await stage["李明"].tap("撤销")
    await later(stage)
    assert SECRET not in await mentor.heard()
    await stage["李明"].tap("继续写")
    await stage["李明"].tap("提交")
    assert SECRET not in await mentor.heard()
    await later(stage)
    assert SECRET in (await mentor.last()).text
    [*_, settled] = await mentor.tap("已阅")
    assert "已阅" in settled.text


async def test_noted_is_one_tap_and_the_author_hears_of_it(reported: Stage) -> None:
    assert await opened(reported) == ["已阅", "写点评", "请补充", "推荐为亮点", "以往汇报"]
    [*_, settled] = await reported["王芳"].tap("已阅")
    assert "一分钟后告知李明同志" in settled.text
    assert "已阅" not in (await reported["李明"].last()).text
    await later(reported)
    assert "王芳同志已阅。" in (await reported["李明"].last()).text
    [*_, listed] = await reported["王芳"].say("待点评")
    assert "没有待点评的汇报" in listed.text


async def test_a_verdict_is_taken_back_within_the_minute(reported: Stage) -> None:
    await opened(reported)
    await reported["王芳"].tap("已阅")
    [*_, card] = await reported["王芳"].tap("撤销")
    assert WORDS in card.text
    await later(reported)
    assert "已阅" not in await reported["李明"].heard()
    await reported["王芳"].tap("写点评")
    [*_, settled] = await reported["王芳"].say("思路清楚，下周带你上GIS。")
    assert "点评已记下" in settled.text
    await later(reported)
    assert "王芳同志点评：“思路清楚，下周带你上GIS。”" in (await reported["李明"].last()).text


async def test_please_add_comes_back_and_is_not_late(reported: Stage) -> None:
    await opened(reported)
    await reported["王芳"].tap("请补充")
    await reported["王芳"].say("具体写写缺什么。")
    await later(reported)
    member = reported["李明"]
    asked = await member.last()
    assert asked.text == "王芳同志想请您补充一点：“具体写写缺什么”。补充不算补交。"
    await reported.at(datetime(2026, 10, 19, 2, 0, tzinfo=UTC))
    await member.tap("补充", message=asked)
    [*_, changed] = await member.say("缺GIS耐压试验的实操。")
    assert WORDS in changed.text
    assert "缺GIS耐压试验的实操。" in changed.text
    await opened(reported)
    card = await reported["王芳"].last()
    assert "补交" not in card.text
    assert "已补充" in card.text
    assert card.buttons[0] == "已阅"


async def test_a_highlight_waits_for_its_author(reported: Stage) -> None:
    await opened(reported)
    [*_, settled] = await reported["王芳"].tap("推荐为亮点")
    assert "选定之前不会公开" in settled.text
    await later(reported)
    asked = await reported["李明"].last()
    assert asked.buttons == ["署名", "匿名", "不公开"]
    [*_, chosen] = await reported["李明"].tap("匿名")
    assert "可在小结和各支部共享的经验中匿名刊出" in chosen.text
    [*_, chosen] = await reported["李明"].tap("不公开")
    assert "好的，不公开。" in chosen.text
    [*_, refused] = await reported["王芳"].tap("撤销")
    assert "不能再撤销" in refused.text


async def test_either_mentor_settles_it_for_both(stage: Stage) -> None:
    both = [stage["王芳"].person_id, stage["陈静"].person_id]
    await pair(stage.database, MONDAY, stage["李明"].person_id, both)
    await report(stage)
    await later(stage)
    await opened(stage, "陈静")
    other = await stage["陈静"].last()
    await opened(stage)
    await stage["王芳"].tap("已阅")
    [*_, refused] = await stage["陈静"].tap("已阅", message=other)
    assert "王芳同志已经点评过这份汇报" in refused.text


async def test_attachments_come_along(stage: Stage) -> None:
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await stage["李明"].say("汇报")
    await stage["李明"].send("photo", caption=WORDS)
    await stage["李明"].tap("按计划推进")
    await stage["李明"].tap("提交")
    await later(stage)
    await stage["王芳"].say("待点评")
    [*_, card, photo] = await stage["王芳"].tap("逐份点评")
    assert "附件1个" in card.text
    assert photo.file is not None


async def test_the_secretary_reads_and_comments_but_gives_no_verdict(reported: Stage) -> None:
    secretary = reported["陈静"]
    await secretary.say("待点评")
    [*_, branch] = await secretary.tap("本支部汇报")
    [*_, card] = await secretary.tap(branch.buttons[0])
    assert SECRET in card.text
    assert card.buttons == ["写点评", "以往汇报"]
    await secretary.tap("写点评")
    await secretary.say("支部支持你。")
    await later(reported)
    assert "陈静书记点评：“支部支持你。”" in (await reported["李明"].last()).text
    assert "1份汇报待您点评" in (await reported["王芳"].say("待点评"))[-1].text


@pytest.mark.parametrize("name", ["赵强", "周伟", "林一"])
async def test_others_see_nothing(reported: Stage, name: str) -> None:
    outsider, member = reported[name], reported["李明"]
    await opened(reported)
    verdicts = [key.data for row in (await reported["王芳"].last()).rows for key in row]
    check_in = verdicts[0].split(":")[1]
    for data in [f"check_in.read:{check_in}", *verdicts, "review.branch:0", f"me.reports:0:{member.person_id}"]:
        await outsider.forge(data)
    await outsider.say("待点评")
    assert SECRET not in await outsider.heard()
    await later(reported)
    assert "已阅" not in await member.heard()


async def test_the_host_sees_his_rotation_alone(reported: Stage) -> None:
    stage = reported
    await rotate(
        stage.database, stage.clock.now(), stage["李明"].person_id, stage.units[OTHER_BRANCH], stage["赵强"].person_id
    )
    await stage["李明"].say("/checkin 在输电班巡线三次。")
    await stage["李明"].tap("按计划推进")
    await stage["李明"].tap("提交")
    await later(stage)
    await opened(stage, "赵强")
    assert "在输电班巡线三次" in await stage["赵强"].heard()
    assert SECRET not in await stage["赵强"].heard()
    await stage["赵强"].tap("已阅")
    await later(stage)
    assert "赵强同志已阅。" in (await stage["李明"].last()).text


async def test_a_host_learns_nothing_of_the_pairing_or_the_need(stage: Stage) -> None:
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await rotate(stage.database, MONDAY, stage["李明"].person_id, stage.units[OTHER_BRANCH], stage["赵强"].person_id)
    await stage["李明"].say("/checkin 巡线与检修各三次。")
    await stage["李明"].tap("需要支持")
    await stage["李明"].tap("人力")
    await stage["李明"].tap("培养联系人和书记")
    await stage["李明"].tap("提交")
    await later(stage)
    await opened(stage, "赵强")
    heard = await stage["赵强"].heard()
    assert "巡线与检修各三次。" in heard
    assert "变电检修技能" not in heard
    assert "需要支持" not in heard


async def test_the_mentor_reads_on_while_he_rotates_and_comments(reported: Stage) -> None:
    stage, mentor = reported, reported["王芳"]
    await rotate(
        stage.database, stage.clock.now(), stage["李明"].person_id, stage.units[OTHER_BRANCH], stage["赵强"].person_id
    )
    await report(stage, "在输电班巡线三次。")
    await later(stage)
    [*_, listed] = await mentor.say("待点评")
    assert "2份汇报待您点评" in listed.text
    await mentor.tap("逐份点评")
    await mentor.tap("已阅")
    await mentor.tap("下一份")
    assert "在输电班巡线三次。" in (await mentor.last()).text
    await mentor.tap("写点评")
    await mentor.say("巡线记录写得很细。")
    await later(stage)
    assert "王芳同志点评：“巡线记录写得很细。”" in await stage["李明"].heard()


async def test_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await pair(
        stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id], track=Track.MEMBER_TO_BACKBONE
    )
    await stage["李明"].say("/checkin Overhauled transformer 2.")
    await stage["李明"].tap("On plan")
    await stage["李明"].tap("Hand in")
    await later(stage)
    await stage["王芳"].say("reviews")
    await stage["王芳"].tap("Review one by one")
    await stage["王芳"].tap("Please add")
    await stage["王芳"].say("What is missing?")
    await later(stage)
    assert "Adding it does not make the report late." in (await stage["李明"].last()).text


async def test_a_verdict_is_taken_back_in_english_and_either_mentor_settles_it(english_stage: Stage) -> None:
    stage, mentor, other = english_stage, english_stage["王芳"], english_stage["赵强"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [mentor.person_id, other.person_id])
    await report(stage)
    await later(stage)
    for one in (mentor, other):
        [*_, listed] = await one.say("/reviews")
        assert "1 report is waiting for you" in listed.text
    await mentor.tap("Review one by one")
    [*_, settled] = await mentor.tap("Noted")
    assert settled.text == "Noted. 李明 is told in a minute; until then you can undo it."
    await mentor.tap("Undo")
    await later(stage)
    assert "has read it" not in await stage["李明"].heard()
    await other.tap("Review one by one")
    card = await other.last()
    await mentor.tap("Noted")
    [*_, refused] = await other.tap("Noted", message=card)
    assert refused.text == "王芳 has answered this report already, so there is nothing left to do."
    await later(stage)
    assert "王芳 has read it." in (await stage["李明"].last()).text


async def test_host_and_mentor_in_english(english_stage: Stage) -> None:
    stage, host, mentor = english_stage, english_stage["赵强"], english_stage["王芳"]
    await pair(stage.database, MONDAY, stage["李明"].person_id, [mentor.person_id])
    await report(stage, "Overhauled transformer 2.")
    await rotate(stage.database, MONDAY, stage["李明"].person_id, stage.units[OTHER_BRANCH], host.person_id)
    await report(stage, "Walked the line three times.")
    receipt = await stage["李明"].last()
    assert "In a minute it goes to 王芳 and 赵强" in receipt.text
    await later(stage)
    [*_, listed] = await host.say("/reviews")
    assert "1 report is waiting for you" in listed.text
    await host.tap("Review one by one")
    assert "Walked the line three times." in await host.heard()
    assert "Overhauled" not in await host.heard(), "the host sees the rotation alone"
    [*_, listed] = await mentor.say("/reviews")
    assert "2 reports are waiting for you" in listed.text
    await mentor.tap("Review one by one")
    await mentor.tap("Noted")
    await mentor.tap("Next one")
    await mentor.tap("Comment")
    await mentor.say("Go along at night, too.")
    await later(stage)
    assert "王芳 comments: “Go along at night, too.”" in await stage["李明"].heard()
    [*_, refused] = await stage["林一"].forge("check_in.read:2")
    assert "This is not open to you." in refused.text
