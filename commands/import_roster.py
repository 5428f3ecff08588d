"""`run.py import-roster FILE`: reads a roster and says row by row what it holds. A dry run needs no database."""

from __future__ import annotations

import contextlib
import gc
import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from commands import spoken
from domain.refusals import Refusal
from domain.roster import RosterReading, read_roster, values_in_normal_form
from domain.roster_rows import RosterRow, RowStatus
from domain.roster_secretaries import SECRETARY_SHEET
from domain.roster_units import UNIT_SHEET, Known
from handlers.views import roster as views
from handlers.views.roster_problems import REFUSALS, column_sentence, problem_sentence, secretary_sentence
from locales import Language
from reports import workbook_reading
from reports.workbook_reading import Sheets

SENTENCES = {**REFUSALS, **views.REFUSALS}


def import_roster(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The roster, .xlsx · 名册工作簿")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check, write nothing · 只检查，不写入")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="A line of JSON for each row · 每行输出一条 JSON")] = False,
    column: Annotated[
        list[str] | None, typer.Option(metavar="标题=KEY", help="What a header means · 说明某个标题是哪一列")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Import without asking · 不再询问，直接导入")] = False,
) -> None:
    """Exit code 1 when the file as a whole is refused; rows with problems are reported and are no failure."""
    headers = named_headers(column or [])
    if as_json and not dry_run:
        raise typer.BadParameter("--json goes with --dry-run · --json 须与 --dry-run 同用")
    try:
        with uncollected(), workbook_reading.begun(file, (UNIT_SHEET, SECRETARY_SHEET)) as sheets:
            read = partial(read_with_progress, file.name, sheets, headers)
            if not dry_run:
                _import(file, read, spoken(), yes=yes)
                return
            reading = read(Known())
    except Refusal as refusal:
        typer.echo(spoken().text(SENTENCES[refusal.code], **refusal.fields), err=True)
        raise typer.Exit(1) from None
    for line in map(json_line, reading.rows) if as_json else sentences(reading, spoken()):
        print(line)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """A hundred thousand rows hold no cycles, and to look for some among them takes a third of the time.

    What is there at the end is not looked through once more when the process ends.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _import(file: Path, read: Callable[[Known], RosterReading], tongue: Language, *, yes: bool) -> None:
    """With the database, which is set up first where it is not there yet; meanwhile the file is being read."""
    from rich.console import Console

    from bot.settings import load
    from bot.settings_problem import SettingsProblem
    from commands.roster_importing import Terminal, import_into_database
    from commands.serve import prepare, stopped

    try:
        url = load().database_url
    except SettingsProblem as problem:
        raise stopped(*problem.told(spoken())) from None
    prepare(url)
    terminal = Terminal(Console(), tongue, yes)
    if not import_into_database(url, file, read, terminal):
        raise typer.Exit(1)


def named_headers(answers: list[str]) -> dict[str, str]:
    """`标题=key` each; the header may have an equals sign of its own."""
    pairs = [answer.rpartition("=") for answer in answers]
    if not all(header for header, _, _ in pairs):
        raise typer.BadParameter("--column 标题=key")
    return {header: key for header, _, key in pairs}


def read_with_progress(name: str, sheets: Sheets, columns: dict[str, str], known: Known) -> RosterReading:
    """On standard error, so that the rows on standard output can be piped."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=2)
        read = sheets()
        progress.advance(task)
        reading = read_roster(read, known, columns)
        progress.advance(task)
    return reading


def json_line(row: RosterRow) -> str:
    said = {
        "sheet": row.sheet,
        "row": row.row,
        "status": row.status.value,
        "problems": sorted({problem.code for problem in row.problems}),
        "values": values_in_normal_form(row),
    }
    return json.dumps(said, ensure_ascii=False)


def sentences(reading: RosterReading, tongue: Language) -> list[str]:
    """For a reader at the terminal: what is wrong and what to do, then how many there are of each."""
    counts = Counter(row.status for row in reading.rows)
    return [
        *(line for row in reading.rows for line in _problems(row, reading, tongue.text)),
        *(column_sentence(tongue.text, column) for column in reading.unknown_columns),
        *(secretary_sentence(tongue.text, line, code) for line in reading.secretaries for code in line.problems),
        " ".join(f"{status.value}: {counts[status]}" for status in RowStatus),
    ]


def _problems(row: RosterRow, reading: RosterReading, say: Callable[..., str]) -> list[str]:
    headings = reading.headings
    return [
        f"{row.sheet} {row.row} {headings.get(problem.column, problem.column)} · {problem_sentence(say, problem)}"
        for problem in row.problems
    ]
