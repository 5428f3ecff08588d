"""The processes of a measurement: a local Telegram, and beside it our program or its peer."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulator.world import TOKEN

ROOT = Path(__file__).resolve().parent.parent
OURS = ("-c", "from commands import main; main()", "serve")
"""As `run.py` hands over once it has looked at its environment."""
PEER = ("-m", "benchmarks.echo_bot")
UNPACED = dict.fromkeys(("SEND_PER_SECOND", "SEND_PER_CHAT_PER_SECOND"), "100000")
"""Telegram's limits would be measured otherwise, which the peer does not keep."""
PACED = {"SEND_PER_SECOND": "30", "SEND_PER_CHAT_PER_SECOND": "1"}
"""As deployed."""


@dataclass(frozen=True, slots=True)
class LocalTelegram:
    """What `benchmarks.telegram` says, line by line."""

    process: subprocess.Popen[str]
    url: str

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the local Telegram ended before it had said everything")
        heard: dict[str, Any] = json.loads(line)
        return heard


@contextlib.contextmanager
def local_telegram(*arguments: str, module: str = "benchmarks.telegram") -> Iterator[LocalTelegram]:
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process, _ending(process):
        assert process.stdout is not None
        port = json.loads(process.stdout.readline())["port"]
        yield LocalTelegram(process, f"http://127.0.0.1:{port}")


@dataclass(frozen=True, slots=True)
class Started:
    process: subprocess.Popen[bytes]
    at: float


@contextlib.contextmanager
def bot(command: Sequence[str], telegram: LocalTelegram, database: Path, **more: str) -> Iterator[Started]:
    """Ours or the peer's, with further settings; what it logs goes to a file beside the database."""
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "CLOCK_URL": f"{telegram.url}/clock",
        "DATABASE_URL": f"sqlite:///{database}",
        "PYTHONPATH": str(ROOT),
        **UNPACED,
        **more,
    }
    with database.with_suffix(".log").open("ab") as log:
        at = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *command], cwd=database.parent, env=os.environ | settings, stdout=log, stderr=log
        )
        with _ending(process):
            yield Started(process, at)


@contextlib.contextmanager
def _ending(process: subprocess.Popen[Any]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def megabytes(process: subprocess.Popen[Any]) -> float:
    """What a process holds in memory (RSS)."""
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], check=True, capture_output=True, text=True)
    return int(shown.stdout) / 1024
