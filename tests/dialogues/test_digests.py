"""The digest comes with news alone: what was told and has not changed is none, though it still waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest
from sqlalchemy import update

from bot.letters import Letter, laid
from domain.people import Stage as PartyStage
from domain.roles import RoleKind
from handlers.views.page import Button, Message
from storage import outbox
from storage.database import Writer
from storage.tables import outbox as rows
from storage.tables import rotation
from tests import programme
from tests.dialogues.doors import invited
from tests.dialogues.duty_story import at, pair
from tests.programme import rotate
from tests.stage import BRANCH, OTHER_BRANCH, Stage

ONE_REVIEW = "今天有1份汇报待您点评；没有意见的，点“已阅”即可。"
TO_ENTER = "郑国华同志目前不能在这里联系到，可在“人员”中邀请，也可向本人了解后代录本期汇报。"
SUPPORT = ("需要支持", "物力", "培养联系人和书记", "提交")


async def report(stage: Stage, *taps: str) -> None:
    await stage["李明"].say("/checkin 完成两次保护校验，用在了主变检修上。")
    for button in taps or ("按计划推进", "提交"):
        await stage["李明"].tap(button)


async def told(stage: Stage, name: str, day: int, month: int = 10) -> str:
    """What somebody is told at nine on a day."""
    before = await stage[name].heard()
    await stage.at(at(month, day, 9))
    return (await stage[name].heard()).removeprefix(before).strip()


async def test_a_report_that_waits_is_told_of_once_and_after_a_week_once_more(stage: Stage) -> None:
    await pair(stage)
    await report(stage)
    assert await told(stage, "王芳", 15) == ONE_REVIEW
    assert await told(stage, "王芳", 19) == f"{ONE_REVIEW}\n有1份汇报等待点评已满一周。"
    silent = "李明同志本期汇报尚未收到，系统不再提醒本人，请方便时了解一下情况。"
    assert await told(stage, "王芳", 22) == ""
    assert await told(stage, "王芳", 26) == ""
    assert await told(stage, "王芳", 29) == f"{ONE_REVIEW}\n{silent}", "what still waits stands beside the news"


async def test_what_still_waits_stands_beside_the_news(stage: Stage) -> None:
    await pair(stage)
    await report(stage)
    await told(stage, "王芳", 15)
    await stage.at(at(10, 20, 9))
    await report(stage)
    assert (await told(stage, "王芳", 22)).startswith("今天有2份汇报待您点评；")


async def test_what_was_added_is_news_again(stage: Stage) -> None:
    await pair(stage)
    await report(stage)
    await stage.at(at(10, 15, 9))
    await stage["王芳"].tap("逐份点评")
    await stage["王芳"].tap("请补充")
    await stage["王芳"].say("用了哪种试验方法？")
    await stage.at(at(10, 15, 9, 3))
    await stage["李明"].tap("补充")
    await stage["李明"].say("用的是整组传动。")
    await stage.at(at(10, 19, 9))
    assert (await stage["王芳"].last()).text.startswith(ONE_REVIEW)


async def test_what_came_at_once_is_no_news_until_a_week_has_passed(stage: Stage) -> None:
    await pair(stage)
    await report(stage, *SUPPORT)
    await stage.at(at(10, 12, 10, 2))
    before = await stage["陈静"].heard()
    assert await told(stage, "王芳", 15) == ""
    assert await told(stage, "王芳", 19) == (
        "今天有1份汇报待您点评，1位同志需要支持；没有意见的，点“已阅”即可。\n有1份汇报等待点评已满一周。\n"
        "1件困难提出已满一周，尚未答复，也未承诺日期，请予安排。"
    )
    assert (await stage["王芳"].last()).buttons == ["逐份点评", "困难与支持"]
    assert (await stage["陈静"].heard()).removeprefix(before).count("1件困难提出已满一周") == 1


async def test_a_need_is_left_to_whom_it_was_taken_on_by(stage: Stage) -> None:
    await pair(stage)
    await report(stage, *SUPPORT)
    await stage.at(at(10, 12, 10, 2))
    await stage["陈静"].tap("由我负责")
    assert "1件困难提出已满一周" in await told(stage, "陈静", 19)
    assert "困难" not in await stage["王芳"].heard()


async def test_a_promised_day_is_told_when_it_has_come(stage: Stage) -> None:
    await pair(stage)
    await report(stage, *SUPPORT)
    await stage.at(at(10, 12, 10, 2))
    await stage["陈静"].tap("承诺日期")
    await stage["陈静"].say("10月22日")
    assert "困难" not in await told(stage, "陈静", 19)
    assert "1件困难承诺的日期已到，请答复本人。" in await told(stage, "陈静", 22)
    assert "困难" not in await told(stage, "陈静", 26)


@pytest.fixture
async def elder(stage: Stage) -> Stage:
    """郑国华 owes reports on Fridays and has no account; nobody of the branch was invited through the bot."""
    await stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    await pair(stage, "郑国华")
    return stage


async def test_before_anybody_is_invited_the_secretary_is_asked_to_invite(elder: Stage) -> None:
    assert (
        await told(elder, "陈静", 15) == "本支部有1位同志近期应交汇报，尚未邀请。请先邀请；不使用本系统的，可由您代录。"
    )
    assert (await elder["陈静"].last()).buttons == ["邀请同志", "代录汇报"]
    [*_, asked] = await elder["陈静"].tap("邀请同志")
    assert "变电检修党支部" in asked.text
    assert await told(elder, "陈静", 19) == ""


async def test_who_was_invited_has_the_invitations_time(elder: Stage) -> None:
    await invited(elder, "陈静", "郑国华")
    assert await told(elder, "陈静", 15) == ""
    assert await told(elder, "陈静", 19) == ""
    assert await told(elder, "陈静", 22) == TO_ENTER


async def test_who_never_is_invited_is_entered_for_in_time_before_it_is_due_and_once_after(elder: Stage) -> None:
    assert await told(elder, "陈静", 22) == TO_ENTER
    assert await told(elder, "陈静", 26) == TO_ENTER
    assert await told(elder, "陈静", 29) == TO_ENTER
    assert TO_ENTER in await told(elder, "陈静", 2, month=11)


async def test_in_english(english_stage: Stage) -> None:
    await pair(english_stage)
    await report(english_stage, "Needs support", "Material", "Cultivation contact and secretary", "Hand in")
    await english_stage.at(at(10, 12, 10, 2))
    assert await told(english_stage, "陈静", 19) == (
        "1 comrade needs support.\n"
        "One request for support has been open for a week or longer, without an answer or a promised day."
    )


async def test_whom_to_invite_and_what_waits_in_english(english_stage: Stage) -> None:
    stage = english_stage
    await stage.person("郑国华", BRANCH, party_stage=PartyStage.ACTIVIST, backbone=True, account=False)
    for mentee in ("郑国华", "李明"):
        await pair(stage, mentee)
    await report(stage, "On plan", "Hand in")
    assert await told(stage, "王芳", 15) == (
        "1 report is waiting for your review today. If you have no remarks, a tap on “Noted” is enough."
    )
    assert (await stage["陈静"].last()).text == (
        "One comrade of your branch has a report due these days and has not been invited yet. Please send the invitation "
        "first; for anyone who does not use Telegram you can enter the report."
    )
    await invited(stage, "陈静", "郑国华", button="Make an invitation")
    assert "One report has waited a week for its review." in await told(stage, "王芳", 19)
    assert await told(stage, "陈静", 19) == ""


async def rescheduled_often(stage: Stage) -> None:
    """李明, who reports on Fridays, rotates to the branch of 林一; from Monday to Wednesday the last day is changed five times."""
    await pair(stage)
    await rotate(
        stage.database, at(10, 12, 10), stage["李明"].person_id, stage.units[OTHER_BRANCH], stage["林一"].person_id
    )
    for number in range(5):
        await stage.at(at(10, 12 + number // 2, 10 + number % 2, 30))
        secretary = stage["陈静"]
        await secretary.forge("rotation.ask_days:1")
        await secretary.say(f"10月12日至12月{20 + number}日")
        await secretary.forge("rotation.days:1")
        await stage.at(stage.clock.now() + timedelta(minutes=2))


async def test_what_the_week_has_no_place_for_is_told_in_the_next_digest(stage: Stage) -> None:
    await rescheduled_often(stage)
    member = stage["李明"]
    assert (await member.heard()).count("轮岗时间有调整") == 2, "the third place is kept for what is due on Friday"
    assert await told(stage, "李明", 15) == ""
    assert "本周进展请于10月16日（星期五）18:00前发来" in await told(stage, "李明", 16)
    await report(stage)
    digest = await told(stage, "李明", 19)
    assert digest.startswith("近日有以下事项告知：\n\n您的轮岗时间有调整。")
    assert digest.count("轮岗时间有调整") == 1, "all three read the same by now"
    [*_, last] = [message for message in await member.phone.messages() if message.from_bot]
    assert last.buttons == ["查看轮岗"]
    [*_, card] = await member.tap("查看轮岗")
    assert "至2026年12月24日" in card.text
    assert await told(stage, "李明", 22) == ""


async def test_a_digest_that_found_no_place_is_not_told_beside_the_next(stage: Stage) -> None:
    await pair(stage)
    await rotate(
        stage.database, at(10, 12, 10), stage["李明"].person_id, stage.units[OTHER_BRANCH], stage["林一"].person_id
    )
    for kind, words in (("handover", "钥匙已移交"), ("midterm", "进步很快")):
        await stage["林一"].forge(f"rotation.note:1:{kind}")
        await stage["林一"].say(words)
        await stage.at(stage.clock.now() + timedelta(minutes=2))
    await stage["王芳"].say("/leave 10月19日 10月30日")
    await stage["王芳"].tap("确认")
    await stage.at(stage.clock.now() + timedelta(minutes=2))
    assert await told(stage, "李明", 15) == ""
    await stage.at(at(10, 16, 9))
    await report(stage)
    digest = await told(stage, "李明", 19)
    assert digest.count("近日有以下事项告知：") == 1
    assert digest.count("这期间您的汇报由陈静同志代为点评") == 1


async def at_short_notice(stage: Stage) -> None:
    """On Wednesday, when all three of the week have gone, he is paired and asked to report on Thursdays."""

    def spend(tx: Writer) -> None:
        for number in range(3):
            outbox.add(
                tx, key=f"spent:{number}", kind="review.told", payload={}, person_id=stage["李明"].person_id,
                not_before=at(10, 13, 9), now=at(10, 13, 9), unasked=True,
            )  # fmt: skip
        tx.run(update(rows).values(state="sent", settled_at=at(10, 13, 9)))

    await stage.database.write(spend)
    await stage.at(at(10, 14, 10))
    await programme.pair(
        stage.database, at(10, 14, 10), stage["李明"].person_id, [stage["王芳"].person_id], cadence=("weekly", 3)
    )
    assert await told(stage, "李明", 15) == ""
    assert await told(stage, "李明", 16) == ""


async def test_what_falls_due_when_the_week_is_full_is_told_with_the_next_digest(stage: Stage) -> None:
    await at_short_notice(stage)
    digest = await told(stage, "李明", 19)
    assert digest.startswith("近日有以下事项告知：\n\n本期汇报尚未收到")
    assert digest.count("尚未收到") == 1
    assert "现在汇报" in (await stage["李明"].last()).buttons


async def test_so_it_is_in_english(english_stage: Stage) -> None:
    await at_short_notice(english_stage)
    assert "has not come yet" in await told(english_stage, "李明", 19)


async def test_what_was_reported_meanwhile_is_not_asked_for(stage: Stage) -> None:
    await at_short_notice(stage)
    await report(stage)
    assert await told(stage, "李明", 19) == ""


async def test_what_is_no_longer_true_makes_no_digest(stage: Stage) -> None:
    await rescheduled_often(stage)
    await stage["李明"].say("/checkin 完成两次保护校验，用在了主变检修上。")
    await stage["李明"].tap("按计划推进")
    await stage["李明"].tap("提交")
    await stage.database.write(lambda tx: tx.run(update(rotation).values(state="cancelled")))
    assert await told(stage, "李明", 19) == ""


async def test_one_that_cannot_be_drawn_does_not_keep_the_digest_back(stage: Stage) -> None:
    await rescheduled_often(stage)
    person_id, now = stage["李明"].person_id, stage.clock.now()

    def break_one(tx: Writer) -> None:
        outbox.add(
            tx, key="broken", kind="no such screen", payload={}, person_id=person_id, not_before=at(10, 30, 9), now=now,
            unasked=True,
        )  # fmt: skip
        tx.run(update(rows).where(rows.c.unique_key == "broken").values(reason=outbox.BUDGET))

    await stage.database.write(break_one)
    await stage.at(at(10, 16, 9))
    await report(stage)
    assert (await told(stage, "李明", 19)).startswith("近日有以下事项告知：\n\n您的轮岗时间有调整。")


async def spent(stage: Stage, name: str) -> None:
    """The week's places of somebody are gone."""

    def spend(tx: Writer) -> None:
        for number in range(3):
            outbox.add(
                tx, key=f"spent:{name}:{number}", kind="review.told", payload={}, person_id=stage[name].person_id,
                not_before=at(10, 13, 9), now=at(10, 13, 9), unasked=True,
            )  # fmt: skip
        tx.run(
            update(rows).where(rows.c.unique_key.startswith("spent:")).values(state="sent", settled_at=at(10, 13, 9))
        )

    await stage.database.write(spend)


async def test_whom_one_guides_now_is_told_first_of_what_waited(stage: Stage) -> None:
    """In a week that is full for 赵强 the rotation that he hosts gets other days, and then he takes over 李明."""
    await pair(stage)
    await spent(stage, "赵强")
    secretary, zhao = stage["陈静"], stage["赵强"]
    await rotate(stage.database, at(10, 12, 10), stage["李明"].person_id, stage.units[OTHER_BRANCH], zhao.person_id)
    await stage.at(at(10, 14, 10))
    await secretary.forge("rotation.ask_days:1")
    await secretary.say("10月12日至12月20日")
    await secretary.forge("rotation.days:1")
    await secretary.forge(f"pairing.swap:1:{stage['王芳'].person_id}:{zhao.person_id}")
    await stage.at(stage.clock.now() + timedelta(minutes=2))
    assert await told(stage, "赵强", 15) == ""
    assert await told(stage, "赵强", 16) == ""
    digest = await told(stage, "赵强", 19)
    assert digest.index("即日起您是李明同志的培养联系人") < digest.index("轮岗时间有调整")


async def test_whom_one_stands_in_for_is_told_as_soon(stage: Stage) -> None:
    """The same, where her deputy gives the rotation other days and then 王芳 goes away."""
    await pair(stage)
    await stage.give_role(stage["林一"], RoleKind.SECRETARY, BRANCH, "副书记")
    await spent(stage, "陈静")
    deputy, host = stage["林一"], stage["赵强"].person_id
    await rotate(stage.database, at(10, 12, 10), stage["李明"].person_id, stage.units[OTHER_BRANCH], host)
    await stage.at(at(10, 14, 10))
    await deputy.forge("rotation.ask_days:1")
    await deputy.say("10月12日至12月20日")
    await deputy.forge("rotation.days:1")
    await stage["王芳"].say("/leave 10月19日 10月30日")
    await stage["王芳"].tap("确认")
    await stage.at(stage.clock.now() + timedelta(minutes=2))
    assert await told(stage, "陈静", 15) == ""
    assert await told(stage, "陈静", 16) == ""
    await report(stage)
    digest = await told(stage, "陈静", 19)
    assert digest.index("这期间请您代为点评李明同志的汇报") < digest.index("轮岗时间有调整")


def test_what_differs_in_its_first_line_alone_is_told_together() -> None:
    said = (
        "今天有1份汇报待您点评。", "<b>陈静</b>的轮岗有交接。\n\n变电站\n带教人：林一",
        "陈静的轮岗已作评价。\n\n变电站\n带教人：林一", "另一件事。", "陈静的轮岗已办结。\n\n变电站\n带教人：林一",
        "<blockquote>没有\n\n变电站\n带教人：林一",
    )  # fmt: skip
    first, *others = (Letter(cast("Any", None), cast("Any", None), Message(text)) for text in said)
    assert laid(first, others).text == (
        "今天有1份汇报待您点评。\n\n"
        "<b>陈静</b>的轮岗有交接。\n陈静的轮岗已作评价。\n陈静的轮岗已办结。\n\n变电站\n带教人：林一\n\n"
        "另一件事。\n\n<blockquote>没有\n\n变电站\n带教人：林一"
    )


def test_buttons_of_one_title_that_lead_to_different_things_are_numbered() -> None:
    digest, *others = (
        Letter(cast("Any", None), cast("Any", None), Message(text, [[Button("查看汇报", press)]]))
        for text, press in (("一", "a:1"), ("二", "a:2"), ("二", "a:2"), ("三", "a:3"))
    )
    message = laid(digest, others)
    assert message.text == "一\n\n二\n\n三"
    assert [(one.text, one.press) for row in message.buttons for one in row] == [
        ("查看汇报 1", "a:1"), ("查看汇报 2", "a:2"), ("查看汇报 3", "a:3"),
    ]  # fmt: skip
