"""What the drills compare: every row of every table, read past the program's own types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, text

from domain.units import UnitKind
from services import audit
from services.audit_seals import seal_audit
from storage.database import Database, Writer, open_database
from storage.postgres import engine_url
from storage.tables import metadata
from tests.services.organisations import CLOCK
from tests.services.written_months import Organisation, at

BRANCH = "变电检修党支部"
Tables = dict[str, list[tuple[Any, ...]]]


def engine(url: str) -> Engine:
    return create_engine(engine_url(url) if url.startswith("postgresql") else url, poolclass=NullPool)


def contents(url: str) -> Tables:
    with engine(url).connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))), key=repr)
            for name in [*metadata.tables, "alembic_version"]
        }


def october(tx: Writer) -> None:
    """A branch's month with everything that is reported in it, and its audit sealed."""
    made = Organisation(tx)
    committee = made.unit(UnitKind.COMMITTEE, "青江供电公司党委")
    branch = made.unit(UnitKind.BRANCH, BRANCH, committee)
    li_ming, wang_fang, chen_jing = (made.person(name, branch) for name in ("李明", "王芳", "陈静"))
    made.role("secretary", chen_jing, branch)
    pairing = made.pairing(li_ming, wang_fang)
    made.outcome(pairing, "独立完成一次主变保护定检", "2026-11-20")
    made.rotation(li_ming, branch, "2026-10-01", "2026-12-31")
    report = made.reported(pairing, li_ming, "2026-10-09", at("2026-10-09"))
    made.review(report, wang_fang, "comment", at("2026-10-10"), text="带电作业前先验电。")
    made.need(li_ming, "material", at("2026-10-11"))
    made.sent(li_ming, at("2026-10-12"))
    for number in range(30):
        audit.record(tx, CLOCK, "person:added", f"person:{number}", new={"name": "李明"}, about=li_ming)
    seal_audit(tx, CLOCK)


async def write_october(url: str) -> None:
    database = await open_database(url)
    await database.write(october)
    await database.close()


async def write_on(database: Database, number: int) -> None:
    """One more change, as the running program makes them: a row and its audit together."""

    def unit(tx: Writer) -> None:
        subject = f"unit:{number}"
        Organisation(tx, number).unit(UnitKind.GROUP, f"第{number}小组", 2)
        audit.record(tx, CLOCK, "unit:added", subject, new={"name": subject})

    await database.write(unit)


def only_file(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found
