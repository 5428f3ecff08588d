"""Outages: noticed by the real clock, kept, and told in daytime once they are over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SetClock
from bot.health import Reach
from bot.heartbeat import Heartbeat
from domain.health import Outage, OutageKind
from services import administrators
from storage import outages
from storage.database import Database, Result, StorageFault, Unit
from tests.stage import MONDAY, Stage
from tests.watched import Watched

LONG = timedelta(minutes=30)
NIGHT = datetime(2026, 10, 12, 18, 0, tzinfo=UTC)
"""Two in the morning in Shanghai."""


class Interrupted(Watched):
    """A database that can be made to fail."""

    fails = False

    async def write(self, unit: Unit[Result]) -> Result:
        if self.fails:
            raise StorageFault("the disk is full")
        return await super().write(unit)


@pytest.fixture
def wall() -> SetClock:
    return SetClock(MONDAY)


@pytest.fixture
def heart(database: Database, wall: SetClock) -> Heartbeat:
    return Heartbeat(database, Reach(wall), wall)


async def known(database: Database) -> list[Outage]:
    return await database.read(lambda tx: outages.since(tx, MONDAY - timedelta(days=30), limit=10))


async def later(heart: Heartbeat, wall: SetClock, span: timedelta) -> None:
    wall.put(wall.now() + span)
    await heart.beat()


async def test_a_process_that_comes_back_tells_how_long_nobody_was_there(
    database: Database, heart: Heartbeat, wall: SetClock
) -> None:
    await heart.beat()
    wall.put(MONDAY + LONG)
    await Heartbeat(database, Reach(wall), wall).beat()
    assert await known(database) == [Outage(OutageKind.SERVICE, MONDAY, MONDAY + LONG)]


async def test_a_demonstrations_clock_that_is_turned_is_no_outage(
    database: Database, heart: Heartbeat, wall: SetClock
) -> None:
    await heart.beat()
    wall.put(MONDAY + timedelta(days=3))
    await heart.turned()
    await heart.beat()
    assert await known(database) == []


async def test_a_restart_is_no_outage(database: Database, heart: Heartbeat, wall: SetClock) -> None:
    await heart.beat()
    wall.put(MONDAY + timedelta(minutes=3))
    await Heartbeat(database, Reach(wall), wall).beat()
    assert await known(database) == []


async def test_telegram_is_out_from_its_last_answer_but_one_to_the_next(
    database: Database, heart: Heartbeat, wall: SetClock
) -> None:
    heart.reach.heard(200)
    await heart.beat()
    for minute in range(1, 31):
        wall.put(MONDAY + timedelta(minutes=minute))
        heart.reach.heard(None)
        await heart.beat()
    assert await known(database) == []
    wall.put(MONDAY + timedelta(minutes=31))
    heart.reach.heard(200)
    await later(heart, wall, timedelta(seconds=40))
    assert await known(database) == [
        Outage(OutageKind.TELEGRAM, MONDAY + timedelta(minutes=1), MONDAY + timedelta(minutes=31))
    ]


async def test_a_call_that_failed_now_and_then_is_no_outage(
    database: Database, heart: Heartbeat, wall: SetClock
) -> None:
    for status in (200, None, 200, 500, 200):
        heart.reach.heard(status)
        await later(heart, wall, timedelta(minutes=2))
    assert await known(database) == []


async def test_a_database_that_could_not_be_written_is_told_once_and_not_as_a_standstill(
    database: Database, wall: SetClock
) -> None:
    broken = Interrupted(database)
    heart = Heartbeat(broken, Reach(wall), wall)
    await heart.beat()
    broken.fails = True
    for _ in range(15):
        await later(heart, wall, timedelta(minutes=1))
    broken.fails = False
    await later(heart, wall, timedelta(minutes=1))
    [outage] = await known(database)
    assert outage == Outage(OutageKind.DATABASE, MONDAY + timedelta(minutes=1), MONDAY + timedelta(minutes=16))


async def test_administrators_hear_of_it_in_the_morning(stage: Stage) -> None:
    phones = [stage["周伟"].phone.user_id]
    await stage.database.write(lambda tx: administrators.appoint(tx, phones, MONDAY))
    heart = stage.program.heartbeat
    heart.wall = wall = SetClock(NIGHT)
    await heart.beat()
    wall.put(NIGHT + LONG)
    await heart.beat()
    await stage.at(NIGHT + LONG)
    assert "助手未运行" not in await stage["周伟"].heard()
    await stage.at(NIGHT + timedelta(hours=6))
    heard = await stage["周伟"].heard()
    assert "2026年10月13日（星期二）02:00至02:30，助手未运行。" in heard
    assert heard.count("助手未运行") == 1
    assert "助手未运行" not in await stage["李明"].heard()
