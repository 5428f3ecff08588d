"""What the tick asks about duties, plans, digests and seals is carried by an index, on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from domain.actors import Actor
from domain.duties import Leave
from services import digest_news, holidays, leaves
from services.audit_seals import seal_audit
from services.digests import make_digests
from services.duty_steps import close_duties, open_duties, plan_duties, prompt_holders
from services.leaves import Whom
from services.missing_notices import tell_of_missing_notice
from storage import audit_seals, duties, outbox
from storage.database import Database, Writer
from tests.services.duty_cast import START, Cast, at
from tests.storage.plans import Unit, scans

STEPS = (plan_duties, open_duties, close_duties, prompt_holders, make_digests, seal_audit)


def organised(tx: Writer) -> Cast:
    """Every kind of row, so that no branch of a step is left out."""
    cast = Cast(tx)
    cast.pair(outcome_on=date(2026, 10, 30))
    cast.rotate(date(2026, 10, 15), date(2026, 12, 18))
    return cast


def plan_and_prompt(tx: Writer) -> None:
    organised(tx)
    for day in (12, 15, 16, 19):
        for step in STEPS:
            step(tx, Actor.clock(at(10, day, 9)))


def close(tx: Writer) -> None:
    plan_and_prompt(tx)
    for step in STEPS:
        step(tx, Actor.clock(at(11, 6, 9)))


def report(tx: Writer) -> None:
    person = organised(tx).people["李明"]
    duties.reportable(tx, person, START)
    duties.next_report(tx, person, START)
    duties.leavable(tx, person, START)
    outbox.waiting_for(tx, person, "reminders.prompt")
    outbox.waiting(tx, person)


def load_digest(tx: Writer) -> None:
    cast = organised(tx)
    for name in ("王芳", "陈静"):
        digest_news.news(tx, cast.actor(name, at(10, 22, 9)))


def verify(tx: Writer) -> None:
    audit_seals.after(tx, 0, limit=200)
    audit_seals.held(tx, 1)
    audit_seals.values(tx, 1)


def plan_beneath(tx: Writer) -> None:
    cast = organised(tx)
    for unit_id in (cast.committee, cast.branch):
        leaves.take(tx, cast.actor("周伟"), Whom(unit_id=unit_id), Leave(date(2026, 10, 16), date(2026, 10, 16)))
        holidays.put(tx, cast.actor("周伟"), unit_id, date(2026, 10, 30), working=unit_id == cast.branch)
    plan_duties(tx, Actor.clock(START))
    tell_of_missing_notice(tx, Actor.clock(START))


UNITS = (plan_and_prompt, close, report, load_digest, verify, plan_beneath)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.__name__)
async def test_no_table_is_read_whole(database: Database, unit: Unit) -> None:
    assert await scans(database, unit) == []
