"""PostgreSQL: a commit a unit, what the engine asks to be tried again is, and rules about a set hold under a lock."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.people import Stage, staff_key
from domain.units import UnitKind
from storage import people, settings, units
from storage.database import Database, Reader, StorageFault, UnitAborted, Writer
from storage.postgres import TRIES, PostgresDatabase
from storage.tables import setting

NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)
PATIENCE = 20


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    opened = PostgresDatabase(postgres_url)
    yield opened
    await opened.close()


def value(name: str) -> Callable[[Reader], object]:
    return lambda tx: settings.get(tx, name)


def add_one(tx: Writer, name: str) -> None:
    """Reads under a lock: what was read before another's commit would undo that commit."""
    stands = tx.scalar(select(setting.c.value).where(setting.c.name == name).with_for_update())
    tx.run(update(setting).where(setting.c.name == name).values(value=stands + 1))


class Meeting:
    """Two units that wait for one another in the middle of their first run, and never again."""

    def __init__(self) -> None:
        self.runs, self._barrier, self._met = 0, threading.Barrier(2), threading.local()

    def wait(self) -> None:
        if not getattr(self._met, "already", False):
            self._met.already = True
            self._barrier.wait(PATIENCE)


async def test_a_deadlock_is_tried_again_and_works_once(postgres: PostgresDatabase) -> None:
    await postgres.write(lambda tx: tx.insert_many(setting, [{"name": name, "value": 0} for name in "ab"]))
    meeting, runs = Meeting(), []

    def crosswise(first: str, second: str) -> Callable[[Writer], str]:
        def unit(tx: Writer) -> str:
            runs.append(first)
            tx.run(text("SET LOCAL deadlock_timeout = '50ms'"))
            add_one(tx, first)
            meeting.wait()
            add_one(tx, second)
            return first

        return unit

    done = await asyncio.gather(postgres.write(crosswise("a", "b")), postgres.write(crosswise("b", "a")))
    assert list(done) == ["a", "b"]
    assert len(runs) >= 3  # one of the two was the victim; under load both may be
    assert [await postgres.read(value(name)) for name in "ab"] == [2, 2]


async def test_a_serialisation_failure_is_tried_again(postgres: PostgresDatabase) -> None:
    await postgres.write(lambda tx: settings.put(tx, "a", 0))
    meeting, runs = Meeting(), []

    def unit(tx: Writer) -> None:
        runs.append(1)
        tx.run(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
        settings.get(tx, "a")
        meeting.wait()
        add_one(tx, "a")

    await asyncio.gather(postgres.write(unit), postgres.write(unit))
    assert len(runs) == 3
    assert await postgres.read(value("a")) == 2


async def test_what_always_fails_is_given_up_after_three_tries(postgres: PostgresDatabase) -> None:
    runs = []

    def unit(tx: Writer) -> None:
        runs.append(settings.put_once(tx, "undone", 1))
        tx.run(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$"))

    with pytest.raises(StorageFault):
        await postgres.write(unit)
    assert runs == [True] * TRIES
    assert await postgres.read(value("undone")) is None


async def test_other_faults_are_not_tried_again(postgres: PostgresDatabase) -> None:
    runs = []

    def unit(tx: Writer) -> None:
        runs.append(1)
        tx.run(insert(setting).values(name="a", value=1))

    await postgres.write(lambda tx: settings.put(tx, "a", 0))
    with pytest.raises(IntegrityError):
        await postgres.write(unit)
    assert len(runs) == 1


@pytest.mark.parametrize("error", [SystemExit(1), StopIteration(1), asyncio.CancelledError()])
async def test_what_no_future_can_carry_fails_its_unit_alone(postgres: PostgresDatabase, error: BaseException) -> None:
    def unit(tx: Writer) -> None:
        settings.put(tx, "undone", 1)
        raise error

    with pytest.raises(UnitAborted):
        await postgres.write(unit)
    assert await postgres.read(value("undone")) is None


async def test_a_cancelled_callers_unit_commits_all_the_same(postgres: PostgresDatabase) -> None:
    entered, opened = threading.Event(), threading.Event()

    def unit(tx: Writer) -> None:
        entered.set()
        assert opened.wait(PATIENCE)
        settings.put(tx, "a", 1)

    caller = asyncio.create_task(postgres.write(unit))
    assert await asyncio.to_thread(entered.wait, PATIENCE)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    opened.set()
    await postgres.close()
    again = PostgresDatabase(postgres._engine.url.render_as_string(hide_password=False))
    assert await again.read(value("a")) == 1
    await again.close()


async def test_readers_refuse_to_write(postgres: PostgresDatabase) -> None:
    with pytest.raises(DBAPIError, match="read-only"):
        await postgres.read(lambda tx: settings.put(Writer(tx._connection), "a", 1))


async def test_a_server_that_cannot_be_reached_is_a_fault_that_may_pass() -> None:
    nowhere = PostgresDatabase("postgresql://shuangpei@/nowhere?host=/nonexistent")
    with pytest.raises(StorageFault):
        await nowhere.read(value("a"))
    with pytest.raises(StorageFault):
        await nowhere.write(lambda tx: settings.put(tx, "a", 1))
    await nowhere.close()


async def test_a_rule_about_a_set_holds_when_its_owner_is_locked(database: Database) -> None:
    """Ten at once ask for one of three places; on both engines three get one."""

    def owner(tx: Writer) -> int:
        root = units.add(tx, UnitKind.COMMITTEE, "青江供电公司党委", None, position=0, zone="Asia/Shanghai")
        return people.add(
            tx, root_id=root, unit_id=root, name="王芳", staff_no="000102", staff_key=staff_key("000102"), pinyin="",
            stage=Stage.FULL_MEMBER, backbone=True, specialty="", post="", now=NOW,
        )  # fmt: skip

    mentor = await database.write(owner)
    places = select(func.count()).select_from(setting).where(setting.c.name.like("place%"))

    def take(number: int) -> Callable[[Writer], bool]:
        def unit(tx: Writer) -> bool:
            people.lock(tx, mentor)
            return tx.scalar(places) < 3 and settings.put_once(tx, f"place {number}", 1)

        return unit

    got = await asyncio.gather(*(database.write(take(number)) for number in range(10)))
    assert sum(got) == 3
    assert await database.read(lambda tx: tx.scalar(places)) == 3
