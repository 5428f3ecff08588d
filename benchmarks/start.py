"""`start`: seconds from the command to the first getUpdates on a database that is there already, and MB when idle."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import RUNS, Figure, middle, rounded
from benchmarks.processes import PEER, ROOT, bot, local_telegram, megabytes

SECONDS, MEGABYTES = 1.5, 110
IDLE_AFTER_SECONDS = 3.0
OURS = (str(ROOT / "run.py"), "serve")


def measure(ours: Sequence[str] = OURS, times: int = RUNS) -> Figure:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database = Path(folder) / "start.db"
        started(ours, database)  # the first start makes the database
        runs = [(started(ours, database), started(PEER, database)) for _ in range(times)]
    seconds, peer_seconds = middle([mine[0] for mine, _ in runs]), middle([peer[0] for _, peer in runs])
    idle, peer_idle = middle([mine[1] for mine, _ in runs]), middle([peer[1] for _, peer in runs])
    return Figure(
        "start", seconds, "s to the first getUpdates", peer_seconds, f"≤ {SECONDS} s; ≤ {MEGABYTES} MB",
        seconds <= SECONDS and idle <= MEGABYTES, times, {"idle_mb": rounded(idle), "peer_idle_mb": rounded(peer_idle)},
    )  # fmt: skip


def started(command: Sequence[str], database: Path) -> tuple[float, float]:
    with local_telegram() as telegram, bot(command, telegram, database) as one:
        seconds = telegram.hear()["polled"] - one.at
        time.sleep(IDLE_AFTER_SECONDS)
        return seconds, megabytes(one.process)
