"""The page with the phones: an organisation is seeded, a local Telegram and the assistant run until Ctrl+C."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import signal
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from commands.demo.cast import BRANCH_GROUP, CAST, CROWD, GROUP_TITLES, IN_GROUP, NEWCOMER, SECRETARY
from commands.demo.guide import told
from commands.demo.keeping import Keeper, free_port
from commands.demo.mishap import befalls
from commands.demo.names import called
from commands.demo.processes import EmulatorDidNotStart, database_url, local_telegram
from commands.demo.roster import organisation
from commands.demo.seeding import numbered, resumed, seed
from commands.demo.transcript import ZONE
from emulator.phone import Telegram

if TYPE_CHECKING:
    from commands.demo.life.history import History

OPENS = datetime(2026, 10, 12, 9, 0, tzinfo=ZONE)
"""An ordinary Monday; the week's reports are due on Friday."""
USUAL_PORT = 8765
"""Taken if it is free, so that the address stays the same from one time to the next."""
LEFT = "left.json"
HELD = "held"
SECONDS_TO_GREET = 20.0
"""So long the page waits for the assistant, so that whoever opens it is greeted already."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is said in the terminal."""

    taken: str
    held: str
    seeding: str
    starting: str
    open: str
    stop: str
    fell: str
    goodbye: str
    kept: str


SENTENCES = {
    "zh_Hans": Sentences(
        taken="端口 {port} 已被占用，请用 --port 换一个。",
        held="{folder} 正由另一个演示使用；请先结束它，或换一个目录。",
        seeding="正在建立示例组织",
        starting="正在启动助手……",
        open="请在浏览器中打开：{url}",
        stop="按 Ctrl+C 结束。",
        fell="助手意外停止，正在重新启动；日志：{log}",
        goodbye="演示结束。",
        kept="数据保存在 {folder}，下次加同样的 --keep 接着用。",
    ),
    "en": Sentences(
        taken="Port {port} is taken. Choose another with --port.",
        held="{folder} is in use by another demonstration. End that one, or choose another folder.",
        seeding="Making the organisation",
        starting="Starting the assistant ...",
        open="Open in your browser: {url}",
        stop="Press Ctrl+C to end.",
        fell="The assistant stopped unexpectedly and is started again; its log: {log}",
        goodbye="The demonstration has ended.",
        kept="The data stays in {folder}; go on with the same --keep next time.",
    ),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line; `port` 0 takes the usual one, or any other if that is taken."""

    locale: str
    port: int = 0
    opens_browser: bool = True
    keep: Path | None = None
    fresh: bool = False


def show(wishes: Wishes) -> int:
    """0 when it was ended by the user, at whatever moment, 1 when it could not begin."""
    console, say = Console(highlight=False, soft_wrap=True), SENTENCES[wishes.locale]
    if wishes.port and not free_port(wishes.port):
        console.print(say.taken.format(port=wishes.port))
        return 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, _hung_up)
    try:
        with _place(wishes) as folder:
            _show_in(folder, wishes, console)
    except EmulatorDidNotStart:
        return 1
    except BlockingIOError:
        console.print(say.held.format(folder=wishes.keep))
        return 1
    except KeyboardInterrupt:  # before the page was open, or once more while it was being closed
        pass
    console.print(say.kept.format(folder=wishes.keep) if wishes.keep else say.goodbye)
    return 0


def _show_in(folder: Path, wishes: Wishes, console: Console) -> None:
    left, history = _prepared(folder, wishes.locale, console)
    language = "zh" if wishes.locale == "zh_Hans" else "en"
    options = ("--lang", language, "--used-ids", str(left.used_ids))
    with local_telegram(left.now, *options, port=wishes.port or free_port(USUAL_PORT)) as url:
        asyncio.run(_live(url, folder, left, history, wishes, console))


def _hung_up(*_: object) -> None:
    """The terminal was closed: what is still said goes nowhere, instead of failing."""
    _say_nothing()
    raise KeyboardInterrupt


def _say_nothing() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


@contextmanager
def _place(wishes: Wishes) -> Iterator[Path]:
    if wishes.keep is None:
        with tempfile.TemporaryDirectory(prefix="shuangpei-demo-") as folder:
            yield Path(folder)
        return
    wishes.keep.mkdir(parents=True, exist_ok=True)
    with (wishes.keep / HELD).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)  # two on one database would mix up what they show
        _cleared(wishes)
        yield wishes.keep.resolve()


def _cleared(wishes: Wishes) -> None:
    assert wishes.keep is not None
    if wishes.fresh or not (wishes.keep / LEFT).exists():  # what was broken off while it was made is of no use
        for name in ("demo.db", "demo.db-wal", "demo.db-shm", LEFT, "bot.log"):
            (wishes.keep / name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Left:
    """Where the last demonstration in a folder was left: what the clock showed, which ids were used, how far the story was."""

    now: datetime
    used_ids: int = 0
    story_step: int = 0

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self) | {"now": self.now.isoformat()}), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Left:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(**kept | {"now": datetime.fromisoformat(kept["now"])})


def _prepared(folder: Path, locale: str, console: Console) -> tuple[Left, History]:
    """Where the demonstration goes on, and with which people; in a new place the organisation is made first."""
    if (folder / LEFT).exists():
        left = Left.read(folder / LEFT)
        return left, asyncio.run(resumed(database_url(folder), locale, left.now))
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(SENTENCES[locale].seeding, total=None)
        history = seed(
            database_url(folder), OPENS, locale, lambda done, total: progress.update(task, completed=done, total=total)
        )
    begun = Left(OPENS)
    begun.write(folder / LEFT)
    return begun, history


async def _live(url: str, folder: Path, left: Left, history: History, wishes: Wishes, console: Console) -> None:
    stopping = asyncio.Event()
    _listen_to_signals(stopping)
    async with Telegram.at(url) as telegram:
        await _people_arrive(telegram, wishes.locale)
        await telegram.post("/story", **told(wishes.locale, _digits()), step=left.story_step)
        living = asyncio.create_task(_live_along(telegram, database_url(folder), history, left.now))
        serving = asyncio.create_task(_serve(Keeper(telegram, url, folder, wishes.locale, stopping), console))
        console.print(SENTENCES[wishes.locale].starting, style="dim")
        if await _greeted(telegram, stopping):
            if left == Left(OPENS):
                await befalls(telegram)
            await _opened(f"{url}/", wishes, console)
        await serving
        living.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await living  # what broke it is told now
        state = await telegram.state()
        Left(await telegram.now(), state["used_ids"], state["story_step"]).write(folder / LEFT)


def _listen_to_signals(stopping: asyncio.Event) -> None:
    def hung_up() -> None:
        _say_nothing()
        stopping.set()

    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stopping.set)
    loop.add_signal_handler(signal.SIGHUP, hung_up)


async def _greeted(telegram: Telegram, stopping: asyncio.Event) -> bool:
    """Once the assistant has come to rest, or has taken too long; not if it is to stop before."""
    resting = asyncio.create_task(telegram.quiet(seconds=SECONDS_TO_GREET, settle=0.3))
    ending = asyncio.create_task(stopping.wait())
    await asyncio.wait((resting, ending), return_when=asyncio.FIRST_COMPLETED)
    for one in (resting, ending):
        one.cancel()
    await asyncio.gather(resting, ending, return_exceptions=True)
    return not stopping.is_set()


async def _live_along(telegram: Telegram, url: str, history: History, since: datetime) -> None:
    from commands.demo.life.neighbours import living_along

    async with living_along(url, history, since) as neighbours:
        await neighbours.follow(telegram)


async def _opened(page: str, wishes: Wishes, console: Console) -> None:
    say = SENTENCES[wishes.locale]
    console.print(say.open.format(url=page), style="bold")
    console.print(say.stop, style="dim")
    if wishes.opens_browser:
        await asyncio.to_thread(webbrowser.open, page)


async def _people_arrive(telegram: Telegram, locale: str) -> None:
    """The cast with their phones; who is registered has opened the chat with the assistant."""
    spoken = "zh-hans" if locale == "zh_Hans" else "en"
    await telegram.post("/days", zone=ZONE.key, **_days())
    await telegram.add_crowd(CROWD)
    phones = {}
    for player in CAST:
        about, name = player.about(locale), called(player.name, locale)
        phone = await telegram.add_user(name, id=player.telegram_id, language_code=spoken, about=about)
        phones[player.name] = phone
        if player.registered:
            await phone.start()
    members = [phones[name] for name in IN_GROUP]
    await telegram.create_group(GROUP_TITLES[locale], phones[SECRETARY], members, known_id=BRANCH_GROUP)


def _digits() -> str:
    """Those of the newcomer's staff number that the invitation asks for."""
    return numbered(organisation(OPENS.date()).people, NEWCOMER)[-4:]


def _days() -> dict[str, list[str]]:
    from services.holiday_calendar import calendar_around

    found = calendar_around(OPENS.date())

    def written(days: frozenset[date]) -> list[str]:
        return sorted(day.isoformat() for day in days)

    return {"off": written(found.days_off), "working": written(found.makeup_workdays)}


async def _serve(keeper: Keeper, console: Console) -> None:
    log = keeper.folder / "bot.log"

    def fell() -> None:
        console.print(SENTENCES[keeper.locale].fell.format(log=log), style="bold red")

    with log.open("ab") as errors:
        await keeper.keep(errors, fell)
