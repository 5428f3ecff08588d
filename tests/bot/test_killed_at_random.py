"""SIGKILL at random moments over a stream of reports; what people handed in is written down outside the bot."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks import office
from benchmarks.telegram import FIRST_USER, MONDAY
from emulator.phone import Phone, PhoneError, Seen, Telegram
from emulator.world import TOKEN
from storage.database import open_database
from storage.tables import check_in, check_in_version, person
from tests.bot.test_killed import PATIENCE, Bots, address

__all__ = ["address"]

AT_ONCE = 6
LOOK_AGAIN = 0.05
Report = dict[str, str]


@dataclass(slots=True)
class Stream:
    """People who report one after the other, six at a time, until nobody is to begin any more.

    `handed_in` is the truth: the name and words of everybody whose report was answered for.
    """

    telegram: Telegram
    handed_in: Report = field(default_factory=dict)
    ended: bool = False

    async def flow(self, phones: list[Phone]) -> None:
        waiting = iter(phones)

        async def one_after_the_other() -> None:
            for phone in waiting:
                if self.ended:
                    return
                await self._report(phone)

        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))

    async def reaches(self, reports: int) -> None:
        """Until so many have reported, however few a slow machine let through between two kills."""
        give_up = time.monotonic() + PATIENCE
        while len(self.handed_in) < reports:
            assert time.monotonic() < give_up, f"{len(self.handed_in)} of {reports} reported"
            await asyncio.sleep(LOOK_AGAIN)

    async def _report(self, phone: Phone) -> None:
        words = f"{phone.name}练了耐压试验"
        await phone.say(f"/checkin {words}")
        await self._tap(phone, "check_in.standing")
        await self._tap(phone, "check_in.send")
        await shown(phone, lambda message: "收到，谢谢" in message.text)
        self.handed_in[phone.name] = words

    async def _tap(self, phone: Phone, verb: str) -> None:
        def offers(message: Seen) -> bool:
            return any(button.data.startswith(f"{verb}:") for row in message.rows for button in row)

        message = await shown(phone, offers)
        data = next(button.data for row in message.rows for button in row if button.data.startswith(f"{verb}:"))
        with contextlib.suppress(PhoneError):  # it was edited away a moment ago, by an answer that came twice
            await phone.tap(data=data, message=message)


async def shown(phone: Phone, wanted: Callable[[Seen], bool]) -> Seen:
    """The newest message of the bot, once it is as wanted."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        found = [message for message in await phone.messages() if message.from_bot and wanted(message)]
        if found:
            return found[-1]
        await asyncio.sleep(LOOK_AGAIN)
    raise AssertionError(f"{phone.name} waits in vain: {[one.text for one in await phone.messages()]}")


@pytest.fixture
def bots(address: str, tmp_path: Path) -> Iterator[Bots]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": address,
        "CLOCK_URL": f"{address}/clock",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.db'}",
        "SEND_PER_SECOND": "100000",
        "SEND_PER_CHAT_PER_SECOND": "100000",
        "DIED_ONCE": str(tmp_path / "died"),
    }
    bots = Bots(environment)
    yield bots
    if bots.runs():
        bots.kill()


@pytest.fixture
async def telegram(address: str) -> AsyncIterator[Telegram]:
    async with Telegram.at(address) as telegram:
        await telegram.set_clock(MONDAY)
        yield telegram


async def kept(url: str) -> tuple[list[tuple[str, str]], int]:
    """Whose report the database holds, in which words; and how many were changed after they were handed in."""
    database = await open_database(url)
    try:
        statement = select(person.c.name, check_in.c.text).join(person, person.c.id == check_in.c.person_id)
        rows = await database.read(lambda tx: [(row.name, row.text) for row in tx.all(statement)])
        versions = await database.read(lambda tx: len(tx.all(select(check_in_version.c.id))))
    finally:
        await database.close()
    return rows, versions


@pytest.mark.parametrize(("kills", "people"), [(10, 100), pytest.param(100, 3000, marks=pytest.mark.long)])
async def test_nothing_is_lost_and_nothing_done_twice(
    bots: Bots, telegram: Telegram, tmp_path: Path, kills: int, people: int
) -> None:
    chance = random.Random(20261012)
    await office.found(f"sqlite:///{tmp_path / 'bot.db'}", people)
    phones = [await telegram.add_user(f"同志{one + 1}", id=FIRST_USER + one) for one in range(people)]
    stream = Stream(telegram)
    flowing = asyncio.create_task(stream.flow(phones))
    for _ in range(kills):
        await run_for_a_while(bots, telegram, chance)
    bots.start()
    await stream.reaches(kills + 1)
    stream.ended = True
    await flowing
    await telegram.quiet(seconds=PATIENCE)
    assert bots.terminate() == 0
    rows, versions = await kept(bots.environment["DATABASE_URL"])
    assert len(rows) == len(stream.handed_in) > kills
    assert dict(rows) == stream.handed_in
    assert versions == 0
    for phone in phones[: len(rows)]:
        questions = [one for one in await phone.messages() if one.from_bot]
        assert len(questions) <= 1 + kills


async def run_for_a_while(bots: Bots, telegram: Telegram, chance: random.Random) -> None:
    """Until the bot asks for updates, and from there to a moment that nobody chose."""
    before = (await telegram.calls())[-1:]
    last = before[0]["n"] if before else 0
    bots.start()
    give_up = time.monotonic() + PATIENCE
    while not await telegram.calls("getUpdates", after=last):
        assert time.monotonic() < give_up, "the bot does not ask for updates"
        await asyncio.sleep(LOOK_AGAIN)
    await asyncio.sleep(chance.uniform(0, 0.6))
    bots.kill()
