"""The importing half of `run.py import-roster`: compare with the database, ask, and carry it out with a progress bar."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from re import split, sub
from typing import TYPE_CHECKING

from domain.actors import DEFAULT_ZONE, Actor
from domain.roles import Role, RoleKind
from domain.roster import RosterReading
from domain.roster_units import Known
from handlers.views import roster as views
from handlers.views.page import Say
from handlers.views.roster_findings import OFFERS
from handlers.views.roster_problems import column_sentence
from handlers.views.roster_sentences import problem_lines, secretary_line
from locales import Language
from services import roster_overview
from services.roster_preview import FindingKind, Question, RosterPreview, RosterResult

if TYPE_CHECKING:
    from rich.console import Console

    from services.roster import Comparison
    from storage.database import Database

Read = Callable[[Known], RosterReading]


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the preview is shown and the questions are asked; `yes` answers the last one alone."""

    console: Console
    tongue: Language
    yes: bool

    @property
    def say(self) -> Say:
        return Say(self.tongue, DEFAULT_ZONE, datetime.now(UTC))

    def line(self, html: str) -> None:
        """What is written for chat, without its markup."""
        self.console.print(unescape(sub(r"</?\w+>", "", html)), markup=False, highlight=False, soft_wrap=True)

    def asks(self, question: str, **fields: object) -> bool:
        from rich.prompt import Confirm

        return Confirm.ask(self.tongue.text(question, **fields), console=self.console, default=False)


def import_into_database(url: str, file: Path, read: Read, terminal: Terminal) -> bool:
    """Tell whether it was imported. Refusals of the whole file come out as they are."""
    return asyncio.run(_import(url, file, read, terminal))


async def _import(url: str, file: Path, read: Read, terminal: Terminal) -> bool:
    from services import names, roster
    from storage.database import open_database

    database = await open_database(url)
    try:
        known = await database.read(roster.known)
        names.load()
        reading = read(known)
        comparison = await database.read(lambda tx: roster.compare(tx, shell(), reading))
        preview = comparison.preview
        show(preview, file, terminal)
        accepted = _answers(preview, terminal)
        if preview.changes_nothing and not accepted:
            terminal.line(terminal.say(views.NOTHING_TO_IMPORT))
            return True
        if not (terminal.yes or terminal.asks(views.IMPORT_NOW)):
            terminal.line(views.cancelled({}, terminal.say).text)
            return False
        result = await _carry_out(database, comparison, accepted, terminal)
        terminal.line(views.imported({"name": file.name, "result": result, "top": None}, terminal.say).text)
        return True
    finally:
        await database.close()


def shell() -> Actor:
    """Whoever has the machine has all of it."""
    return Actor(now=datetime.now(UTC), locale="zh_Hans", name="shell", roles=(Role(RoleKind.ADMINISTRATOR, None),))


def show(preview: RosterPreview, file: Path, terminal: Terminal) -> None:
    from rich.table import Table

    say = terminal.say
    for line in problem_lines(preview.problems, say):
        terminal.line(line)
    for one in preview.secretary_problems:
        terminal.line(secretary_line(one, say))
    for column in preview.unknown_columns:
        terminal.line(column_sentence(say, column))
    shown = roster_overview.overview(preview)
    table = Table(title=file.name, show_header=False)
    for line in views.count_lines(shown, say):
        table.add_row(*split(r"[:：]\s*", unescape(line), maxsplit=1))
    terminal.console.print(table)
    for line in views.example_lines(shown, say):
        terminal.line(line)


def _answers(preview: RosterPreview, terminal: Terminal) -> Collection[Question]:
    """With --yes nobody is there to ask, and what needs a word stays as it is."""
    if terminal.yes:
        return ()
    asked = [one for one in Question if preview.counts.get(FindingKind(one))]
    return [one for one in asked if terminal.asks(OFFERS[one], number=preview.counts[FindingKind(one)])]


async def _carry_out(
    database: Database, before: Comparison, accepted: Collection[Question], terminal: Terminal
) -> RosterResult:
    from rich.progress import Progress

    from services import roster

    with Progress(console=terminal.console, transient=True, disable=not terminal.console.is_terminal) as progress:
        task = progress.add_task("", total=None)

        def told(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        reading = before.grounds.reading
        return await database.write(lambda tx: roster.apply(tx, shell(), reading, accepted, told, before))
