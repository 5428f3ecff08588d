"""The outbox's sender: claims what is due, renders it in the recipient's language, sends it, and settles the row."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.clock import Clock
from bot.sending import Sender
from bot.turns import Shown, Turns
from bot.workers import worker_name
from domain.refusals import Refusal
from handlers.answers import Answer
from services import accounts, delivery, menu
from services.delivery import Go, Skip, Wait
from storage import outbox
from storage.database import Database, Reader

log = structlog.get_logger()
AT_ONCE = 20
LOOK_AGAIN_SECONDS = 1.0
FIRST_RETRY, LAST_RETRY = timedelta(seconds=5), timedelta(hours=1)


@dataclass(slots=True)
class Delivery:
    database: Database
    turns: Turns
    sender: Sender
    clock: Clock
    name: str = field(default_factory=worker_name)
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        while True:
            self.wake.clear()
            try:
                more = await self.step()
            except (RuntimeError, OSError) as error:
                log.warning("delivery paused", fault=type(error).__name__)
                more = False
            if not more:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.wake.wait(), LOOK_AGAIN_SECONDS)

    async def settle(self) -> None:
        """Send until nothing is due."""
        while await self.step():
            pass

    async def step(self) -> bool:
        """Send what is due, at most a handful; tell whether there was any."""
        now, wall = self.clock.now(), datetime.now(UTC)
        rows = await self.database.write(lambda tx: outbox.claim(tx, self.name, now, wall, limit=AT_ONCE))
        for row in rows:
            await self._deliver(row, now)
        return bool(rows)

    async def _deliver(self, row: outbox.Waiting, now: datetime) -> None:
        try:
            prepared = await self.database.read(lambda tx: self._prepared(tx, row, now))
        except Refusal as refusal:
            prepared = Skip(refusal.code)
        if isinstance(prepared, Skip):
            await self._settle(row, "skipped", reason=prepared.reason)
        elif isinstance(prepared, Wait):
            until, reason = prepared.until, prepared.reason
            await self.database.write(lambda tx: outbox.postpone(tx, row.id, until, reason))
        else:
            await self._send(row, prepared)

    def _prepared(self, tx: Reader, row: outbox.Waiting, now: datetime) -> Shown | Skip | Wait:
        verdict = delivery.decide(tx, row, now)
        if not isinstance(verdict, Go):
            return verdict
        answer = Answer(row.kind, row.payload)
        data = self.turns.screen(row.kind).load(tx, verdict.recipient, **answer.args)
        return (
            data
            if isinstance(data, Skip)
            else Shown(verdict.recipient, answer, data, menu.offer(tx, verdict.recipient))
        )

    async def _send(self, row: outbox.Waiting, shown: Shown) -> None:
        chat_id = shown.actor.telegram_id
        assert chat_id is not None
        try:
            message_id = await self.sender.deliver(chat_id, self.turns.render(shown))
        except RetryAfter as error:
            pause = error.retry_after
            await self._again(row, pause if isinstance(pause, timedelta) else timedelta(seconds=pause), "flood")
        except ChatMigrated as error:
            log.info("chat migrated", outbox=row.id)
            message_id = await self.sender.deliver(error.new_chat_id, self.turns.render(shown))
            await self._settle(row, "sent", message=message_id)
        except (Forbidden, BadRequest) as error:
            await self._gave_up(row, shown, error)
        except TelegramError as error:
            await self._again(row, min(FIRST_RETRY * 2 ** (row.tries - 1), LAST_RETRY), type(error).__name__)
        else:
            await self._settle(row, "sent", message=message_id)

    async def _gave_up(self, row: outbox.Waiting, shown: Shown, error: TelegramError) -> None:
        """Blocked, deactivated or gone: the person is unreachable, and the row is settled for good."""
        log.info("not delivered", outbox=row.id, fault=type(error).__name__)
        now = self.clock.now()
        account_id = shown.actor.account_id
        if account_id is not None and (isinstance(error, Forbidden) or "chat not found" in error.message.lower()):
            await self.database.write(lambda tx: accounts.mark_unreachable(tx, account_id, now))
        await self._settle(row, "failed", reason=type(error).__name__)

    async def _again(self, row: outbox.Waiting, pause: timedelta, reason: str) -> None:
        until = self.clock.now() + pause
        await self.database.write(lambda tx: outbox.postpone(tx, row.id, until, reason))

    async def _settle(
        self, row: outbox.Waiting, state: str, *, reason: str | None = None, message: int | None = None
    ) -> None:
        now = self.clock.now()
        await self.database.write(lambda tx: outbox.settle(tx, row.id, state, now, reason=reason, message=message))
