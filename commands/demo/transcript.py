"""The dialogue as a reader of the terminal sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from commands.demo.names import spoken
from emulator.phone import Seen, Telegram
from locales import Language

ZONE = ZoneInfo("Asia/Shanghai")
SECONDS = 20.0
SETTLE, SETTLE_AFTER = 0.03, 0.2
"""For so long the bot asks nothing when it has come to rest; after a turn of the clock it may think a while."""
ASSISTANT = {"zh_Hans": "双培助手", "en": "Shuangpei"}
SHOWN_LINES = 48
SAME_LINES = 3
SHOWN_ROWS = 7


class StoryBroke(Exception):
    """Something in the play went otherwise than it should; the sentence says what."""


def expect(condition: Any, sentence: str) -> None:
    if not condition:
        raise StoryBroke(sentence)


class Reader(Protocol):
    """Somebody to whom the bot writes."""

    name: str

    async def unread(self) -> Sequence[Seen]: ...

    def takes_note(self, message: Seen) -> None:
        """It counts as read without having been printed."""

    def show(self, message: Seen, *, besides: Sequence[str] = ()) -> None:
        """Print it, and who else read the same."""


@dataclass(slots=True)
class Stagehand:
    """Prints what happens, moves the clock, and keeps the files that people were sent."""

    telegram: Telegram
    language: Language
    console: Console
    out: Path
    clock: datetime
    actors: list[Reader] = field(default_factory=list)
    _told: set[str] = field(default_factory=set)

    def chapter(self, title: str, why: str) -> None:
        self.console.print()
        self.console.rule(Text(title, style="bold red"), align="left")
        self.console.print(Text(why, style="italic dim"))

    def narrate(self, sentence: str) -> None:
        """What happens away from the phones."""
        self.console.print(Text(f"◇ {sentence}", style="italic magenta"))

    @contextmanager
    def aside(self, sentence: str) -> Iterator[None]:
        """What was seen before, or is of no interest: it happens, and one sentence tells of it."""
        self.narrate(sentence)
        self.console.quiet = True
        try:
            yield
        finally:
            self.console.quiet = False

    @contextmanager
    def in_full(self) -> Iterator[None]:
        """With what others were shown already, where it matters that it stands there, or does not."""
        known, self._told = self._told, set()
        try:
            yield
        finally:
            self._told |= known

    def keep(self, name: str, content: bytes) -> None:
        """Where the reader of the terminal can open it."""
        self.out.mkdir(parents=True, exist_ok=True)
        (self.out / name).write_bytes(content)

    def act(self, name: str, what: str) -> None:
        self.console.print(Text.assemble((self._time(), "dim"), " ", (name, "bold cyan"), f" ▸ {what}"))

    def answer(self, name: str, message: Seen, at: datetime) -> None:
        lines = self._once(message.text.splitlines())
        shown = [*lines[:SHOWN_LINES], "…"] if len(lines) > SHOWN_LINES + 2 else lines
        self.console.print(
            Text.assemble((f"{at:%m-%d %H:%M}", "dim"), " ", (ASSISTANT[self.language.code], "bold red"), f" → {name}")
        )
        if message.file:
            shown = [f"📎 {message.file.name or message.file.kind} · {message.file.size / 1024:.0f} KB", *shown]
        self._indented(shown, "")
        rows = ["  ".join(f"[{button.text}]" for button in row) for row in message.rows]
        self._indented(rows if len(rows) <= SHOWN_ROWS else [*rows[: SHOWN_ROWS - 3], "…", rows[-1]], "green")

    def _once(self, lines: list[str]) -> list[str]:
        """What others were shown already is left out, but for the head, with what it is the head of where that stands apart; a
        few lines of it are not worth a gap.
        """
        head = 3 if lines[1:2] == [""] else 1
        shown = lines[:head]
        for known, run in groupby(lines[head:], key=lambda line: line in self._told):
            told = list(run)
            shown += ["…"] if known and len(told) >= SAME_LINES else told
        self._told.update(lines)
        return shown

    def _indented(self, lines: Sequence[str], style: str) -> None:
        for line in lines:
            self.console.print(Text(f"        {line}".rstrip(), style=style))

    async def at(self, moment: datetime, *, served: bool = True) -> None:
        """Turn the clock; the bot notices by itself. What people were told until now is read first.

        `served` is False while no bot runs that could come to rest.
        """
        if served:
            await self.telegram.quiet(seconds=SECONDS, settle=SETTLE)
        await self.everybody_reads()
        self.clock = moment.astimezone(ZONE)
        await self.telegram.set_clock(moment)
        self.console.print(Text(f"⏱  {self.language.moment(moment, ZONE)}", style="bold yellow"))
        if served:
            await self.telegram.quiet(seconds=SECONDS, settle=SETTLE_AFTER)
            await self.everybody_reads()

    async def everybody_reads(self) -> None:
        """What people were told until now, in its order; what several were told alike is printed once."""
        unread = [(message, actor) for actor in self.actors for message in await actor.unread()]
        alike: dict[object, list[tuple[Seen, Reader]]] = {}
        for message, actor in sorted(unread, key=lambda one: (one[0].date, one[0].id)):
            alike.setdefault((message.text or message.id, tuple(message.buttons)), []).append((message, actor))
        for [(first, reader), *others] in alike.values():
            for message, actor in others:
                actor.takes_note(message)
            reader.show(first, besides=[actor.name for _, actor in others])

    def shown(self, words: str) -> str:
        """With people and units as they are called in the language of the play."""
        return spoken(words, self.language.code)

    def joined(self, names: Sequence[str]) -> str:
        return ("、" if self.language.code == "zh_Hans" else ", ").join(names)

    def _time(self) -> str:
        return f"{self.clock:%m-%d %H:%M}"
