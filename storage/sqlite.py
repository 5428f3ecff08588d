"""SQLite: one writer with a commit for all units that queued meanwhile, and a few readers beside it."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from storage.database import Query, Reader, Result, StorageFault, TransactionLost, Unit, UnitAborted, Writer

T = TypeVar("T")
OUTER_FAULTS = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM}
)
"""What the machine may be to blame for, not the statement."""
BATCH = 256
BUSY_SECONDS = 15.0

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",
)


def connect(path: str) -> sqlite3.Connection:
    """A raw connection in autocommit mode: BEGIN, SAVEPOINT and COMMIT are said by us alone."""
    raw = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        raw.execute(pragma)
    return raw


_here = threading.local()
ENGINE = create_engine(
    "sqlite://", creator=lambda: _here.raw, poolclass=NullPool, hide_parameters=True, query_cache_size=2000
)
"""For every connection, each on its own thread: so that a statement is compiled once, not once by each of them."""


class Units(aiosqlite.Connection):
    """aiosqlite's thread, with one method of our own: run a whole function on it."""

    def __init__(self, path: str, *, query_only: bool) -> None:
        super().__init__(lambda: connect(path), iter_chunk_size=64)
        self._thread.daemon = True  # a connection left open by a failed start must not keep the process alive
        self._query_only = query_only
        self.core: Connection | None = None

    async def run(self, function: Callable[[], T]) -> T:
        result: T = await self._execute(function)  # type: ignore[no-untyped-call]
        return result

    async def open(self) -> Connection:
        await self
        self.core = await self.run(self._bind)
        return self.core

    async def shut(self) -> None:
        if self.core is not None:
            await self.run(self._unbind)
        await self.close()

    def _bind(self) -> Connection:
        if self._query_only:
            self._conn.execute("PRAGMA query_only=ON")
        _here.raw = self._conn
        core = ENGINE.connect()
        core.begin()  # without it SQLAlchemy answers a failing statement with a ROLLBACK of its own, of all the batch
        return core

    def _unbind(self) -> None:
        assert self.core is not None
        self.core.close()


@dataclass(slots=True)
class _Waiting:
    unit: Unit[Any]
    result: asyncio.Future[Any]


Outcome = tuple[bool, Any]


class SqliteDatabase:
    """The batch runs in a task of the database, never in a caller's: a cancelled caller strands nobody."""

    alone = True

    def __init__(self, writer: Units, readers: Sequence[Units]) -> None:
        self._writer = writer
        self._readers = readers
        self._free: asyncio.Queue[Units] = asyncio.Queue()
        for reader in readers:
            self._free.put_nowait(reader)
        self._waiting: asyncio.Queue[_Waiting | None] = asyncio.Queue()
        self._closed = False
        self._pump = asyncio.create_task(self._commit_batches(), name="sqlite writer")

    @classmethod
    async def open(cls, url: str, *, readers: int) -> SqliteDatabase:
        path = make_url(url).database or ""
        writer = Units(path, query_only=False)
        pool = [Units(path, query_only=True) for _ in range(readers)]
        for connection in (writer, *pool):
            await connection.open()
        return cls(writer, pool)

    async def write(self, unit: Unit[Result]) -> Result:
        if self._closed:
            raise StorageFault("the database is closed")
        waiting = _Waiting(unit, asyncio.get_running_loop().create_future())
        self._waiting.put_nowait(waiting)
        result: Result = await waiting.result
        return result

    async def read(self, query: Query[Result]) -> Result:
        reader = await self._free.get()
        try:
            return await reader.run(lambda: _run_query(reader, query))
        finally:
            self._free.put_nowait(reader)

    @contextlib.asynccontextmanager
    async def sole(self, _: str, /) -> AsyncIterator[bool]:
        """One process works on it, and that one begins nothing twice."""
        yield True

    async def close(self) -> None:
        self._closed = True
        self._waiting.put_nowait(None)
        await self._pump
        for connection in (self._writer, *self._readers):
            await connection.shut()

    async def _commit_batches(self) -> None:
        more = True
        while more:
            batch, more = await self._gather()
            if batch:
                _release(batch, await self._commit([waiting.unit for waiting in batch]))

    async def _gather(self) -> tuple[list[_Waiting], bool]:
        """All that waits, at least one; and whether more may come, which `close` ends."""
        batch: list[_Waiting] = []
        while len(batch) < BATCH and (not batch or not self._waiting.empty()):
            waiting = await self._waiting.get()
            if waiting is None:
                return batch, False
            batch.append(waiting)
        return batch, True

    async def _commit(self, units: Sequence[Unit[Any]]) -> list[Outcome]:
        try:
            return await self._writer.run(lambda: run_batch(self._writer, units))
        except Exception as error:  # noqa: BLE001 - the pump must live on for the next batch, whatever became of this one
            return [(False, _lost(error)) for _ in units]


def _release(batch: Sequence[_Waiting], outcomes: Sequence[Outcome]) -> None:
    for waiting, (done, value) in zip(batch, outcomes, strict=True):
        if waiting.result.done():
            continue  # its caller was cancelled; the work is committed all the same
        if done:
            waiting.result.set_result(value)
        else:
            waiting.result.set_exception(value)


def _run_query(reader: Units, query: Query[Result]) -> Result:
    assert reader.core is not None
    raw = reader._conn  # noqa: SLF001 - our own subclass's connection
    raw.execute("BEGIN")
    try:
        return query(Reader(reader.core))
    except BaseException as error:  # noqa: BLE001 - a future cannot carry all of them
        failure = _as_exception(error)
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
    raise failure


def run_batch(connection: Units, units: Sequence[Unit[Any]]) -> list[Outcome]:
    """Run units in one transaction, a savepoint each, and commit once.

    A unit that raises fails alone. When the transaction itself is gone, or a RELEASE or the COMMIT fails, all fail:
    nothing may be reported as done that is not on the disk.
    """
    raw = connection._conn  # noqa: SLF001 - our own subclass's connection
    assert connection.core is not None
    try:
        raw.execute("BEGIN IMMEDIATE")
        outcomes = [_run_unit(raw, Writer(connection.core), unit) for unit in units]
        raw.execute("COMMIT")
    except (sqlite3.Error, TransactionLost) as error:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        return [(False, _lost(error)) for _ in units]
    return outcomes


def _lost(error: Exception) -> TransactionLost:
    lost = TransactionLost(f"the transaction was lost: {type(error).__name__}")
    lost.__cause__ = error
    return lost


def _run_unit(raw: sqlite3.Connection, writer: Writer, unit: Unit[Any]) -> Outcome:
    raw.execute("SAVEPOINT unit")
    try:
        outcome: Outcome = (True, unit(writer))
    except BaseException as error:  # noqa: BLE001 - whatever a unit raises fails that unit alone
        outcome = (False, _as_exception(error))
        if raw.in_transaction:
            raw.execute("ROLLBACK TO unit")
    if not raw.in_transaction:
        cause = None if outcome[0] else outcome[1]
        raise TransactionLost("the engine ended the transaction inside a unit") from cause
    raw.execute("RELEASE unit")
    return outcome


def _as_exception(error: BaseException) -> Exception:
    """What a future can carry; faults of the machine by our name, so that they are waited out."""
    if isinstance(error, DBAPIError) and getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in OUTER_FAULTS:
        fault = StorageFault(f"SQLite failed: {error.orig.sqlite_errorname}")  # type: ignore[union-attr] # told by its code
        fault.__cause__ = error
        return fault
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    aborted = UnitAborted(f"a unit ended in {type(error).__name__}")
    aborted.__cause__ = error
    return aborted


def prepare_file(url: str) -> None:
    """Make the folder (0700) and the file (0600) of a new database, so that it is never readable to others."""
    path = Path(make_url(url).database or "")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
