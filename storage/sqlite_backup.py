"""Copying an SQLite database while it is written to, checking a copy, and putting one in another's place."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from domain.refusals import Refusal

Progress = Callable[[int, int], None]
Rows = dict[str, int]
PAGES = 2000
WAIT_SECONDS = 15.0


@contextlib.contextmanager
def opened(path: Path, *, wait: float = WAIT_SECONDS) -> Iterator[sqlite3.Connection]:
    """A connection to a database that is there; it makes no new one and changes no setting of its file."""
    raw = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=wait, isolation_level=None)
    try:
        yield raw
    finally:
        raw.close()


def copy(source: Path, target: Path, progress: Progress) -> Rows:
    """Copy what is committed at this moment, whoever writes meanwhile; tell the rows of each table.

    The open read transaction holds the moment still: without it every commit would begin the copy anew.
    """
    with opened(source) as original, opened(target) as duplicate:
        original.execute("BEGIN")
        found = rows(original)
        original.backup(duplicate, pages=PAGES, progress=lambda _, left, total: progress(total - left, total))
        original.execute("ROLLBACK")
        duplicate.execute("PRAGMA journal_mode=DELETE")  # a backup is one file
    return found


def settle(path: Path) -> None:
    """Bring all of a database into its one file."""
    with opened(path) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")


def rows(raw: sqlite3.Connection) -> Rows:
    names = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    return {
        name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names of the schema itself
        for (name,) in names
    }


def counted(path: Path) -> Rows:
    with opened(path) as raw:
        return rows(raw)


def faults(path: Path) -> list[str]:
    """What the engine finds wrong in a file; an empty list is a sound one."""
    try:
        with opened(path) as raw:
            damage = [str(line) for (line,) in raw.execute("PRAGMA integrity_check") if line != "ok"]
            dangling = raw.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return damage + [f"{table}, row {row}: no such {parent}" for table, row, parent, _ in dangling]


def revision(path: Path) -> str | None:
    """The schema a database has; None when it is none of ours."""
    try:
        with opened(path) as raw:
            found = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        return None
    return None if found is None else str(found[0])


@contextlib.contextmanager
def held_alone(path: Path) -> Iterator[None]:
    """Keep everybody else out of a database, so that its file can be moved. Refuses `held` while another has it open.

    Whoever has a database in WAL mode open holds a shared lock on its file all the time; leaving that mode wants it
    alone. What is no database any more nobody can have open.
    """
    with opened(path, wait=0) as raw:
        try:
            raw.execute("PRAGMA locking_mode=EXCLUSIVE")
            raw.execute("PRAGMA journal_mode=DELETE")
            raw.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise Refusal("held") from None
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise
        yield


def put_in_place(part: Path, target: Path, aside: Path) -> bool:
    """Move a database that is ready to where another one stood; tell whether there was one to keep as `aside`."""
    if not target.exists():
        part.rename(target)
        return False
    with held_alone(target):
        for ending in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(FileNotFoundError):
                target.with_name(target.name + ending).rename(aside.with_name(aside.name + ending))
        part.rename(target)
    return True
