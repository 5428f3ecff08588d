"""PostgreSQL: psycopg on a small pool of threads, a commit a unit, retries where the engine asks for them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from storage.database import Query, Reader, Result, StorageFault, Unit, UnitAborted, Writer

T = TypeVar("T")
THREADS = 6
TRIES = 3
SERIALIZATION_FAILURE = "40001"
DEADLOCK_DETECTED = "40P01"
TRY_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtext(coalesce(current_schema(), '')), hashtext(:work))")
APART = 1
"""Connections beside those of the threads: for the lock that `sole` holds."""


def engine_url(url: str) -> URL:
    """Name the driver, whatever way the deployer wrote the address."""
    return make_url(url).set(drivername="postgresql+psycopg")


class PostgresDatabase:
    """What is serial on SQLite is made so by row locks, which `access` and the rules about sets take."""

    alone = False

    def __init__(self, url: str, *, threads: int = THREADS) -> None:
        self._engine: Engine = create_engine(
            engine_url(url), pool_size=threads + APART, max_overflow=0, pool_pre_ping=True, hide_parameters=True
        )
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="postgres")

    async def write(self, unit: Unit[Result]) -> Result:
        return await self._on_thread(lambda: self._write(unit))

    async def read(self, query: Query[Result]) -> Result:
        return await self._on_thread(lambda: self._read(query))

    @contextlib.asynccontextmanager
    async def sole(self, work: str, /) -> AsyncIterator[bool]:
        """An advisory lock of a transaction, held by a connection of its own: it ends with a process that dies.

        Behind a pool of transactions it holds as well, and each schema has its own.
        """
        connection = await self._on_thread(self._engine.connect)
        try:
            yield bool(await self._on_thread(lambda: connection.scalar(TRY_LOCK, {"work": work})))
        finally:
            await self._on_thread(connection.close)

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown, wait=True)
        self._engine.dispose()

    async def _on_thread(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._threads, _with_named_faults, work))

    def _read(self, query: Query[Result]) -> Result:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return query(Reader(connection))

    def _write(self, unit: Unit[Result]) -> Result:
        for _ in range(TRIES - 1):
            try:
                return self._write_once(unit)
            except DBAPIError as error:
                if not _may_be_retried(error):
                    raise
        return self._write_once(unit)

    def _write_once(self, unit: Unit[Result]) -> Result:
        with self._engine.begin() as connection:
            return unit(Writer(connection))


def _with_named_faults(work: Callable[[], T]) -> T:
    """Faults of the engine by our name; what a future cannot carry (StopIteration, SystemExit) as `UnitAborted`."""
    try:
        return work()
    except (OperationalError, InterfaceError) as error:
        raise StorageFault(f"PostgreSQL failed: {type(error.orig).__name__}") from error
    except BaseException as error:
        if isinstance(error, Exception) and not isinstance(error, StopIteration):
            raise
        raise UnitAborted(f"a unit ended in {type(error).__name__}") from error


def _may_be_retried(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in (SERIALIZATION_FAILURE, DEADLOCK_DETECTED)
