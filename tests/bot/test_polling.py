"""The poll loop: kept before it is acknowledged, and asking again whatever fails."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url
from telegram.error import InvalidToken

from bot.polling import keep
from storage.tables import inbox
from tests.bot.conftest import sqlite_of
from tests.stage import Stage


class Enough(Exception):
    """The loop has rested as often as the test wanted."""


def resting(pauses: list[float], then: Callable[[int], None]) -> Callable[[float], object]:
    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        then(len(pauses))

    return sleep


async def polled(stage: Stage) -> None:
    """Poll until something has been kept."""
    running = asyncio.create_task(stage.program.polling.run())
    arrived = asyncio.create_task(stage.program.polling.arrival.wait())
    await asyncio.wait([running, arrived], timeout=20, return_when=asyncio.FIRST_COMPLETED)
    running.cancel()
    arrived.cancel()
    with suppress(asyncio.CancelledError):
        await running


def enough_after(count: int) -> Callable[[int], None]:
    def then(rests: int) -> None:
        if rests == count:
            raise Enough

    return then


async def test_pauses_grow_while_telegram_is_away(stage: Stage) -> None:
    pauses: list[float] = []
    stage.program.polling.sleep = resting(pauses, enough_after(9))  # type: ignore[assignment]
    await stage.telegram.fault("down")
    with pytest.raises(Enough):
        await stage.program.polling.run()
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


async def test_after_a_fault_it_asks_again_and_begins_with_short_pauses(stage: Stage) -> None:
    pauses: list[float] = []
    polling = stage.program.polling
    polling.sleep = resting(pauses, lambda _: None)  # type: ignore[assignment]
    await stage.telegram.fault("server_error", methods=["getUpdates"], times=3)
    await stage["李明"].phone.say("您好")
    polling.arrival.clear()
    await polled(stage)
    assert pauses == [0.5, 1, 2]
    assert polling.pause == 0.5
    assert (
        await stage.database.read(lambda tx: tx.scalar(select(inbox.c.state).order_by(inbox.c.update_id.desc())))
        == "new"
    )


async def test_it_waits_as_long_as_telegram_asks(stage: Stage) -> None:
    pauses: list[float] = []
    stage.program.polling.sleep = resting(pauses, enough_after(1))  # type: ignore[assignment]
    await stage.telegram.fault("too_many_requests", methods=["getUpdates"], retry_after=7)
    with pytest.raises(Enough):
        await stage.program.polling.run()
    assert pauses == [7]


async def test_what_cannot_be_kept_is_not_acknowledged(stage: Stage, sqlite_url: str) -> None:
    """Another process holds the database: the same updates are fetched again until they are kept."""
    sqlite_of(stage.database)._writer._conn.execute("PRAGMA busy_timeout=10")
    await stage["李明"].phone.say("您好")
    before = stage.program.polling.offset
    with closing(sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def release(rests: int) -> None:
            assert stage.program.polling.offset == before
            if rests == 2:
                other.execute("ROLLBACK")

        pauses: list[float] = []
        stage.program.polling.sleep = resting(pauses, release)  # type: ignore[assignment]
        stage.program.polling.arrival.clear()
        await polled(stage)
    assert pauses == [0.5, 1]
    assert stage.program.polling.offset == before + 1


async def test_a_new_process_goes_on_where_the_inbox_ends(stage: Stage) -> None:
    await stage["李明"].phone.say("您好")
    stage.program.polling.arrival.clear()
    await polled(stage)
    offset, stage.program.polling.offset = stage.program.polling.offset, 0
    await stage["李明"].phone.say("在吗")
    stage.program.polling.arrival.clear()
    await polled(stage)
    assert stage.program.polling.offset == offset + 1


async def test_what_a_webhook_left_behind_is_fetched(stage: Stage) -> None:
    """A newer update came by webhook, and the older one had been sent away for the moment."""
    await stage["李明"].phone.say("您好")
    await stage["王芳"].phone.say("在吗")
    older, newer = (update.id for update in stage.telegram.world.updates.pending)
    await keep(stage.database, [{"update_id": newer, "message": {"chat": {"id": 7}}}])
    stage.program.polling.offset = 0
    stage.program.polling.arrival.clear()
    await polled(stage)
    kept = await stage.database.read(lambda tx: set(tx.scalars(select(inbox.c.update_id))))
    assert {older, newer} <= kept


async def test_another_poller_is_waited_for(stage: Stage) -> None:
    pauses: list[float] = []
    stage.program.polling.sleep = resting(pauses, enough_after(1))  # type: ignore[assignment]
    await stage.program.bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Enough):
        await stage.program.polling.run()
    assert pauses == [0.5]


async def test_a_token_that_was_revoked_ends_the_loop(stage: Stage) -> None:
    stage.telegram.world.token = "7000000001:another"
    with pytest.raises(InvalidToken):
        await stage.program.polling.run()
