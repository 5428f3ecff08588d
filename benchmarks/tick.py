"""`tick`: ms for a tick on 1,000,000 open duties of which none is due, and for each of 10,000 that are."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import office
from benchmarks.figures import RUNS, Figure, middle, rounded
from bot.clock import SetClock
from bot.scheduler import Ticker
from storage.database import open_database

DUTIES, DUE, PEOPLE = 1_000_000, 10_000, 20_000
IDLE_MS, EACH_MS = 10.0, 0.5
NOW = datetime(2026, 10, 13, 2, 0, tzinfo=UTC)
"""A Tuesday on which nothing falls due: all of the million are due on Friday."""
FILL_PEOPLE = """
WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < :people)
INSERT INTO person (root_id, staff_no, staff_key, name, pinyin, unit_id, stage, backbone, specialty, post, remark, created_at)
SELECT root_id, 'T' || i, 'T' || i, '同志' || i, pinyin, unit_id, stage, backbone, specialty, post, '', created_at
FROM numbers, person WHERE person.id = 2
"""
FILL_DUTIES = """
WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < :duties)
INSERT INTO duty (kind, subject_kind, subject_id, period, holder_id, month, opens_at, due_at, closes_at, state, prompts, next_reminder_at)
SELECT kind, subject_kind, 1000000 + i, period, 3 + i % :people, month, opens_at, due_at, closes_at, 'open', 0, next_reminder_at
FROM numbers, duty WHERE duty.id = (SELECT min(id) FROM duty WHERE kind = 'report' AND next_reminder_at IS NOT NULL)
"""
MAKE_DUE = "UPDATE duty SET next_reminder_at = :moment, prompts = 0 WHERE id > :first AND id <= :last"
FULL_SCAN = "SELECT count(*) FROM duty WHERE +next_reminder_at <= :moment AND +state = 'open'"


def measure(duties: int = DUTIES, due: int = DUE, people: int = PEOPLE, runs: int = RUNS) -> Figure:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "tick.db"
        asyncio.run(office.found(f"sqlite:///{path}", 1))
        fill(path, duties, people)
        more = {"duties": duties, "due": due}
        return asyncio.run(_measure(path, due, runs, more))


def fill(path: Path, duties: int, people: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(FILL_PEOPLE, {"people": people})
        connection.execute(FILL_DUTIES, {"duties": duties, "people": people})
        connection.execute("ANALYZE")


async def _measure(path: Path, due: int, times: int, sizes: dict[str, int]) -> Figure:
    database = await open_database(f"sqlite:///{path}")
    try:
        ticker = Ticker(database, SetClock(NOW), asyncio.Event())
        await ticker.tick()  # what the fresh organisation still has to be done is done, and the pages are read
        runs = [(await _idle(ticker), _scan(path)) for _ in range(times)]
        each = [await _due(ticker, path, due) for _ in range(times)]
    finally:
        await database.close()
    idle, scan, per_duty = middle([one for one, _ in runs]), middle([one for _, one in runs]), middle(each)
    reached = idle <= IDLE_MS and per_duty <= EACH_MS
    more = {"ms_a_due_duty": rounded(per_duty), **sizes}
    target = f"≤ {IDLE_MS:g} ms; ≤ {EACH_MS} ms a duty"
    return Figure("tick", idle, "ms idle tick", scan, target, reached, times, more)


async def _idle(ticker: Ticker) -> float:
    began = time.perf_counter()
    await ticker.tick()
    return 1000 * (time.perf_counter() - began)


def _scan(path: Path) -> float:
    """The same question asked without an index."""
    with closing(sqlite3.connect(path)) as connection:
        began = time.perf_counter()
        (found,) = connection.execute(FULL_SCAN, {"moment": _stored(NOW)}).fetchone()
        taken = 1000 * (time.perf_counter() - began)
    assert found == 0, "nothing was to be due"
    return taken


async def _due(ticker: Ticker, path: Path, due: int) -> float:
    """All of them are prompted in one tick; each prompt is a row of the outbox afterwards."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM outbox")
        first = connection.execute("SELECT min(id) FROM duty WHERE subject_id > 1000000").fetchone()[0] - 1
        moment = _stored(NOW - timedelta(minutes=1))
        connection.execute(MAKE_DUE, {"moment": moment, "first": first, "last": first + due})
    taken = await _idle(ticker)
    with closing(sqlite3.connect(path)) as connection:
        (prompts,) = connection.execute("SELECT count(*) FROM outbox WHERE kind = 'reminders.prompt'").fetchone()
    assert prompts == due, prompts
    return taken / due


def _stored(moment: datetime) -> str:
    """As the column type writes it in SQLite."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
