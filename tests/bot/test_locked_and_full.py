"""A running assistant whose database is locked for long, or whose disk is full, while people report."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from benchmarks import office
from benchmarks.telegram import FIRST_USER
from emulator.phone import Telegram
from tests.bot.test_killed import PATIENCE, Bots, address
from tests.bot.test_killed_at_random import Stream, bots, kept, telegram

__all__ = ["address", "bots", "telegram"]

PEOPLE = 60
pytestmark = pytest.mark.long


@contextlib.asynccontextmanager
async def reporting(bots: Bots, telegram: Telegram) -> AsyncIterator[Stream]:
    """People report all the while; at the end everybody's report is there once, in their words."""
    await office.found(bots.environment["DATABASE_URL"], PEOPLE)
    phones = [await telegram.add_user(f"同志{one + 1}", id=FIRST_USER + one) for one in range(PEOPLE)]
    stream = Stream(telegram)
    bots.start()
    flowing = asyncio.create_task(stream.flow(phones))
    give_up = time.monotonic() + PATIENCE
    while not stream.handed_in:
        assert time.monotonic() < give_up
        await asyncio.sleep(0.05)
    yield stream
    await flowing
    await telegram.quiet(seconds=PATIENCE)
    assert bots.terminate() == 0
    rows, versions = await kept(bots.environment["DATABASE_URL"])
    assert dict(rows) == stream.handed_in
    assert (len(rows), versions) == (PEOPLE, 0)


@pytest.mark.parametrize("seconds", [10, 20])
async def test_locked_for_seconds(bots: Bots, telegram: Telegram, tmp_path: Path, seconds: int) -> None:
    """Ten are waited for by the engine; twenty are longer than it waits."""
    async with reporting(bots, telegram) as stream:
        path = tmp_path / "bot.db"
        other = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
        with contextlib.closing(other):
            await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
            before = len(stream.handed_in)
            await asyncio.sleep(seconds)
            assert len(stream.handed_in) <= before + 6  # whoever was being answered already
            other.execute("ROLLBACK")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "small"
    path.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", path], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system may be mounted here")
    yield path
    subprocess.run(["umount", path], check=True)


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(os.urandom(4096))


async def test_the_disk_is_full_for_a_while(small_disk: Path, bots: Bots, telegram: Telegram) -> None:
    bots.environment["DATABASE_URL"] = f"sqlite:///{small_disk / 'bot.db'}"
    async with reporting(bots, telegram) as stream:
        fill(small_disk / "filler")
        await asyncio.sleep(5)
        before = len(stream.handed_in)
        await asyncio.sleep(5)
        assert len(stream.handed_in) == before < PEOPLE
        (small_disk / "filler").unlink()
