"""The first tick after a long time off: what comes is taken in meanwhile, and answered when it is known what is due."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import func, select

from bot.clock import RealClock
from domain.actors import Actor
from storage.database import Reader, Writer
from storage.tables import inbox
from tests.bot.conftest import Lab, heard

PATIENCE = 20.0


def taken_in(tx: Reader) -> int:
    return int(tx.scalar(select(func.count()).where(inbox.c.state == "new")))


@pytest.fixture
def running(lab: Lab) -> Lab:
    """Time goes on by itself."""
    lab.stage.program.workers.wall = lab.stage.program.delivery.wall = RealClock()
    return lab


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not await condition():
        assert time.monotonic() < give_up
        await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def at_work(lab: Lab) -> AsyncIterator[None]:
    stopping = asyncio.Event()
    work = asyncio.create_task(lab.stage.program.work_until(stopping))
    try:
        yield
    finally:
        stopping.set()
        await work


async def test_what_comes_meanwhile_is_taken_in_and_answered_after_it(running: Lab) -> None:
    reckoned, stage = asyncio.Event(), running.stage

    def reckon(_tx: Writer, _actor: Actor) -> bool:
        return not reckoned.is_set()

    stage.program.ticker.steps = (reckon,)
    await running.notice("王芳", "甲")
    people = [stage["李明"].phone, stage["王芳"].phone]
    before = [await heard(one) for one in people]

    async def what_came() -> bool:
        return await stage.database.read(taken_in) == 1

    async def both_heard() -> bool:
        return [await heard(one) for one in people] == [[*before[0], "1 乙"], [*before[1], "0 甲"]]

    async with at_work(running):
        await people[0].say("/try 乙")
        await until(what_came)
        assert [await heard(one) for one in people] == before
        reckoned.set()
        await until(both_heard)


async def test_a_stop_does_not_wait_for_its_end(running: Lab) -> None:
    reckoning = asyncio.Event()

    def reckon(_tx: Writer, _actor: Actor) -> bool:
        reckoning.set()
        return True

    running.stage.program.ticker.steps = (reckon,)
    await running.notice("王芳", "甲")
    async with asyncio.timeout(PATIENCE), at_work(running):
        await reckoning.wait()
    assert "0 甲" not in await heard(running.stage["王芳"].phone)
