"""`run.py restore`: put a backup where the database stood, and keep what stood there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import spoken

if TYPE_CHECKING:
    from storage.backups import Verified
    from storage.database import Writer


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup · 备份文件")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask · 不再询问")] = False,
    into: Annotated[
        str, typer.Option(help="Another database than DATABASE_URL, such as for a drill · 恢复到另一数据库，如演练用")
    ] = "",
) -> None:
    """Stop the bot first. The database that stood there is kept under a name with the date. Exit code 1 if it failed."""
    from bot.settings import load
    from bot.settings_problem import SettingsProblem
    from commands.backup_sentences import refusals_told, said, shown
    from commands.serve import stopped
    from storage import backups
    from storage.postgres_backup import Programs

    try:
        settings = load()
    except SettingsProblem as problem:
        raise stopped(*problem.told(spoken())) from None
    url, programs, now = into or settings.database_url, Programs(settings.pg_bin), datetime.now(UTC)
    with refusals_told():
        found = backups.verify(file, programs)
        if not yes:
            ask(found)
        with shown(said("Restoring", "正在恢复")) as progress:
            aside = backups.restore(url, found, programs, now, progress)
        asyncio.run(remember(url, file.name, now))
    typer.echo(said("The backup is restored and checked.", "备份已恢复，并已核对。"))
    if aside:
        typer.echo(said(f"What stood there is kept as {aside}.", f"原数据库保留为 {aside}。"))


def ask(found: Verified) -> None:
    """What the file holds, and whether it shall take the database's place."""
    from commands.backup_sentences import said

    people, reports = found.rows.get("person", 0), found.rows.get("check_in", 0)
    typer.echo(
        said(
            f"{found.path.name}: {people} people, {reports} reports, sound. What was entered since will be missing.",
            f"{found.path.name}：{people} 人、{reports} 份汇报，文件完好。此后录入的内容将不在其中。",
        )
    )
    typer.confirm(said("Put it in the database's place?", "用它替换当前数据库？"), abort=True)


async def remember(url: str, name: str, now: datetime) -> None:
    """The audit of what was restored says when that was, and from which file."""
    from domain.actors import Actor
    from services import audit
    from storage.database import open_database

    def unit(tx: Writer) -> None:
        shell = Actor(now=now, locale="zh_Hans", name="shell")
        audit.record(tx, shell, "database:restored", "database:1", new={"backup": name})

    database = await open_database(url, readers=1)
    try:
        await database.write(unit)
    finally:
        await database.close()
