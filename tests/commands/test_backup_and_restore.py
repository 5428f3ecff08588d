"""Backed up while a writer writes, destroyed, restored, compared table by table; and everything that must be refused."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from typer.testing import CliRunner, Result

from commands import COMMANDS, assemble
from storage import backup_files, backups, schema
from storage.database import Database, open_database
from storage.postgres_backup import Programs
from storage.sqlite_backup import faults
from tests.commands.drills import contents, engine, only_file, write_october, write_on
from tests.postgres_server import BINARIES

Run = Callable[..., Result]
NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("PG_BIN", str(BINARIES))
    app = assemble([command for command in COMMANDS if command.name in ("backup", "restore")])
    return lambda *arguments, **more: CliRunner().invoke(app, arguments, **more)


@pytest.fixture
def october(database_url: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", database_url)
    asyncio.run(write_october(database_url))
    return database_url


@pytest.fixture
def sqlite_october(sqlite_url: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    asyncio.run(write_october(sqlite_url))
    return sqlite_url


def backed_up(run: Run, *arguments: str) -> Path:
    said = run("backup", "--to", "kept", *arguments)
    assert said.exit_code == 0, said.output
    return backup_files.kept(Path("kept"))[0].path


def destroy(url: str) -> None:
    if url.startswith("sqlite"):
        Path(make_url(url).database or "").write_bytes(b"\0" * 5000)
    else:
        with engine(url).begin() as connection:
            connection.execute(text("TRUNCATE unit CASCADE"))
            connection.execute(text("DROP TABLE duty CASCADE"))


def test_destroyed_and_restored_to_the_last_row(october: str, run: Run) -> None:
    before = contents(october)
    file = backed_up(run)
    destroy(october)
    said = run("restore", str(file), "--yes")
    assert said.exit_code == 0, said.output
    after = contents(october)
    told = [row for row in after["audit"] if "database:restored" in row]
    after["audit"] = [row for row in after["audit"] if row not in told]
    after["audit_value"] = [row for row in after["audit_value"] if row[1] != told[0][0]]
    assert len(told) == 1
    assert after == before
    assert "replaced" in said.output


async def writing(database: Database, since: asyncio.Event, until: asyncio.Event) -> int:
    number = 0
    while not until.is_set():
        number += 1
        await write_on(database, number + 100)
        since.set()
    return number


async def backed_up_under_load(url: str, folder: Path) -> tuple[backups.Written, int]:
    database = await open_database(url)
    begun, stop = asyncio.Event(), asyncio.Event()
    writer = asyncio.create_task(writing(database, begun, stop))
    await begun.wait()
    programs = Programs(str(BINARIES))
    made = await asyncio.to_thread(backups.write, url, folder, 14, programs, NOW, lambda *_: None)
    stop.set()
    written = await writer
    await database.close()
    return made, written


def test_one_moment_is_kept_while_a_writer_writes(october: str, run: Run, tmp_path: Path) -> None:
    made, written = asyncio.run(backed_up_under_load(october, tmp_path / "kept"))
    total = contents(october)
    assert run("restore", str(made.path), "--yes").exit_code == 0
    units = contents(october)["unit"]
    assert 2 < len(units) <= len(total["unit"]) == written + 2
    assert all(unit in total["unit"] for unit in units)
    audited = [row for row in contents(october)["audit"] if "unit:added" in row]
    assert len(audited) == len(units) - 2  # a change and its audit row came along together


def test_what_is_written_is_private(october: str, run: Run) -> None:
    file = backed_up(run)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_the_newest_stay_and_nothing_else_is_touched(sqlite_october: str, run: Run) -> None:
    backed_up(run)
    foreign = [Path("kept") / name for name in ("shuangpei-notes.txt", "shuangpei.db", "other-20260101T000000Z.db")]
    for path in foreign:
        path.write_text("not ours")
    left_behind = Path("kept") / ".shuangpei-20260101T000000Z.db.part"
    left_behind.write_text("of a killed run")
    newest = [backed_up(run, "--keep", "2") for _ in range(4)][-2:]
    assert {backup.path for backup in backup_files.kept(Path("kept"))} == set(newest)
    assert all(path.exists() for path in foreign)
    assert not left_behind.exists()


def test_keeping_none_is_refused(sqlite_october: str, run: Run) -> None:
    assert run("backup", "--keep", "0").exit_code == 2


def test_a_database_that_is_not_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///nowhere/shuangpei.db")
    said = run("backup")
    assert said.exit_code == 1
    assert "没有数据库" in said.output
    assert not Path("nowhere").exists()


def test_a_damaged_database_leaves_no_backup(sqlite_october: str, run: Run) -> None:
    path = Path(make_url(sqlite_october).database or "")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + os.urandom(len(content) // 2))
    said = run("backup", "--to", "kept")
    assert said.exit_code == 1, said.output
    assert list(Path("kept").iterdir()) == []


def test_without_postgres_programs(postgres_url: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    monkeypatch.setenv("PG_BIN", "/nonexistent")
    said = run("backup", "--to", "kept")
    assert said.exit_code == 1
    assert "pg_dump" in said.output
    assert "PG_BIN" in said.output


def test_a_password_is_never_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:s3cret@127.0.0.1:1/nowhere")
    said = run("backup", "--to", "kept")
    assert said.exit_code == 1
    assert "s3cret" not in said.output


def test_restore_is_refused_while_the_bot_holds_the_database(october: str, run: Run) -> None:
    file = backed_up(run)
    before = contents(october)

    async def tried() -> Result:
        database = await open_database(october)
        try:
            await database.read(lambda tx: tx.scalar(text("SELECT count(*) FROM unit")))
            return await asyncio.to_thread(run, "restore", str(file), "--yes")
        finally:
            await database.close()

    said = asyncio.run(tried())
    assert said.exit_code == 1
    assert "正在使用" in said.output
    assert contents(october) == before


def test_a_newer_backup_is_refused(sqlite_october: str, run: Run) -> None:
    file = backed_up(run)
    with sqlite3.connect(file) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = contents(sqlite_october)
    said = run("restore", str(file), "--yes")
    assert said.exit_code == 1
    assert "9999" in said.output
    assert contents(sqlite_october) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"hello", "不是本程序的备份"), (b"SQLite format 3\0" + b"x" * 9000, "已损坏"), (b"PGDMP and no more", "已损坏")],
)
def test_what_is_no_sound_backup_is_refused(sqlite_october: str, run: Run, content: bytes, told: str) -> None:
    before = contents(sqlite_october)
    Path("strange.db").write_bytes(content)
    said = run("restore", "strange.db", "--yes")
    assert said.exit_code == 1
    assert told in said.output
    assert contents(sqlite_october) == before


def test_a_strange_sqlite_file_is_refused(sqlite_october: str, run: Run) -> None:
    with sqlite3.connect("strange.db") as raw:
        raw.execute("CREATE TABLE recipe (name)")
    raw.close()
    assert "不是本程序的备份" in run("restore", "strange.db", "--yes").output


def test_the_other_engine_is_refused(october: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file = backed_up(run)
    other = "postgresql://nobody@/x" if october.startswith("sqlite") else "sqlite:///other.db"
    said = run("restore", str(file), "--yes", "--into", other)
    assert said.exit_code == 1
    assert "类型不同" in said.output


def test_somebody_who_says_no_changes_nothing(october: str, run: Run) -> None:
    file = backed_up(run)
    before = contents(october)
    said = run("restore", str(file), input="n\n")
    assert said.exit_code == 1
    assert "3 人、1 份汇报" in said.output
    assert contents(october) == before


def test_a_drill_beside_the_running_database(sqlite_october: str, run: Run) -> None:
    file = backed_up(run)
    said = run("restore", str(file), "--yes", "--into", "sqlite:///drill/drill.db")
    assert said.exit_code == 0, said.output
    assert contents("sqlite:///drill/drill.db")["check_in"] == contents(sqlite_october)["check_in"]
    assert stat.S_IMODE(Path("drill").stat().st_mode) == 0o700
    assert stat.S_IMODE(Path("drill/drill.db").stat().st_mode) == 0o600


def test_a_drill_into_an_empty_postgres(postgres_url: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    asyncio.run(write_october(postgres_url))
    before = contents(postgres_url)
    file = backed_up(run)
    with engine(postgres_url).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    said = run("restore", str(file), "--yes")
    assert said.exit_code == 0, said.output
    assert "replaced" not in said.output
    assert contents(postgres_url)["summary"] == before["summary"]
    schema.upgrade(postgres_url)


def test_the_replaced_database_can_be_put_back(sqlite_october: str, run: Run) -> None:
    file = backed_up(run)

    async def one_more() -> None:
        database = await open_database(sqlite_october)
        await write_on(database, 500)
        await database.close()

    asyncio.run(one_more())
    before = contents(sqlite_october)
    assert run("restore", str(file), "--yes").exit_code == 0
    aside = only_file(Path(make_url(sqlite_october).database or "").parent, "*-replaced-*.db")
    assert contents(f"sqlite:///{aside}") == before
    assert faults(aside) == []


def test_a_name_is_never_used_twice(tmp_path: Path) -> None:
    first = backup_files.named(tmp_path, NOW, "db")
    first.touch()
    assert backup_files.named(tmp_path, NOW, "db") != first
    assert backup_files.kept(tmp_path)[0].made_at == NOW
    assert backup_files.rotate(tmp_path, 1, NOW + timedelta(days=9)) == 0
