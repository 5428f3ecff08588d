"""`run.py serve`: the assistant itself. A start that fails says in one sentence what is wrong and how to mend it."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from commands import greeting, spoken

PROBLEM = 2
TERMINAL = ("rich", "pygments")
"""What draws on terminals."""


def serve() -> None:
    """Serve Telegram until stopped; sets up the database by itself."""
    gc.disable()  # nothing that is imported is garbage; the collector begins where the start ends
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    with left_out(TERMINAL):
        from bot import records
        from bot.settings import load
        from bot.settings_problem import SettingsProblem

    try:
        settings = load()
    except SettingsProblem as problem:
        raise stopped(*problem.told(spoken())) from None
    if not settings.telegram_bot_token.get_secret_value():
        raise stopped(greeting(offer_demo=True))
    records.configure(settings.log_format)
    prepare(settings.database_url)
    with left_out(TERMINAL):
        from bot.start import serve_until_stopped

    try:
        asyncio.run(serve_until_stopped(settings))
    except SettingsProblem as problem:
        raise stopped(*problem.told(spoken())) from None


@contextmanager
def left_out(packages: tuple[str, ...]) -> Iterator[None]:
    """Libraries that take these along where they find them (structlog, httpx) do without, which saves a server 3 MB."""
    absent = [package for package in packages if package not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None says that there is no such module
    try:
        yield
    finally:
        for package in absent:
            del sys.modules[package]


def stopped(*sentences: str) -> typer.Exit:
    typer.echo("\n".join(sentences), err=True)
    return typer.Exit(PROBLEM)


def prepare(url: str, revision: str = "head") -> None:
    """Bring the schema up to this version, or say why that cannot be."""
    import sqlite3

    from sqlalchemy.exc import SQLAlchemyError

    from storage import schema
    from storage.database import NewerDatabase

    try:
        schema.upgrade(url, revision)
    except NewerDatabase as newer:
        raise stopped(
            f"The database was written by a newer version (revision {newer}). Start that version, or restore a backup "
            "made before the upgrade."
        ) from None
    except sqlite3.DatabaseError as error:
        raise stopped(unusable(error)) from None
    except OSError as error:
        raise stopped(unusable(error.strerror)) from None
    except SQLAlchemyError as error:
        if url.startswith("sqlite"):
            raise stopped(unusable(error.__cause__)) from None
        raise stopped(
            f"The database cannot be reached ({cause(error)}). Check DATABASE_URL and that the server runs."
        ) from None


def unusable(why: object) -> str:
    return f"The database cannot be opened for writing ({why}). Check DATABASE_URL and the rights of its folder."


def cause(error: Exception) -> str:
    """The driver's own first line, which names host and user but never the password."""
    return str(error.__cause__ or type(error).__name__).partition("\n")[0]
