"""The administrator's page: what needs a hand, told once, and nobody's reports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SetClock
from bot.workers import RETRY
from commands.demo import mishap
from domain.health import Outage, OutageKind
from services import accounts, administrators, deployment, outages
from storage import accounts as account_rows
from storage import inbox
from storage.database import Writer
from storage.inbox import TRIES
from tests.dialogues.doors import keys
from tests.dialogues.test_check_ins import WORDS, report
from tests.programme import pair
from tests.stage import BRANCH, MONDAY, Player, Stage

THURSDAY = MONDAY + timedelta(days=2, hours=23)
"""15 October 2026, 09:00 in Shanghai."""


@pytest.fixture
async def zhou(stage: Stage) -> Player:
    """周伟 runs the deployment, together with 赵强; the last backup is of last night."""
    await appoint(stage, "周伟", "赵强")
    await back_up(stage, hours=8)
    return stage["周伟"]


async def appoint(stage: Stage, *names: str) -> None:
    phones = [stage[name].phone.user_id for name in names]
    await stage.database.write(lambda tx: administrators.appoint(tx, phones, MONDAY))


async def back_up(stage: Stage, *, hours: int) -> None:
    made = stage.clock.now() - timedelta(hours=hours)
    await stage.database.write(lambda tx: deployment.note_backup(tx, made))


async def set_aside(stage: Stage, update_id: int) -> None:
    now = stage.clock.now()

    def park(tx: Writer) -> None:
        inbox.keep(tx, [inbox.Arrived(update_id, 99, "{}")], now)
        [one] = inbox.claim(tx, "test", now, limit=1)
        inbox.park(tx, "test", one.update_id, "ValueError", now)

    await stage.database.write(park)


async def lose(stage: Stage, name: str) -> None:
    def mark(tx: Writer) -> None:
        account = account_rows.by_person(tx, stage[name].person_id)
        assert account is not None
        accounts.mark_unreachable(tx, account.id, stage.clock.now())

    await stage.database.write(mark)


async def test_where_all_is_well_it_says_so(stage: Stage, zhou: Player) -> None:
    [*_, shown] = await zhou.say("/health")
    assert shown.text.splitlines() == [
        "运行状况",
        "· 收到的消息均已及时答复。",
        "· 提醒和通知均按时发出。",
        "· 最近30天没有中断。",
        "· 没有搁置的消息。",
        "· 所有同志均可送达。",
        "· 最近一次备份于2026年10月12日（星期一）02:00完成。",
        "· 放假安排已收录。",
        "· 共有2名管理员。",
    ]
    assert shown.buttons == ["刷新"]
    await zhou.start()
    assert "运行状况" in await keys(zhou.phone)


async def trouble(stage: Stage) -> None:
    """A message set aside, a person lost, an old backup, and Telegram away in the night."""
    await set_aside(stage, 7)
    await lose(stage, "李明")
    await back_up(stage, hours=48)
    await stage.database.write(
        lambda tx: outages.record(
            tx, Outage(OutageKind.TELEGRAM, MONDAY - timedelta(hours=9), MONDAY - timedelta(hours=7))
        )
    )
    await stage.settle()


async def test_every_trouble_says_what_to_do(stage: Stage, zhou: Player) -> None:
    await trouble(stage)
    [*_, shown] = await zhou.say("/health")
    for line in (
        "2026年10月12日（星期一）01:00至03:00，无法连接Telegram。",
        "有1条消息三次处理失败，已搁置并告知本人。日志中的编号：7。",
        f"有1位同志在Telegram中无法送达：李明（{BRANCH}）。请书记联系本人，必要时代录。",
        "最近一次备份于2026年10月10日（星期六）10:00完成，间隔过久：请检查“run.py backup”为何未运行。",
    ):
        assert line in shown.text
    await back_up(stage, hours=0)
    [*_, shown] = await zhou.tap("刷新")
    assert "间隔过久" not in shown.text


ALONE = {
    "zh-hans": ("尚无备份：请安排每晚运行“run.py backup”。", "目前仅有一名管理员：请再指定一名", ["刷新", "管理员"]),
    "en": ("There is no backup yet", "There is one administrator only", ["Refresh", "Administrators"]),
}


async def test_one_who_is_alone_is_asked_to_name_a_second(either_stage: Stage) -> None:
    no_backup, alone, buttons = ALONE[either_stage.language]
    await appoint(either_stage, "周伟")
    [*_, shown] = await either_stage["周伟"].say("/health")
    assert no_backup in shown.text
    assert alone in shown.text
    assert shown.buttons == buttons


async def test_every_trouble_in_english(english_stage: Stage) -> None:
    stage, administrator = english_stage, english_stage["赵强"]
    await appoint(stage, "周伟", "赵强")
    await trouble(stage)
    [*_, shown] = await administrator.say("/health")
    for line in (
        "Telegram could not be reached from Monday, 12 October 2026, 01:00 to 03:00.",
        "Its number in the log: 7.",
        f"One person cannot be reached in Telegram: 李明 ({BRANCH}). The secretary can ask and, if need be, enter reports.",
        "The last backup is of Saturday, 10 October 2026, 10:00, which is too old: see why “run.py backup” did not run.",
        "There are 2 administrators.",
    ):
        assert line in shown.text
    assert (await administrator.heard()).count("Telegram could not be reached") == 2, "told once, and on the page"
    await stage.at(THURSDAY)
    heard = await administrator.heard()
    assert "For the administrators:" in heard
    assert "Telegram could not be reached" not in heard.partition("For the administrators:")[2]
    [*_, refused] = await stage["陈静"].say("/health")
    assert "This is not open to you." in refused.text


async def test_nobody_else_sees_it(stage: Stage, zhou: Player) -> None:
    for name in ("李明", "陈静", "林一"):
        [*_, shown] = await stage[name].say("/health")
        assert "没有查看或办理此事的权限" in shown.text
        assert "运行状况" not in await keys(stage[name].phone)


async def test_administrators_hear_of_trouble_on_the_day_of_digests_and_once(stage: Stage, zhou: Player) -> None:
    await set_aside(stage, 7)
    await lose(stage, "李明")
    await stage.at(THURSDAY)
    for name in ("周伟", "赵强"):
        heard = await stage[name].heard()
        assert "请管理员留意：" in heard
        assert "先前告知的1条搁置消息仍在清单上，日志中的编号：7。请查明原因；满30天自动移出。" in heard
        assert "李明" in heard
        assert "请检查“run.py backup”为何未运行" in heard
    before = await zhou.heard()
    await back_up(stage, hours=8)
    await stage.at(THURSDAY + timedelta(days=4))
    assert await zhou.heard() == before


async def test_what_was_told_at_once_is_told_again_only_when_it_is_still_there_after_a_day(
    stage: Stage, zhou: Player
) -> None:
    await stage.at(THURSDAY - timedelta(hours=15))
    await set_aside(stage, 7)
    await back_up(stage, hours=0)
    await stage.at(THURSDAY)
    assert "搁置" not in await zhou.heard()
    for days in (4, 7):
        await stage.at(THURSDAY + timedelta(days=days))
    assert (await zhou.heard()).count("先前告知的1条搁置消息仍在清单上") == 1


async def test_it_is_told_again_in_english(english_stage: Stage) -> None:
    await appoint(english_stage, "周伟", "赵强")
    await set_aside(english_stage, 7)
    await english_stage.at(THURSDAY)
    assert (
        "One message that you were told of is still set aside; its number in the log: 7."
        in await english_stage["周伟"].heard()
    )


NEXT_YEAR = {
    "zh-hans": ("尚未收录国务院办公厅2027年放假安排的通知", "本版本尚未收录2027年放假安排"),
    "en": (
        "The State Council's notice on the holidays of 2027 is not in this version yet",
        "The holiday notice for 2027",
    ),
}


async def test_a_year_without_its_holiday_notice_is_told_once_in_december(either_stage: Stage) -> None:
    told, shown = NEXT_YEAR[either_stage.language]
    await appoint(either_stage, "周伟", "赵强")
    for day in (29, 30):
        await either_stage.at(datetime(2026, 11, day, 1, 0, tzinfo=UTC))
    assert told not in await either_stage["周伟"].heard()
    for day in (1, 2, 3):
        await either_stage.at(datetime(2026, 12, day, 1, 0, tzinfo=UTC))
    for name, times in (("周伟", 1), ("赵强", 1), ("陈静", 0)):
        assert (await either_stage[name].heard()).count(told) == times
    [*_, page] = await either_stage["赵强"].say("/health")
    assert shown in page.text


NOT_YOURS = {"zh-hans": "您没有查看或办理此事的权限", "en": "This is not open to you."}


async def test_an_administrator_reads_no_report(either_stage: Stage) -> None:
    stage, refusal = either_stage, NOT_YOURS[either_stage.language]
    await appoint(stage, "赵强")
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    await report(stage)
    for press in ("check_in.read:1", f"me.reports:0:{stage['李明'].person_id}", "pairing.open:1"):
        [*_, refused] = await stage["赵强"].forge(press)
        assert refused.text.startswith(refusal), press
    assert WORDS not in await stage["赵强"].heard()


async def befall(stage: Stage) -> None:
    await appoint(stage, "周伟", "赵强")
    await stage.telegram.add_crowd([mishap.UNLUCKY])
    stage.program.workers.wall = wall = SetClock(datetime.now(UTC))
    await mishap.befalls(stage.telegram)
    for _ in range(TRIES):
        await stage.settle()
        wall.put(wall.now() + RETRY + timedelta(seconds=1))


async def test_as_a_demonstration_opens_an_answer_is_refused_until_the_message_is_set_aside(stage: Stage) -> None:
    await befall(stage)
    assert "三次处理失败（BadRequest），已搁置，并已告知本人" in await stage["周伟"].heard()
    [*_, shown] = await stage["周伟"].say("/health")
    assert "有1条消息三次处理失败，已搁置并告知本人" in shown.text


async def test_so_it_is_in_english_too(english_stage: Stage) -> None:
    await befall(english_stage)
    assert "failed three times (BadRequest) and was set aside" in await english_stage["周伟"].heard()
    [*_, shown] = await english_stage["周伟"].say("/health")
    assert "One message could not be answered after three tries and was set aside" in shown.text


async def test_what_stays_wrong_is_said_again_after_a_week(stage: Stage, zhou: Player) -> None:
    for days in (0, 4, 7):
        await stage.at(THURSDAY + timedelta(days=days))
    assert (await zhou.heard()).count("请检查“run.py backup”为何未运行") == 2


async def test_one_who_is_no_administrator_any_more_is_not_told(stage: Stage, zhou: Player) -> None:
    await zhou.say("/roles")
    await zhou.tap("管理员")
    shown = await zhou.last()
    await zhou.tap(next(one for one in shown.buttons if "赵强" in one))
    await zhou.tap("确定")
    before = await stage["赵强"].heard()
    await stage.at(THURSDAY)
    assert "请管理员留意" in await zhou.heard()
    assert "请管理员留意" not in (await stage["赵强"].heard()).removeprefix(before)
