"""The webhook: kept before the 200, brought again after a fault, and shut to whoever does not know the secret."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from bot.polling import KINDS, leave_webhook
from bot.webhook import LONGEST_BODY, SECRET_HEADER, Webhook
from emulator.phone import Telegram
from emulator.world import World
from storage.database import open_database
from storage.tables import inbox
from tests.bot.conftest import sqlite_of
from tests.stage import Stage, build, cast

URL, SECRET = "https://bot.test/telegram", "geheim-geheim-geheim"
ROWS = select(func.count()).select_from(inbox)


class Door(httpx.AsyncBaseTransport):
    """What stands between Telegram and the bot: opened when the bot listens; it remembers what it answered."""

    def __init__(self) -> None:
        self.inner: httpx.AsyncBaseTransport | None = None
        self.answers: list[int] = []
        self.refused = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.inner is None:
            raise httpx.ConnectError("nobody listens")
        response = await self.inner.handle_async_request(request)
        self.answers.append(response.status_code)
        if self.answers.count(503) == 2:
            self.refused.set()
        return response


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
async def stage(sqlite_url: str, door: Door) -> AsyncIterator[Stage]:
    """The cast, met by polling; the tests open the door afterwards."""
    database = await open_database(sqlite_url)
    async with Telegram.in_process(World(webhook_transport=door)) as telegram:
        stage = build(telegram, database, sqlite_url)
        await telegram.set_clock(stage.clock.now())
        await stage.program.bot.initialize()
        await cast(stage)
        yield stage
        await stage.program.bot.shutdown()
        await database.close()


@pytest.fixture
def webhook(stage: Stage) -> Webhook:
    return Webhook(stage.database, stage.program.polling.arrival, URL, "127.0.0.1:0", SECRET)


@pytest.fixture
async def caller(webhook: Webhook) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(webhook.app())) as client:
        yield client


@pytest.fixture
async def announced(stage: Stage, webhook: Webhook, door: Door) -> Stage:
    door.inner = httpx.ASGITransport(webhook.app())
    await stage.program.bot.set_webhook(URL, secret_token=SECRET, allowed_updates=KINDS)
    return stage


@pytest.fixture
def locked(sqlite_url: str, stage: Stage) -> Iterator[sqlite3.Connection]:
    """Another process holds the database until it rolls back."""
    sqlite_of(stage.database)._writer._conn.execute("PRAGMA busy_timeout=10")
    with closing(sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def message(update_id: int = 900_000_001, **more: Any) -> dict[str, Any]:
    chat = {"id": 1001, "type": "private"}
    return {"update_id": update_id, "message": {"message_id": 1, "date": 0, "chat": chat, "text": "您好"}, **more}


async def kept(stage: Stage) -> int:
    return int(await stage.database.read(lambda tx: tx.scalar(ROWS)))


async def call(caller: httpx.AsyncClient, body: object, secret: str | None = SECRET) -> int:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {} if secret is None else {SECRET_HEADER: secret}
    return (await caller.post(URL, content=content, headers=headers)).status_code


async def test_an_update_is_answered_and_no_longer_pending(announced: Stage) -> None:
    li_ming = announced["李明"]
    before = await kept(announced)
    await li_ming.phone.say("/home")
    await announced.telegram.quiet()
    assert await kept(announced) == before + 1
    assert announced.program.workers.arrival.is_set()
    await announced.program.workers.settle()
    assert "李明同志" in (await li_ming.last()).text


async def test_the_secret_goes_along_and_only_our_kinds_are_asked_for(announced: Stage, door: Door) -> None:
    await announced["李明"].phone.say("/home")
    await announced.telegram.quiet()
    info = await announced.program.bot.get_webhook_info()
    assert (info.url, set(info.allowed_updates)) == (URL, set(KINDS))
    assert door.answers == [200]


async def test_without_the_secret_nothing_is_taken(stage: Stage, caller: httpx.AsyncClient) -> None:
    before = await kept(stage)
    assert [await call(caller, message(), secret) for secret in (None, "", "geheim", SECRET + "x")] == [403] * 4
    foreign = [(SECRET_HEADER.encode(), ("密" * 20).encode())]
    assert (await caller.post(URL, content=json.dumps(message()), headers=foreign)).status_code == 403
    assert await kept(stage) == before
    assert await call(caller, message()) == 200
    assert await kept(stage) == before + 1


async def test_a_body_that_is_too_large_is_not_read_to_its_end(stage: Stage, caller: httpx.AsyncClient) -> None:
    before, read = await kept(stage), 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 100_000
            yield b" " * 100_000

    answer = await caller.post(URL, content=endless(), headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 413
    assert await call(caller, b" " * (LONGEST_BODY + 1)) == 413
    assert await kept(stage) == before


async def test_the_length_that_is_claimed_is_enough_to_refuse(caller: httpx.AsyncClient) -> None:
    headers = {SECRET_HEADER: SECRET, "content-length": str(LONGEST_BODY + 1)}
    assert (await caller.post(URL, content=b"{}", headers=headers)).status_code == 413


async def test_the_largest_body_is_taken(stage: Stage, caller: httpx.AsyncClient) -> None:
    before, body = await kept(stage), json.dumps(message()).encode()
    assert await call(caller, body + b" " * (LONGEST_BODY - len(body))) == 200
    assert await kept(stage) == before + 1


NO_UPDATES: list[object] = [
    b"", b"\xff\xfe", b"{", b"[" * 200_000, b"null", b"[]", b'"x"', {}, {"message": {}}, {"update_id": "7"},
    {"update_id": True}, {"update_id": -1}, {"update_id": 2**63}, message(message={"chat": [7]}),
    message(message={"chat": {"id": "x"}}), message(message={"chat": {"id": 2**63}}),
]  # fmt: skip


async def test_what_is_no_update_is_refused(stage: Stage, caller: httpx.AsyncClient) -> None:
    before = await kept(stage)
    assert [await call(caller, body) for body in NO_UPDATES] == [400] * len(NO_UPDATES)
    assert await kept(stage) == before


async def test_other_kinds_are_taken_and_dropped(stage: Stage, caller: httpx.AsyncClient) -> None:
    before = await kept(stage)
    assert await call(caller, {"update_id": 900_000_001, "channel_post": {"chat": {"id": 5}}}) == 200
    assert await kept(stage) == before


async def test_half_characters_do_not_keep_an_update_out(stage: Stage, caller: httpx.AsyncClient) -> None:
    before = await kept(stage)
    assert (
        await call(caller, rb'{"update_id": 900000001, "message": {"chat": {"id": 7}, "text": "\ud83d \u0000"}}') == 200
    )
    assert await kept(stage) == before + 1


async def test_only_the_path_of_the_address_answers(caller: httpx.AsyncClient) -> None:
    headers = {SECRET_HEADER: SECRET}
    assert (await caller.post("https://bot.test/", headers=headers)).status_code == 404
    assert (await caller.get(URL, headers=headers)).status_code == 405


async def test_what_is_brought_twice_is_kept_once(stage: Stage, caller: httpx.AsyncClient) -> None:
    before = await kept(stage)
    assert [await call(caller, message()) for _ in range(2)] == [200, 200]
    assert await kept(stage) == before + 1


async def test_a_fault_of_the_storage_brings_it_again(announced: Stage, locked: sqlite3.Connection, door: Door) -> None:
    """Nothing is acknowledged that is not kept; once the database answers, the update comes again and is answered."""
    li_ming = announced["李明"]
    await li_ming.phone.say("/home")
    await asyncio.wait_for(door.refused.wait(), 20)
    assert set(door.answers) == {503}
    assert len(announced.telegram.world.updates.pending) == 1
    locked.execute("ROLLBACK")
    await announced.telegram.quiet()
    assert door.answers[-1] == 200
    await announced.program.workers.settle()
    assert "李明同志" in (await li_ming.last()).text


async def test_whoever_polls_takes_the_webhook_off_and_loses_nothing(stage: Stage) -> None:
    """Nobody listened at the address; what waited for it is fetched."""
    await stage.program.bot.set_webhook(URL, secret_token=SECRET)
    await stage["李明"].phone.say("/home")
    await leave_webhook(stage.program.bot)
    await stage.settle()
    assert "李明同志" in (await stage["李明"].last()).text
    calls = len(await stage.telegram.calls("deleteWebhook"))
    await leave_webhook(stage.program.bot)
    assert len(await stage.telegram.calls("deleteWebhook")) == calls == 1
