"""`run.py export`: a month's summaries as text, picture, workbook and paper in a folder, past Telegram."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import speaks_chinese, spoken
from commands.serve import prepare, stopped
from commands.shell import either
from domain.calendar import Month
from domain.refusals import Refusal
from domain.summaries import MonthSummary
from locales import Language, language

if TYPE_CHECKING:
    from storage.database import Database, Reader


def export(
    month: Annotated[str, typer.Option(help="Such as 2026-10 · 月份")],
    unit: Annotated[str, typer.Option(help="One unit alone, by its name · 只导出这个组织")] = "",
    to: Annotated[Path | None, typer.Option(file_okay=False, help="Folder to write into · 写入的文件夹")] = None,
) -> None:
    """Names stand in a branch's files, reports in its workbook: keep the folder as you keep its files."""
    from bot.settings import load
    from bot.settings_problem import SettingsProblem

    tongue = language("zh" if speaks_chinese() else "en")
    try:
        settings = load()
    except SettingsProblem as problem:
        raise stopped(*problem.told(spoken())) from None
    prepare(settings.database_url)
    folder = to or Path(f"export-{month}")
    try:
        asyncio.run(export_all(settings.database_url, month, unit, folder, tongue, datetime.now(UTC)))
    except Refusal as refusal:
        raise stopped(_why(refusal, tongue)) from None
    typer.echo(str(folder))


def _why(refusal: Refusal, tongue: Language) -> str:
    """In the words of the shell, where there is no /summary."""
    from handlers.views.summaries import REFUSALS

    match refusal.code:
        case "no_such_month":
            return either(
                "Give a month that has begun, such as --month 2026-10.",
                "请写一个已经开始的月份，例如 --month 2026-10。",
            )
        case "no_such_unit":
            unit = refusal.fields["unit"]
            return either(f"No unit’s name has “{unit}” in it.", f"没有名称含“{unit}”的组织。")
        case code:
            return tongue.text(REFUSALS[code], **refusal.fields)


async def export_all(url: str, month: str, unit: str, folder: Path, tongue: Language, now: datetime) -> None:
    """One unit after the other. Refusals: `no_such_month`, `no_such_unit`, `several_units`."""
    from rich.console import Console
    from rich.progress import track

    from services import summary_reading
    from storage.database import open_database

    database = await open_database(url)
    try:
        chosen, unit_ids = await database.read(lambda tx: summary_reading.exported(tx, month, unit, now))
        console = Console(stderr=True)
        numbered = list(enumerate(unit_ids, 1))
        for number, unit_id in track(
            numbered, str(chosen), console=console, transient=True, disable=not console.is_terminal
        ):
            write(await read(database, unit_id, chosen, now), folder, tongue, f"{number:03} " if unit == "" else "")
    finally:
        await database.close()


async def read(database: Database, unit_id: int, month: Month, now: datetime) -> MonthSummary:
    from services.summaries import shown

    def query(tx: Reader) -> MonthSummary:
        return shown(tx, unit_id, month, now)

    return await database.read(query)


def write(summary: MonthSummary, folder: Path, tongue: Language, prefix: str) -> None:
    """The text without names, fit to be forwarded; picture, workbook and paper as the unit's secretary gets them.

    `prefix` keeps the organisation's order, and apart what is called the same in two places.
    """
    from reports.studio import draw
    from reports.summary_document import document
    from reports.summary_picture import picture
    from reports.summary_text import plain_text
    from reports.summary_workbook import file_name, workbook

    folder.mkdir(parents=True, exist_ok=True)
    name = folder / (prefix + file_name(summary, tongue))
    name.write_bytes(workbook(summary, tongue))
    name.with_suffix(".docx").write_bytes(document(summary, tongue))
    name.with_suffix(".png").write_bytes(draw(picture(summary, tongue)))
    name.with_suffix(".txt").write_text(plain_text(summary, tongue) + "\n", encoding="utf-8")
