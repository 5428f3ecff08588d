"""The two processes of a demo: a local Telegram, and the very program that serves the real one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO


class EmulatorDidNotStart(Exception):
    """Its sentence stands on standard error already."""


LOG, DATABASE = "bot.log", "demo.db"
ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_END = 15
# Each process is a group of its own, so that Ctrl+C reaches us alone and we end them in their order.


@dataclass(slots=True)
class Running:
    """`url` of the local Telegram; `code` is the administrator's code that the bot printed at its first start."""

    url: str
    folder: Path
    locale: str
    errors: IO[bytes]
    process: subprocess.Popen[str]
    code: str = ""

    @property
    def log(self) -> Path:
        return self.folder / LOG

    @property
    def database_path(self) -> Path:
        return self.folder / DATABASE

    @property
    def database_url(self) -> str:
        return database_url(self.folder)

    def kill(self) -> None:
        """As a power cut would."""
        self.process.kill()
        _end(self.process)

    def start_again(self) -> None:
        self.process = bot(self.folder, self.url, self.locale, self.errors)


@contextmanager
def running(folder: Path, now: datetime, locale: str) -> Iterator[Running]:
    """Both processes, with a database and a log in `folder`; both are ended at the end, whatever happens."""
    with local_telegram(now, "--frozen") as url, (folder / LOG).open("wb") as errors:
        both = Running(url, folder, locale, errors, bot(folder, url, locale, errors))
        try:
            both.code = _code(both.process, both.log)
            yield both
        finally:
            _end(both.process)


@contextmanager
def local_telegram(now: datetime, *options: str, port: int = 0) -> Iterator[str]:
    """The address of an emulator; what keeps it from starting it has said itself."""
    command = [sys.executable, "-m", "emulator", "--port", str(port), "--now", now.isoformat(), *options]
    with ended(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, process_group=0)) as process:  # noqa: S603 - our own program
        assert process.stdout is not None
        listening = process.stdout.readline().strip()
        if not listening:
            raise EmulatorDidNotStart
        yield f"http://127.0.0.1:{listening}"


def bot(
    folder: Path, url: str, locale: str, errors: IO[bytes], *, administrators: str = "", shows_at: str = ""
) -> subprocess.Popen[str]:
    """The assistant, as `run.py serve` starts it, with its database in `folder`; `shows_at` is where it can be observed."""
    from emulator.world import TOKEN

    ours = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": url,
        "CLOCK_URL": f"{url}/clock",
        "DATABASE_URL": database_url(folder),
        "DEFAULT_LOCALE": locale,
        "BOT_MODE": "polling",
        "TELEGRAM_PROXY_URL": "",
        "ADMIN_IDS": administrators,
        "METRICS_LISTEN": shows_at,
        "SEND_PER_SECOND": "1000",
        "SEND_PER_CHAT_PER_SECOND": "1000",
    }
    command = [sys.executable, str(ROOT / "run.py"), "serve"]
    return subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=folder, env=os.environ | ours, stdout=subprocess.PIPE, stderr=errors.fileno(), text=True,
        process_group=0,
    )  # fmt: skip


def database_url(folder: Path) -> str:
    return f"sqlite:///{folder / DATABASE}"


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _code(bot: subprocess.Popen[str], log: Path) -> str:
    """The code stands at the end of the first line that the bot prints."""
    assert bot.stdout is not None
    line = bot.stdout.readline()
    if not line:
        raise RuntimeError(f"the bot did not start: {log.read_text(encoding='utf-8')[-2000:]}")
    return line.rsplit(" ", 1)[-1].strip()
