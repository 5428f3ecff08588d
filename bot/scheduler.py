"""The one scheduled job: a tick over rows in the database. No moment of anybody's lives in memory."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.measures import Measures
from domain.actors import Actor
from services.tick import STEPS, Step
from storage.database import Database, StorageFault

log = structlog.get_logger()
EVERY_SECONDS = 15
WORK = "tick"
"""Under this name one replica ticks at a time."""


@dataclass(slots=True)
class Ticker:
    """`changed` is told after each tick, so that what it put in the outbox goes at once; `ticked` if all of it went well."""

    database: Database
    clock: Clock
    changed: asyncio.Event
    locale: str = "zh_Hans"
    steps: Sequence[Step] = STEPS
    measures: Measures = field(default_factory=Measures)
    ticked: Callable[[], None] = lambda: None
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tick(self) -> None:
        """Run every step until none has more to do; where another replica is at it, that one does it for all."""
        async with self._one_at_a_time:
            try:
                async with self.database.sole(WORK) as ours:
                    went_well = not ours or await self._run_steps()
            except StorageFault as error:
                log.warning("tick left out", fault=str(error))
                return
            if went_well:
                self.ticked()

    async def _run_steps(self) -> bool:
        """A fault in one step does not keep the others from their work; tell whether there was none."""
        began, failed = time.monotonic(), 0
        for step in self.steps:
            try:
                await self._exhaust(step)
            except Exception:  # the edge: the next tick tries again
                log.exception("tick step failed", step=step.__name__)
                self.measures.step_failed(step.__name__)
                failed += 1
        self.changed.set()
        self.measures.ticked(time.monotonic() - began)
        return not failed

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
