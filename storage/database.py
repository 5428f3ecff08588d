"""One way to work with either engine: `await database.write(unit)`, `await database.read(query)`.

A unit is a synchronous function of a transaction. It runs whole on the database's own thread, so nothing can be awaited
inside it and nothing sent before its commit. A unit may be run again, so it has no effect outside the transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Executable, Insert, Row, Table, func, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from storage import many_rows
from storage.many_rows import columns_of

Result = TypeVar("Result")
Parameters = Mapping[str, Any] | None
UNNAMED = "a statement of raw SQL"


class UnitAborted(RuntimeError):
    """A unit ended in something that is no ordinary exception, such as SystemExit; its work is undone."""


class StorageFault(RuntimeError):
    """The engine could not do its work: gone, locked, full. Nothing of the unit was kept; later it may succeed."""


class TransactionLost(StorageFault):
    """The engine gave up the whole transaction (a full disk does that), so every unit of the batch is undone."""


class NewerDatabase(RuntimeError):
    """The database was written by a newer version of the program than this one."""


class Reader:
    """What a query may do. Results are fetched whole, so no cursor stays open."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> str:
        return self._connection.dialect.name

    def all(self, statement: Executable, parameters: Parameters = None) -> Sequence[Row[Any]]:
        return self._connection.execute(statement, parameters).all()

    def first(self, statement: Executable, parameters: Parameters = None) -> Row[Any] | None:
        return self._connection.execute(statement, parameters).first()

    def one(self, statement: Executable, parameters: Parameters = None) -> Row[Any]:
        return self._connection.execute(statement, parameters).one()

    def scalar(self, statement: Executable, parameters: Parameters = None) -> Any:
        return self._connection.execute(statement, parameters).scalar()

    def scalars(self, statement: Executable, parameters: Parameters = None) -> Sequence[Any]:
        return self._connection.execute(statement, parameters).scalars().all()


class Writer(Reader):
    """What one unit may do. There is no commit here: the edge commits."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._changed: set[str] = set()

    def has_changed(self, *tables: str) -> bool:
        """Whether this unit may have changed one of these tables so far."""
        return not self._changed.isdisjoint({*tables, UNNAMED})

    def run(self, statement: Executable, parameters: Parameters = None) -> int:
        """Run a change and return how many rows it touched."""
        self._changed.add(str(getattr(statement, "table", UNNAMED)))
        return self._connection.execute(statement, parameters).rowcount

    def run_many(self, statement: Executable, rows: Sequence[Mapping[str, object]]) -> None:
        """Run a change once for each of the rows, which all name the same parameters."""
        if rows:
            self._changed.add(str(getattr(statement, "table", UNNAMED)))
            self._connection.execute(statement, list(rows))

    def insert(self, table: Table, **values: object) -> int:
        """Add a row and return its id."""
        self._changed.add(table.name)
        key = self._connection.execute(_insert(table), values).inserted_primary_key
        assert key is not None
        return int(key[0])

    def insert_many(self, table: Table, rows: Sequence[Mapping[str, object]], **shared: object) -> None:
        """Add rows that all have the same columns, and `shared` in each of them."""
        if rows:
            self._insert_columns(table, columns_of(rows), shared)

    def insert_once(self, table: Table, *, unique: Sequence[str], **values: object) -> bool:
        """Add a row unless one with the same `unique` columns is there; tell whether it was added."""
        self._changed.add(table.name)
        statement = _insert_once(self.dialect, table, tuple(unique))
        return self._connection.execute(statement, values, execution_options=many_rows.COUNTED).rowcount > 0

    def insert_many_once(
        self, table: Table, rows: Sequence[Mapping[str, object]], *, unique: Sequence[str], **shared: object
    ) -> int:
        """Add those of the rows whose `unique` columns are not there yet; tell how many that were."""
        return self._insert_columns(table, columns_of(rows), shared, unique=unique) if rows else 0

    def insert_columns(
        self,
        table: Table,
        columns: Mapping[str, Sequence[object]],
        *,
        unique: Sequence[str] = (),
        ready: Sequence[str] = (),
        **shared: object,
    ) -> int:
        """The same for many rows, given column by column; tell how many were added.

        The columns named `ready` hold what the engine takes as it is, such as JSON that is text already.
        """
        return self._insert_columns(table, columns, shared, unique=unique, ready=ready)

    def _insert_columns(
        self,
        table: Table,
        columns: Mapping[str, Sequence[object]],
        shared: Mapping[str, object],
        *,
        unique: Sequence[str] = (),
        ready: Sequence[str] = (),
    ) -> int:
        self._changed.add(table.name)
        return many_rows.insert(self._connection, table, columns, shared, unique=tuple(unique), ready=tuple(ready))

    def new_ids(self, table: Table, number: int) -> Sequence[int]:
        """Ids for rows that this unit is going to add: nobody else takes them."""
        if self.dialect == "postgresql":
            return self.scalars(_NEXT_IDS, {"table": table.name, "number": number})
        last = self.scalar(select(func.coalesce(func.max(table.c.id), 0)))
        return range(last + 1, last + 1 + number)


_NEXT_IDS = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :number)")


@cache
def _insert(table: Table) -> Insert:
    """Made once, for to make a statement costs as much as to run it; the values come as parameters."""
    return insert(table)


@cache
def _insert_once(dialect: str, table: Table, unique: tuple[str, ...]) -> Insert:
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing(index_elements=unique)
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=unique)


Unit = Callable[[Writer], Result]
Query = Callable[[Reader], Result]


class Database(Protocol):
    """Both engines keep this contract: a result is returned only after the commit that holds it.

    A unit whose caller is cancelled runs and commits all the same. `close` lets what was asked for come to its end.
    """

    alone: bool
    """Whether no other process works on it, so that claims found at the start are a dead one's."""

    async def write(self, unit: Unit[Result]) -> Result: ...

    async def read(self, query: Query[Result]) -> Result: ...

    def sole(self, work: str, /) -> AbstractAsyncContextManager[bool]:
        """Whether nobody else on this database is at such work; if so, nobody begins it until the end of the block."""
        ...

    async def close(self) -> None: ...


async def open_database(url: str, *, readers: int = 2) -> Database:
    """Open `sqlite:///path` or `postgresql://…`; the schema must be there already (see `storage.schema`)."""
    if url.startswith("sqlite"):
        from storage.sqlite import SqliteDatabase

        return await SqliteDatabase.open(url, readers=readers)
    from storage.postgres import PostgresDatabase

    return PostgresDatabase(url)
