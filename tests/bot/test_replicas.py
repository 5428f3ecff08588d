"""Two replicas on one PostgreSQL, behind one address: the work is shared, and what a dead one had begun is taken over."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select, update

from bot.clock import SetClock
from bot.listening import Listener
from bot.scheduler import WORK, Ticker
from domain.actors import Actor
from emulator.app import create_app
from emulator.phone import Phone, Telegram
from emulator.world import TOKEN, World
from storage import settings
from storage.database import Database, Writer, open_database
from storage.tables import inbox
from tests.bot import bot_process
from tests.forked import Running, started
from tests.stage import MONDAY

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://bot.test/telegram"


class Proxy(httpx.AsyncBaseTransport):
    """What stands before the replicas: to each in turn, and to another where one does not answer."""

    def __init__(self, ports: list[int]) -> None:
        self.ports, self.taken = ports, Counter[int]()
        self._turns = itertools.count()
        self._wire = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        turn, body = next(self._turns), await request.aread()
        for port in (self.ports[(turn + step) % len(self.ports)] for step in range(len(self.ports))):
            address = f"http://127.0.0.1:{port}{request.url.path}"
            copy = httpx.Request(request.method, address, headers=request.headers, content=body)
            try:
                response = await self._wire.handle_async_request(copy)
            except httpx.TransportError:
                continue
            self.taken[port] += 1
            return response
        raise httpx.ConnectError("no replica answers")

    async def aclose(self) -> None:
        await self._wire.aclose()


@dataclass(slots=True)
class Replicas:
    environment: dict[str, str]
    ports: list[int]
    processes: list[Running] = field(default_factory=list)

    def start(self) -> None:
        for port in self.ports:
            environment = {**self.environment, "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
            self.processes.append(started(bot_process.main, environment, ROOT))

    def dead(self) -> list[Running]:
        return [process for process in self.processes if process.exitcode is not None]

    def living(self) -> list[Running]:
        return [process for process in self.processes if process.exitcode is None]


@pytest.fixture
def ports() -> list[int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return [one.getsockname()[1], other.getsockname()[1]]


@pytest.fixture
async def proxy(ports: list[int]) -> AsyncIterator[Proxy]:
    proxy = Proxy(ports)
    yield proxy
    await proxy.aclose()


@pytest.fixture
def world(proxy: Proxy) -> World:
    return World(webhook_transport=proxy)


@pytest.fixture
async def telegram(world: World) -> AsyncIterator[Telegram]:
    async with Telegram.in_process(world) as telegram:
        yield telegram


@pytest.fixture
async def address(world: World) -> AsyncIterator[str]:
    listener = Listener(create_app(world), "127.0.0.1:0")
    port = listener.bind()
    listening = asyncio.create_task(listener.run())
    yield f"http://127.0.0.1:{port}"
    listening.cancel()
    await asyncio.wait([listening])


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    opened = await open_database(postgres_url)
    yield opened
    await opened.close()


@pytest.fixture
def replicas(address: str, ports: list[int], postgres_url: str, tmp_path: Path) -> Iterator[Replicas]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": address,
        "DATABASE_URL": postgres_url,
        "BOT_MODE": "webhook",
        "WEBHOOK_URL": URL,
        "WEBHOOK_SECRET": "geheim-geheim-geheim",
        "DIED_ONCE": str(tmp_path / "died"),
    }
    replicas = Replicas(environment, ports)
    yield replicas
    for process in replicas.living():
        process.kill()
        process.join()


async def until(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up
        await asyncio.sleep(0.02)


async def all_done(database: Database, count: int) -> None:
    """Look at the replicas' rows until as many are done."""
    done = select(func.count()).select_from(inbox).where(inbox.c.state == "done")
    give_up = time.monotonic() + PATIENCE
    while await database.read(lambda tx: tx.scalar(done)) < count:
        assert time.monotonic() < give_up
        await asyncio.sleep(0.05)


async def let_leases_run_out(database: Database, process: Running) -> None:
    """As if the minute had passed for which a dead replica's claims hold."""
    claimed = update(inbox).where(inbox.c.claimed_by.contains(f":{process.pid}:"))
    await database.write(lambda tx: tx.run(claimed.values(claimed_until=LONG_AGO)))


async def heard(phone: Phone) -> list[tuple[int, str]]:
    """What the bot answered: the number of the piece of work, and the word that was said."""
    texts = [message.text.split() for message in await phone.messages() if message.from_bot]
    return [(int(number), word) for number, word in texts]


async def test_one_of_two_dies_in_the_middle(
    replicas: Replicas, telegram: Telegram, world: World, proxy: Proxy, database: Database
) -> None:
    """Each piece of work is done once and in its chat's order; at most one answer of a chat comes a second time."""
    await database.write(lambda tx: settings.put(tx, "count", 0))
    phones = [await telegram.add_user(name) for name in ("李明", "王芳", "赵强", "陈静", "周伟", "林一")]
    words = ["甲", "乙", "丙", "丁", "戊"]
    replicas.start()
    while len(await telegram.calls("setWebhook")) < 2:
        assert not replicas.dead()
        await asyncio.sleep(0.05)
    for word, phone in itertools.product(words, phones):
        await phone.say(f"/die {word}" if word == "丙" and phone is phones[0] else f"/count {word}")
    await until(lambda: bool(replicas.dead()))
    (dead,) = replicas.dead()
    assert dead.exitcode == -signal.SIGKILL
    await until(lambda: not world.updates.pending)
    await let_leases_run_out(database, dead)
    await all_done(database, len(words) * len(phones))
    (survivor,) = replicas.living()
    survivor.terminate()
    await until(lambda: survivor.exitcode is not None)
    assert survivor.exitcode == 0
    numbers = []
    for phone in phones:
        answers = await heard(phone)
        once = list(dict.fromkeys(answers))
        assert [word for _, word in once] == words
        assert len(answers) - len(once) <= 1
        numbers += [number for number, _ in once]
    assert sorted(numbers) == list(range(1, len(words) * len(phones) + 1))
    assert len(proxy.taken) == 2  # both were brought updates


@dataclass(slots=True)
class Counted:
    """A tick that only counts itself."""

    count: int = 0

    def step(self, _: Writer, __: Actor) -> bool:
        self.count += 1
        return False


async def test_one_ticks_at_a_time(database: Database, postgres_url: str) -> None:
    counted, told = Counted(), []
    other = await open_database(postgres_url)
    ticker = Ticker(
        database, SetClock(MONDAY), asyncio.Event(), steps=[counted.step], ticked=lambda: told.append("well")
    )
    async with other.sole(WORK) as ours:
        assert ours
        await ticker.tick()
    assert (counted.count, told) == (0, ["well"])
    await ticker.tick()
    assert (counted.count, told) == (1, ["well", "well"])
    await other.close()
