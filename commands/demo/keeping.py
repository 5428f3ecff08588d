"""Keeps the assistant of a demonstration running: started again when it falls, killed and started as the page says."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from commands.demo.cast import ADMINISTRATOR
from commands.demo.processes import bot, ended
from emulator.phone import Telegram

LOOK_AGAIN_SECONDS = 1
PAUSE_AFTER_A_FALL = 2.0


@dataclass(frozen=True, slots=True)
class Keeper:
    telegram: Telegram
    url: str
    folder: Path
    locale: str
    stopping: asyncio.Event

    async def keep(self, log: IO[bytes], fell: Callable[[], None]) -> None:
        """Until it is time to stop; `fell` is told when it ended though nobody asked for it."""
        shows_at = f"127.0.0.1:{free_port()}"
        await self.telegram.post("/backstage", url=f"http://{shows_at}/backstage", runs=True)
        while not self.stopping.is_set():
            if not await self._is_to_run("yes"):
                continue
            with ended(self._started(log, shows_at)) as process:
                asked = await self._until_it_ends(process)
            if not (asked or self.stopping.is_set()):
                fell()
                await asyncio.sleep(PAUSE_AFTER_A_FALL)

    def _started(self, log: IO[bytes], shows_at: str) -> subprocess.Popen[str]:
        administrators = str(ADMINISTRATOR.telegram_id)
        return bot(self.folder, self.url, self.locale, log, administrators=administrators, shows_at=shows_at)

    async def _until_it_ends(self, process: subprocess.Popen[str]) -> bool:
        """Whether somebody asked for it: then it is killed, since that is what is to be shown."""
        while process.poll() is None and not self.stopping.is_set():
            if not await self._is_to_run("no"):
                process.kill()
                return True
        return False

    async def _is_to_run(self, awaited: str) -> bool:
        return bool((await self.telegram.get("/bot", until=awaited, timeout=LOOK_AGAIN_SECONDS))["runs"])


def free_port(wanted: int = 0) -> int:
    """The wanted one, 0 if somebody has it; any that is free when 0 is wanted."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", wanted))
        except OSError:
            return 0
        return int(trial.getsockname()[1])
