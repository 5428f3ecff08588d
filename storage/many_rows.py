"""Adds many rows by a text that is made once, with values that are converted column by column.

SQLAlchemy makes a dictionary of parameters for each row, which costs more than the engine takes to add it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from typing import Any

from sqlalchemy import Connection, Dialect, Table

Conversion = Callable[[Any], Any] | None
AT_ONCE = 1_000
"""Rows in one statement of SQLite's, which keeps no other thread waiting while it runs; PostgreSQL gets them in a stream."""
MOST_PARAMETERS = 30_000
COUNTED = {"preserve_rowcount": True}
"""Without it the rows that an INSERT added are not counted on PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Form:
    """`one` adds a row, `several` as many `at_once`; `conversions` make of each column's value what the driver takes."""

    one: str
    several: str
    at_once: int
    conversions: Mapping[str, Conversion]


def insert(
    connection: Connection,
    table: Table,
    columns: Mapping[str, Sequence[object]],
    shared: Mapping[str, object],
    *,
    unique: tuple[str, ...] = (),
    ready: tuple[str, ...] = (),
) -> int:
    """Add rows, given column by column, and `shared` in each; tell how many were added.

    Those whose `unique` columns are there already are left out. The values of `ready` columns are the driver's own.
    """
    form = _form(connection.dialect, table, (*columns, *shared), unique, ready)
    own = [_converted(values, form.conversions[name]) for name, values in columns.items()]
    constant = [repeat(*_converted([value], form.conversions[name])) for name, value in shared.items()]
    values = list(zip(*own, *constant, strict=False))
    several = range(0, len(values) - len(values) % form.at_once, form.at_once)
    groups = [tuple(chain.from_iterable(values[start : start + form.at_once])) for start in several]
    rest = values[len(groups) * form.at_once :]
    return sum(_run(connection, text, some) for text, some in ((form.several, groups), (form.one, rest)) if some)


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Of rows that all have the same columns."""
    return {name: [row[name] for row in rows] for name in rows[0]}


def _converted(values: Sequence[Any], conversion: Conversion) -> Sequence[Any]:
    return values if conversion is None else list(map(conversion, values))


def _run(connection: Connection, text: str, parameters: list[tuple[Any, ...]]) -> int:
    return connection.exec_driver_sql(text, parameters, execution_options=COUNTED).rowcount


@cache
def _form(
    dialect: Dialect, table: Table, names: tuple[str, ...], unique: tuple[str, ...], ready: tuple[str, ...]
) -> Form:
    at_once = min(AT_ONCE, MOST_PARAMETERS // len(names)) if dialect.name == "sqlite" else 1
    quoted = dialect.identifier_preparer.quote
    row = f"({', '.join([_MARKS[dialect.name]] * len(names))})"
    into = f"INSERT INTO {quoted(table.name)} ({', '.join(map(quoted, names))}) VALUES "  # noqa: S608 - names of the schema itself
    once = f" ON CONFLICT ({', '.join(map(quoted, unique))}) DO NOTHING" if unique else ""
    types = {name: table.c[name].type.dialect_impl(dialect) for name in names}
    return Form(
        one=into + row + once,
        several=into + ", ".join([row] * at_once) + once,
        at_once=at_once,
        conversions={name: None if name in ready else kind.bind_processor(dialect) for name, kind in types.items()},
    )


_MARKS = {"sqlite": "?", "postgresql": "%s"}
