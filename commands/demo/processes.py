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

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_END = 15


@dataclass(frozen=True, slots=True)
class Running:
    """`url` of the local Telegram; `code` is the administrator's code that the bot printed at its first start."""

    url: str
    code: str
    log: Path


@contextmanager
def running(folder: Path, now: datetime, locale: str) -> Iterator[Running]:
    """Both processes, with a database and a log in `folder`; both are ended at the end, whatever happens."""
    log = folder / "bot.log"
    with _local_telegram(now) as url, log.open("wb") as errors, _bot(folder, url, locale, errors.fileno()) as bot:
        yield Running(url, _code(bot, log), log)


@contextmanager
def _local_telegram(now: datetime) -> Iterator[str]:
    command = [sys.executable, "-m", "emulator", "--port", "0", "--frozen", "--now", now.isoformat()]
    with _ended(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)) as process:  # noqa: S603 - our own program
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"


@contextmanager
def _bot(folder: Path, url: str, locale: str, errors: int) -> Iterator[subprocess.Popen[str]]:
    from emulator.world import TOKEN

    ours = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": url,
        "CLOCK_URL": f"{url}/clock",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.db'}",
        "DEFAULT_LOCALE": locale,
        "BOT_MODE": "polling",
        "TELEGRAM_PROXY_URL": "",
        "ADMIN_IDS": "",
        "SEND_PER_SECOND": "1000",
        "SEND_PER_CHAT_PER_SECOND": "1000",
    }
    command = [sys.executable, str(ROOT / "run.py"), "serve"]
    started = subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=folder, env=os.environ | ours, stdout=subprocess.PIPE, stderr=errors, text=True
    )
    with _ended(started) as process:
        yield process


@contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
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
