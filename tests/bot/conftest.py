"""A stage on which single parts of the runtime are tried: handlers that fail, and a real clock that is given too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import SetClock
from domain.actors import Actor
from emulator.phone import Phone
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Open, Screen, nothing
from handlers.routes import AREAS, Routes
from handlers.said import Said
from handlers.views.page import Message, Say
from services import administrators
from storage import outbox, settings
from storage.database import Database, Reader, Writer
from storage.sqlite import SqliteDatabase
from tests.stage import MONDAY, Stage


@dataclass(slots=True)
class Lab:
    """`does` is run inside the handler of /try, `loads` inside the load of its screen, `views` when it is drawn."""

    stage: Stage
    wall: SetClock
    does: Callable[[Writer], object] = lambda _: None
    loads: Callable[[Reader], object] = lambda _: None
    views: Callable[[], object] = lambda: None
    administrator: Phone = field(init=False)

    def handle(self, tx: Writer, _: Actor, said: Said) -> Answer:
        number = int(settings.lock(tx, "count") or 0) + 1
        settings.put(tx, "count", number)
        self.does(tx)
        return show("tried", number=number, word=said.argument)

    def load(self, tx: Reader, _: Actor, **args: Any) -> Any:
        return self.loads(tx) or args

    def view(self, data: Any, _: Say) -> Message:
        self.views()
        return Message(f"{data['number']} {data['word']}")

    def area(self) -> Area:
        command = Command("try", self.handle, "try", open_to=Open.TO_ALL, on_keyboard=False)
        return Area(
            commands=(command,), screens={"tried": Screen(self.load, self.view), "steady": Screen(nothing, steady)}
        )

    async def count(self) -> int:
        return int(await self.stage.database.read(lambda tx: settings.get(tx, "count")) or 0)

    async def later(self, **by: float) -> None:
        """Let the real clock go on, and all that waited for it happen."""
        self.wall.put(self.wall.now() + timedelta(**by))
        await self.stage.settle()

    async def notice(self, name: str, word: str, kind: str = "tried") -> None:
        person_id, now = self.stage[name].person_id, self.stage.clock.now()
        await self.stage.database.write(
            lambda tx: outbox.add(
                tx,
                key=f"{name}:{word}",
                kind=kind,
                payload={"number": 0, "word": word},
                person_id=person_id,
                not_before=now,
                now=now,
            )
        )


def steady(data: Any, say: Say) -> Message:
    return Message(data["word"])


async def heard(phone: Phone) -> list[str]:
    return [message.text for message in await phone.messages() if message.from_bot]


def sqlite_of(database: Database) -> SqliteDatabase:
    """Skips the test elsewhere: a file that is locked or full has no equal on a server."""
    if not isinstance(database, SqliteDatabase):
        pytest.skip("a fault of SQLite's")
    return database


@pytest.fixture
async def lab(stage: Stage) -> Lab:
    wall = SetClock(datetime.now(UTC))  # arrival is dated by the real clock, from which this one goes on
    lab = Lab(stage, wall)
    program = stage.program
    turns = replace(program.workers.turns, routes=Routes([*AREAS, lab.area()]))
    program.workers.turns = program.delivery.turns = turns
    program.workers.wall = program.delivery.wall = wall
    lab.administrator = await stage.telegram.add_user("管理员")
    await lab.administrator.start()
    await stage.settle()
    await stage.database.write(lambda tx: administrators.appoint(tx, [lab.administrator.user_id], MONDAY))
    await stage.database.write(lambda tx: settings.put(tx, "count", 0))
    return lab
