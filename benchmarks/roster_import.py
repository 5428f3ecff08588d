"""`import`: rows/s of a 100,000-row roster from the file to the database, preview and import; and the peak of memory."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from benchmarks.figures import RUNS, Figure, middle, rounded
from benchmarks.processes import ROOT
from commands.demo.roster import organisation
from domain.roster_rows import RosterValues
from reports.roster_workbook import roster_workbook
from storage import schema

ROWS = 100_000
TIMES, MEGABYTES = 5.0, 400
OURS = (sys.executable, "-c", "from commands import main; main()", "import-roster", "--yes")
PEER = (
    sys.executable,
    "-c",
    (
        "import sys, python_calamine as c; b = c.CalamineWorkbook.from_path(sys.argv[1]); "
        "print(len(b.get_sheet_by_index(0).to_python()))"
    ),
)
LOOK_AGAIN = 0.02


def measure(rows: int = ROWS, times: int = RUNS) -> Figure:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "roster.xlsx"
        file.write_bytes(_roster(rows))
        runs = [(_ours(file, Path(folder) / f"{run}.db", rows), watched((*PEER, str(file)))) for run in range(times)]
    seconds, peer = middle([one[0] for one, _ in runs]), middle([one[0] for _, one in runs])
    peak = max(one[1] for one, _ in runs)
    more = {
        "seconds": rounded(seconds),
        "peer_seconds": rounded(peer),
        "peak_mb": rounded(peak),
    }
    reached = seconds <= TIMES * peer and peak <= MEGABYTES
    target = f"≤ {TIMES:g} × calamine's time; ≤ {MEGABYTES} MB"
    return Figure(
        "import", rows / seconds, "rows/s", rows / peer, target, reached, times, more, times_the_peer=seconds / peer
    )


def _roster(rows: int) -> bytes:
    """The demonstration's people over and over, each with a number of his own and without pairings and rotations."""
    drawn = organisation(date(2026, 9, 28))
    people = (_plain(drawn.people[at % len(drawn.people)], at) for at in range(rows))
    return roster_workbook(people, drawn.units, ())


def _plain(one: RosterValues, at: int) -> RosterValues:
    return RosterValues(
        name=one.name, staff_no=f"{at + 1:06}", unit=one.unit, group=one.group, stage=one.stage, backbone=one.backbone,
        specialty=one.specialty, post=one.post,
    )  # fmt: skip


def _ours(file: Path, database: Path, rows: int) -> tuple[float, float]:
    """Into a fresh database, in which everybody must be afterwards."""
    url = f"sqlite:///{database}"
    schema.upgrade(url)
    taken = watched((*OURS, str(file)), DATABASE_URL=url)
    with closing(sqlite3.connect(database)) as connection:
        (number,) = connection.execute("SELECT count(*) FROM person").fetchone()
    if number != rows:
        raise RuntimeError(f"{number} of {rows} people were imported")
    return taken


def watched(command: Sequence[str], **settings: str) -> tuple[float, float]:
    """Seconds from start to end, and the most megabytes that the process and its children held together."""
    peak, began = 0.0, time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, _held(process.pid))
        time.sleep(LOOK_AGAIN)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return time.monotonic() - began, peak


def _held(pid: int) -> float:
    """Megabytes of the process and what it started; 0 for one that has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:")), 0.0)
    return own + sum(_held(int(child)) for child in children)
