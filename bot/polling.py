"""Our own poll loop: a batch is committed to the inbox before the next request acknowledges it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot import failures
from bot.calls import call
from bot.measures import Measures
from storage import inbox
from storage.database import Database, StorageFault

log = structlog.get_logger()
BATCH = 100
LONG_POLL_SECONDS = 20
NETWORK_SECONDS = 10
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The only kinds of update we ask for."""


Raw = Mapping[str, Any]
"""An update as Telegram's JSON. It is kept so, because the library cannot write all that it reads, and cannot read
what a later Bot API may send: one such update must not stop the others.
"""


def arrived(update: Raw) -> inbox.Arrived:
    """Written in ASCII, so that no half character and no NUL keeps an update out of a database."""
    return inbox.Arrived(int(update["update_id"]), chat_of(update), json.dumps(update))


def chat_of(update: Raw) -> int:
    """The chat in whose order an update is handled: a button without its message belongs to the person's own."""
    for kind, content in update.items():
        if kind != "update_id" and isinstance(content, Mapping):
            message = content.get("message") or {}
            place = content.get("chat") or message.get("chat") or content.get("from") or content.get("user") or {}
            return int(place.get("id", 0))
    return 0


@dataclass(slots=True)
class Polling:
    """Asks until it is stopped; a fault of Telegram or of the storage makes it pause, longer each time, and ask again."""

    bot: Bot
    database: Database
    arrival: asyncio.Event
    offset: int = 0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    measures: Measures = field(default_factory=Measures)
    pause: float = field(default=FIRST_PAUSE, init=False)

    async def run(self) -> None:
        while True:
            try:
                await self.step()
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

    async def step(self, seconds: int = LONG_POLL_SECONDS) -> bool:
        """Fetch once, waiting at most so long, and keep what came; tell whether anything did.

        The first question names no offset, so Telegram begins with the earliest update that nobody acknowledged: an older one
        may wait there beside a newer one that a webhook brought, and after a quiet week ids begin anew. What was kept already is kept once.
        """
        updates = await self._fetch(seconds)
        if updates:
            await keep(self.database, updates)
            self.measures.arrived(len(updates))
            self.offset = int(updates[-1]["update_id"]) + 1
            self.arrival.set()
        self.pause = FIRST_PAUSE
        return bool(updates)

    async def _fetch(self, seconds: int) -> Sequence[Raw]:
        updates: Sequence[Raw] = await call(
            self.bot, "getupdates", offset=self.offset, limit=BATCH, timeout=seconds, allowed_updates=list(KINDS),
            read_timeout=seconds + NETWORK_SECONDS,
        )  # fmt: skip
        return updates

    async def _rest(self) -> None:
        await self.sleep(self.pause)
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


async def leave_webhook(bot: Bot) -> None:
    """As long as Telegram brings updates somewhere it lets nobody fetch them; what waits there is kept."""
    if (await bot.get_webhook_info()).url:
        log.warning("the webhook that was set is taken off: this process polls")
        await bot.delete_webhook()


async def keep(database: Database, updates: Sequence[Raw]) -> None:
    rows = [arrived(update) for update in updates]
    now = datetime.now(UTC)
    await database.write(lambda tx: inbox.keep(tx, rows, now))
