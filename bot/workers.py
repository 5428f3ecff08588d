"""Workers take the oldest open update of a chat that nobody else is working on, and see it through."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import socket
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot import failures
from bot.clock import Clock, RealClock
from bot.measures import Measures
from bot.turns import Turns
from handlers import said
from handlers.said import Said
from services import faults
from storage import inbox
from storage.database import Database, Result, StorageFault, Unit, Writer

log = structlog.get_logger()
AT_ONCE = 64
LOOK_AGAIN_SECONDS = 1.0
RENEW_SECONDS = 20.0
FINISH_SECONDS = 5.0
RETRY = timedelta(seconds=2)
PATIENCE = timedelta(days=1)
"""For how long a fault of others is waited out; Telegram itself keeps updates no longer."""
CRASHES = 10
"""Claims without an end after which an update is taken to be what ends the process."""


@dataclass(frozen=True, slots=True)
class Returned:
    """How a claim is given back: after which fault, when it may be tried again, and whether this counts as a try."""

    fault: str
    retry_at: datetime
    counts: bool


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(slots=True)
class Workers:
    """Leases and pauses run on the real clock (`wall`), which a demo does not move."""

    database: Database
    turns: Turns
    arrival: asyncio.Event
    name: str = field(default_factory=worker_name)
    wall: Clock = field(default_factory=RealClock)
    measures: Measures = field(default_factory=Measures)
    _active: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _over: dict[int, Returned | None] = field(default_factory=dict)
    """What the database has not been told yet: None for what was answered, else how it is given back."""

    async def run(self) -> None:
        """Work until cancelled, then finish what is in flight and give back the rest.

        What a dead process had begun is taken up at once where nobody else can hold it.
        """
        if self.database.alone:
            await self.database.write(inbox.free_all)
        renewing = asyncio.create_task(self._renew())
        try:
            while True:
                self.arrival.clear()
                if not await self._take_unbroken():
                    with contextlib.suppress(TimeoutError):
                        # wait_for would lose a stop that comes with the event
                        async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                            await self.arrival.wait()
        finally:
            await self._finish()
            renewing.cancel()

    async def _take_unbroken(self) -> bool:
        """Whoever is stopped in the middle of it still knows what was claimed."""
        taking = asyncio.create_task(self._take_more())
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            await asyncio.wait([taking])
            raise

    async def _finish(self) -> None:
        """Let what is in flight come to its end; what does not is left to the next start, or to another replica."""
        if self._active:
            await asyncio.wait(self._active.values(), timeout=FINISH_SECONDS)
        for update_id, task in list(self._active.items()):
            task.cancel()
            self._over.setdefault(update_id, Returned("Stopped", self.wall.now(), counts=False))
        with contextlib.suppress(StorageFault):  # the claims run out by themselves
            await self._let_go(lambda _: None)

    async def settle(self) -> None:
        """Work until nothing is open: for tests and for a replay."""
        busy = True
        while busy:
            busy = bool(self._active)  # what ends while we look is closed by another look, and may let its chat go on
            busy = await self._take_more() or busy
            if self._active:
                await asyncio.wait(self._active.values(), return_when=asyncio.FIRST_COMPLETED)

    async def _take_more(self) -> bool:
        room, now = AT_ONCE - len(self._active), self.wall.now()
        if room <= 0:
            return False
        try:
            claimed = await self._let_go(lambda tx: inbox.claim(tx, self.name, now, limit=room))
        except StorageFault as error:
            log.warning("claiming paused", fault=str(error))
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
        structlog.contextvars.bind_contextvars(update=one.update_id, chat=one.chat_id)  # for all that this task logs
        try:
            if one.tries > CRASHES:
                await self._park(one, "Crash")
                return
            await self._answer(one)
            self._over[one.update_id] = None
            self._settled("answered", one)
        except inbox.AlreadyHandled:
            log.info("handled elsewhere")
        except Exception as error:  # noqa: BLE001 - the edge: whatever fails is counted, logged by id, and parked at last
            await self._failed(one, error)

    async def _answer(self, one: inbox.Claimed) -> None:
        words = _words(one)
        if words is None:
            return
        try:
            if one.answer is None:
                await self.turns.take(words)
            else:
                await self.turns.again(words, one.answer)
        except Exception as error:
            if not failures.is_gone(error):
                raise
            log.info("nobody to answer", fault=type(error).__name__)
            await self.turns.out_of_reach(words)

    def _settled(self, result: str, one: inbox.Claimed) -> None:
        self.measures.settled(result, (self.wall.now() - one.received_at).total_seconds())

    async def _failed(self, one: inbox.Claimed, error: Exception) -> None:
        fault, now = type(error).__name__, self.wall.now()
        waited, passing = now - one.received_at, failures.passes(error)
        log.warning("update failed", tries=one.tries, fault=fault, exc_info=not passing and error)
        if (waited > PATIENCE) if passing else (one.tries >= inbox.TRIES):
            await self._park(one, fault)
            return
        self._settled("retried", one)
        retry_at = now + (failures.pause_after(error, waited) if passing else RETRY)
        self._over[one.update_id] = Returned(fault, retry_at, counts=not passing)

    async def _let_go(self, then: Unit[Result]) -> Result:
        """Close what was answered, give back what failed, and do what follows from it in the same unit."""
        over, now = dict(self._over), self.wall.now()
        answered = [update_id for update_id, how in over.items() if how is None]

        def unit(tx: Writer) -> Result:
            inbox.mark_done(tx, answered, now)
            for update_id, how in over.items():
                if how is not None:
                    inbox.release(tx, self.name, update_id, how.fault, how.retry_at, counts=how.counts)
            return then(tx)

        result = await self.database.write(unit)
        for update_id in over:
            del self._over[update_id]
        return result

    async def _park(self, one: inbox.Claimed, fault: str) -> None:
        """Set an update aside, tell the administrators, and the person that it was our fault."""
        now = self.turns.clock.now()

        def unit(tx: Writer) -> bool:
            parked = inbox.park(tx, self.name, one.update_id, fault, now)
            if parked:
                faults.report(tx, "update", one.update_id, fault, now)
            return parked

        try:
            parked = await self.database.write(unit)
            self._settled("parked", one)
            words = _words(one) if parked else None
            if words is not None:
                await self.turns.apologise(words)
        except Exception as error:  # noqa: BLE001 - the edge: there is nothing left to fall back on
            log.warning("parking failed", fault=type(error).__name__)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            ids, now = [*self._active, *self._over], self.wall.now()
            with contextlib.suppress(StorageFault):
                await self.database.write(lambda tx: inbox.renew(tx, self.name, ids, now))  # noqa: B023 - run before the next round


def _words(one: inbox.Claimed) -> Said | None:
    return said.read(json.loads(one.payload))
