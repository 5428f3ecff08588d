"""`run.py check`: what a deployment stands on, a line a check: whether it is well, and what to do if not."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from commands import spoken
from commands.backup_sentences import said

if TYPE_CHECKING:
    from bot.settings import Settings
    from commands.checks import Line


def check() -> None:
    """Looks and changes nothing; the bot may run. Exit code 0 if all is well, 1 if anything is not."""
    lines = looked(datetime.now(UTC))
    for line in lines:
        typer.echo(f"{said('ok', '正常') if line.ok else said('PROBLEM', '问题')}  {line.subject}  {line.told}")
    if not all(line.ok for line in lines):
        raise typer.Exit(1)


def looked(now: datetime) -> list[Line]:
    from bot.settings import load
    from bot.settings_problem import SettingsProblem
    from commands import checks

    try:
        settings = load()
    except SettingsProblem as problem:
        wrong = [checks.problem(said("settings", "设置"), sentence) for sentence in problem.told(spoken())]
        return wrong + checks.catalogues()
    lines = [*checks.settings(settings, now), *checks.files(settings.database_url), *checks.database(settings)]
    if all(line.ok for line in lines if line.within_reach):
        lines += asyncio.run(inside(settings, now))
    return [*lines, checks.working_days(settings, now), checks.newest_backup(settings, now), *checks.catalogues()]


async def inside(settings: Settings, now: datetime) -> list[Line]:
    """What only the program's own reading of a sound database of this version can tell."""
    from commands import checks
    from storage.database import open_database

    opened = await open_database(settings.database_url, readers=1)
    try:
        return await opened.read(lambda tx: checks.contents(tx, settings, now))
    finally:
        await opened.close()
