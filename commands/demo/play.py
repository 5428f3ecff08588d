"""The whole story, chapter by chapter, with everything it needs started before and ended after."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from commands.demo import months, scenes
from commands.demo.processes import Running, running
from commands.demo.scenes import BEGINS, Story
from commands.demo.script import SCRIPTS
from commands.demo.transcript import Stagehand, StoryBroke
from emulator.phone import PhoneError, Telegram
from locales import language

CHAPTERS: tuple[Callable[[Story], Awaitable[None]], ...] = (
    scenes.founding,
    scenes.coming_in,
    scenes.pairing,
    scenes.rotation,
    months.report,
    months.review,
    months.need,
    months.busy_weeks,
    months.month_end,
)


async def play_story(locale: str, out: Path) -> int:
    """0 if all went as it should; else the sentence that says what did not, and where the bot's log is."""
    console = Console(highlight=False, soft_wrap=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="shuangpei-demo-") as folder, running(Path(folder), BEGINS, locale) as both:
        try:
            await _play(both, locale, out, console)
        except (StoryBroke, PhoneError) as broke:
            console.print(Text(f"✗ {broke}\n  {_kept(both.log, out)}", style="bold red"))
            return 1
    console.print(Text(SCRIPTS[locale].done.format(folder=out), style="bold green"))
    console.print(Text(f"{time.monotonic() - started:.0f} s", style="dim"))
    return 0


async def _play(both: Running, locale: str, out: Path, console: Console) -> None:
    async with Telegram.at(both.url) as telegram:
        hand = Stagehand(telegram, language(locale), console, out, BEGINS)
        story = Story(hand, SCRIPTS[locale], both.code)
        for (title, why), chapter in zip(story.script.chapters, CHAPTERS, strict=True):
            hand.chapter(title, why)
            await chapter(story)


def _kept(log: Path, out: Path) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(log, out / "bot.log"))
