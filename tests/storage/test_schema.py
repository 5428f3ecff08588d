"""Bringing a database to this version's schema and back, with data in it; refusing what a newer version wrote."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, NullPool, create_engine, insert, inspect, select, text, update
from sqlalchemy.engine import make_url

from storage import schema
from storage.database import NewerDatabase
from storage.postgres import engine_url
from storage.tables import duty, metadata, outbox, person, recount, unit
from tests.commands.drills import contents, write_october

NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)


def engine(url: str) -> Engine:
    return create_engine(engine_url(url) if url.startswith("postgresql") else url, poolclass=NullPool)


def names(url: str) -> set[str]:
    with engine(url).connect() as connection:
        return set(inspect(connection).get_table_names())


def fill(connection: Connection) -> None:
    connection.execute(
        insert(unit).values(
            id=1, kind="committee", name="青江供电公司党委", position=0, zone="Asia/Shanghai", profile={}
        )
    )
    connection.execute(
        insert(person).values(
            id=1, root_id=1, unit_id=1, name="李明", staff_no="000101", staff_key="101", pinyin="liming", stage="activist",
            backbone=True, specialty="", post="", created_at=NOW,
        )
    )  # fmt: skip
    connection.execute(
        insert(outbox).values(
            unique_key="a", person_id=1, kind="home", payload={"a": 1}, not_before=NOW, created_at=NOW, state="waiting"
        )
    )


def test_the_migrations_make_exactly_what_the_tables_say(database_url: str) -> None:
    with engine(database_url).connect() as connection:
        defaults = connection.dialect.name == "postgresql"  # SQLite gives them back as they were spelled
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": defaults}
        )
        assert compare_metadata(context, metadata) == []


def test_the_head_is_the_one_that_alembic_finds() -> None:
    assert schema.head() == ScriptDirectory(str(schema.MIGRATIONS)).get_current_head()


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    with engine(database_url).begin() as connection:
        fill(connection)
    schema.upgrade(database_url)
    with engine(database_url).connect() as connection:
        assert schema.current(connection) == schema.head()
        assert connection.scalar(select(person.c.name)) == "李明"


def test_down_to_nothing_and_up_again_with_data(database_url: str) -> None:
    with engine(database_url).begin() as connection:
        fill(connection)
    schema.downgrade(database_url, "base")
    assert names(database_url) == {"alembic_version"}
    schema.upgrade(database_url)
    assert names(database_url) == {*metadata.tables, "alembic_version"}


COUNTED = {"report_count", "recount"}
"""Counted anew from the rest by the migration that makes them."""


def _entered(tables: Mapping[str, Any]) -> dict[str, Any]:
    return {name: rows for name, rows in tables.items() if name not in COUNTED}


async def test_a_month_survives_every_step_down_and_up_again(database_url: str) -> None:
    await write_october(database_url)
    before = contents(database_url)
    *earlier, _ = sorted(schema._known())
    for revision in reversed(earlier):
        schema.downgrade(database_url, revision)
    assert schema.stored(database_url) == earlier[0]
    schema.upgrade(database_url)
    assert _entered(contents(database_url)) == _entered(before)


def test_a_newer_database_is_refused_and_left_alone(database_url: str) -> None:
    with engine(database_url).begin() as connection:
        fill(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for change in (schema.upgrade, lambda url: schema.downgrade(url, "base")):
        with pytest.raises(NewerDatabase):
            change(database_url)
    with engine(database_url).connect() as connection:
        assert connection.scalar(select(person.c.name)) == "李明"
        assert schema.current(connection) == "9999"


def test_a_migration_that_fails_leaves_all_as_it_was(database_url: str) -> None:
    def fails(connection: Connection) -> None:
        connection.execute(text("DROP TABLE draft"))
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="middle"):
        schema._alone(database_url, fails)
    assert "draft" in names(database_url)


def test_a_rebuilt_table_keeps_its_children(sqlite_url: str) -> None:
    """SQLite rebuilds a table to change it; with foreign keys on, its children would go with the old one."""
    with engine(sqlite_url).begin() as connection:
        fill(connection)

    def rebuild(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE person_new AS SELECT * FROM person"))
        connection.execute(text("DROP TABLE person"))
        connection.execute(text("ALTER TABLE person_new RENAME TO person"))
        connection.execute(text("CREATE UNIQUE INDEX rebuilt ON person (id)"))

    schema._alone(sqlite_url, rebuild)
    with engine(sqlite_url).connect() as connection:
        assert connection.scalar(select(outbox.c.person_id)) == 1


def test_a_migration_that_leaves_children_without_parents_is_undone(sqlite_url: str) -> None:
    with engine(sqlite_url).begin() as connection:
        fill(connection)

    def orphan(connection: Connection) -> None:
        connection.execute(text("DELETE FROM person"))

    with pytest.raises(RuntimeError, match="dangling"):
        schema._alone(sqlite_url, orphan)
    with engine(sqlite_url).connect() as connection:
        assert connection.scalar(select(person.c.name)) == "李明"


def test_a_new_database_is_private(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/data/new.db"
    schema.upgrade(url)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "data" / "new.db").stat().st_mode) == 0o600
    with closing(sqlite3.connect(make_url(url).database or "")) as raw:
        raw.execute("BEGIN IMMEDIATE")
        beside = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert set(beside) >= {"new.db", "new.db-wal"}
    assert set(beside.values()) == {0o600}


def test_two_who_upgrade_at_once_make_one_schema(postgres_url: str) -> None:
    schema.downgrade(postgres_url, "base")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(schema.upgrade, [postgres_url] * 3))
    assert names(postgres_url) == {*metadata.tables, "alembic_version"}


def test_how_long_answering_took_is_reckoned_from_what_was_sent_before(database_url: str) -> None:
    """Reminded at nine and again the next day; the report came forty minutes after that."""
    asked = datetime(2026, 10, 9, 1, tzinfo=UTC)
    row = {
        "kind": "report", "subject_kind": "pairing", "holder_id": 1, "month": "2026-10", "opens_at": asked,
        "due_at": asked, "closes_at": NOW, "prompts": 2,
    }  # fmt: skip
    note = {"person_id": 1, "kind": "reminders.prompt", "not_before": asked, "created_at": asked}
    with engine(database_url).begin() as connection:
        fill(connection)
        for number, done_at in ((1, asked + timedelta(days=1, minutes=42)), (2, asked - timedelta(hours=1)), (3, None)):
            state = "done" if done_at else "open"
            values = {
                **row,
                "id": number,
                "subject_id": number,
                "period": "2026-W41",
                "state": state,
                "done_at": done_at,
            }
            connection.execute(insert(duty).values(values))
        for key, at, state in (("p", asked, "sent"), ("q", asked + timedelta(days=1), "sent"), ("r", NOW, "skipped")):
            sent = {**note, "unique_key": key, "payload": {"duties": [1, 2, 3]}, "state": state, "settled_at": at}
            connection.execute(insert(outbox).values(sent))
    schema.downgrade(database_url, "0018")
    schema.upgrade(database_url)
    with engine(database_url).connect() as connection:
        found = connection.execute(select(duty.c.id, duty.c.answered_in).order_by(duty.c.id)).all()
        assert [tuple(one) for one in found] == [(1, 40), (2, None), (3, None)]
        assert connection.scalars(select(recount.c.unit_id)).all() == [1]


def test_names_spelled_before_stand_by_their_surnames_too(database_url: str) -> None:
    """`chengang` may be read in two ways, but its first letters are c and g; what is spelled otherwise stays as it is."""
    spelled = {"chengang cg": "chen gang chengang cg", "liming": "liming", "": ""}
    schema.downgrade(database_url, "0020")
    with engine(database_url).begin() as connection:
        fill(connection)
    for before, after in spelled.items():
        with engine(database_url).begin() as connection:
            connection.execute(update(person).values(pinyin=before))
        schema.upgrade(database_url)
        assert _spelled(database_url) == after
        schema.downgrade(database_url, "0020")
        assert _spelled(database_url) == before
    schema.upgrade(database_url)


def _spelled(url: str) -> str | None:
    with engine(url).connect() as connection:
        return connection.scalar(select(person.c.pinyin))
