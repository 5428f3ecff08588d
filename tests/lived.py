"""The demonstration's organisation, lived through once for all the processes of a run."""

from __future__ import annotations

import fcntl
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from commands.demo.life.living import ZONE
from commands.demo.seeding import seed

OPENS = datetime(2026, 10, 12, 9, 0, tzinfo=ZONE)
WEEKS = 6
"""Enough for a month to turn; the page's own organisation is twice as old."""


def lived_once(shared: Path) -> Path:
    """The database, for reading and copying; whoever asks first makes it, and who asks meanwhile waits."""
    path = shared / "lived.db"
    with (shared / "lived.lock").open("w") as lock, ThreadPoolExecutor(1) as beside:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            beside.submit(_live, shared / "living.db").result()  # a browser's event loop may run in this thread
            (shared / "living.db").rename(path)
    return path


def _live(path: Path) -> None:
    heard: list[tuple[int, int]] = []
    seed(f"sqlite:///{path}", OPENS, "zh_Hans", lambda done, total: heard.append((done, total)), weeks=WEEKS)
    assert heard[-1] == (WEEKS * 7, WEEKS * 7)
