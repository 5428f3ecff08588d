"""SIGTERM while much is in flight: it ends within seconds, what was begun is finished, and the next start does the rest."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from emulator.phone import Phone, Telegram
from storage import outbox as notices
from storage import settings
from storage.database import Database, Reader, Writer, open_database
from storage.tables import inbox, outbox
from tests.bot.test_killed import PATIENCE, Bots, address, bots, heard, telegram

__all__ = ["address", "bots", "telegram"]

PEOPLE = 60


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await open_database(sqlite_url)
    yield opened
    await opened.close()


def held(tx: Reader) -> int:
    """What somebody has claimed, of either kind."""
    tables = (inbox, outbox)
    return sum(tx.scalar(select(func.count()).where(table.c.claimed_by.is_not(None))) for table in tables)


def unsettled(tx: Reader) -> int:
    updates = tx.scalar(select(func.count()).where(inbox.c.state != "done"))
    return int(updates + tx.scalar(select(func.count()).where(outbox.c.state == "waiting")))


def tell(tx: Writer, phone: Phone) -> None:
    word, now = {"number": 0, "word": "告知"}, datetime.now(UTC)
    notices.add(
        tx, key=f"a:{phone.user_id}", kind="counted", payload=word, telegram_id=phone.user_id, not_before=now, now=now
    )


async def everybody_writes_and_is_told(telegram: Telegram, database: Database) -> list[Phone]:
    phones = [await telegram.add_user(f"同志{number}") for number in range(PEOPLE)]
    for phone in phones:
        await phone.say("/count 甲")
        await database.write(lambda tx, phone=phone: tell(tx, phone))  # type: ignore[misc]
    return phones


async def until_all_is_settled(database: Database) -> None:
    give_up = time.monotonic() + PATIENCE
    while await database.read(unsettled):
        assert time.monotonic() < give_up
        await asyncio.sleep(0.02)


async def test_stopped_while_everybody_waits_for_a_turn(bots: Bots, telegram: Telegram, database: Database) -> None:
    """At two messages a second the queue would take a minute; a stop does not wait for it, and loses nothing of it."""
    phones = await everybody_writes_and_is_told(telegram, database)
    usual = dict(bots.environment)
    bots.environment["SEND_PER_SECOND"] = "2"
    bots.start()
    await phones[0].answer(seconds=PATIENCE)
    assert bots.terminate() == 0
    said = sum([len(await heard(phone)) for phone in phones])
    assert 1 <= said < PEOPLE / 2  # in half a minute, which it once took, all answers would have gone
    assert await database.read(held) == 0
    assert await database.read(unsettled) >= 2 * PEOPLE - said
    bots.environment.clear()
    bots.environment.update(usual, SEND_PER_CHAT_PER_SECOND="1000")
    bots.start()
    await until_all_is_settled(database)
    assert bots.terminate() == 0
    for phone in phones:
        times = Counter(text.split()[1] for text in await heard(phone))
        assert set(times) == {"甲", "告知"}
        assert times.total() <= 3  # on a very busy machine what was under way when it ended is said once more
    assert await database.read(lambda tx: settings.get(tx, "count")) == PEOPLE


async def test_stopped_while_telegram_does_not_answer(bots: Bots, telegram: Telegram, database: Database) -> None:
    """What hangs is given back, to be said by the next start."""
    await telegram.fault("slow", methods=["sendMessage"], seconds=600)
    li_ming = await telegram.add_user("李明")
    bots.start()
    await li_ming.say("/count 甲")
    give_up = time.monotonic() + PATIENCE
    while not any(fault["struck"] for fault in (await telegram.state())["faults"]):
        assert time.monotonic() < give_up
        await asyncio.sleep(0.02)
    assert bots.terminate() == 0
    assert await database.read(held) == 0
    await telegram.clear_faults()
    bots.start()
    await until_all_is_settled(database)
    assert bots.terminate() == 0
    assert "1 甲" in await heard(li_ming)
    assert await database.read(lambda tx: settings.get(tx, "count")) == 1
