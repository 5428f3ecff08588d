"""`summary`: ms for a committee's month over 1,000,000 reports of 2,000 branches: its data, and all its files."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import office
from benchmarks.figures import RUNS, Figure, middle, rounded
from domain.calendar import Month
from domain.summaries import Edition, MonthSummary
from locales import language
from reports.studio import Studio
from reports.summary_picture import picture
from reports.summary_text import chat_text, plain_text
from reports.summary_workbook import workbook
from services import summaries
from services.tick import ROWS
from storage import report_counts
from storage import summaries as rows
from storage.database import Database, Reader, open_database

BRANCHES, IN_A_BRANCH, WEEKS = 2_000, 20, 25
DATA_MS, FILES_SECONDS = 20.0, 2.0
OCTOBER, NOW = Month.parse("2026-10"), datetime(2026, 10, 31, 10, tzinfo=UTC)
FILL = """
CREATE TEMP TABLE n (i INTEGER PRIMARY KEY);
WITH RECURSIVE c(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < {reports} - 1) INSERT INTO n SELECT i FROM c;
INSERT INTO unit (id, kind, name, parent_id, position, zone, profile)
    SELECT 1000 + i, 'general_branch', '党总支' || i, 1, 1 + i, 'Asia/Shanghai', '{{}}' FROM n WHERE i <= ({branches} - 1) / 100;
INSERT INTO unit (id, kind, name, parent_id, position, zone, profile)
    SELECT 2000 + i, 'branch', '党支部' || i, 1000 + i / 100, i, 'Asia/Shanghai', '{{}}' FROM n WHERE i < {branches};
INSERT INTO unit_above (unit_id, above_id, distance) SELECT id, id, 0 FROM unit WHERE id >= 1000;
INSERT INTO unit_above (unit_id, above_id, distance)
    SELECT id, parent_id, 1 FROM unit WHERE id >= 1000;
INSERT INTO unit_above (unit_id, above_id, distance) SELECT id, 1, 2 FROM unit WHERE id >= 2000;
INSERT INTO person (id, root_id, staff_no, staff_key, name, pinyin, unit_id, stage, backbone, specialty, post, remark, created_at)
    SELECT 100000 + i, 1, 'S' || i, 'S' || i, '同志' || i, 'tongzhi', 2000 + i / {in_a_branch}, 'full_member', 1, '', '', '',
    '2026-01-01 00:00:00.000000' FROM n WHERE i < {people};
INSERT INTO account (id, telegram_id, person_id, display_name, locale, created_at, bound_at)
    SELECT id, 900000000 + id, id, name, 'zh_Hans', created_at, created_at FROM person WHERE id >= 100000;
CREATE TEMP TABLE week AS SELECT i AS number, date('2026-10-30', '-' || (7 * i) || ' days') AS friday FROM n WHERE i < {weeks};
INSERT INTO duty (id, kind, subject_kind, subject_id, period, holder_id, month, opens_at, due_at, closes_at, state, done_at, prompts)
    SELECT 1000000 + i, 'report', 'pairing', 1000000 + i / {weeks}, 'W' || (i % {weeks}), 100000 + i / {weeks}, substr(friday, 1, 7),
    friday || ' 00:00:00.000000', friday || ' 10:00:00.000000', '2026-11-06 00:00:00.000000', 'done',
    friday || CASE WHEN i % 10 = 0 THEN ' 12:00:00.000000' ELSE ' 02:00:00.000000' END, 1
    FROM n JOIN week ON number = i % {weeks};
INSERT INTO check_in (id, person_id, month, text, standing, submitted_at, late, revision, reviewed_at)
    SELECT id, holder_id, month, '跟班完成主变检修，独立写了试验报告。', 'on_track', done_at, 0, 1, CASE WHEN id % 50 THEN done_at END
    FROM duty WHERE id >= 1000000;
INSERT INTO check_in_subject (check_in_id, duty_id) SELECT id, id FROM duty WHERE id >= 1000000;
INSERT INTO review (check_in_id, reviewer_id, capacity, kind, text, at)
    SELECT id, 1, 'mentor', 'noted', '', submitted_at FROM check_in WHERE id >= 1000000 AND id % 50;
INSERT INTO recount (unit_id) SELECT id FROM unit WHERE id >= 2000;
"""
GROUP_BY = """
SELECT person.unit_id, check_in.month, count(*) FROM check_in JOIN person ON person.id = check_in.person_id
GROUP BY person.unit_id, check_in.month
"""


def measure(branches: int = BRANCHES, runs: int = RUNS) -> Figure:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "summary.db"
        asyncio.run(office.found(f"sqlite:///{path}", 1))
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(f"BEGIN; {_filled(branches)} COMMIT; ANALYZE;")
        return asyncio.run(_measure(path, runs))


def _filled(branches: int) -> str:
    people = branches * IN_A_BRANCH
    sizes = {"branches": branches, "in_a_branch": IN_A_BRANCH, "weeks": WEEKS}
    return FILL.format(people=people, reports=people * WEEKS, **sizes)


async def _measure(path: Path, times: int) -> Figure:
    database, studio = await open_database(f"sqlite:///{path}"), Studio()
    try:
        counting = await _counted(database)
        made, _ = await _data(database)
        await _files(made, studio)  # the drawing process and the catalogues are there from then on
        runs = [((await _data(database))[1], _grouped(path)) for _ in range(times)]
        stored = [await _stored(database, made) for _ in range(times)]
        files = [await _files(made, studio) for _ in range(times)]
    finally:
        await database.close()
        studio.close()
    data, grouped = middle([one for one, _ in runs]), middle([one for _, one in runs])
    seconds = middle(files)
    reached = data <= DATA_MS and seconds <= FILES_SECONDS
    more = {
        "files_seconds": rounded(seconds),
        "stored_edition_ms": rounded(middle(stored)),
        "counting_all_seconds": rounded(counting),
        "reports_of_the_month": made.reports_total.due,
    }
    target = f"≤ {DATA_MS:g} ms of data; ≤ {FILES_SECONDS:g} s for all files"
    return Figure("summary", data, "ms of data", grouped, target, reached, times, more)


async def _counted(database: Database) -> float:
    """All of it counted anew, as the tick does it in steps; a moment later only what has changed is."""
    began = time.perf_counter()
    while await database.write(lambda tx: report_counts.count_anew(tx, limit=ROWS)):
        pass
    return time.perf_counter() - began


async def _data(database: Database) -> tuple[MonthSummary, float]:
    """The month live, as /summary reckons it."""
    began = time.perf_counter()
    made = await database.read(lambda tx: summaries.month_summary(tx, 1, OCTOBER, NOW, Edition.DRAFT))
    return made, 1000 * (time.perf_counter() - began)


async def _stored(database: Database, made: MonthSummary) -> float:
    """The edition that the tick has stored, as it is sent."""
    await database.write(lambda tx: rows.store(tx, made, announced_at=None))

    def read(tx: Reader) -> MonthSummary | None:
        return rows.stored(tx, 1, str(OCTOBER), Edition.DRAFT)

    began = time.perf_counter()
    assert await database.read(read) is not None
    return 1000 * (time.perf_counter() - began)


def _grouped(path: Path) -> float:
    with closing(sqlite3.connect(path)) as connection:
        began = time.perf_counter()
        connection.execute(GROUP_BY).fetchall()
        return 1000 * (time.perf_counter() - began)


async def _files(made: MonthSummary, studio: Studio) -> float:
    tongue, began = language("zh_Hans"), time.perf_counter()
    assert all((chat_text(made, tongue), plain_text(made, tongue), workbook(made, tongue)))
    assert await studio.render(picture(made, tongue))
    return time.perf_counter() - began
