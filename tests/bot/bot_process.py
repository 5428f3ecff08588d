"""A bot for a process of its own, with commands that count and commands that kill it."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot import settings
from bot.assembly import assembled
from bot.start import arrange_intake, clock_of
from domain.actors import Actor
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Open, Screen, nothing
from handlers.routes import AREAS, Routes
from handlers.said import Said
from handlers.views.page import Message, Say
from storage import settings as kept
from storage.database import Writer


def count(tx: Writer, actor: Actor, said: Said) -> Answer:
    number = int(kept.lock(tx, "count") or 0) + 1
    kept.put(tx, "count", number)
    return show("counted", number=number, word=said.argument)


def die(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Killed in the middle of a unit, the first time."""
    answer = count(tx, actor, said)
    mark = Path(os.environ["DIED_ONCE"])
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return answer


def counted(data: dict[str, Any], say: Say) -> Message:
    return Message(f"{data['number']} {data['word']}")


AREA = Area(
    commands=tuple(
        Command(handler.__name__, handler, handler.__name__, open_to=Open.TO_ALL, on_keyboard=False)
        for handler in (count, die)
    ),
    screens={"counted": Screen(nothing, counted)},
)


async def serve() -> None:
    found = settings.load()
    async with assembled(found, clock=await clock_of(found)) as program:
        await program.bot.initialize()
        turns = replace(program.workers.turns, routes=Routes([*AREAS, AREA]))
        program.workers.turns = program.delivery.turns = turns
        await arrange_intake(program, found)
        await program.run()


def main() -> None:
    asyncio.run(serve())
