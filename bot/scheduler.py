"""The one scheduled job: a tick over rows in the database. No moment of anybody's lives in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from domain.actors import Actor
from services.tick import STEPS, Step
from storage.database import Database

log = structlog.get_logger()
EVERY_SECONDS = 15


@dataclass(slots=True)
class Ticker:
    """`changed` is told after each tick, so that what it put in the outbox goes at once."""

    database: Database
    clock: Clock
    changed: asyncio.Event
    locale: str = "zh_Hans"
    steps: Sequence[Step] = STEPS
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tick(self) -> None:
        """Run every step until none has more to do. A fault in one does not keep the others from their work."""
        async with self._one_at_a_time:
            for step in self.steps:
                try:
                    await self._exhaust(step)
                except Exception:  # the edge: the next tick tries again
                    log.exception("tick step failed", step=step.__name__)
            self.changed.set()

    async def _exhaust(self, step: Step) -> None:
        actor = Actor.clock(self.clock.now(), self.locale)
        while await self.database.write(lambda tx: step(tx, actor)):
            pass


def schedule(ticker: Ticker) -> AsyncIOScheduler:
    """A tick each 15 seconds; one that is late runs once, however much was missed."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        ticker.tick, "interval", seconds=EVERY_SECONDS, misfire_grace_time=None, coalesce=True, max_instances=1
    )
    return scheduler
