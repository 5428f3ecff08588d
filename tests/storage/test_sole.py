"""One at a time at some work: among replicas on PostgreSQL; on SQLite there is but one process."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from storage.database import Database, StorageFault, open_database
from storage.postgres import PostgresDatabase


@pytest.fixture
async def pair(postgres_url: str) -> AsyncIterator[tuple[Database, Database]]:
    one, other = [await open_database(postgres_url) for _ in range(2)]
    yield one, other
    await one.close()
    await other.close()


async def test_it_is_ours_where_nobody_is_at_it(database: Database) -> None:
    for _ in range(2):
        async with database.sole("tick") as ours:
            assert ours


async def test_another_waits_for_nothing_and_leaves_it(pair: tuple[Database, Database]) -> None:
    one, other = pair
    async with one.sole("tick") as ours:
        assert ours
        async with other.sole("tick") as theirs:
            assert not theirs
        async with other.sole("something else") as theirs:
            assert theirs
    async with other.sole("tick") as theirs:
        assert theirs


async def test_it_ends_with_whoever_fails_at_it(pair: tuple[Database, Database]) -> None:
    one, other = pair
    with pytest.raises(KeyError):
        async with one.sole("tick"):
            raise KeyError
    async with other.sole("tick") as theirs:
        assert theirs


async def test_each_schema_has_its_own(pair: tuple[Database, Database], postgres_url: str) -> None:
    one, other = pair
    await other.write(lambda tx: tx.run(text("CREATE SCHEMA elsewhere")))
    there = PostgresDatabase(f"{postgres_url}&options=-csearch_path%3Delsewhere")
    async with one.sole("tick"), there.sole("tick") as ours:
        assert ours
    await there.close()


async def test_units_go_on_meanwhile(pair: tuple[Database, Database]) -> None:
    """As many as there are threads: the lock has a connection of its own."""
    one, _ = pair
    async with one.sole("tick"):
        assert await one.write(lambda tx: tx.scalar(text("SELECT 1"))) == 1


async def test_a_server_that_is_away_is_a_fault_of_the_storage() -> None:
    away = PostgresDatabase("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(StorageFault):
        async with away.sole("tick"):
            pass
    await away.close()
