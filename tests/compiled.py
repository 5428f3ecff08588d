"""A statement is compiled once for all PostgreSQL databases of a run, though each test has an engine of its own.

The program has one engine for as long as it runs and needs none of this; on SQLite all connections share one anyway.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

KEPT: dict[Any, Any] = {}
"""By dialect and statement; all the run's databases are of one server, for which the dialects are alike."""


def once_for_all_databases() -> None:
    PGDialect_psycopg.__eq__ = _is_alike  # type: ignore[method-assign] # what is kept is found by its dialect
    PGDialect_psycopg.__hash__ = _kind  # type: ignore[method-assign,assignment] # the same
    event.listen(Engine, "engine_connect", _share)


def _is_alike(one: object, other: object) -> bool:
    return type(one) is type(other)


def _kind(one: object) -> int:
    return hash(type(one))


def _share(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execution_options(compiled_cache=KEPT)
