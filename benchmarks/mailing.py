"""A local Telegram in a process of its own, in which people tap buttons while the bot sends something to thousands.

Started as a module it says as lines of JSON: its port, the moment of the first getUpdates, and what was measured.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from benchmarks.telegram import FIRST_USER, WORDS, answered, play, polled, says, serving, taps, tell
from emulator import people
from emulator.chats import Standing, User
from emulator.clock import Clock
from emulator.world import World

BEFORE_NINE, NINE = datetime(2026, 10, 16, 0, 50, tzinfo=UTC), datetime(2026, 10, 16, 1, tzinfo=UTC)
"""In Shanghai, on the Friday on which the week's reports are asked for."""
OPENING = (says("/checkin"), says(WORDS))
TAP = taps("按计划推进")
START = "/remind"
"""What makes the peer begin; ours begins at nine."""
BETWEEN_TAPS, PATIENCE_SECONDS = 1.0, 600.0


async def measured(world: World, tapping: int, told: int) -> dict[str, object]:
    """Everybody is reminded; those who tap have a form open before that."""
    users = [User(FIRST_USER + one, f"同志{one}", language_code="zh-hans") for one in range(tapping + told)]
    for user in users:
        world.add_user(user)
        world.chats[user.id].bot = Standing.MEMBER
    await asyncio.gather(*(play(world, user, OPENING) for user in users[:tapping]))
    mailing = asyncio.gather(*(reminded(world, user) for user in users[tapping:]))
    world.clock.set(NINE)
    people.say(world, users[0], world.chats[users[0].id], START)
    answers = [asyncio.create_task(tapped(world, user)) async for user in one_a_second(users[1:tapping], mailing)]
    moments = sorted(await mailing)
    per_second = (told - 1) / (moments[-1] - moments[0])
    return {"answers": sorted(await asyncio.gather(*answers)), "bulk_per_second": per_second}


async def one_a_second(users: list[User], mailing: asyncio.Future[list[float]]) -> AsyncIterator[User]:
    """As long as the mailing goes on."""
    for user in itertools.takewhile(lambda _: not mailing.done(), users):
        await asyncio.sleep(BETWEEN_TAPS)
        yield user


async def reminded(world: World, user: User) -> float:
    """When the first message came."""
    chat = world.chats[user.id]
    if not await chat.bell.wait_for(lambda: answered(chat, 0), PATIENCE_SECONDS):
        raise TimeoutError(f"{user.first_name} was not reminded within {PATIENCE_SECONDS} s")
    return time.monotonic()


async def tapped(world: World, user: User) -> float:
    """Seconds from the tap to the message that it changed."""
    chat, began = world.chats[user.id], time.monotonic()
    before = len(chat.events)
    TAP(world, user, chat)
    if not await chat.bell.wait_for(lambda: edited(chat.events[before:]), PATIENCE_SECONDS):
        raise TimeoutError(f"{user.first_name} was not answered within {PATIENCE_SECONDS} s")
    return time.monotonic() - began


def edited(events: list[dict[str, object]]) -> bool:
    """A reminder that comes meanwhile is no answer."""
    return any(event.get("by_bot") and event["kind"] == "edited" for event in events)


async def main(tapping: int, told: int) -> None:
    world = World(clock=Clock(BEFORE_NINE, running=True))
    served = serving(world)
    await polled(world)
    tell(**await measured(world, tapping, told))
    await served


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tapping", type=int, required=True)
    parser.add_argument("--told", type=int, required=True)
    options = parser.parse_args()
    asyncio.run(main(options.tapping, options.told))
