"""Workers take the oldest open update of a chat that nobody else is working on, and see it through."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from telegram import Bot, Update

from bot.turns import Turns
from handlers import said
from storage import inbox
from storage.database import Database

log = structlog.get_logger()
AT_ONCE = 64
LOOK_AGAIN_SECONDS = 1.0
RENEW_SECONDS = 20.0
RETRY = timedelta(seconds=2)


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(slots=True)
class Workers:
    """`parked` hears of an update that failed for the last time."""

    database: Database
    turns: Turns
    bot: Bot
    arrival: asyncio.Event
    name: str = field(default_factory=worker_name)
    _active: dict[int, asyncio.Task[None]] = field(default_factory=dict)

    async def run(self) -> None:
        renewing = asyncio.create_task(self._renew())
        try:
            while True:
                self.arrival.clear()
                if not await self._take_more():
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self.arrival.wait(), LOOK_AGAIN_SECONDS)
        finally:
            renewing.cancel()

    async def finish(self) -> None:
        """Let what is in flight come to its end."""
        if self._active:
            await asyncio.wait(self._active.values(), timeout=20)

    async def settle(self) -> None:
        """Work until nothing is open: for tests and for a replay."""
        while await self._take_more() or self._active:
            if self._active:
                await asyncio.wait(self._active.values(), return_when=asyncio.FIRST_COMPLETED)

    async def _take_more(self) -> bool:
        room = AT_ONCE - len(self._active)
        if room <= 0:
            return False
        try:
            claimed = await self.database.write(lambda tx: inbox.claim(tx, self.name, datetime.now(UTC), limit=room))
        except (RuntimeError, OSError) as error:
            log.warning("claiming paused", fault=type(error).__name__)
            return False
        for one in claimed:
            task = asyncio.create_task(self._see_through(one), name=f"update {one.update_id}")
            self._active[one.update_id] = task
            task.add_done_callback(lambda _, update_id=one.update_id: self._finished(update_id))  # type: ignore[misc]
        return bool(claimed)

    def _finished(self, update_id: int) -> None:
        self._active.pop(update_id, None)
        self.arrival.set()

    async def _see_through(self, one: inbox.Claimed) -> None:
        try:
            await self._answer(one)
            await self.database.write(lambda tx: inbox.mark_done(tx, one.update_id, datetime.now(UTC)))
        except inbox.AlreadyHandled:
            log.info("handled elsewhere", update=one.update_id)
        except Exception as error:  # noqa: BLE001 - the edge: whatever fails is counted, logged by id, and parked at last
            await self._failed(one, error)

    async def _answer(self, one: inbox.Claimed) -> None:
        update = Update.de_json(json.loads(one.payload), self.bot)
        words = said.read(update) if update else None
        if words is None:
            return
        if one.answer is None:
            await self.turns.take(words)
        else:
            await self.turns.again(words, one.answer)

    async def _failed(self, one: inbox.Claimed, error: Exception) -> None:
        fault = type(error).__name__
        log.warning("update failed", update=one.update_id, tries=one.tries, fault=fault, exc_info=error)
        now = datetime.now(UTC)
        with contextlib.suppress(RuntimeError, OSError):
            if one.tries < inbox.TRIES:
                await self.database.write(lambda tx: inbox.release(tx, one.update_id, fault, now + RETRY))
            else:
                await self.database.write(lambda tx: inbox.park(tx, one.update_id, fault, now))

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            if ids := list(self._active):
                await self.database.write(lambda tx, ids=ids: inbox.renew(tx, self.name, ids, datetime.now(UTC)))  # type: ignore[misc]
