"""The dialogue as a reader of the terminal sees it, and the people on the phones who hold it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from emulator.phone import Phone, Seen, Telegram
from locales import Language

ZONE = ZoneInfo("Asia/Shanghai")
SECONDS = 20.0
LOOK_AGAIN = 0.05
SHOWN_LINES = 14


class StoryBroke(Exception):
    """Something in the play went otherwise than it should; the sentence says what."""


@dataclass(slots=True)
class Stagehand:
    """Prints what happens, moves the clock, and keeps the files that people were sent."""

    telegram: Telegram
    language: Language
    console: Console
    out: Path
    clock: datetime

    def chapter(self, title: str, why: str) -> None:
        self.console.print()
        self.console.rule(Text(title, style="bold red"), align="left")
        self.console.print(Text(why, style="italic dim"))

    def act(self, name: str, what: str) -> None:
        self.console.print(Text.assemble((self._time(), "dim"), " ", (name, "bold cyan"), f" ▸ {what}"))

    def answer(self, name: str, message: Seen) -> None:
        lines = message.text.splitlines()
        shown = [*lines[:SHOWN_LINES], "…"] if len(lines) > SHOWN_LINES + 2 else lines
        self.console.print(Text.assemble((self._time(), "dim"), " ", ("双培助手", "bold red"), f" → {name}"))
        if message.file:
            shown = [f"📎 {message.file.name or message.file.kind}（{message.file.size / 1024:.0f} KB）", *shown]
        self.console.print(Padding(Text("\n".join(shown)), (0, 0, 0, 8)))
        for row in message.rows:
            self.console.print(Padding(Text("  ".join(f"[{button.text}]" for button in row), style="green"), (0, 0, 0, 8)))

    async def at(self, moment: datetime) -> None:
        """Turn the clock; the bot notices by itself."""
        self.clock = moment.astimezone(ZONE)
        await self.telegram.set_clock(moment)
        self.console.print(Text(f"⏱  {self.language.moment(moment, ZONE)}", style="bold yellow"))

    def _time(self) -> str:
        return f"{self.clock:%m-%d %H:%M}"


@dataclass(slots=True)
class Actor:
    """One person on a phone. Each act is printed with what the bot answered."""

    hand: Stagehand
    phone: Phone
    name: str
    _read: set[tuple[int, str]] = field(default_factory=set)

    async def start(self, payload: str) -> Seen:
        self.hand.act(self.name, f"/start {payload}")
        await self.phone.start(payload)
        return await self._answered()

    async def say(self, text: str) -> Seen:
        self.hand.act(self.name, text)
        await self.phone.say(text)
        return await self._answered()

    async def press(self, text: str) -> Seen:
        self.hand.act(self.name, f"⌨ {text}")
        await self.phone.press(text)
        return await self._answered()

    async def tap(self, text: str) -> Seen:
        self.hand.act(self.name, f"[{text}]")
        await self.phone.tap(text)
        return await self._answered()

    async def send(self, content: bytes, name: str) -> Seen:
        self.hand.act(self.name, f"📎 {name}")
        await self.phone.send_document(content, name)
        return await self._answered()

    async def hears(self, *words: str) -> Seen:
        """Wait for a message with all these words that was not read before; everything on the way is printed."""
        deadline = asyncio.get_running_loop().time() + SECONDS
        while asyncio.get_running_loop().time() < deadline:
            for message in await self._unread():
                self._show(message)
                if all(word in message.text for word in words):
                    return message
            await asyncio.sleep(LOOK_AGAIN)
        raise StoryBroke(f"{self.name} should have heard “{' … '.join(words)}”; last: {(await self.phone.last()).text}")

    async def hears_file(self, ending: str) -> bytes:
        """Wait for a file whose name ends so, and keep it in the output folder."""
        deadline = asyncio.get_running_loop().time() + SECONDS
        while asyncio.get_running_loop().time() < deadline:
            for message in await self._unread():
                self._show(message)
                if message.file and (message.file.name or message.file.kind).endswith(ending):
                    return await self.phone.download(message.file)
            await asyncio.sleep(LOOK_AGAIN)
        raise StoryBroke(f"{self.name} should have been sent a file {ending}")

    async def _answered(self) -> Seen:
        """The bot's answers to the last act; the last of them is returned."""
        answers = await self.phone.answer(seconds=SECONDS)
        await self._settled()
        for message in await self._unread():
            self._show(message)
            answers.append(message)
        return answers[-1]

    async def _settled(self) -> None:
        await self.hand.telegram.quiet(seconds=SECONDS, settle=0.03)

    async def _unread(self) -> Sequence[Seen]:
        seen = [message for message in await self.phone.messages() if message.from_bot]
        return [message for message in seen if (message.id, message.text) not in self._read]

    def _show(self, message: Seen) -> None:
        self._read.add((message.id, message.text))
        self.hand.answer(self.name, message)


def expect(condition: Any, sentence: str) -> None:
    if not condition:
        raise StoryBroke(sentence)
