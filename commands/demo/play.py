"""The whole story, chapter by chapter, with everything it needs started before and ended after."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.text import Text

from commands.demo import months, scenes
from commands.demo.cast import CROWD
from commands.demo.month_story import people as month_people
from commands.demo.month_story import telling as month_telling
from commands.demo.processes import Running, running
from commands.demo.scenes import BEGINS, Story
from commands.demo.script import SCRIPTS
from commands.demo.seeding import crowd
from commands.demo.transcript import Stagehand, StoryBroke
from emulator.phone import PhoneError, Telegram
from locales import language

MAIN = "main"
Chapter = Callable[[Story], Awaitable[None]]
ARRIVING: tuple[Chapter, ...] = (scenes.founding, scenes.coming_in)
TWO_MONTHS: tuple[Chapter, ...] = (
    scenes.pairing,
    scenes.rotation,
    months.report,
    months.review,
    months.need,
    months.busy_weeks,
    months.month_end,
)


async def play_story(locale: str, out: Path, name: str = MAIN) -> int:
    """0 if all went as it should; else the sentence that says what did not, and where the bot's log is."""
    console = Console(highlight=False, soft_wrap=True)
    started = time.monotonic()
    begins, tell = STORIES[name]
    with tempfile.TemporaryDirectory(prefix="shuangpei-demo-") as folder, running(Path(folder), begins, locale) as both:
        try:
            async with Telegram.at(both.url) as telegram:
                done = await tell(both, Stagehand(telegram, language(locale), console, out, begins))
        except (StoryBroke, PhoneError) as broke:
            console.print(Text(f"✗ {broke}\n  {_kept(both.log, out)}", style="bold red"))
            return 1
    console.print(Text(done.format(folder=out), style="bold green"))
    console.print(Text(f"{time.monotonic() - started:.0f} s", style="dim"))
    return 0


async def _tell(both: Running, hand: Stagehand) -> str:
    from commands.demo.life.neighbours import living_along  # with the database, so only once the assistant has started

    story = Story(hand, SCRIPTS[both.locale], both.code, both.database_url)
    chapters = zip(story.script.chapters, (*ARRIVING, *TWO_MONTHS), strict=True)
    await _chapters(story, islice(chapters, len(ARRIVING)))
    await hand.telegram.add_crowd(CROWD)
    history = await crowd(both.database_url, story.organisation, hand.clock, both.locale)
    async with living_along(both.database_url, history, hand.clock) as story.neighbours:
        await _chapters(story, chapters)
    return story.script.done


async def _chapters(story: Story, chapters: Iterable[tuple[tuple[str, str], Chapter]]) -> None:
    for (title, why), chapter in chapters:
        story.hand.chapter(title, why)
        await chapter(story)


Tell = Callable[[Running, Stagehand], Awaitable[str]]
STORIES: Mapping[str, tuple[datetime, Tell]] = {
    MAIN: (BEGINS, _tell),
    "month": (month_people.BEGINS, month_telling.tell),
}
"""When each begins, and what tells it; the sentence with which it ends comes back."""


def _kept(log: Path, out: Path) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(log, out / "bot.log"))
