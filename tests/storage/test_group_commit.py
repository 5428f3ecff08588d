"""SQLite: one commit for all units that queued meanwhile, and nothing reported as done that is not on the disk."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing

import pytest
from sqlalchemy import insert, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError

from domain.refusals import Refusal
from storage import settings
from storage.database import Reader, StorageFault, TransactionLost, UnitAborted, Writer
from storage.sqlite import SqliteDatabase
from storage.tables import setting

PATIENCE = 20


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[SqliteDatabase]:
    opened = await SqliteDatabase.open(sqlite_url, readers=2)
    yield opened
    await opened.close()


def kept(url: str) -> list[str]:
    """What another connection sees: only what was committed."""
    with closing(sqlite3.connect(make_url(url).database or "")) as other:
        return [name for (name,) in other.execute("SELECT name FROM setting ORDER BY name")]


def put(name: str) -> Callable[[Writer], str]:
    def unit(tx: Writer) -> str:
        settings.put_once(tx, name, 1)
        return name

    return unit


def raising(error: BaseException, name: str = "undone") -> Callable[[Writer], None]:
    def unit(tx: Writer) -> None:
        settings.put_once(tx, name, 1)
        raise error

    return unit


def raw_of(database: SqliteDatabase) -> sqlite3.Connection:
    return database._writer._conn


def statements(database: SqliteDatabase) -> list[str]:
    """What the writer's connection is told from now on."""
    told: list[str] = []
    raw_of(database).set_trace_callback(told.append)
    return told


class Gate:
    """A unit that keeps the database's thread until it is let go, so that what is asked meanwhile must gather."""

    def __init__(self) -> None:
        self.entered, self.opened = threading.Event(), threading.Event()

    def __call__(self, _: Reader) -> str:
        self.entered.set()
        assert self.opened.wait(PATIENCE)
        return "gate"

    async def is_held(self) -> None:
        assert await asyncio.to_thread(self.entered.wait, PATIENCE)


async def together(database: SqliteDatabase, *units: Callable[[Writer], object]) -> list[object]:
    """Run units in one batch, behind a unit that keeps the thread until all of them wait."""
    gate = Gate()
    first = asyncio.create_task(database.write(gate))
    await gate.is_held()
    rest = [asyncio.create_task(database.write(unit)) for unit in units]
    await asyncio.sleep(0)  # each of them has been put on the queue now
    assert database._waiting.qsize() == len(units)
    gate.opened.set()
    assert await first == "gate"
    return await asyncio.gather(*rest, return_exceptions=True)


async def test_a_result_comes_only_after_its_commit(database: SqliteDatabase, sqlite_url: str) -> None:
    assert await database.write(put("a")) == "a"
    assert kept(sqlite_url) == ["a"]


async def test_one_commit_for_all_that_gathered_meanwhile(database: SqliteDatabase, sqlite_url: str) -> None:
    told = statements(database)
    names = [f"{number:02}" for number in range(50)]
    assert await together(database, *(put(name) for name in names)) == names
    assert told.count("COMMIT") == 2
    assert kept(sqlite_url) == names


@pytest.mark.parametrize(
    ("error", "seen"),
    [
        (Refusal("not_yours"), Refusal),
        (ValueError("a fault of ours"), ValueError),
        (SystemExit(3), UnitAborted),
        (KeyboardInterrupt(), UnitAborted),
        (asyncio.CancelledError(), UnitAborted),
        (GeneratorExit(), UnitAborted),
        (StopIteration(1), UnitAborted),
        (StopAsyncIteration(), StopAsyncIteration),
    ],
)
async def test_a_raising_unit_fails_alone(
    database: SqliteDatabase, sqlite_url: str, error: BaseException, seen: type[Exception]
) -> None:
    before, failed, after = await together(database, put("before"), raising(error), put("zafter"))
    assert (before, after) == ("before", "zafter")
    assert isinstance(failed, seen)
    assert kept(sqlite_url) == ["before", "zafter"]


async def test_a_broken_constraint_fails_its_unit_alone(database: SqliteDatabase, sqlite_url: str) -> None:
    def twice(tx: Writer) -> None:
        settings.put_once(tx, "undone", 1)
        tx.run(insert(setting).values(name="before", value=2))

    outcomes = await together(database, put("before"), twice, put("zafter"))
    assert isinstance(outcomes[1], IntegrityError)
    assert kept(sqlite_url) == ["before", "zafter"]


async def test_a_cancelled_callers_unit_commits_and_strands_nobody(database: SqliteDatabase, sqlite_url: str) -> None:
    gate = Gate()
    running = asyncio.create_task(database.write(gate))
    await gate.is_held()
    queued = asyncio.create_task(database.write(put("cancelled")))
    other = asyncio.create_task(database.write(put("other")))
    await asyncio.sleep(0)
    running.cancel()
    queued.cancel()
    gate.opened.set()
    assert await other == "other"
    assert queued.cancelled()
    assert kept(sqlite_url) == ["cancelled", "other"]


def fill(tx: Writer) -> None:
    settings.put_once(tx, "undone", "x" * 500_000)


def limit_pages(database: SqliteDatabase, more: int) -> None:
    raw = raw_of(database)
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    raw.execute(f"PRAGMA max_page_count={pages + more}")


async def test_a_full_disk_in_the_middle_fails_the_whole_batch(database: SqliteDatabase, sqlite_url: str) -> None:
    await database.write(put("earlier"))
    limit_pages(database, 4)
    outcomes = await together(database, put("before"), fill, put("after"))
    assert [type(outcome) for outcome in outcomes] == [TransactionLost] * 3
    assert kept(sqlite_url) == ["earlier"]
    limit_pages(database, 100_000)
    assert await database.write(put("later")) == "later"
    assert kept(sqlite_url) == ["earlier", "later"]


async def test_a_unit_that_hides_the_full_disk_deceives_nobody(database: SqliteDatabase, sqlite_url: str) -> None:
    def hiding(tx: Writer) -> str:
        try:
            fill(tx)
        except OperationalError:
            return "all is well"
        return "it fitted"

    limit_pages(database, 4)
    outcomes = await together(database, put("before"), hiding, put("after"))
    assert [type(outcome) for outcome in outcomes] == [TransactionLost] * 3
    assert kept(sqlite_url) == []


async def test_a_failing_commit_fails_the_whole_batch(database: SqliteDatabase, sqlite_url: str) -> None:
    raw_of(database).execute("CREATE TABLE child (name TEXT REFERENCES setting (name) DEFERRABLE INITIALLY DEFERRED)")

    def dangling(tx: Writer) -> str:
        tx.run(text("INSERT INTO child VALUES ('nobody')"))
        return "done, as far as I can see"

    outcomes = await together(database, put("before"), dangling, put("after"))
    assert [type(outcome) for outcome in outcomes] == [TransactionLost] * 3
    assert kept(sqlite_url) == []
    assert await database.write(put("later")) == "later"


@pytest.mark.parametrize("ending", ["COMMIT", "ROLLBACK", "RELEASE unit"])
async def test_a_unit_that_ends_the_transaction_itself_is_noticed(database: SqliteDatabase, ending: str) -> None:
    def ends(tx: Writer) -> str:
        tx._connection.exec_driver_sql(ending)
        return "done"

    outcomes = await together(database, put("before"), ends, put("after"))
    assert [type(outcome) for outcome in outcomes] == [TransactionLost] * 3
    assert await database.write(put("later")) == "later"


async def test_readers_refuse_to_write(database: SqliteDatabase, sqlite_url: str) -> None:
    def writes(tx: Reader) -> None:
        tx._connection.execute(insert(setting).values(name="a", value=1))

    with pytest.raises(OperationalError, match="readonly"):
        await database.read(writes)
    assert kept(sqlite_url) == []


@pytest.mark.parametrize("error", [SystemExit(1), StopIteration(1)])
async def test_a_query_that_ends_strangely_fails_alone(database: SqliteDatabase, error: BaseException) -> None:
    def query(tx: Reader) -> None:
        raise error

    for _ in range(3):
        with pytest.raises(UnitAborted):
            await database.read(query)
    assert await database.read(lambda tx: settings.get(tx, "a")) is None


async def test_a_reader_sees_one_moment_while_others_write(database: SqliteDatabase) -> None:
    begun, resumed = threading.Event(), threading.Event()

    def twice(tx: Reader) -> tuple[object, object]:
        first = settings.get(tx, "a")
        begun.set()
        assert resumed.wait(PATIENCE)
        return first, settings.get(tx, "a")

    reading = asyncio.create_task(database.read(twice))
    assert await asyncio.to_thread(begun.wait, PATIENCE)
    await database.write(put("a"))
    resumed.set()
    assert await reading == (None, None)
    assert await database.read(lambda tx: settings.get(tx, "a")) == 1


async def test_closing_finishes_what_was_asked_for(sqlite_url: str) -> None:
    database = await SqliteDatabase.open(sqlite_url, readers=1)
    gate = Gate()
    running = asyncio.create_task(database.write(gate))
    await gate.is_held()
    queued = [asyncio.create_task(database.write(put(name))) for name in ("a", "b")]
    await asyncio.sleep(0)
    closing_down = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    with pytest.raises(StorageFault):
        await database.write(put("too late"))
    gate.opened.set()
    await closing_down
    assert [await running, *[await one for one in queued]] == ["gate", "a", "b"]
    assert kept(sqlite_url) == ["a", "b"]


async def test_a_fault_of_the_machine_is_one_that_passes_and_leaves_the_others_alone(
    database: SqliteDatabase, sqlite_url: str
) -> None:
    """A file that cannot be opened ends its statement, but not the transaction."""

    def fails(tx: Reader) -> None:
        tx._connection.exec_driver_sql("ATTACH '/nonexistent/folder/other.db' AS other")

    before, failed, after = await together(database, put("before"), fails, put("zafter"))
    assert (before, after) == ("before", "zafter")
    assert isinstance(failed, StorageFault)
    assert kept(sqlite_url) == ["before", "zafter"]
    with pytest.raises(StorageFault, match="SQLITE_CANTOPEN"):
        await database.read(fails)


async def test_a_locked_database_is_a_fault_that_passes(database: SqliteDatabase, sqlite_url: str) -> None:
    raw_of(database).execute("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFault):
            await database.write(put("a"))
        other.execute("ROLLBACK")
    assert await database.write(put("a")) == "a"
