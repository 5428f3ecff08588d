"""Whether the program can do its work now: the database, Telegram, and the clock's ticks, each with since when."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.clock import Clock, RealClock
from storage.database import Database, StorageFault

PATIENCE_SECONDS = 5.0
HEARD_LATELY = timedelta(seconds=60)
"""For so long an answer of Telegram's speaks for it; after that it is asked."""
OLDEST_TICK = timedelta(seconds=90)
"""Six ticks."""


@dataclass(slots=True)
class Condition:
    """How one part stands; `since` moves only when that changes."""

    ok: bool = False
    since: datetime | None = None

    def note(self, now: datetime, *, ok: bool) -> None:
        if self.since is None or self.ok != ok:
            self.ok, self.since = ok, now

    def as_json(self) -> dict[str, object]:
        return {"ok": self.ok, "since": self.since.isoformat(timespec="seconds") if self.since else None}


@dataclass(slots=True)
class Reach:
    """What was heard of Telegram, whoever asked it."""

    wall: Clock = field(default_factory=RealClock)
    condition: Condition = field(default_factory=Condition)
    heard_at: datetime | None = None

    def heard(self, status: int | None) -> None:
        """An HTTP status, None where none came. A refused token is no answer to live with; a refused call is."""
        self.heard_at = self.wall.now()
        self.condition.note(self.heard_at, ok=status is not None and status < 500 and status != 401)

    def is_known(self) -> bool:
        return self.condition.ok and self.heard_at is not None and self.wall.now() - self.heard_at < HEARD_LATELY


@dataclass(slots=True)
class Health:
    """`look` asks for what nobody has told lately; the ticker tells of its ticks, and the bot's calls of Telegram."""

    database: Database
    ask_telegram: Callable[[], Awaitable[object]]
    reach: Reach = field(default_factory=Reach)
    wall: Clock = field(default_factory=RealClock)
    storage: Condition = field(default_factory=Condition)
    tick: Condition = field(default_factory=Condition)
    last_tick: datetime | None = None
    _one_look_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    def ticked(self) -> None:
        """Every step came to its end, here or in the replica that holds the tick."""
        self.last_tick = self.wall.now()

    def tick_age(self) -> float | None:
        return (self.wall.now() - self.last_tick).total_seconds() if self.last_tick else None

    async def look(self) -> dict[str, object]:
        """How each part stands, and whether all do."""
        async with self._one_look_at_a_time:
            await asyncio.gather(self._look_at_storage(), self._look_at_telegram())
        age = self.tick_age()
        self.tick.note(self.wall.now(), ok=age is not None and age <= OLDEST_TICK.total_seconds())
        return {
            "ready": self.storage.ok and self.reach.condition.ok and self.tick.ok,
            "database": self.storage.as_json(),
            "telegram": self.reach.condition.as_json(),
            "tick": {**self.tick.as_json(), "age_seconds": age and round(age, 1)},
        }

    async def _look_at_storage(self) -> None:
        """An empty unit of work: it takes the writer's place, and a commit where there is something to commit."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.database.write(lambda _: None)
        except (StorageFault, TimeoutError):
            self.storage.note(self.wall.now(), ok=False)
        else:
            self.storage.note(self.wall.now(), ok=True)

    async def _look_at_telegram(self) -> None:
        if self.reach.is_known():
            return
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.ask_telegram()
        except (TelegramError, TimeoutError):
            self.reach.heard(None)
        else:
            self.reach.heard(200)
