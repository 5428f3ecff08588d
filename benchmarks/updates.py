"""`updates`: updates/s through the whole check-in dialogue, each committed with `synchronous=FULL` and answered."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import office
from benchmarks.figures import RUNS, Figure, middle
from benchmarks.processes import OURS, PEER, bot, local_telegram

PEOPLE = 320
RATIO = 1.0


def measure() -> Figure:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        fresh = Path(folder) / "fresh.db"
        asyncio.run(office.found(fresh, PEOPLE))
        runs = [(ours(fresh), per_second(PEER, "echo", fresh.with_name("peer.db"))) for _ in range(RUNS)]
    value, peer = middle([mine for mine, _ in runs]), middle([theirs for _, theirs in runs])
    more = {"people": PEOPLE, "each_run": [f"{mine:.0f} : {theirs:.0f}" for mine, theirs in runs]}
    return Figure("updates", value, "updates/s", peer, f"ratio ≥ {RATIO}", value >= RATIO * peer, more=more)


def ours(fresh: Path) -> float:
    """On a copy of the database, so that everybody has a report to make; each must be in it afterwards."""
    database = Path(shutil.copyfile(fresh, fresh.with_name("ours.db")))
    rate = per_second(OURS, "check_in", database)
    kept = asyncio.run(office.check_ins(database))
    for path in database.parent.glob("ours.db*"):
        path.unlink()
    if kept != PEOPLE:
        raise RuntimeError(f"{kept} of {PEOPLE} reports were kept")
    return rate


def per_second(command: Sequence[str], script: str, database: Path) -> float:
    with local_telegram(script, PEOPLE) as telegram, bot(command, telegram, database):
        telegram.hear()
        taken = telegram.hear()
    return float(taken["updates"] / taken["seconds"])
