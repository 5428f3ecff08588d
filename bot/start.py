"""From settings to a running program: who we are at Telegram, who administers, which commands the menu shows."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING

import aiohttp
import structlog
from telegram import Bot, BotCommand
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.assembly import Program, assembled
from bot.clock import Clock, FollowedClock, RealClock
from bot.polling import KINDS, leave_webhook
from bot.settings import Settings
from bot.settings_problem import Fault, SettingsProblem
from handlers import commands_menu
from locales import N_, Language, available, language
from services import administrators, deployment

if TYPE_CHECKING:
    from bot.listening import Listener

log = structlog.get_logger()
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
AWAY = (
    "暂时连不上 {address}，将不断重试。请检查网络；须经代理的，请在 .env 中填写 TELEGRAM_PROXY_URL 后重新启动。\n"
    "{address} cannot be reached yet; I keep trying. Please check the network; where it wants a proxy, put TELEGRAM_PROXY_URL into .env and start again.\n"
)
CODE = (
    "管理员代码 / administrator's code: {code}\nhttps://t.me/{username}?start={code}\n"
    "打开链接，或把代码发给机器人，即成为管理员。/ Open the link, or send the code to the bot: then you are the administrator.\n"
)


async def serve_until_stopped(settings: Settings) -> None:
    clock = await clock_of(settings)
    async with assembled(settings, clock=clock) as program, _observed(program, settings):
        await _greet_telegram(program.bot, settings.telegram_api_base_url)
        await _introduce(program, settings)
        await arrange_intake(program, settings)
        gc.collect()
        gc.freeze()  # what is there by now stays: the collector would look at all of it again and again
        gc.enable()
        if isinstance(clock, FollowedClock):
            clock.moved = program.clock_turned
            async with _running(clock):
                await program.run()
        else:
            await program.run()


async def clock_of(settings: Settings) -> Clock:
    """The real one, or in a demonstration the one that can be turned."""
    if not settings.clock_url:
        return RealClock()
    clock = FollowedClock(settings.clock_url)
    try:
        await clock.read()
    except (aiohttp.ClientError, OSError, ValueError, LookupError, TypeError):
        sentence = N_("CLOCK_URL: no clock answers at {address}. Start the local Telegram first, or leave it empty.")
        raise SettingsProblem(Fault(sentence, {"address": settings.clock_url})) from None
    return clock


@contextlib.asynccontextmanager
async def _running(clock: FollowedClock) -> AsyncIterator[None]:
    following = asyncio.create_task(clock.follow())
    try:
        yield
    finally:
        following.cancel()


async def _greet_telegram(bot: Bot, address: str) -> None:
    """Ask who we are until Telegram answers; only a refused token ends the start."""
    try:
        # a second `initialize` would not ask again
        await _until_reached(functools.partial(_begin, bot, address), bot.get_me)
    except InvalidToken:
        sentence = N_("Telegram refuses the token: check TELEGRAM_BOT_TOKEN, or ask @BotFather for a new one (/token).")
        raise SettingsProblem(Fault(sentence)) from None


async def _begin(bot: Bot, address: str) -> None:
    """Whoever watches the first start is told in words what a log line cannot say."""
    try:
        await bot.initialize()
    except NetworkError as error:
        if not isinstance(error, BadRequest):
            _say(AWAY.format(address=address))
        raise


def _say(words: str) -> None:
    sys.stdout.write(words)
    sys.stdout.flush()


async def arrange_intake(program: Program, settings: Settings) -> None:
    """Tell Telegram where updates go: to our address, where we listen already, or nowhere, so that we can fetch them."""
    if program.webhook is None:
        await _until_reached(lambda: leave_webhook(program.bot))
        return
    _bind(program.webhook.listener, "WEBHOOK_LISTEN", settings.webhook_listen)
    announce = functools.partial(
        program.bot.set_webhook, settings.webhook_url, allowed_updates=KINDS,
        secret_token=settings.webhook_secret.get_secret_value(),
    )  # fmt: skip
    try:
        await _until_reached(announce)
    except BadRequest as error:
        why = {"why": error.message}
        raise SettingsProblem(Fault(N_("WEBHOOK_URL: Telegram refuses it ({why})."), why)) from None


async def _until_reached(
    ask: Callable[[], Awaitable[object]], again: Callable[[], Awaitable[object]] | None = None
) -> None:
    pause = FIRST_PAUSE
    while True:
        try:
            await ask()
        except BadRequest:
            raise
        except (NetworkError, RetryAfter) as error:
            log.warning("Telegram cannot be reached yet", fault=type(error).__name__, seconds=pause)
            await asyncio.sleep(pause)
            pause, ask = min(pause * 2, LONGEST_PAUSE), again or ask
        else:
            return


@contextlib.asynccontextmanager
async def _observed(program: Program, settings: Settings) -> AsyncIterator[None]:
    """Health and figures can be asked for from before the first word with Telegram; with no address, nowhere."""
    if not settings.metrics_listen:
        yield
        return
    from bot.observing import observer

    listener = observer(program, settings)
    _bind(listener, "METRICS_LISTEN", settings.metrics_listen)
    listening = asyncio.create_task(listener.run())
    try:
        yield
    finally:
        listening.cancel()
        await asyncio.wait([listening])


def _bind(listener: Listener, setting: str, address: str) -> None:
    try:
        listener.bind()
    except OSError as error:
        fields = {"setting": setting, "address": address, "why": error.strerror}
        raise SettingsProblem(Fault(N_("{setting}: {address} cannot be listened on ({why})."), fields)) from None


async def _introduce(program: Program, settings: Settings) -> None:
    """Tell the database what depends on the deployment, and Telegram which commands there are."""
    now, username = program.clock.now(), program.bot.username
    await program.database.write(
        lambda tx: deployment.remember(tx, bot_username=username, detail_files=settings.detail_files_in_chat)
    )
    await program.database.write(lambda tx: administrators.appoint(tx, settings.admin_ids, now))
    code = await program.database.write(lambda tx: administrators.first_code(tx, now))
    if code:
        _say(CODE.format(code=code, username=username))
    for name in available():
        code = "" if name == settings.default_locale else name.partition("_")[0]  # Telegram knows zh and en
        with contextlib.suppress(TelegramError):
            await _show(program.bot, language(name), code)


async def _show(bot: Bot, spoken: Language, code: str) -> None:
    """The commands; and what the assistant is, unless somebody has said it in their own words."""
    commands = [BotCommand(command, words) for command, words in commands_menu.menu(spoken)]
    await bot.set_my_commands(commands, language_code=code)
    told = (await bot.get_my_description(language_code=code)).description
    if not told or told in map(commands_menu.description, map(language, available())):
        await bot.set_my_description(commands_menu.description(spoken), language_code=code)
