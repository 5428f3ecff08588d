"""The month's queries start from a unit and reach its people by index, on both engines; so do the tick's questions."""

from __future__ import annotations

import pytest

from domain.actors import Actor
from domain.calendar import Month
from domain.summaries import Edition
from domain.units import UnitKind
from services import access, summary_reading, summary_tick
from services.summaries import month_summary, shown, without_details
from storage import summaries
from storage.database import Database, Writer
from tests.services.written_months import Organisation, at
from tests.storage.plans import Unit, scans

NOW = at("2026-11-02", "09:00")
OCTOBER = Month(2026, 10)
BRANCH = 2


def reckon(tx: Writer) -> None:
    """Every query of the month, those of the detail sheet and of the forecast included."""
    made = month_summary(tx, BRANCH, OCTOBER, NOW, Edition.DRAFT)
    summaries.store(tx, without_details(made), announced_at=None)
    shown(tx, made.unit_id, OCTOBER, NOW)


def tell(tx: Writer) -> None:
    reckon(tx)
    summary_tick.announce_summaries(tx, Actor.clock(NOW))


def tick(tx: Writer) -> None:
    """At the draft's hour, and at the lock's: what lacks, what is made of it, who is told."""
    for moment in (NOW, at("2026-11-06", "09:00")):
        for step in summary_tick.STEPS:
            step(tx, Actor.clock(moment))


def read(tx: Writer) -> None:
    actor = access.identify(tx, 9002, NOW, "")
    summary_reading.reading(tx, actor, "2026-10", summary_reading.OWN)
    summary_reading.choice(tx, actor, "2026-10", 0)


def organisation(tx: Writer) -> None:
    made = Organisation(tx)
    committee = made.unit(UnitKind.COMMITTEE, "青江供电公司党委")
    branch = made.unit(UnitKind.BRANCH, "变电检修党支部", committee)
    li_ming, chen_jing = made.person("李明", branch), made.person("陈静", branch)
    made.role("secretary", chen_jing, branch)
    pairing = made.pairing(li_ming, chen_jing)
    made.rotation(li_ming, branch, "2026-10-12", "2026-12-31")
    made.reported(pairing, li_ming, "2026-10-09", at("2026-10-09"))


@pytest.mark.parametrize("run", [reckon, tell, tick, read])
async def test_no_table_is_read_whole(database: Database, run: Unit) -> None:
    await database.write(organisation)
    assert await scans(database, run) == []
