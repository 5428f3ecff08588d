"""Backups of either engine: written beside, verified, named, rotated; and put back where a database stood."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from domain.refusals import Refusal
from storage import backup_files, postgres_backup, schema, sqlite_backup
from storage.postgres_backup import Programs
from storage.sqlite_backup import Progress, Rows

SQLITE_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Written:
    path: Path
    rows: int
    removed: int


@dataclass(frozen=True, slots=True)
class Verified:
    """A backup that was read through: `revision` is the schema it has, `rows` what each table holds."""

    path: Path
    engine: str
    revision: str
    rows: Rows
    dump: postgres_backup.Dump | None = None


def write(url: str, folder: Path, keep: int, programs: Programs, now: datetime, progress: Progress) -> Written:
    """Write a backup while the program runs. Refusals: `nothing_there`, `being_written`, `damaged`, those of the programs."""
    sqlite = url.startswith("sqlite")
    if sqlite and not database_path(url).is_file():
        raise Refusal("nothing_there", path=str(database_path(url)))
    backup_files.make_folder(folder)
    path = backup_files.named(folder, now, "db" if sqlite else "dump")
    with _part(path) as part:
        if sqlite:
            rows = sqlite_backup.copy(database_path(url), part, progress)
        else:
            rows = postgres_backup.dump(url, part, programs, progress)
        if verify(part, programs).rows != rows:
            raise Refusal("damaged", why="it does not hold the rows that were read")
        backup_files.finish(part, path)
    return Written(path, sum(rows.values()), backup_files.rotate(folder, keep, now))


def database_path(url: str) -> Path:
    return Path(make_url(url).database or "")


@contextlib.contextmanager
def _part(path: Path) -> Iterator[Path]:
    """A file to write into that is gone afterwards, whatever happens, unless it got its name."""
    try:
        part = backup_files.begin(path)
    except FileExistsError:
        raise Refusal("being_written") from None
    try:
        yield part
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def verify(path: Path, programs: Programs) -> Verified:
    """Read a backup through. Refuses `foreign` (none of ours), `damaged`, and `newer` (by a newer version)."""
    with path.open("rb") as file:
        beginning = file.read(16)
    if beginning.startswith(postgres_backup.MAGIC):
        dumped = postgres_backup.read(path, programs)
        found = Verified(path, "postgresql", dumped.revision or "", dumped.rows, dumped)
    elif beginning == SQLITE_MAGIC:
        found = _verify_sqlite(path)
    else:
        raise Refusal("foreign")
    if not schema.knows(found.revision):
        raise Refusal("newer", revision=found.revision)
    return found


def _verify_sqlite(path: Path) -> Verified:
    if faults := sqlite_backup.faults(path):
        raise Refusal("damaged", why=faults[0])
    revision = sqlite_backup.revision(path)
    if revision is None:
        raise Refusal("foreign")
    return Verified(path, "sqlite", revision, sqlite_backup.counted(path))


def restore(url: str, backup: Verified, programs: Programs, now: datetime, progress: Progress) -> str:
    """Put a backup where `url` points and raise its schema; return what the replaced one is now called, else "".

    Refusals: `other_engine`, `held` while a program has the database open, `damaged` when it did not arrive whole.
    """
    if url.startswith("sqlite") != (backup.engine == "sqlite"):
        raise Refusal("other_engine", engine=backup.engine)
    stamp = now.astimezone(UTC).strftime(backup_files.STAMP)
    if backup.engine == "sqlite":
        return _restore_sqlite(database_path(url), backup, stamp, progress)
    return _restore_postgres(url, backup, stamp, programs, progress)


def _restore_sqlite(target: Path, backup: Verified, stamp: str, progress: Progress) -> str:
    """The new database is copied, raised and checked beside the old one, and only then takes its place."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():
        with sqlite_backup.held_alone(target):
            pass
    aside = target.with_name(f"{target.stem}-replaced-{stamp}{target.suffix}")
    with _part(target.with_name(f"{target.stem}-{stamp}{target.suffix}")) as part:
        arrived = sqlite_backup.copy(backup.path, part, progress)
        schema.upgrade(f"sqlite:///{part}")
        if arrived != backup.rows or (faults := sqlite_backup.faults(part)):
            raise Refusal("damaged", why="".join(faults[:1]))
        sqlite_backup.settle(part)
        backup_files.sync(part)
        return str(aside) if sqlite_backup.put_in_place(part, target, aside) else ""


def _restore_postgres(url: str, backup: Verified, stamp: str, programs: Programs, progress: Progress) -> str:
    assert backup.dump is not None
    aside = f"{backup.dump.schema}_replaced_{stamp.lower()}"
    replaced = postgres_backup.restore(url, backup.path, backup.dump, programs, aside, progress)
    if postgres_backup.counted(url) != backup.rows:
        raise Refusal("damaged", why="it does not hold the rows that were dumped")
    schema.upgrade(url)
    return aside if replaced else ""
