"""What becomes of an update: answered, tried again when others failed, set aside when we did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.refusals import Refusal
from storage import inbox
from storage.database import Reader, StorageFault, Writer
from storage.tables import account
from storage.tables import inbox as rows
from tests.bot.conftest import Lab, heard

NEWEST = select(rows.c.state, rows.c.tries, rows.c.error).order_by(rows.c.update_id.desc()).limit(1)


async def newest(lab: Lab) -> tuple[str, int, str | None]:
    row = await lab.stage.database.read(lambda tx: tx.one(NEWEST))
    return row.state, row.tries, row.error


def fails(*_: object) -> None:
    raise KeyError("a fault of ours")


async def test_a_poison_update_is_set_aside_and_told(lab: Lab) -> None:
    lab.does = fails
    li_ming = lab.stage["李明"]
    before = len(await heard(li_ming.phone))
    await li_ming.say("/try 甲")
    for _ in range(2):
        assert len(await heard(li_ming.phone)) == before
        await lab.later(seconds=3)
    assert "管理员" in (await heard(li_ming.phone))[-1]
    assert await newest(lab) == ("parked", 3, "KeyError")
    assert await lab.count() == 0
    (told,) = [text for text in await heard(lab.administrator) if "KeyError" in text]
    assert "甲" not in told
    await lab.later(minutes=10)
    assert len([text for text in await heard(lab.administrator) if "KeyError" in text]) == 1


async def test_the_chat_goes_on_after_a_poison_update(lab: Lab) -> None:
    lab.does = fails
    li_ming = lab.stage["李明"]
    await li_ming.say("/try 甲")
    await li_ming.say("/home")
    await lab.stage["王芳"].say("/home")
    assert "王芳同志" in (await heard(lab.stage["王芳"].phone))[-1]
    await lab.later(seconds=3)
    await lab.later(seconds=3)
    assert "李明同志" in (await heard(li_ming.phone))[-1]


async def test_a_fault_that_is_over_leaves_no_trace(lab: Lab) -> None:
    lab.does = fails
    await lab.stage["李明"].say("/try 甲")
    lab.does = lambda _: None
    await lab.later(seconds=3)
    assert (await heard(lab.stage["李明"].phone))[-1] == "1 甲"
    assert (await newest(lab))[0] == "done"


async def test_a_screen_that_cannot_be_drawn_is_a_fault_of_ours_and_the_work_is_done_once(lab: Lab) -> None:
    lab.views = fails
    await lab.stage["李明"].say("/try 甲")
    await lab.later(seconds=3)
    await lab.later(seconds=3)
    assert (await newest(lab))[0] == "parked"
    assert await lab.count() == 1


@pytest.mark.parametrize("kind", ["server_error", "dropped", "timed_out", "too_many_requests"])
async def test_faults_of_telegram_are_waited_out(lab: Lab, kind: str) -> None:
    li_ming = lab.stage["李明"]
    await lab.stage.telegram.fault(kind, methods=["sendMessage"], retry_after=5)
    await li_ming.say("/try 甲")
    for _ in range(8):
        await lab.later(minutes=2)
    assert await newest(lab) == ("handled", 0, (await newest(lab))[2])
    await lab.stage.telegram.clear_faults()
    await lab.later(minutes=10)
    assert (await heard(li_ming.phone))[-1] == "1 甲"
    assert await lab.count() == 1
    assert (await newest(lab))[0] == "done"


async def test_a_chat_waits_as_long_as_telegram_asks(lab: Lab) -> None:
    li_ming = lab.stage["李明"]
    await lab.stage.telegram.fault("too_many_requests", methods=["sendMessage"], retry_after=40, times=1)
    await li_ming.say("/try 甲")
    await lab.later(seconds=39)
    assert (await newest(lab))[0] == "handled"
    await lab.later(seconds=2)
    assert (await heard(li_ming.phone))[-1] == "1 甲"


async def test_after_a_day_nobody_waits_for_an_answer(lab: Lab) -> None:
    await lab.stage.telegram.fault("server_error", methods=["sendMessage"])
    await lab.stage["李明"].say("/try 甲")
    lab.wall.put(lab.wall.now() + timedelta(days=2))
    await lab.stage.program.workers.settle()
    assert (await newest(lab))[0] == "parked"


async def test_faults_of_the_storage_are_waited_out(lab: Lab) -> None:
    def full(_: Writer) -> None:
        raise StorageFault("the disk is full")

    lab.does = full
    await lab.stage["李明"].say("/try 甲")
    for _ in range(8):
        await lab.later(minutes=10)
    assert await newest(lab) == ("new", 0, "StorageFault")
    lab.does = lambda _: None
    await lab.later(seconds=6)
    assert (await heard(lab.stage["李明"].phone))[-1] == "1 甲"


async def test_who_blocked_the_bot_is_out_of_reach(lab: Lab) -> None:
    li_ming = lab.stage["李明"]
    await li_ming.phone.say("/try 甲")
    await li_ming.phone.block()
    await lab.stage.settle()
    assert await lab.count() == 1
    since = select(account.c.unreachable_since).where(account.c.person_id == li_ming.person_id)
    assert await lab.stage.database.read(lambda tx: tx.scalar(since)) is not None
    open_rows = select(rows.c.update_id).where(rows.c.state != "done")
    assert await lab.stage.database.read(lambda tx: tx.scalars(open_rows)) == []


async def test_a_refusal_undoes_the_work_and_is_answered(lab: Lab) -> None:
    def refuses(_: Writer) -> None:
        raise Refusal("not_yours")

    lab.does = refuses
    await lab.stage.telegram.fault("server_error", methods=["sendMessage"], times=1)
    await lab.stage["李明"].say("/try 甲")
    assert (await newest(lab))[0] == "handled"
    assert await lab.count() == 0
    update_id = lab.stage.program.polling.offset - 1
    answer = await lab.stage.database.read(lambda tx: inbox.answer_of(tx, update_id))
    assert answer is not None
    assert (answer["screen"], answer["args"]["code"]) == ("refused", "not_yours")
    lab.does = lambda _: None
    await lab.later(minutes=1)
    assert (await newest(lab))[0] == "done"
    assert await lab.count() == 0


async def test_what_may_no_longer_be_seen_is_refused_when_it_is_answered_again(lab: Lab) -> None:
    await lab.stage.telegram.fault("server_error", methods=["sendMessage"], times=1)
    await lab.stage["李明"].say("/try 甲")

    def refuses(_: Reader) -> None:
        raise Refusal("not_yours")

    lab.loads = refuses
    await lab.later(minutes=1)
    assert (await newest(lab))[0] == "done"
    assert "1 甲" not in await heard(lab.stage["李明"].phone)
    assert await lab.count() == 1


async def test_what_ends_the_process_again_and_again_is_set_aside_unseen(lab: Lab) -> None:
    li_ming = lab.stage["李明"]
    await li_ming.phone.say("/try 甲")
    workers = lab.stage.program.workers
    await lab.stage.program.polling.step(0)
    for _ in range(10):
        await lab.stage.database.write(lambda tx: inbox.claim(tx, "dead", lab.wall.now(), limit=8))
        lab.wall.put(lab.wall.now() + inbox.LEASE * 2)
    await workers.settle()
    assert await newest(lab) == ("parked", 11, "Crash")
    assert await lab.count() == 0
