"""A local Telegram in a process of its own, with a crowd of people who write to the bot and wait for its answers.

Started as a module it says what happens as lines of JSON: its port, the moment (monotonic) of the first getUpdates,
and how long the crowd took. Each person acts again as soon as the bot has answered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus

import uvicorn

from benchmarks.proxy import Proxy
from emulator import people
from emulator.app import create_app
from emulator.chats import Chat, User
from emulator.clock import Clock
from emulator.world import World

MONDAY = datetime(2026, 10, 12, 2, tzinfo=UTC)
FIRST_USER = 10_001
WORDS = "跟班完成2号主变检修，独立写了试验报告，缺GIS实操机会。"
PATIENCE_SECONDS = 60.0

Act = Callable[[World, User, Chat], object]


def says(text: str) -> Act:
    return lambda world, user, chat: people.say(world, user, chat, text)


def taps(text: str) -> Act:
    return lambda world, user, chat: people.tap(world, user, chat, text=text)


CHECK_IN = (says("/checkin"), says(WORDS), taps("按计划推进"), taps("提交"))
SCRIPTS: dict[str, Sequence[Act]] = {"check_in": CHECK_IN, "echo": (says(WORDS),) * len(CHECK_IN)}
WARMING_UP = 20
"""People whose talk is not measured: it loads what is loaded once."""


async def play(world: World, user: User, acts: Sequence[Act]) -> None:
    """One person's talk: the next act follows the answer to the last one."""
    chat = world.chats[user.id]
    for act in acts:
        before = len(chat.events)
        act(world, user, chat)
        if not await chat.bell.wait_for(lambda before=before: answered(chat, before), PATIENCE_SECONDS):  # type: ignore[misc]
            raise TimeoutError(f"no answer to {user.first_name} within {PATIENCE_SECONDS} s")


def answered(chat: Chat, before: int) -> bool:
    return any(event.get("by_bot") and event["kind"] in {"message", "edited"} for event in chat.events[before:])


async def crowd(world: World, number: int, acts: Sequence[Act]) -> dict[str, float]:
    users = [User(FIRST_USER + one, f"同志{one}", language_code="zh-hans") for one in range(number)]
    for user in users:
        world.add_user(user)
    await asyncio.gather(*(play(world, user, acts) for user in users[:WARMING_UP]))
    started = time.monotonic()
    await asyncio.gather(*(play(world, user, acts) for user in users[WARMING_UP:]))
    return {"updates": (number - WARMING_UP) * len(acts), "seconds": time.monotonic() - started}


def listening() -> socket.socket:
    listener = socket.socket(proto=socket.IPPROTO_TCP)  # only then asyncio answers without Nagle's 40 ms
    listener.bind(("127.0.0.1", 0))
    listener.listen(2048)
    return listener


def tell(**fields: object) -> None:
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def serving(world: World) -> asyncio.Task[None]:
    """Begin to answer bots, and say where."""
    listener = listening()
    server = uvicorn.Server(
        uvicorn.Config(create_app(world), log_level="error", access_log=False, timeout_keep_alive=75)
    )
    task = asyncio.create_task(server.serve(sockets=[listener]))
    tell(port=listener.getsockname()[1])
    return task


async def polled(world: World) -> None:
    await world.updates.bell.wait_for(lambda: world.updates.being_polled)
    tell(polled=time.monotonic())


async def hooked(world: World, replicas: int) -> None:
    """All replicas have said where updates are to go."""
    await world.calls.bell.wait_for(lambda: len(set_webhooks(world)) == replicas)
    tell(hooked=time.monotonic())


def set_webhooks(world: World) -> list[object]:
    return [call for call in world.calls.since(0) if call["method"] == "setwebhook" and call["status"] == HTTPStatus.OK]


async def main(script: str, number: int, ports: Sequence[int]) -> None:
    world = World(clock=Clock(MONDAY, running=True), webhook_transport=Proxy(ports) if ports else None)
    served = serving(world)
    await (hooked(world, len(ports)) if ports else polled(world))
    if number:
        tell(**await crowd(world, number, SCRIPTS[script]))
    await served


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--script", choices=sorted(SCRIPTS), default="echo")
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--ports", type=int, nargs="*", default=[], help="Of the replicas that updates are brought to.")
    options = parser.parse_args()
    asyncio.run(main(options.script, options.people, options.ports))
