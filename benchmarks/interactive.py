"""`interactive`: p99 seconds from a person's tap to the answer while 3,000 reminders go out, within Telegram's limits."""

from __future__ import annotations

import asyncio
import math
import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks import office
from benchmarks.figures import RUNS, Figure, middle, rounded
from benchmarks.processes import OURS, PACED, bot, local_telegram

TOLD, TAPPING = 3_000, 120
SECONDS, PER_SECOND = 0.3, 28.0


@dataclass(frozen=True, slots=True)
class Mailing:
    p99: float
    middle: float
    taps: int
    bulk_per_second: float


def measure(told: int = TOLD, tapping: int = TAPPING, runs: int = RUNS) -> Figure:
    """Ours and the peer at the same time: thirty messages a second leave both cores idle, and a run takes 100 s."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        fresh = Path(folder) / "fresh.db"
        asyncio.run(office.found(f"sqlite:///{fresh}", told + tapping))
        peer = ("-m", "benchmarks.limited_bot", str(tapping), str(told))
        with ThreadPoolExecutor(2) as both:
            pairs = [
                tuple(both.map(lambda command: mailing(command, fresh, tapping, told), (OURS, peer)))
                for _ in range(runs)
            ]
    return _figure([ours for ours, _ in pairs], [theirs for _, theirs in pairs], told)


def _figure(ours: Sequence[Mailing], theirs: Sequence[Mailing], told: int) -> Figure:
    p99, bulk = middle([one.p99 for one in ours]), middle([one.bulk_per_second for one in ours])
    more = {
        "bulk_per_second": rounded(bulk),
        "middle_seconds": rounded(middle([one.middle for one in ours])),
        "peer_bulk_per_second": rounded(middle([one.bulk_per_second for one in theirs])),
        "peer_middle_seconds": rounded(middle([one.middle for one in theirs])),
        "reminders": told,
        "taps_each_run": [one.taps for one in ours],
        "p99_each_run": [f"{mine.p99:.3f} : {other.p99:.1f}" for mine, other in zip(ours, theirs, strict=True)],
    }
    reached = p99 <= SECONDS and bulk >= PER_SECOND
    target = f"≤ {SECONDS} s; bulk ≥ {PER_SECOND:g}/s"
    peer = middle([one.p99 for one in theirs])
    return Figure("interactive", p99, "s from tap to answer (p99)", peer, target, reached, len(ours), more)


def mailing(command: Sequence[str], fresh: Path, tapping: int, told: int) -> Mailing:
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        local_telegram("--tapping", str(tapping), "--told", str(told), module="benchmarks.mailing") as telegram,
        bot(command, telegram, Path(shutil.copy(fresh, folder)), **PACED),
    ):
        telegram.hear()
        heard = telegram.hear()
    answers = heard["answers"]
    p99 = answers[math.ceil(0.99 * len(answers)) - 1]
    return Mailing(p99, middle(answers), len(answers), heard["bulk_per_second"])
