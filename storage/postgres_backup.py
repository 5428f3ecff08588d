"""PostgreSQL's own programs: dumping the schema we work in, reading a dump, and restoring one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, inspect, text
from sqlalchemy.engine import make_url

from domain.refusals import Refusal
from storage.postgres import engine_url
from storage.sqlite_backup import Progress, Rows

MAGIC = b"PGDMP"
COPY = re.compile(r'COPY "?([^".]+)"?\."?([^" ]+)"? \(')
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True, slots=True)
class Programs:
    """`folder` holds pg_dump and pg_restore; empty: they are looked for on PATH."""

    folder: str = ""

    def path(self, name: str) -> str:
        found = shutil.which(name, path=self.folder or None)
        if found is None:
            raise Refusal("no_programs", name=name)
        return found


@dataclass(frozen=True, slots=True)
class Dump:
    schema: str
    revision: str | None
    rows: Rows


def dump(url: str, target: Path, programs: Programs, progress: Progress) -> Rows:
    """Write the schema that the address works in as it is at this moment; tell the rows of each table."""
    program = programs.path("pg_dump")
    with _engine(url).connect() as connection:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        counted = _rows(connection)
        words = ["--format=custom", "--no-owner", "--no-privileges", "--verbose", f"--snapshot={snapshot}"]
        _run([program, *words, f"--schema={_schema(connection)}", f"--file={target}"], url, progress, len(counted))
    return counted


def _engine(url: str) -> Engine:
    return create_engine(engine_url(url), poolclass=NullPool, hide_parameters=True)


def _schema(connection: Connection) -> str:
    found = connection.scalar(text("SELECT current_schema()"))
    if found is None:
        raise Refusal("no_schema")
    return str(found)


def _rows(connection: Connection) -> Rows:
    names = inspect(connection).get_table_names()
    return {name: int(connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0) for name in names}  # noqa: S608 - names of the schema itself


def _run(command: Sequence[str], url: str, progress: Progress, tables: int) -> None:
    """Run a program on the database; its last words become the reason if it fails. The password stays off its line."""
    address = make_url(url).set(drivername="postgresql")
    environment = {**os.environ, "LC_ALL": "C", "PGPASSWORD": address.password or os.environ.get("PGPASSWORD", "")}
    bare = address.set(password=None).render_as_string(hide_password=False)
    last: deque[str] = deque(maxlen=3)
    done = 0
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's own programs
        [*command, "--no-password", f"--dbname={bare}"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stderr is not None
        for line in running.stderr:
            last.append(line.strip())
            done += "dumping contents of" in line or "processing data for" in line
            progress(min(done, tables), tables)
    if running.returncode:
        raise Refusal("program_failed", name=Path(command[0]).name, why=" ".join(last))


def read(archive: Path, programs: Programs) -> Dump:
    """Read a dump through to its end. Refuses `damaged` when it cannot be read, `foreign` when it is none of ours."""
    program = programs.path("pg_restore")
    listed = subprocess.run([program, "--list", str(archive)], capture_output=True, check=False)  # noqa: S603 - PostgreSQL's own program
    if listed.returncode:
        raise Refusal("damaged", why=listed.stderr.decode(errors="replace").strip().partition("\n")[0])
    found = _read_data(_data(program, archive))
    if not found.schema or found.revision is None:
        raise Refusal("foreign")
    return found


def _data(program: str, archive: Path) -> Iterator[str]:
    command = [program, "--data-only", "--file=-", str(archive)]
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    ) as running:
        assert running.stdout is not None
        yield from running.stdout
    if running.returncode:
        raise Refusal("damaged", why="pg_restore cannot read it to its end")


def _read_data(lines: Iterator[str]) -> Dump:
    schema, revision = "", None
    rows: Rows = {}
    for line in lines:
        begun = COPY.match(line)
        if begun is None:
            continue
        schema, table = begun[1], begun[2]
        rows[table] = 0
        for row in lines:
            if row == "\\.\n":
                break
            rows[table] += 1
            revision = row.strip() if table == "alembic_version" else revision
    return Dump(schema, revision, rows)


def counted(url: str) -> Rows:
    with _engine(url).connect() as connection:
        return _rows(connection)


def restore(url: str, archive: Path, dumped: Dump, programs: Programs, aside: str, progress: Progress) -> bool:
    """Restore into the schema that the address works in; what stood there is renamed to `aside`. Tells whether it was.

    Refuses `held` while anyone else is connected. When the restore fails, what stood there stands again.
    """
    program = programs.path("pg_restore")
    with _engine(url).begin() as connection:
        replaced = _make_room(connection, dumped.schema, aside)
    words = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--verbose"]
    try:
        _run([program, *words, f"--schema={dumped.schema}", str(archive)], url, progress, len(dumped.rows))
    except BaseException:
        if replaced:
            with _engine(url).begin() as connection:
                connection.exec_driver_sql(f'DROP SCHEMA "{dumped.schema}" CASCADE')
                connection.exec_driver_sql(f'ALTER SCHEMA "{aside}" RENAME TO "{dumped.schema}"')
        raise
    return replaced


def _make_room(connection: Connection, schema: str, aside: str) -> bool:
    if connection.scalar(OTHERS):
        raise Refusal("held")
    stands = _schema(connection)
    if stands != schema:
        raise Refusal("other_schema", dumped=schema, stands=stands)
    if not inspect(connection).get_table_names():
        return False
    connection.exec_driver_sql(f'ALTER SCHEMA "{schema}" RENAME TO "{aside}"')
    connection.exec_driver_sql(f'CREATE SCHEMA "{schema}"')
    return True
