"""The database is locked or full at every moment of a report's road: it is kept once, and the person gets their answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from storage.database import Database, Query, Reader, Result, StorageFault, Unit
from storage.sqlite import SqliteDatabase
from storage.tables import check_in, check_in_version, inbox
from tests.bot.conftest import Lab, heard, sqlite_of
from tests.programme import pair

LASTS = 3
"""So many writes fall into the time of the fault; then it is over."""
WORDS = "本周跟王芳师傅做了两次耐压试验，用上了新的接线办法，还缺一次带电检测的机会。" * 20
"""Long enough to need new pages wherever it is written."""
DONE = 3
"""The write that marks an update as done; it gives room back and needs none."""
ACTS = ("say", "stand", "send")


@dataclass(slots=True)
class Locked:
    """Another process writes and does not end."""

    url: str
    other: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self.other = sqlite3.connect(make_url(self.url).database or "", isolation_level=None, check_same_thread=False)

    def begin(self, database: SqliteDatabase) -> None:
        database._writer._conn.execute("PRAGMA busy_timeout=10")
        self.other.execute("BEGIN IMMEDIATE")

    def end(self, _: SqliteDatabase) -> None:
        self.other.execute("ROLLBACK")
        self.other.close()


@dataclass(slots=True)
class Full:
    """No page can be added to the file, and none in it is free."""

    url: str

    def begin(self, database: SqliteDatabase) -> None:
        raw = database._writer._conn
        raw.execute("VACUUM")
        (pages,) = raw.execute("PRAGMA page_count").fetchone()
        raw.execute(f"PRAGMA max_page_count={pages}")

    def end(self, database: SqliteDatabase) -> None:
        database._writer._conn.execute("PRAGMA max_page_count=1000000")


@dataclass(slots=True)
class Struck:
    """The stage's database: from one write on a fault of the engine itself lasts for some writes."""

    database: SqliteDatabase
    fault: Locked | Full
    at: int
    writes: int = 0
    faults: int = 0
    alone: bool = True

    async def write(self, unit: Unit[Result]) -> Result:
        for moment, change in ((self.at, self.fault.begin), (self.at + LASTS, self.fault.end)):
            if self.writes == moment:
                change(self.database)
        self.writes += 1
        try:
            return await self.database.write(unit)
        except StorageFault:
            self.faults += 1
            raise

    async def read(self, query: Query[Result]) -> Result:
        return await self.database.read(query)

    def sole(self, work: str, /) -> AbstractAsyncContextManager[bool]:
        return self.database.sole(work)

    async def close(self) -> None:
        await self.database.close()


def mount(lab: Lab, database: Database) -> None:
    """Let every part of the program work on this database."""
    program = lab.stage.program
    program.polling.database = program.workers.database = program.delivery.database = database
    program.workers.turns = program.delivery.turns = replace(program.workers.turns, database=database)


async def passes(lab: Lab, struck: Struck) -> None:
    """Ask again and again, as the poll loop and the workers do, with some seconds between: no claim has run out by then."""
    for _ in range(8):
        with suppress(StorageFault):
            await lab.stage.program.polling.step(0)
        await lab.stage.program.workers.settle()
        if struck.writes > struck.at + LASTS and not await lab.stage.database.read(unsettled):
            return
        lab.wall.put(lab.wall.now() + timedelta(seconds=5))


def unsettled(tx: Reader) -> list[str]:
    return list(tx.scalars(select(inbox.c.state).where(inbox.c.state != "done")))


async def act(lab: Lab, name: str) -> None:
    li_ming = lab.stage["李明"].phone
    if name == "say":
        await li_ming.say(f"/checkin {WORDS}")
    else:
        verb = {"stand": "check_in.standing", "send": "check_in.send"}[name]
        buttons = [button.data for row in (await li_ming.last()).rows for button in row]
        await li_ming.tap(data=next(data for data in buttons if data.startswith(f"{verb}:")))


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("kind", [Locked, Full])
async def test_a_report_is_kept_once_and_answered(
    lab: Lab, sqlite_url: str, kind: Callable[[str], Locked | Full], name: str, at: int
) -> None:
    """The fault begins when the update is to be kept, claimed, handled, or marked as done."""
    li_ming = lab.stage["李明"]
    await pair(lab.stage.database, lab.stage.clock.now(), li_ming.person_id, [lab.stage["王芳"].person_id])
    struck = Struck(sqlite_of(lab.stage.database), kind(sqlite_url), at)
    for each in ACTS:
        await act(lab, each)
        if each != name:
            await lab.stage.settle()
            continue
        before = lab.stage.program.workers.turns.database
        mount(lab, struck)
        await passes(lab, struck)
        mount(lab, before)
        await lab.stage.settle()
    assert struck.faults or (kind is Full and at == DONE)
    assert await lab.stage.database.read(unsettled) == []
    assert await lab.stage.database.read(lambda tx: tx.scalars(select(check_in.c.text))) == [WORDS]
    assert await lab.stage.database.read(lambda tx: tx.scalars(select(check_in_version.c.id))) == []
    assert any("收到，谢谢" in text for text in await heard(li_ming.phone))


async def test_what_was_answered_is_not_answered_again_because_nobody_could_note_it(lab: Lab, sqlite_url: str) -> None:
    li_ming = lab.stage["李明"].phone
    struck = Struck(sqlite_of(lab.stage.database), Locked(sqlite_url), DONE)
    await li_ming.say("/try 甲")
    before = lab.stage.program.workers.turns.database
    mount(lab, struck)
    await passes(lab, struck)
    mount(lab, before)
    await lab.stage.settle()
    assert struck.faults
    assert await lab.stage.database.read(unsettled) == []
    assert (await heard(li_ming)).count("1 甲") == 1
