"""How an engine would find the rows of every statement that a unit runs: to prove that an index carries it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection, event

from storage.database import Database, Writer

Unit = Callable[[Writer], object]


async def plans(database: Database, unit: Unit) -> dict[str, str]:
    """Each statement of the unit with its plan."""

    def explained(tx: Writer) -> dict[str, str]:
        forbid_reading_all(tx)
        return {statement: plan_of(tx, statement, parameters) for statement, parameters in _run(tx, unit)}

    return await database.write(explained)


def forbid_reading_all(tx: Writer) -> None:
    """On PostgreSQL, where it would be right for the few rows of a test."""
    if tx.dialect == "postgresql":
        tx._connection.exec_driver_sql("SET LOCAL enable_seqscan = off")


async def scans(database: Database, unit: Unit) -> list[str]:
    """The statements that would read a whole table. A subquery's result and a constant row are no tables."""
    found = await plans(database, unit)
    return [f"{statement}\n{plan}" for statement, plan in found.items() if reads_all(plan)]


def _run(tx: Writer, unit: Unit) -> list[tuple[str, Any]]:
    told: list[tuple[str, Any]] = []

    def listen(_: Connection, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:  # noqa: FBT001 - theirs
        told.append((statement, parameters[0] if many else parameters))

    event.listen(tx._connection, "before_cursor_execute", listen)
    try:
        unit(tx)
    finally:
        event.remove(tx._connection, "before_cursor_execute", listen)
    return told


def plan_of(tx: Writer, statement: str, parameters: Any) -> str:
    explain = "EXPLAIN" if tx.dialect == "postgresql" else "EXPLAIN QUERY PLAN"
    rows = tx._connection.exec_driver_sql(f"{explain} {statement}", parameters).all()
    return "\n".join(str(row[-1]) for row in rows)


EMPTIED = "recount"
"""Read as a whole on purpose: it holds what has changed since the last tick, which empties it."""


def reads_all(plan: str, but: Collection[str] = ()) -> bool:
    made = {line.split()[-1] for line in plan.splitlines() if line.startswith(("CO-ROUTINE", "MATERIALIZE"))}
    spared = {"CONSTANT", EMPTIED, *made, *but}
    return any(
        ("Seq Scan" in line and f"Seq Scan on {EMPTIED}" not in line)
        or (line.startswith("SCAN") and " USING " not in line and line.split()[1] not in spared)
        for line in plan.splitlines()
    )
