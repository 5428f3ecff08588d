"""What `backup` and `restore` say when they cannot do it, in the language of the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from commands import speaks_chinese
from domain.refusals import Refusal

FAILED = 1
Progress = Callable[[int, int], None]

SENTENCES = {
    "nothing_there": (
        "There is no database at {path}: check DATABASE_URL.",
        "{path} 处没有数据库，请检查 DATABASE_URL。",
    ),
    "being_written": ("A backup is being written at this moment.", "此刻另有备份正在写入。"),
    "damaged": ("It is damaged ({why}). Take an older backup.", "文件已损坏（{why}），请改用更早的备份。"),
    "foreign": ("This is no backup of this program.", "这不是本程序的备份文件。"),
    "newer": (
        "A newer version of the program wrote it (revision {revision}). Use that version.",
        "它由更新的版本写入（结构版本 {revision}），请使用该版本的程序。",
    ),
    "other_engine": (
        "It was made of {engine}, and DATABASE_URL names another kind of database.",
        "它来自 {engine}，与 DATABASE_URL 所指的数据库类型不同。",
    ),
    "held": (
        "The database is in use: stop the bot first, on every machine.",
        "数据库正在使用，请先停止助手（所有机器上的）。",
    ),
    "no_programs": (
        "{name} is not found: install PostgreSQL's client programs, or set PG_BIN to their folder.",
        "找不到 {name}：请安装 PostgreSQL 客户端程序，或用 PG_BIN 指明其所在文件夹。",
    ),
    "program_failed": ("{name} failed: {why}", "{name} 执行失败：{why}"),
    "no_schema": (
        "The schema that DATABASE_URL works in does not exist: create it first.",
        "DATABASE_URL 所用的 schema 不存在，请先创建。",
    ),
    "other_schema": (
        "It was made of the schema {dumped}, and DATABASE_URL works in {stands}.",
        "它来自 schema {dumped}，而 DATABASE_URL 使用的是 {stands}。",
    ),
}


def said(english: str, chinese: str) -> str:
    return chinese if speaks_chinese() else english


@contextmanager
def refusals_told() -> Iterator[None]:
    """A refusal, or a fault of the disk or the engine, ends the command with one sentence and exit code 1."""
    import sqlite3

    from sqlalchemy.exc import SQLAlchemyError

    from commands.serve import cause
    from storage.database import StorageFault

    try:
        yield
    except Refusal as refusal:
        sentence = said(*SENTENCES[refusal.code]).format(**refusal.fields)
    except OSError as error:
        sentence = said(f"The disk refuses ({error}).", f"磁盘读写失败（{error}）。")
    except (SQLAlchemyError, sqlite3.Error, StorageFault) as error:
        reason = cause(error) if error.__cause__ else str(error)
        sentence = said(f"The database refuses ({reason}).", f"数据库操作失败（{reason}）。")
    else:
        return
    typer.echo(sentence, err=True)
    raise typer.Exit(FAILED)


@contextmanager
def shown(title: str) -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    with Bars(console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(title, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total or None)
