"""Putting the running process together, and letting it come to its end in order."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import Bot
from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.clock import Clock, RealClock
from bot.delivery import Delivery
from bot.health import Health, Reach
from bot.heartbeat import Heartbeat
from bot.limits import Limits, Rates
from bot.measures import Measures
from bot.polling import Polling
from bot.request import AiohttpRequest
from bot.scheduler import Ticker, schedule
from bot.sending import Sender
from bot.settings import Settings
from bot.turns import Turns
from bot.watched_request import Told, WatchedRequest
from bot.workers import Workers
from domain.actors import Actor
from handlers.routes import Routes
from reports.studio import Studio
from services import accounts
from storage.database import Database, open_database

if TYPE_CHECKING:
    from bot.webhook import Webhook

log = structlog.get_logger()
LAST_CALLS_SECONDS = 3.0
"""After a stop, for so long what is in flight may still take its turn with Telegram."""


@dataclass(slots=True)
class Program:
    """All parts of a running assistant; `polling` asks or `webhook` is told, `workers` answer, `ticker` watches the time, `delivery` tells, `heartbeat` notices outages."""

    bot: Bot
    database: Database
    clock: Clock
    studio: Studio
    polling: Polling
    workers: Workers
    ticker: Ticker
    delivery: Delivery
    health: Health
    heartbeat: Heartbeat
    measures: Measures
    last_calls: Callable[[float], None] = lambda _: None
    webhook: Webhook | None = None

    async def run(self) -> None:
        """Work until SIGTERM or SIGINT, then finish what is in flight; the rest is safe in the database."""
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, stopping.set)
        await self.work_until(stopping)

    async def work_until(self, stopping: asyncio.Event) -> None:
        """Take in at once; answer and tell when all that was missed is reckoned, since before that much seems not to be due."""
        scheduler = schedule(self.ticker)
        caught_up = asyncio.create_task(self._catch_up(scheduler))
        at_once = ((self.webhook or self.polling).run(), self.heartbeat.run())
        later = (_after(caught_up, self.workers), _after(caught_up, self.delivery))
        *tasks, stopped = [asyncio.create_task(part) for part in (*at_once, *later, stopping.wait())]
        done, _ = await asyncio.wait([*tasks, stopped], return_when=asyncio.FIRST_COMPLETED)
        if scheduler.running:
            scheduler.shutdown(wait=False)
        self.last_calls(LAST_CALLS_SECONDS)
        for task in (*tasks, stopped):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for task in done - {stopped}:
            task.result()

    async def _catch_up(self, scheduler: AsyncIOScheduler) -> None:
        await self.ticker.tick()
        scheduler.start()

    async def clock_turned(self) -> None:
        """In a demonstration: what has become due is done at once."""
        await self.heartbeat.turned()
        await self.ticker.tick()


async def _after(first: asyncio.Task[None], part: Workers | Delivery) -> None:
    await first
    await part.run()


@contextlib.asynccontextmanager
async def assembled(
    settings: Settings, *, clock: Clock | None = None, request: BaseRequest | None = None
) -> AsyncIterator[Program]:
    """The program on an existing schema; whoever runs it has to `initialize` its bot, which asks Telegram."""
    clock = clock or RealClock()
    database = await open_database(settings.database_url)
    studio = Studio()
    measures, reach = measures_for(settings), Reach(clock)

    def told(method: str, status: int | None) -> None:
        measures.asked(method, status)
        reach.heard(status)

    bot = make_bot(settings, request, told)
    try:
        yield assemble(settings, bot, database, studio, clock, measures, reach)
    finally:
        with contextlib.suppress(RuntimeError):
            await bot.shutdown()
        studio.close()
        await database.close()


def measures_for(settings: Settings) -> Measures:
    """Figures are kept only where somebody may read them."""
    if not settings.metrics_listen:
        return Measures()
    from bot.metrics import Metrics

    return Metrics()


def make_bot(settings: Settings, request: BaseRequest | None, told: Told) -> Bot:
    base, proxy = settings.telegram_api_base_url, settings.telegram_proxy_url
    return ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=WatchedRequest(request or AiohttpRequest(proxy=proxy), told),
        get_updates_request=WatchedRequest(request or AiohttpRequest(connections=4, proxy=proxy), told),
        local_mode=settings.telegram_local_mode,
        rate_limiter=limits_for(settings),
    )


def limits_for(settings: Settings) -> Limits:
    return Limits(
        Rates(settings.send_per_second, settings.send_per_chat_per_second, settings.send_per_group_per_minute)
    )


def limits_of(bot: Bot) -> Limits:
    """What holds the bot's pace; of a bot without our limits, limits that hold nothing."""
    limits = bot.rate_limiter if isinstance(bot, ExtBot) else None
    return limits if isinstance(limits, Limits) else Limits()


def _followed(database: Database, clock: Clock) -> Callable[[int, int], Awaitable[None]]:
    async def moved(old_chat: int, new_chat: int) -> None:
        now = Actor.clock(clock.now())
        log.info("chat migrated")
        await database.write(lambda tx: accounts.follow_group(tx, now, old_chat, new_chat))

    return moved


def assemble(
    settings: Settings,
    bot: Bot,
    database: Database,
    studio: Studio,
    clock: Clock,
    measures: Measures | None = None,
    reach: Reach | None = None,
) -> Program:
    arrival, measures, limits = asyncio.Event(), measures or Measures(), limits_of(bot)
    sender = Sender(bot, studio, _followed(database, clock))
    turns = Turns(database, Routes(), clock, bot, sender, settings.default_locale)
    delivery = Delivery(database, turns, sender, clock, limits.closed_for, measures=measures)
    health = Health(database, bot.get_me, reach or Reach(clock))
    return Program(
        bot=bot,
        database=database,
        clock=clock,
        studio=studio,
        polling=Polling(bot, database, arrival, measures=measures),
        workers=Workers(database, turns, arrival, measures=measures),
        ticker=Ticker(database, clock, delivery.wake, settings.default_locale, measures=measures, ticked=health.ticked),
        delivery=delivery,
        health=health,
        heartbeat=Heartbeat(database, health.reach, clock),
        measures=measures,
        last_calls=limits.end,
        webhook=_webhook(settings, database, arrival, measures) if settings.bot_mode == "webhook" else None,
    )


def _webhook(settings: Settings, database: Database, arrival: asyncio.Event, measures: Measures) -> Webhook:
    from bot.webhook import Webhook

    secret = settings.webhook_secret.get_secret_value()
    return Webhook(database, arrival, settings.webhook_url, settings.webhook_listen, secret, measures)
