"""`start`: seconds from the command to the first getUpdates on a database that is there already, and MB when idle."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import RUNS, Figure, middle, rounded
from benchmarks.processes import OURS, PEER, bot, local_telegram, megabytes

SECONDS, MEGABYTES = 1.5, 110
IDLE_AFTER_SECONDS = 3.0


def measure() -> Figure:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        database = Path(folder) / "start.db"
        started(OURS, database)  # the first start makes the database
        runs = [(started(OURS, database), started(PEER, database)) for _ in range(RUNS)]
    seconds, peer_seconds = middle([ours[0] for ours, _ in runs]), middle([peer[0] for _, peer in runs])
    idle, peer_idle = middle([ours[1] for ours, _ in runs]), middle([peer[1] for _, peer in runs])
    return Figure(
        "start", seconds, "s to the first getUpdates", peer_seconds, f"≤ {SECONDS} s; ≤ {MEGABYTES} MB",
        seconds <= SECONDS and idle <= MEGABYTES, more={"idle_mb": rounded(idle), "peer_idle_mb": rounded(peer_idle)},
    )  # fmt: skip


def started(command: Sequence[str], database: Path) -> tuple[float, float]:
    with local_telegram() as telegram, bot(command, telegram, database) as one:
        seconds = telegram.hear()["polled"] - one.at
        time.sleep(IDLE_AFTER_SECONDS)
        return seconds, megabytes(one.process)
