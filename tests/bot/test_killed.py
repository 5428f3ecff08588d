"""SIGKILL at the worst moments: the work is done once, and the answer comes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from emulator.phone import Phone, Telegram
from emulator.world import TOKEN
from storage import settings
from storage.database import Database, open_database
from storage.tables import inbox
from tests.bot import bot_process
from tests.forked import Running, started

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds after which a test gives up: what a very busy machine may take."""


@dataclass(slots=True)
class Bots:
    """Bot processes, one after the other, on one database."""

    environment: dict[str, str]
    process: Running | None = None

    def start(self) -> None:
        self.process = started(bot_process.main, self.environment, ROOT)

    def runs(self) -> bool:
        return self.process is not None and self.process.exitcode is None

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.join()

    def ended(self, seconds: float = PATIENCE) -> int | None:
        """How it ended; None when it still runs after so long."""
        assert self.process is not None
        self.process.join(seconds)
        return self.process.exitcode

    def terminate(self) -> int | None:
        assert self.process is not None
        self.process.terminate()
        return self.ended()


@pytest.fixture
def address() -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "emulator", "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.terminate()


@pytest.fixture
def bots(address: str, sqlite_url: str, tmp_path: Path) -> Iterator[Bots]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": address,
        "DATABASE_URL": sqlite_url,
        "DIED_ONCE": str(tmp_path / "died"),
    }
    bots = Bots(environment)
    yield bots
    if bots.runs():
        bots.kill()


@pytest.fixture
async def telegram(address: str) -> AsyncIterator[Telegram]:
    async with Telegram.at(address) as telegram:
        yield telegram


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await open_database(sqlite_url)
    yield opened
    await opened.close()


async def states(database: Database) -> list[str]:
    statement = select(inbox.c.state).order_by(inbox.c.update_id)
    return list(await database.read(lambda tx: tx.scalars(statement)))


async def until(condition: Callable[[list[str]], bool], database: Database) -> None:
    """Look at another process's rows until they are as they should be."""
    give_up = time.monotonic() + PATIENCE
    while not condition(await states(database)):
        assert time.monotonic() < give_up, await states(database)
        await asyncio.sleep(0.02)


async def heard(phone: Phone) -> list[str]:
    return [message.text for message in await phone.messages() if message.from_bot]


async def test_killed_between_commit_and_answer(bots: Bots, telegram: Telegram, database: Database) -> None:
    li_ming = await telegram.add_user("李明")
    await telegram.fault("timed_out", methods=["sendMessage"], seconds=600)
    bots.start()
    await li_ming.say("/count 甲")
    await until(lambda rows: rows == ["handled"], database)
    bots.kill()
    assert await heard(li_ming) == []
    await telegram.clear_faults()
    bots.start()
    (answer,) = await li_ming.answer(seconds=PATIENCE)
    assert answer.text == "1 甲"
    await until(lambda rows: rows == ["done"], database)
    await telegram.quiet()
    assert bots.terminate() == 0
    assert await heard(li_ming) == ["1 甲"]
    assert await database.read(lambda tx: settings.get(tx, "count")) == 1


async def test_killed_in_the_middle_of_a_unit(bots: Bots, telegram: Telegram, database: Database) -> None:
    """All was fetched in one batch and acknowledged; nothing of it is lost, and the order of each chat is kept."""
    li_ming, wang_fang = await telegram.add_user("李明"), await telegram.add_user("王芳")
    for word in ("/die 甲", "/count 乙", "/count 丙"):
        await li_ming.say(word)
        await wang_fang.say(word)
    bots.start()
    assert bots.ended() == -signal.SIGKILL
    assert len(await states(database)) == 6
    bots.start()
    await until(lambda rows: rows == ["done"] * 6, database)
    await telegram.quiet()
    assert bots.terminate() == 0
    for phone in (li_ming, wang_fang):
        assert [text.split()[1] for text in await heard(phone)] == ["甲", "乙", "丙"]
    assert await database.read(lambda tx: settings.get(tx, "count")) == 6


async def test_telegram_is_away_for_a_while(bots: Bots, telegram: Telegram, database: Database) -> None:
    li_ming = await telegram.add_user("李明")
    bots.start()
    await li_ming.say("/count 甲")
    await li_ming.answer(seconds=PATIENCE)
    await telegram.fault("down")
    await li_ming.say("/count 乙")
    give_up = time.monotonic() + PATIENCE
    while not any(fault["struck"] for fault in (await telegram.state())["faults"]):
        assert time.monotonic() < give_up
        await asyncio.sleep(0.02)
    await telegram.clear_faults()
    (answer,) = await li_ming.answer(seconds=PATIENCE)
    assert answer.text == "2 乙"
    assert bots.terminate() == 0
