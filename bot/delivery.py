"""The outbox's sender: claims what is due, renders it in the recipient's language, sends it, and settles the row."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from telegram.error import ChatMigrated, RetryAfter

from bot import failures
from bot.clock import Clock, RealClock
from bot.sending import Sender
from bot.turns import Shown, Turns
from bot.workers import worker_name
from domain.refusals import Refusal
from handlers.answers import Answer
from handlers.views.page import Message
from services import accounts, delivery, faults
from services.delivery import Go, Skip, Wait
from storage import outbox
from storage.database import Database, Reader, StorageFault, Writer

log = structlog.get_logger()
AT_ONCE = 20
LOOK_AGAIN_SECONDS = 1.0
FIRST_PAUSE = timedelta(seconds=5)
TRIES = 3
PATIENCE = timedelta(days=2)
"""For how long a fault of Telegram's is waited out."""


@dataclass(slots=True)
class Delivery:
    """Due times are the program's (`clock`), leases and pauses the real ones (`wall`)."""

    database: Database
    turns: Turns
    sender: Sender
    clock: Clock
    per_second: float = 30
    name: str = field(default_factory=worker_name)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    wall: Clock = field(default_factory=RealClock)
    _stopping: bool = False

    async def run(self) -> None:
        """Send until cancelled; then what is in flight is finished and the rest left for the next start."""
        if self.database.alone:
            await self.database.write(outbox.free_all)
        while True:
            self.wake.clear()
            began = time.monotonic()
            step = asyncio.create_task(self.step())
            try:
                count = await asyncio.shield(step)
            except asyncio.CancelledError:
                self._stopping = True
                await asyncio.wait([step])
                raise
            except StorageFault as error:
                log.warning("delivery paused", fault=str(error))
                count = 0
            await self._pause(count, time.monotonic() - began)

    async def _pause(self, count: int, spent: float) -> None:
        """Keep to the rate that Telegram allows while there is more; else wait for something new."""
        if count:
            await asyncio.sleep(max(0.0, count / self.per_second - spent))
            return
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.wake.wait(), LOOK_AGAIN_SECONDS)

    async def settle(self) -> None:
        """Send until nothing is due."""
        while await self.step():
            pass

    async def step(self) -> int:
        """Send what is due, at most a handful, in order for each person; tell how many there were."""
        now, wall = self.clock.now(), self.wall.now()
        rows = await self.database.write(lambda tx: outbox.claim(tx, self.name, now, wall, limit=AT_ONCE))
        by_recipient = defaultdict(list)
        for row in rows:
            by_recipient[row.person_id, row.telegram_id].append(row)
        await asyncio.gather(*(self._deliver_all(theirs) for theirs in by_recipient.values()))
        return len(rows)

    async def _deliver_all(self, rows: Sequence[outbox.Waiting]) -> None:
        for row in rows:
            try:
                if self._stopping:
                    await self._rest(row, timedelta(), "stopping")
                else:
                    await self._deliver(row)
            except StorageFault as error:
                log.warning("delivery not settled", outbox=row.id, fault=str(error))  # its claim runs out by itself
            except Exception as error:  # noqa: BLE001 - the edge: one row's fault must not hold up the others
                await self._failed(row, error)

    async def _deliver(self, row: outbox.Waiting) -> None:
        now = self.clock.now()
        try:
            prepared = await self.database.read(lambda tx: self._prepared(tx, row))
        except Refusal as refusal:
            prepared = Skip(refusal.code)
        if isinstance(prepared, Skip):
            reason = prepared.reason
            await self.database.write(lambda tx: outbox.settle(tx, row.id, "skipped", now, reason=reason))
        elif isinstance(prepared, Wait):
            until, reason = prepared.until, prepared.reason
            await self.database.write(lambda tx: outbox.postpone(tx, row.id, until, reason))
        else:
            await self._send(row, prepared)

    def _prepared(self, tx: Reader, row: outbox.Waiting) -> Shown | Skip | Wait:
        verdict = delivery.decide(tx, row, self.clock.now())
        if not isinstance(verdict, Go):
            return verdict
        shown = self.turns.load(tx, verdict.recipient, Answer(row.kind, row.payload))
        return shown.data if isinstance(shown.data, Skip) else shown

    async def _send(self, row: outbox.Waiting, shown: Shown) -> None:
        chat_id = shown.actor.telegram_id
        assert chat_id is not None
        message = await self.turns.render(shown)
        try:
            sent = await self._deliver_to(chat_id, message)
        except Exception as error:
            if failures.is_gone(error):
                await self._gave_up(row, shown, type(error).__name__)
            elif failures.passes(error):
                await self._try_later(row, error)
            else:
                raise
            return
        now = self.clock.now()
        await self.database.write(lambda tx: outbox.settle(tx, row.id, "sent", now, message=sent))

    async def _deliver_to(self, chat_id: int, message: Message) -> int | None:
        try:
            return await self.sender.deliver(chat_id, message)
        except ChatMigrated as moved:
            log.info("chat migrated")
            return await self.sender.deliver(moved.new_chat_id, message)

    async def _gave_up(self, row: outbox.Waiting, shown: Shown, fault: str) -> None:
        """Blocked, deactivated or gone: the person is unreachable, and the row is settled for good."""
        log.info("not delivered", outbox=row.id, fault=fault)
        now, account_id = self.clock.now(), shown.actor.account_id

        def unit(tx: Writer) -> None:
            if account_id is not None:
                accounts.mark_unreachable(tx, account_id, now)
            outbox.settle(tx, row.id, "failed", now, reason=fault)

        await self.database.write(unit)

    async def _try_later(self, row: outbox.Waiting, error: Exception) -> None:
        """A fault of Telegram's: again after a pause that grows, until nobody would miss the message any more."""
        fault, now = type(error).__name__, self.clock.now()
        if now - row.not_before > PATIENCE:
            await self.database.write(lambda tx: outbox.settle(tx, row.id, "failed", now, reason=fault))
        elif isinstance(error, RetryAfter):
            await self._rest(row, failures.seconds_of(error), "flood")
        else:
            await self._rest(row, failures.pause_after(error, FIRST_PAUSE * 2 ** min(row.tries, 10)), fault)

    async def _failed(self, row: outbox.Waiting, error: Exception) -> None:
        """A fault of ours: tried three times, then set aside and told to the administrators."""
        fault, now = type(error).__name__, self.clock.now()
        log.warning("notice failed", outbox=row.id, kind=row.kind, tries=row.tries, fault=fault, exc_info=error)
        if row.tries < TRIES:
            await self._rest(row, FIRST_PAUSE, fault)
            return

        def unit(tx: Writer) -> None:
            outbox.settle(tx, row.id, "failed", now, reason=fault)
            if row.kind != faults.PARKED:
                faults.report(tx, "notice", row.id, fault, now)

        await self.database.write(unit)

    async def _rest(self, row: outbox.Waiting, pause: timedelta, reason: str) -> None:
        until = self.wall.now() + pause
        await self.database.write(lambda tx: outbox.rest(tx, row.id, until, reason))
