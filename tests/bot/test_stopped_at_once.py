"""A stop that comes in the very moment in which something arrives is heard too."""

from __future__ import annotations

import asyncio
from typing import Literal

import pytest

from tests.bot.conftest import Lab


class Watched(asyncio.Event):
    """Says when somebody waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.awaited = asyncio.Event()

    async def wait(self) -> Literal[True]:
        self.awaited.set()
        return await super().wait()


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("part", ["workers", "delivery"])
async def test_a_stop_is_not_lost_in_an_arrival(lab: Lab, part: str, turns: int) -> None:
    """`turns` of the loop lie between the two; it is to end for each of them."""
    program, event = lab.stage.program, Watched()
    program.workers.arrival = program.delivery.wake = event
    running = asyncio.create_task((program.workers if part == "workers" else program.delivery).run())
    await event.awaited.wait()
    event.set()
    for _ in range(turns):
        await asyncio.sleep(0)
    running.cancel()
    done, _ = await asyncio.wait([running], timeout=10)
    assert done, "it goes on"
    assert running.cancelled()
