"""`run.py check`: a deployment that is well says so line by line, and every fault is named with what to do."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from typer.testing import CliRunner, Result

from commands import COMMANDS, assemble
from commands.checks import newest_backup, working_days
from storage import backup_files
from storage.tables import metadata
from tests.commands.drills import engine, write_october
from tests.postgres_server import BINARIES

Run = Callable[..., Result]
TOKEN = "123456789:AAE2bcdefghijklmnopqrstuvwxyz0123456"


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """A deployment that is well: its October, a token, an administrator, a backup of today."""
    tmp_path.chmod(0o700)
    monkeypatch.chdir(tmp_path)
    for name, value in (
        ("DATABASE_URL", database_url), ("LC_ALL", "zh_CN.UTF-8"), ("PG_BIN", str(BINARIES)),
        ("TELEGRAM_BOT_TOKEN", TOKEN), ("ADMIN_IDS", "4711"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    asyncio.run(write_october(database_url))
    if database_url.startswith("sqlite"):
        path_of(database_url).chmod(0o600)
    app = assemble([command for command in COMMANDS if command.name in ("backup", "check", "migrate")])
    said = CliRunner().invoke(app, ["backup"])
    assert said.exit_code == 0, said.output
    return lambda *arguments: CliRunner().invoke(app, [*(arguments or ("check",))])


def path_of(url: str) -> Path:
    return Path(make_url(url).database or "")


def problems(said: Result) -> list[str]:
    return [line for line in said.output.splitlines() if line.startswith("问题") and "暂定" not in line]


def change(url: str, statement: str) -> None:
    with engine(url).begin() as connection:
        connection.execute(text(statement))


def test_all_is_well(run: Run) -> None:
    said = run()
    assert problems(said) == [], said.output
    for subject in ("设置", "令牌", "时间", "数据库", "管理员", "审计", "时钟", "工作日", "备份", "语言文件"):
        assert f"  {subject}  " in said.output
    assert said.exit_code == int("暂定" in said.output)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TELEGRAM_BOT_TOKEN", "", "BotFather"),
        ("TELEGRAM_BOT_TOKEN", "123456789:AAE2b", "不完整"),
        ("TIMEZONE", "Mars/Olympus", "TIMEZONE"),
        ("ADMIN_IDS", "", "没有"),
        ("BACKUP_FOLDER", "nowhere", "没有备份"),
    ],
)
def test_a_setting_that_is_not_well(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    said = run()
    assert said.exit_code == 1
    (line,) = problems(said)
    assert told in line


def test_a_changed_audit_is_found(run: Run, database_url: str) -> None:
    change(database_url, "UPDATE audit SET actor = 'account:1' WHERE id = 3")
    (line,) = problems(run())
    assert "审计" in line
    assert "不符" in line


def test_an_older_and_a_newer_schema(run: Run, database_url: str) -> None:
    change(database_url, "UPDATE alembic_version SET version_num = '9999'")
    assert "更新的版本" in problems(run())[0]
    change(database_url, "DROP TABLE alembic_version")
    assert "migrate" in problems(run())[0]


def test_a_clock_that_stands_behind(run: Run, database_url: str) -> None:
    change(
        database_url,
        f"UPDATE audit SET at = '{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d %H:%M:%S}' WHERE seal_id IS NULL",
    )
    change(
        database_url,
        "INSERT INTO audit (at, verb, actor, subject, digest) VALUES ('2199-01-01 00:00:00', 'a:b', 'clock', 'a:1', 'x')",
    )
    assert any("时钟" in line for line in problems(run()))


def test_a_file_that_others_can_read(run: Run, database_url: str) -> None:
    Path(".env").write_text("LOG_FORMAT=console\n")
    Path(".env").chmod(0o644)
    lines = problems(run())
    assert any("chmod 600 .env" in line for line in lines)
    if database_url.startswith("sqlite"):
        path_of(database_url).chmod(0o640)
        assert any(f"chmod 600 {path_of(database_url)}" in line for line in problems(run()))


def test_dangling_references_and_damage(run: Run, database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL lets no reference dangle")
    with sqlite3.connect(path_of(database_url)) as raw:
        raw.execute("DELETE FROM person WHERE id = 1")
    raw.close()
    assert any("完整性" in line for line in problems(run()))
    path_of(database_url).write_bytes(b"\0" * 9000)
    assert any("恢复备份" in line for line in problems(run()))


def test_no_database_yet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///new/shuangpei.db")
    (line,) = problems(run())
    assert "不存在" in line
    assert not Path("new").exists()


def test_a_server_that_does_not_answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:s3cret@127.0.0.1:1/nowhere")
    said = run()
    assert "无法读取" in problems(said)[0]
    assert "s3cret" not in said.output


def test_it_changes_nothing(run: Run, database_url: str) -> None:
    def everything() -> dict[str, int]:
        with engine(database_url).connect() as connection:
            return {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in metadata.tables}

    before = everything()
    run()
    assert everything() == before


def test_an_old_backup_and_a_provisional_year(tmp_path: Path) -> None:
    from bot.settings import Settings

    now = datetime(2026, 10, 12, 2, tzinfo=UTC)
    settings = Settings.model_construct(backup_folder=str(tmp_path), timezone="Asia/Shanghai")
    backup_files.named(tmp_path, now - timedelta(hours=30), "db").touch()
    assert newest_backup(settings, now).ok
    assert not newest_backup(settings, now + timedelta(hours=9)).ok
    assert working_days(settings, now).ok
    assert not working_days(settings, datetime(2031, 1, 5, tzinfo=UTC)).ok
