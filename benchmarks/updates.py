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


def measure(people: int = PEOPLE, runs: int = RUNS) -> Figure:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        fresh = Path(folder) / "fresh.db"
        asyncio.run(office.found(f"sqlite:///{fresh}", people))
        pairs = [
            (ours(fresh, people), per_second(PEER, "echo", fresh.with_name("peer.db"), people)) for _ in range(runs)
        ]
    value, peer = middle([mine for mine, _ in pairs]), middle([theirs for _, theirs in pairs])
    more = {"people": people, "each_run": [f"{mine:.0f} : {theirs:.0f}" for mine, theirs in pairs]}
    return Figure("updates", value, "updates/s", peer, f"ratio ≥ {RATIO}", value >= RATIO * peer, runs, more)


def ours(fresh: Path, people: int) -> float:
    """On a copy of the database, so that everybody has a report to make; each must be in it afterwards."""
    database = Path(shutil.copyfile(fresh, fresh.with_name("ours.db")))
    rate = per_second(OURS, "check_in", database, people)
    kept = asyncio.run(office.check_ins(f"sqlite:///{database}"))
    for path in database.parent.glob("ours.db*"):
        path.unlink()
    if kept != people:
        raise RuntimeError(f"{kept} of {people} reports were kept")
    return rate


def per_second(command: Sequence[str], script: str, database: Path, people: int) -> float:
    with local_telegram("--script", script, "--people", str(people)) as telegram, bot(command, telegram, database):
        telegram.hear()
        taken = telegram.hear()
    return float(taken["updates"] / taken["seconds"])
