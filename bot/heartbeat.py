"""A beat a minute: word of being alive, and what had not worked for long once it works again."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.clock import Clock, RealClock
from bot.health import Reach
from domain.health import Outage, OutageKind
from services import outages
from storage.database import Database, StorageFault

log = structlog.get_logger()
BEAT_SECONDS = 60.0


@dataclass(slots=True)
class Heartbeat:
    database: Database
    reach: Reach
    wall: Clock = field(default_factory=RealClock)
    _down: dict[OutageKind, datetime] = field(default_factory=dict)

    async def run(self) -> None:
        while True:
            await self.beat()
            await asyncio.sleep(BEAT_SECONDS)

    async def beat(self) -> None:
        """A database that cannot be written is no reason to stop: the next beat tells since when."""
        now, telegram = self.wall.now(), self.reach.condition
        stood_still = OutageKind.DATABASE not in self._down  # else it was the database that kept us from beating
        try:
            await self._note(OutageKind.DATABASE, now, ok=True)
            await self._note(OutageKind.TELEGRAM, telegram.since or now, ok=telegram.ok or telegram.since is None)
            await self.database.write(lambda tx: outages.beat(tx, now, looks_back=stood_still))
        except StorageFault as error:
            log.warning("no beat", fault=str(error))
            await self._note(OutageKind.DATABASE, now, ok=False)

    async def turned(self) -> None:
        """A demonstration's clock was turned. Whoever notices was there all the while, so nothing had stood still."""
        now = self.wall.now()
        with contextlib.suppress(StorageFault):
            await self.database.write(lambda tx: outages.beat(tx, now, looks_back=False))

    async def _note(self, kind: OutageKind, moment: datetime, *, ok: bool) -> None:
        """`moment` is when it was seen to fail, or to work again."""
        if not ok:
            self._down.setdefault(kind, moment)
        elif kind in self._down:
            outage = Outage(kind, self._down[kind], moment)
            await self.database.write(lambda tx: outages.record(tx, outage))
            del self._down[kind]
