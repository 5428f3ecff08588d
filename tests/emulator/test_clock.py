"""The clock: frozen or running, moved by hand, followed from outside."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from emulator.clock import Clock
from emulator.phone import Telegram
from tests.emulator.conftest import MORNING


@given(st.lists(st.integers(-(10**6), 10**6), max_size=5))
def test_a_frozen_clock_shows_what_it_was_moved_to(moves: list[int]) -> None:
    clock = Clock(MORNING)
    for seconds in moves:
        clock.advance(timedelta(seconds=seconds))
    assert clock.now == MORNING + timedelta(seconds=sum(moves))


def test_a_running_clock_goes_on_from_where_it_was_set() -> None:
    clock = Clock()
    assert abs(clock.now - datetime.now(UTC)) < timedelta(seconds=5)
    clock.set(MORNING)
    assert timedelta(0) <= clock.now - MORNING < timedelta(seconds=5)
    clock.run(running=False)
    assert clock.now == clock.now


async def test_it_is_not_quiet_before_a_follower_has_done_what_a_move_set_off(local: Telegram) -> None:
    following = asyncio.create_task(read(local, after=await read(local), timeout=50))
    await read(local)
    await local.advance(timedelta(hours=1))
    reading = await following
    waiting = asyncio.create_task(local.quiet(settle=0))
    for _ in range(3):
        await read(local)
    assert not waiting.done()
    asking_again = asyncio.create_task(read(local, after=reading, timeout=50))
    await waiting
    asking_again.cancel()


async def test_a_move_is_noticed_at_once(local: Telegram) -> None:
    reading = await read(local)
    for move in (timedelta(hours=1), timedelta(hours=-2)):
        waiting = asyncio.create_task(read(local, after=reading, timeout=50))
        await asyncio.sleep(0)
        await local.advance(move)
        reading = await asyncio.wait_for(waiting, 5)
    assert datetime.fromisoformat(reading) == MORNING - timedelta(hours=1)
    assert await local.now() == MORNING - timedelta(hours=1)


async def test_a_move_that_was_missed_is_told_at_once(local: Telegram) -> None:
    reading = await read(local)
    await local.set_clock(MORNING + timedelta(days=1))
    assert await asyncio.wait_for(read(local, after=reading, timeout=50), 5) > reading


async def test_nothing_moves(local: Telegram) -> None:
    reading = await read(local)
    assert await read(local, after=reading, timeout=0.01) == reading
    assert (await local.http.get("/clock", params={"after": "noon"})).status_code == 400


async def test_a_running_clock_only_tells_of_moves(local: Telegram) -> None:
    await local.post("/clock", running=True)
    reading = await read(local)
    later = await read(local, after=reading, timeout=0.01)
    assert timedelta(milliseconds=9) < datetime.fromisoformat(later) - datetime.fromisoformat(reading)


async def read(local: Telegram, **params: Any) -> str:
    return str((await local.http.get("/clock", params=params)).json()["now"])
