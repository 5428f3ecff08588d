"""Bringing a database to this version's schema, and refusing one that a newer version wrote."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, NullPool, create_engine, inspect, text
from sqlalchemy.engine import make_url

from storage.database import NewerDatabase
from storage.postgres import engine_url
from storage.sqlite import connect, prepare_file

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_210_417


def upgrade(url: str, revision: str = "head") -> None:
    """Raise the schema to `revision`; a new SQLite file is made private first.

    Most starts find the schema as they want it: a look is enough then, and alembic is not even imported.
    """
    if url.startswith("sqlite"):
        prepare_file(url)
    if revision != "head" or _stored(url) != head():
        _alone(url, lambda connection: _upgrade(connection, revision))


def downgrade(url: str, revision: str) -> None:
    from alembic import command

    _alone(url, lambda connection: command.downgrade(_config(connection), revision))


def current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def head() -> str:
    return max(_known())


def knows(revision: str) -> bool:
    """Whether this version can work with such a schema, after raising it."""
    return revision in _known()


def stored(url: str) -> str | None:
    """The revision of a database that is there, looked up without touching it."""
    if not url.startswith("sqlite"):
        return _stored(url)
    path = Path(make_url(url).database or "").resolve()
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True), poolclass=NullPool
    )
    with engine.connect() as connection:
        return current(connection)


def _known() -> set[str]:
    """The revisions of this version: the numbers that their files begin with."""
    return {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")}


def _stored(url: str) -> str | None:
    if not url.startswith("sqlite"):
        with create_engine(engine_url(url), poolclass=NullPool).connect() as connection:
            return current(connection)
    raw = connect(make_url(url).database or "")
    raw.execute("BEGIN IMMEDIATE")  # so that a database that cannot be written is found out before we serve from it
    with create_engine("sqlite://", creator=lambda: raw, poolclass=NullPool).connect() as connection:
        return current(connection)


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command

    command.upgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _alone(url: str, change: Callable[[Connection], None]) -> None:
    if url.startswith("sqlite"):
        _alone_on_sqlite(url, change)
    else:
        _alone_on_postgres(url, change)


def _alone_on_sqlite(url: str, change: Callable[[Connection], None]) -> None:
    """Foreign keys are off before BEGIN (the pragma does nothing later) and checked before COMMIT."""
    raw = connect(make_url(url).database or "")
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=NullPool)
    with engine.connect() as connection:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN IMMEDIATE")
        try:
            _refuse_newer(connection)
            change(connection)
            _refuse_dangling(raw)
        except BaseException:
            raw.execute("ROLLBACK")
            raise
        raw.execute("COMMIT")
    engine.dispose()


def _refuse_dangling(raw: sqlite3.Connection) -> None:
    broken = raw.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration would leave {len(broken)} dangling references")


def _alone_on_postgres(url: str, change: Callable[[Connection], None]) -> None:
    engine = create_engine(engine_url(url), poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        _refuse_newer(connection)
        change(connection)
    engine.dispose()


def _refuse_newer(connection: Connection) -> None:
    revision = current(connection)
    if revision is not None and revision not in _known():
        raise NewerDatabase(revision)
