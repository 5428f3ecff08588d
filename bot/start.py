"""From settings to a running program: who we are at Telegram, who administers, which commands the menu shows."""

from __future__ import annotations

import asyncio
import contextlib
import sys

import aiohttp
import structlog
from telegram import Bot, BotCommand
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.assembly import Program, assembled
from bot.clock import Clock, FollowedClock, RealClock
from bot.settings import Settings
from handlers import commands_menu
from locales import available, language
from services import administrators, deployment

log = structlog.get_logger()
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0


class StartProblem(Exception):
    """One sentence: what keeps the program from starting, and how to mend it."""


async def serve_until_stopped(settings: Settings) -> None:
    clock = await _clock(settings)
    async with assembled(settings, clock=clock) as program:
        await _greet_telegram(program.bot)
        await _introduce(program, settings)
        if isinstance(clock, FollowedClock):
            clock.moved = program.ticker.tick
            async with _running(clock):
                await program.run()
        else:
            await program.run()


async def _clock(settings: Settings) -> Clock:
    if not settings.clock_url:
        return RealClock()
    clock = FollowedClock(settings.clock_url)
    try:
        await clock.read()
    except (aiohttp.ClientError, OSError, ValueError, LookupError, TypeError):
        raise StartProblem(
            f"CLOCK_URL: no clock answers at {settings.clock_url}. Start the local Telegram first, or leave it empty."
        ) from None
    return clock


@contextlib.asynccontextmanager
async def _running(clock: FollowedClock):  # type: ignore[no-untyped-def] # the decorator types it
    following = asyncio.create_task(clock.follow())
    try:
        yield
    finally:
        following.cancel()


async def _greet_telegram(bot: Bot) -> None:
    """Ask who we are until Telegram answers; only a refused token ends the start."""
    pause = FIRST_PAUSE
    while True:
        try:
            await bot.initialize()
        except InvalidToken:
            raise StartProblem(
                "Telegram refuses the token: check TELEGRAM_BOT_TOKEN, or ask @BotFather for a new one (/token)."
            ) from None
        except (NetworkError, RetryAfter) as error:
            log.warning("Telegram cannot be reached yet", fault=type(error).__name__, seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return


async def _introduce(program: Program, settings: Settings) -> None:
    """Tell the database what depends on the deployment, and Telegram which commands there are."""
    now, username = program.clock.now(), program.bot.username
    await program.database.write(
        lambda tx: deployment.remember(tx, bot_username=username, detail_files=settings.detail_files_in_chat)
    )
    await program.database.write(lambda tx: administrators.appoint(tx, settings.admin_ids, now))
    code = await program.database.write(lambda tx: administrators.first_code(tx, now))
    if code:
        sys.stdout.write(f"管理员代码 / administrator's code: {code}\nhttps://t.me/{username}?start={code}\n")
        sys.stdout.flush()
    for name in available():
        commands = [BotCommand(command, words) for command, words in commands_menu.menu(language(name))]
        with contextlib.suppress(TelegramError):
            await program.bot.set_my_commands(commands, language_code="" if name == "zh_Hans" else name)
