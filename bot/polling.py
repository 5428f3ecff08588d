"""Our own poll loop: a batch is committed to the inbox before the next request acknowledges it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot import failures
from storage import inbox
from storage.database import Database, StorageFault

log = structlog.get_logger()
BATCH = 100
LONG_POLL_SECONDS = 20
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The only kinds of update we ask for."""


def arrived(update: Update) -> inbox.Arrived:
    chat = update.effective_chat
    return inbox.Arrived(update.update_id, chat.id if chat else 0, update.to_json())


@dataclass(slots=True)
class Polling:
    """Asks until it is stopped; a fault of Telegram or of the storage makes it pause, longer each time, and ask again."""

    bot: Bot
    database: Database
    arrival: asyncio.Event
    offset: int = 0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    pause: float = field(default=FIRST_PAUSE, init=False)

    async def run(self) -> None:
        while True:
            try:
                await self._ask()
            except InvalidToken:
                raise
            except Conflict:
                log.warning("another process polls with this token")
                await self._rest()
            except RetryAfter as error:
                await self.sleep(failures.seconds_of(error).total_seconds())
            except (TelegramError, StorageFault, OSError) as error:
                log.warning("polling paused", fault=type(error).__name__, seconds=self.pause)
                await self._rest()

    async def _ask(self) -> None:
        if self.offset == 0:
            self.offset = (await self.database.read(inbox.last_update_id) or -1) + 1
        updates = await self.bot.get_updates(
            offset=self.offset, limit=BATCH, timeout=LONG_POLL_SECONDS, allowed_updates=KINDS
        )
        if updates:
            await keep(self.database, updates)
            self.offset = updates[-1].update_id + 1
            self.arrival.set()
        self.pause = FIRST_PAUSE

    async def _rest(self) -> None:
        await self.sleep(self.pause)
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


async def keep(database: Database, updates: Sequence[Update]) -> None:
    rows = [arrived(update) for update in updates]
    now = datetime.now(UTC)
    await database.write(lambda tx: inbox.keep(tx, rows, now))
