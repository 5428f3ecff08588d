"""Health and figures: each part by itself, before, during and after a fault; nobody's data in any of it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.engine import make_url
from telegram import Bot
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.health import OLDEST_TICK
from bot.metrics import Metrics, backlog
from bot.observing import Observing
from bot.watched_request import WatchedRequest
from domain.actors import Actor
from emulator.world import TOKEN
from services.tick import prune_inbox
from storage.database import Writer
from storage.postgres import PostgresDatabase
from tests.bot.conftest import Lab, sqlite_of
from tests.stage import MONDAY, Stage


@pytest.fixture
def metrics(lab: Lab) -> Metrics:
    """The figures of the stage's program, kept as when somebody reads them."""
    metrics, program = Metrics(), lab.stage.program
    for part in (program.polling, program.workers, program.delivery, program.ticker):
        part.measures = metrics
    return metrics


@pytest.fixture
async def observer(lab: Lab, metrics: Metrics) -> AsyncIterator[httpx.AsyncClient]:
    program = lab.stage.program
    health = program.health
    health.wall = health.reach.wall = lab.wall
    await program.ticker.tick()
    await lab.stage.settle()  # the administrator hears what the first look found
    observing = Observing(program.database, health, metrics, program.clock, lab.wall)
    transport = httpx.ASGITransport(observing.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.test") as client:
        yield client


@pytest.fixture
def locked(sqlite_url: str, stage: Stage) -> Iterator[sqlite3.Connection]:
    """A connection of another process, which may take the database away."""
    sqlite_of(stage.database)._writer._conn.execute("PRAGMA busy_timeout=10")
    with closing(sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)) as other:
        yield other


async def ready(observer: httpx.AsyncClient) -> tuple[int, dict[str, bool]]:
    answer = await observer.get("/readyz")
    return answer.status_code, {part: stands["ok"] for part, stands in answer.json().items() if part != "ready"}


ALL_WELL = {"database": True, "telegram": True, "tick": True}


async def since(observer: httpx.AsyncClient, part: str) -> str:
    return str((await observer.get("/readyz")).json()[part]["since"])


async def test_all_is_well(observer: httpx.AsyncClient) -> None:
    assert await ready(observer) == (200, ALL_WELL)
    assert (await observer.get("/healthz")).status_code == 200


async def test_a_database_that_is_away_and_comes_back(observer: httpx.AsyncClient, lab: Lab, locked: Any) -> None:
    assert await ready(observer) == (200, ALL_WELL)
    before = await since(observer, "database")
    lab.wall.put(lab.wall.now() + timedelta(seconds=10))
    locked.execute("BEGIN IMMEDIATE")
    assert await ready(observer) == (503, {**ALL_WELL, "database": False})
    during = await since(observer, "database")
    assert during > before
    assert (await observer.get("/healthz")).status_code == 200
    lab.wall.put(lab.wall.now() + timedelta(seconds=10))
    assert await since(observer, "database") == during
    locked.execute("ROLLBACK")
    assert await ready(observer) == (200, ALL_WELL)
    assert await since(observer, "database") > during


async def test_telegram_that_is_away_and_comes_back(observer: httpx.AsyncClient, lab: Lab) -> None:
    """An answer of the last minute speaks for it; after that it is asked."""
    assert await ready(observer) == (200, ALL_WELL)
    await lab.stage.telegram.fault("down")
    assert await ready(observer) == (200, ALL_WELL)
    lab.wall.put(lab.wall.now() + timedelta(seconds=61))
    assert await ready(observer) == (503, {**ALL_WELL, "telegram": False})
    await lab.stage.telegram.clear_faults()
    assert await ready(observer) == (200, ALL_WELL)


async def test_a_clock_that_stands_still(observer: httpx.AsyncClient, lab: Lab) -> None:
    lab.wall.put(lab.wall.now() + OLDEST_TICK + timedelta(seconds=1))
    assert await ready(observer) == (503, {**ALL_WELL, "tick": False})
    await lab.stage.program.ticker.tick()
    assert await ready(observer) == (200, ALL_WELL)


async def test_a_step_that_fails_again_and_again(observer: httpx.AsyncClient, lab: Lab) -> None:
    """The other steps do their work; that one does not is seen by the age of the last whole tick."""
    ticker = lab.stage.program.ticker

    def fails(_: Writer, __: Actor) -> bool:
        raise KeyError("a fault of ours")

    ticker.steps = (fails, prune_inbox)
    lab.wall.put(lab.wall.now() + OLDEST_TICK + timedelta(seconds=1))
    await ticker.tick()
    assert await ready(observer) == (503, {**ALL_WELL, "tick": False})
    assert 'shuangpei_tick_step_failures_total{step="fails"} 1.0' in (await observer.get("/metrics")).text


async def figures(observer: httpx.AsyncClient) -> dict[str, float]:
    """All but the process's own, as `name{labels}`."""
    text = (await observer.get("/metrics")).text
    return {
        sample.name.removeprefix("shuangpei_") + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("shuangpei_")
    }


async def test_what_was_said_and_told_is_counted(observer: httpx.AsyncClient, lab: Lab) -> None:
    before = await figures(observer)
    await lab.stage["李明"].say("/try 甲")
    await lab.notice("王芳", "乙")
    await lab.stage.settle()
    after = await figures(observer)

    def more(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert (more("updates_arrived_total"), more("updates_total answered"), more("answer_seconds_count")) == (1, 1, 1)
    assert more("notices_total sent") == 1
    assert after["inbox_open"] == after["outbox_waiting due"] == 0
    assert after["tick_seconds_count"] == 1
    assert after["tick_age_seconds"] < 5


async def test_what_waits_is_seen_with_its_age(observer: httpx.AsyncClient, lab: Lab) -> None:
    await lab.notice("王芳", "乙")
    lab.stage.clock.put(lab.stage.clock.now() + timedelta(minutes=3))
    await lab.stage["李明"].phone.say("/home")
    await lab.stage.program.polling.step(0)
    lab.wall.put(lab.wall.now() + timedelta(minutes=2))
    found = await figures(observer)
    assert (found["outbox_waiting due"], found["outbox_oldest_seconds"], found["inbox_open"]) == (1, 180, 1)
    assert found["inbox_oldest_seconds"] > 100


async def test_failures_are_counted_by_result(observer: httpx.AsyncClient, lab: Lab) -> None:
    def fails(_: Writer) -> None:
        raise KeyError("a fault of ours")

    lab.does = fails
    await lab.stage["李明"].say("/try 甲")
    await lab.later(seconds=3)
    await lab.later(seconds=3)
    found = await figures(observer)
    assert (found["updates_total retried"], found["updates_total parked"]) == (2, 1)


async def test_no_name_no_text_no_id_in_any_of_it(observer: httpx.AsyncClient, lab: Lab) -> None:
    text = "本月学习了继电保护"
    await lab.stage["李明"].say(f"/try {text}")
    await lab.notice("王芳", text)
    await lab.stage.settle()
    said = [(await observer.get(path)).text for path in ("/healthz", "/readyz", "/metrics")]
    secrets = [text, TOKEN, *lab.stage.players, *lab.stage.units]
    ids = [str(player.phone.user_id) for player in lab.stage.players.values()]
    assert [word for word in secrets if any(word in one for one in said)] == []
    assert [number for number in ids if f'"{number}"' in said[2]] == []


async def test_a_database_that_is_away_keeps_nobody_from_the_other_figures() -> None:
    away = PostgresDatabase("postgresql://nobody@127.0.0.1:1/nothing")
    assert await backlog(away, MONDAY, MONDAY) is None
    await away.close()
    metrics = Metrics()
    metrics.arrived(7)
    shown = metrics.shows(None, None).decode()
    assert "shuangpei_updates_arrived_total 7.0" in shown
    assert 'shuangpei_outbox_waiting{when="due"} NaN' in shown


async def test_calls_of_telegram_are_told_without_their_address(stage: Stage) -> None:
    told: list[tuple[str, int | None]] = []
    inner = HTTPXRequest(httpx_kwargs={"transport": stage.telegram.transport()})
    request = WatchedRequest(inner, lambda *what: told.append(what))
    bot = Bot(TOKEN, base_url="http://telegram.test/bot", request=request, get_updates_request=request)
    async with bot:
        await stage.telegram.fault("server_error", methods=["sendMessage"], times=1)
        with pytest.raises(NetworkError):
            await bot.send_message(stage["李明"].phone.user_id, "您好")
        await stage.telegram.fault("dropped", methods=["sendMessage"], times=1)
        with pytest.raises(NetworkError):
            await bot.send_message(stage["李明"].phone.user_id, "您好")
    assert told == [("getMe", 200), ("sendMessage", 500), ("sendMessage", None)]
