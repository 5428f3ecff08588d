"""What becomes of a notice: sent once, rested, settled for good, or left for the next start."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from domain.refusals import Refusal
from services.delivery import Skip
from storage import outbox, units
from storage.database import Reader
from storage.tables import account, unit
from storage.tables import outbox as rows
from tests.bot.conftest import Lab, heard


async def row(lab: Lab, key: str) -> Any:
    columns = select(rows.c.state, rows.c.reason, rows.c.tries, rows.c.claimed_until, rows.c.claimed_by)
    return await lab.stage.database.read(lambda tx: tx.one(columns.where(rows.c.unique_key == key)))


async def said_to(lab: Lab, name: str, word: str) -> int:
    return len([text for text in await heard(lab.stage[name].phone) if text in (word, f"0 {word}")])


async def test_a_notice_is_sent_once(lab: Lab) -> None:
    await lab.notice("李明", "甲")
    await lab.stage.settle()
    await lab.later(days=1)
    assert await said_to(lab, "李明", "甲") == 1
    assert (await row(lab, "李明:甲")).state == "sent"


async def test_a_429_rests_that_chat_alone(lab: Lab) -> None:
    li_ming = lab.stage["李明"].phone.user_id
    await lab.stage.telegram.fault(
        "too_many_requests", methods=["sendMessage"], chat_id=li_ming, retry_after=30, times=1
    )
    await lab.notice("李明", "甲")
    await lab.notice("王芳", "甲")
    await lab.stage.settle()
    assert (await said_to(lab, "李明", "甲"), await said_to(lab, "王芳", "甲")) == (0, 1)
    assert (await row(lab, "李明:甲")).reason == "flood"
    await lab.later(seconds=29)
    assert await said_to(lab, "李明", "甲") == 0
    await lab.later(seconds=2)
    assert await said_to(lab, "李明", "甲") == 1


async def test_pauses_grow_while_telegram_fails_and_then_it_is_sent(lab: Lab) -> None:
    await lab.stage.telegram.fault("server_error", methods=["sendMessage"])
    await lab.notice("李明", "甲")
    pauses = []
    for _ in range(8):
        await lab.stage.settle()
        pauses.append((await row(lab, "李明:甲")).claimed_until - lab.wall.now())
        lab.wall.put(lab.wall.now() + timedelta(hours=1))
    assert timedelta(seconds=2) < pauses[0] < timedelta(seconds=11)
    assert pauses[-1] > timedelta(minutes=2)
    assert max(pauses) <= timedelta(minutes=5)
    await lab.stage.telegram.clear_faults()
    await lab.stage.settle()
    assert await said_to(lab, "李明", "甲") == 1


async def test_what_nobody_would_miss_any_more_is_given_up(lab: Lab) -> None:
    await lab.stage.telegram.fault("server_error", methods=["sendMessage"])
    await lab.notice("李明", "甲")
    await lab.stage.settle()
    lab.stage.clock.put(lab.stage.clock.now() + timedelta(days=3))
    await lab.later(days=3)
    assert (await row(lab, "李明:甲"))[:2] == ("failed", "NetworkError")


async def test_who_blocked_the_bot_is_out_of_reach_and_the_row_settled(lab: Lab) -> None:
    li_ming = lab.stage["李明"]
    await li_ming.phone.block()
    await lab.notice("李明", "甲")
    await lab.notice("王芳", "甲")
    await lab.stage.program.delivery.settle()
    assert (await row(lab, "李明:甲"))[:2] == ("failed", "Forbidden")
    since = select(account.c.unreachable_since).where(account.c.person_id == li_ming.person_id)
    assert await lab.stage.database.read(lambda tx: tx.scalar(since)) == lab.stage.clock.now()
    assert await said_to(lab, "王芳", "甲") == 1


async def test_who_comes_back_hears_again(lab: Lab) -> None:
    li_ming = lab.stage["李明"]
    await li_ming.phone.block()
    await lab.notice("李明", "甲")
    await lab.stage.settle()
    await li_ming.phone.unblock()
    await lab.stage.settle()
    await lab.notice("李明", "乙")
    await lab.stage.settle()
    assert (await said_to(lab, "李明", "甲"), await said_to(lab, "李明", "乙")) == (0, 1)


async def test_a_group_that_has_moved_is_followed(lab: Lab) -> None:
    telegram, chen_jing = lab.stage.telegram, lab.stage["陈静"].phone
    group = await telegram.create_group("变电检修党支部", chen_jing)
    await telegram.add_bot(group, chen_jing)
    await lab.stage.settle()
    moved = await telegram.migrate(group, chen_jing)
    now, branch = lab.stage.clock.now(), lab.stage.units["变电检修党支部"]
    await lab.stage.database.write(lambda tx: units.set_group(tx, branch, group))
    await lab.stage.database.write(
        lambda tx: outbox.add(
            tx, key="group", kind="steady", payload={"word": "甲"}, telegram_id=group, not_before=now, now=now
        )
    )
    await lab.stage.settle()
    assert (await row(lab, "group")).state == "sent"
    assert (await chen_jing.in_chat(moved).last()).text == "甲"
    kept = select(unit.c.group_chat_id).where(unit.c.id == branch)
    assert await lab.stage.database.read(lambda tx: tx.scalar(kept)) == moved


async def test_what_is_no_longer_true_is_skipped_with_its_reason(lab: Lab) -> None:
    lab.loads = lambda _: Skip("already_done")
    await lab.notice("李明", "甲")
    await lab.stage.settle()
    assert (await row(lab, "李明:甲"))[:2] == ("skipped", "already_done")


async def test_what_may_no_longer_be_seen_is_skipped(lab: Lab) -> None:
    def refuses(_: Reader) -> None:
        raise Refusal("not_yours")

    lab.loads = refuses
    await lab.notice("李明", "甲")
    await lab.stage.settle()
    assert (await row(lab, "李明:甲"))[:2] == ("skipped", "not_yours")


async def test_a_notice_that_cannot_be_drawn_holds_up_nobody_and_is_told(lab: Lab) -> None:
    def fails() -> None:
        raise KeyError("a fault of ours")

    lab.views = fails
    await lab.notice("李明", "甲")
    await lab.notice("李明", "乙", kind="steady")
    await lab.notice("王芳", "甲", kind="no such screen")
    await lab.stage.settle()
    assert await said_to(lab, "李明", "乙") == 1
    for _ in range(3):
        await lab.later(minutes=1)
    assert [(await row(lab, key))[:2] for key in ("李明:甲", "王芳:甲")] == [("failed", "KeyError")] * 2
    assert "\n".join(await heard(lab.administrator)).count("KeyError") == 2


async def test_plain_words_that_fall_together_are_one_message(lab: Lab) -> None:
    for word in ("甲", "乙"):
        await lab.notice("李明", word, kind="steady")
    await lab.notice("王芳", "丙", kind="steady")
    await lab.stage.settle()
    assert (await heard(lab.stage["李明"].phone))[-1] == "甲\n\n乙"
    assert (await heard(lab.stage["王芳"].phone))[-1] == "丙"
    assert [(await row(lab, key)).state for key in ("李明:甲", "李明:乙")] == ["sent", "sent"]


async def test_what_makes_more_than_one_message_is_not_laid_together(lab: Lab) -> None:
    for word in ("甲" * 3000, "乙" * 3000):
        await lab.notice("李明", word, kind="steady")
    await lab.stage.settle()
    assert (await heard(lab.stage["李明"].phone))[-2:] == ["甲" * 3000, "乙" * 3000]


async def test_one_that_cannot_be_sent_does_not_hold_up_what_lay_beside_it(lab: Lab) -> None:
    await lab.notice("李明", "<b>甲", kind="steady")
    await lab.notice("李明", "乙", kind="steady")
    for _ in range(3):
        await lab.later(minutes=1)
    assert (await heard(lab.stage["李明"].phone))[-1] == "乙"
    assert [(await row(lab, key)).state for key in ("李明:<b>甲", "李明:乙")] == ["failed", "sent"]


async def test_what_cannot_go_now_keeps_back_what_comes_after_it(lab: Lab) -> None:
    long = "甲" * 3000
    await lab.notice("李明", long, kind="steady")
    await lab.notice("李明", "乙" * 3000, kind="steady")
    await lab.stage.telegram.fault("server_error", methods=["sendMessage"], times=1)
    await lab.stage.settle()
    kept = await row(lab, "李明:" + "乙" * 3000)
    assert (kept.state, kept.reason, kept.tries) == ("waiting", "waits for another", 0)
    await lab.later(minutes=1)
    assert (await heard(lab.stage["李明"].phone))[-2:] == [long, "乙" * 3000]


async def test_what_is_added_while_an_earlier_one_rests_does_not_overtake_it(lab: Lab) -> None:
    await lab.notice("李明", "甲", kind="steady")
    await lab.stage.telegram.fault("too_many_requests", methods=["sendMessage"], retry_after=30, times=1)
    await lab.stage.settle()
    await lab.notice("李明", "乙", kind="steady")
    await lab.later(seconds=29)
    assert await said_to(lab, "李明", "乙") == 0
    await lab.later(seconds=2)
    assert (await heard(lab.stage["李明"].phone))[-1] == "甲\n\n乙"


async def test_stopping_finishes_what_is_in_flight_and_leaves_the_rest(lab: Lab) -> None:
    entered, opened = threading.Event(), threading.Event()

    def holds(_: Reader) -> None:
        entered.set()
        assert opened.wait(20)

    lab.loads = holds
    await lab.notice("李明", "甲")
    await lab.notice("李明", "乙")
    running = asyncio.create_task(lab.stage.program.delivery.run())
    assert await asyncio.to_thread(entered.wait, 20)
    running.cancel()
    await asyncio.sleep(0)
    opened.set()
    await asyncio.wait([running])
    assert await said_to(lab, "李明", "甲") == 1
    rest = await row(lab, "李明:乙")
    assert (rest.state, rest.claimed_by) == ("waiting", None)
    lab.stage.program.delivery._stopping = False  # another start
    await lab.later(seconds=1)
    assert await said_to(lab, "李明", "乙") == 1
