"""The time as the program sees it. It can be moved only in a demo or a test; leases and limits use the real one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp


class Clock(Protocol):
    def now(self) -> datetime:
        """The current moment, aware UTC."""
        ...


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it was put."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    def put(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)


LONG_POLL_SECONDS = 25
PAUSE_SECONDS = 1.0
A_MOVE = timedelta(seconds=1)
UNREAD = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class FollowedClock:
    """The clock of a local Telegram (CLOCK_URL): a demo moves it, and `moved` is called so that a tick follows at once."""

    url: str
    moved: Callable[[], Awaitable[None]] | None = None
    _reading: datetime = UNREAD
    _running: bool = True
    _since: float = 0.0

    def now(self) -> datetime:
        passed = time.monotonic() - self._since if self._running else 0.0
        return self._reading + timedelta(seconds=passed)

    async def read(self) -> None:
        """The first reading; without it the program would not know what day it is."""
        async with aiohttp.ClientSession() as session:
            await self._ask(session, {})

    async def follow(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                reading, since = self._reading, self._since
                try:
                    await self._ask(session, {"after": reading.isoformat(), "timeout": str(LONG_POLL_SECONDS)})
                except (aiohttp.ClientError, OSError):
                    await asyncio.sleep(PAUSE_SECONDS)
                    continue
                passed = self._reading - reading - timedelta(seconds=self._since - since if self._running else 0)
                if self.moved and abs(passed) > A_MOVE:
                    await self.moved()

    async def _ask(self, session: aiohttp.ClientSession, params: dict[str, str]) -> None:
        timeout = aiohttp.ClientTimeout(total=LONG_POLL_SECONDS + 10)
        async with session.get(self.url, params=params, timeout=timeout) as response:
            answer = await response.json()
        self._since = time.monotonic()
        self._running = bool(answer["running"])
        self._reading = datetime.fromisoformat(answer["now"])
