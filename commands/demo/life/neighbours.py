"""Everybody who is on no phone lives along while a demonstration runs, beside the assistant and in its own database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from commands.demo.life.history import History
from domain.calendar import ONE_DAY
from storage.database import Database, open_database

if TYPE_CHECKING:
    from emulator.phone import Telegram

FOLLOWS_AS = "neighbours"


@dataclass(slots=True)
class Neighbours:
    """`since`: up to where they have lived."""

    database: Database
    history: History
    since: datetime

    async def live_until(self, moment: datetime) -> None:
        """A day at a time, so that the assistant is never kept from writing for long."""
        while self.since < moment:
            begun, until = self.since, min(self.since + ONE_DAY, moment)
            if not self.history.rests_until(until):
                await self.database.write(lambda tx: self.history.pass_until(tx, begun, until))  # noqa: B023 - run before the next round
            self.since = until

    async def follow(self, telegram: Telegram) -> None:
        """Wherever the clock of the local Telegram is turned to."""
        while True:
            await self.live_until(await telegram.moved(self.since, follower=FOLLOWS_AS))


@asynccontextmanager
async def living_along(url: str, history: History, since: datetime) -> AsyncIterator[Neighbours]:
    database = await open_database(url)
    try:
        yield Neighbours(database, history, since)
    finally:
        await database.close()
