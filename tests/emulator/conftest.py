"""The emulator beneath python-telegram-bot's real client, which knows nothing of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
import telegram
from telegram.request import HTTPXRequest

from emulator.clock import Clock
from emulator.line import IN_PROCESS
from emulator.phone import Phone, Telegram
from emulator.world import TOKEN, World

MORNING = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client warns of its old way to show durations, even when it only raises a RetryAfter."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def local() -> AsyncIterator[Telegram]:
    async with Telegram.in_process(World(clock=Clock(MORNING))) as emulator:
        yield emulator


@pytest.fixture
async def bot(local: Telegram) -> AsyncIterator[telegram.Bot]:
    async with a_bot(local) as one:
        yield one


@pytest.fixture
async def li_ming(local: Telegram) -> Phone:
    """The member, who has started the bot."""
    phone = await local.add_user("李明", username="liming", language_code="zh-hans")
    await phone.start()
    local.world.updates.pending.clear()
    return phone


@pytest.fixture
async def lin_yi(local: Telegram) -> Phone:
    """The outsider, who never started the bot."""
    return await local.add_user("林一")


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    command = [sys.executable, "-m", "emulator", "--port", "0", "--now", "2026-10-12T09:00:00+08:00", "--frozen"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.terminate()


def a_bot(local: Telegram, token: str = TOKEN) -> telegram.Bot:
    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"transport": local.transport()})

    return telegram.Bot(
        token,
        base_url=f"{IN_PROCESS}/bot",
        base_file_url=f"{IN_PROCESS}/file/bot",
        request=request(),
        get_updates_request=request(),
    )


async def until_polled(local: Telegram) -> None:
    updates = local.world.updates
    await updates.bell.wait_for(lambda: updates.being_polled, 5)
