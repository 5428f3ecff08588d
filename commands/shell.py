"""What commands that change the database from the shell share: who acts, in which language, and the way in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import typer

from commands import speaks_chinese, spoken
from domain.actors import Actor
from domain.roles import Role, RoleKind
from locales import Language, language

if TYPE_CHECKING:
    from storage.database import Writer

Result = TypeVar("Result")


def database_url() -> str:
    """The database of the settings, made ready; a wrong setting stops with its sentence."""
    from bot.settings import load
    from bot.settings_problem import SettingsProblem
    from commands.serve import prepare, stopped

    try:
        url = load().database_url
    except SettingsProblem as problem:
        raise stopped(*problem.told(spoken())) from None
    prepare(url)
    return url


def written(url: str, unit: Callable[[Writer], Result]) -> Result:
    """Run one unit in the database."""
    return asyncio.run(_written(url, unit))


async def _written(url: str, unit: Callable[[Writer], Result]) -> Result:
    from storage.database import open_database

    database = await open_database(url)
    try:
        return await database.write(unit)
    finally:
        await database.close()


def shell() -> Actor:
    """Whoever has the shell has the database, so they act as an administrator."""
    role = Role(RoleKind.ADMINISTRATOR, None)
    return Actor(now=datetime.now(UTC), locale=tongue().code, name="shell", roles=(role,))


def tongue() -> Language:
    return language("zh" if speaks_chinese() else "en")


def either(english: str, chinese: str) -> str:
    """The one that the shell speaks."""
    return chinese if speaks_chinese() else english


def unclear(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(1)
