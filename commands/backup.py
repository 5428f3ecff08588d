"""`run.py backup`: a verified copy of the database, written while the bot runs."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from commands import spoken

KEPT = 14


def backup(
    to: Annotated[Path | None, typer.Option(file_okay=False, help="Folder to write into · 写入的文件夹")] = None,
    keep: Annotated[int, typer.Option(min=1, help="How many to keep · 保留份数")] = KEPT,
) -> None:
    """Writes beside, reads it back, then gives it its name; removes only its own older ones. Exit code 1 if it failed."""
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
    folder, programs, now = to or Path(settings.backup_folder), Programs(settings.pg_bin), datetime.now(UTC)
    with refusals_told(), shown(said("Backing up", "正在备份")) as progress:
        made = backups.write(settings.database_url, folder, keep, programs, now, progress)
    asyncio.run(note(settings.database_url, now))
    typer.echo(
        said(
            f"{made.path}: {made.rows} rows, verified; {made.removed} older backups removed.",
            f"{made.path}：共 {made.rows} 行，已核对；清理旧备份 {made.removed} 份。",
        )
    )


async def note(url: str, made_at: datetime) -> None:
    """So that the assistant can tell when the last one is too old. The backup is good without it."""
    from services.deployment import note_backup
    from storage.database import StorageFault, open_database

    database = await open_database(url)
    try:
        with contextlib.suppress(StorageFault):
            await database.write(lambda tx: note_backup(tx, made_at))
    finally:
        await database.close()
