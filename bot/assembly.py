"""Putting the running process together, and letting it come to its end in order."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog
from telegram import Bot
from telegram.request import BaseRequest

from bot.clock import Clock, RealClock
from bot.delivery import Delivery
from bot.polling import Polling
from bot.request import AiohttpRequest
from bot.scheduler import Ticker, schedule
from bot.sending import Sender
from bot.settings import Settings
from bot.turns import Turns
from bot.workers import Workers
from handlers.routes import Routes
from reports.studio import Studio
from storage.database import Database, open_database

log = structlog.get_logger()


@dataclass(slots=True)
class Program:
    """All parts of a running assistant; `polling` asks, `workers` answer, `ticker` watches the time, `delivery` tells."""

    bot: Bot
    database: Database
    clock: Clock
    studio: Studio
    polling: Polling
    workers: Workers
    ticker: Ticker
    delivery: Delivery

    async def run(self) -> None:
        """Work until SIGTERM or SIGINT, then finish what is in flight; the rest is safe in the database."""
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, stopping.set)
        scheduler = schedule(self.ticker)
        scheduler.start()
        await self.ticker.tick()
        tasks = [asyncio.create_task(part.run()) for part in (self.polling, self.workers, self.delivery)]
        stopped = asyncio.create_task(stopping.wait())
        done, _ = await asyncio.wait([*tasks, stopped], return_when=asyncio.FIRST_COMPLETED)
        scheduler.shutdown(wait=False)
        for task in (*tasks, stopped):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.workers.finish()
        for task in done - {stopped}:
            task.result()


@contextlib.asynccontextmanager
async def assembled(
    settings: Settings, *, clock: Clock | None = None, request: BaseRequest | None = None
) -> AsyncIterator[Program]:
    """The program on an existing schema; whoever runs it has to `initialize` its bot, which asks Telegram."""
    clock = clock or RealClock()
    database = await open_database(settings.database_url)
    studio = Studio()
    bot = make_bot(settings, request)
    try:
        yield assemble(settings, bot, database, studio, clock)
    finally:
        with contextlib.suppress(RuntimeError):
            await bot.shutdown()
        studio.close()
        await database.close()


def make_bot(settings: Settings, request: BaseRequest | None = None) -> Bot:
    base = settings.telegram_api_base_url
    return Bot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request or AiohttpRequest(proxy=settings.telegram_proxy_url),
        get_updates_request=request or AiohttpRequest(connections=4, proxy=settings.telegram_proxy_url),
        local_mode=settings.telegram_local_mode,
    )


def assemble(settings: Settings, bot: Bot, database: Database, studio: Studio, clock: Clock) -> Program:
    arrival = asyncio.Event()
    sender = Sender(bot, studio)
    turns = Turns(database, Routes(), clock, bot, sender)
    delivery = Delivery(database, turns, sender, clock, settings.send_per_second)
    return Program(
        bot=bot,
        database=database,
        clock=clock,
        studio=studio,
        polling=Polling(bot, database, arrival),
        workers=Workers(database, turns, bot, arrival),
        ticker=Ticker(database, clock, delivery.wake, settings.default_locale),
        delivery=delivery,
    )
