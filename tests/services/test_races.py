"""What people and the clock do at the same moment on PostgreSQL: nothing is overwritten, nothing is said twice."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from datetime import date

import pytest
from sqlalchemy import func, select

from domain.actors import Actor
from domain.duties import Leave
from services import duties, leaves, tick
from services.duty_steps import open_duties, plan_duties
from services.leaves import Whom
from storage.database import Database, Writer, open_database
from storage.tables import digest, duty, duty_plan, outbox, summary
from tests.services.duty_cast import Cast, at

MONDAY = at(10, 19, 1)


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    opened = await open_database(postgres_url)
    yield opened
    await opened.close()


async def meanwhile(database: Database, first: Callable[[Writer], object], second: Callable[[Writer], object]) -> None:
    """Begin the second unit while the first has done its work but has not committed."""
    worked, looked = threading.Event(), threading.Event()

    def holding(tx: Writer) -> None:
        first(tx)
        worked.set()
        looked.wait(5)

    one = asyncio.create_task(database.write(holding))
    await asyncio.to_thread(worked.wait, 5)
    other = asyncio.create_task(database.write(second))
    await asyncio.wait({other}, timeout=0.5)  # it ends, or waits for the first: both are right
    looked.set()
    await asyncio.gather(one, other)


async def cast(database: Database) -> tuple[Cast, list[int]]:
    """李明 with a weekly report of which the second week is not open yet."""

    def unit(tx: Writer) -> tuple[Cast, list[int]]:
        made = Cast(tx)
        made.pair()
        open_duties(tx, Actor.clock(at(10, 12)))
        return made, list(tx.scalars(select(duty.c.id).order_by(duty.c.opens_at)))

    return await database.write(unit)


async def states(database: Database) -> list[str]:
    return await database.read(lambda tx: list(tx.scalars(select(duty.c.state).order_by(duty.c.opens_at))))


async def test_a_report_is_not_opened_again_by_the_tick_of_the_same_moment(database: Database) -> None:
    made, ids = await cast(database)
    author = await database.write(lambda tx: actor(tx, made, "李明"))
    await meanwhile(
        database,
        lambda tx: duties.complete(tx, author, [ids[1]], MONDAY),
        lambda tx: open_duties(tx, Actor.clock(MONDAY)),
    )
    assert await states(database) == ["open", "done"]


async def test_a_report_is_not_excused_by_a_leave_of_the_same_moment(database: Database) -> None:
    made, ids = await cast(database)
    author = await database.write(lambda tx: actor(tx, made, "李明"))
    span = Leave(date(2026, 10, 12), date(2026, 10, 30))
    await meanwhile(
        database,
        lambda tx: duties.complete(tx, author, [ids[1]], MONDAY),
        lambda tx: leaves.take(tx, author, Whom(person_id=made.people["李明"]), span),
    )
    assert await states(database) == ["excused", "done"]


async def test_a_units_leave_reaches_what_is_being_planned_at_the_same_moment(database: Database) -> None:
    made, _ = await cast(database)
    secretary = await database.write(lambda tx: actor(tx, made, "陈静"))
    span = Leave(date(2026, 10, 12), date(2026, 10, 30))
    await meanwhile(
        database,
        lambda tx: plan_duties(tx, Actor.clock(MONDAY)),
        lambda tx: leaves.take(tx, secretary, Whom(unit_id=made.branch), span),
    )
    assert await database.read(lambda tx: tx.scalar(select(duty_plan.c.next_at))) == MONDAY
    await database.write(lambda tx: plan_duties(tx, Actor.clock(MONDAY)))
    assert set((await states(database))[:2]) == {"excused"}


async def test_two_ticks_at_once_say_everything_once(database: Database) -> None:
    """From the first report to the month's end: reminders, digests and summaries."""
    made, _ = await cast(database)

    async def ticking(clock: Actor) -> None:
        for step in tick.STEPS:
            while await database.write(lambda tx, step=step: step(tx, clock)):  # type: ignore[misc]
                pass

    for month, day in ((10, 16), (10, 19), (10, 22), (10, 26), (11, 2), (11, 4), (11, 6)):
        clock = Actor.clock(at(month, day, 9))
        await asyncio.gather(ticking(clock), ticking(clock))
    for counted, columns in (
        (outbox, (outbox.c.kind, outbox.c.person_id, outbox.c.not_before)),
        (digest, (digest.c.person_id, digest.c.day)),
        (summary, (summary.c.unit_id, summary.c.month, summary.c.edition)),
    ):
        most = select(func.count()).select_from(counted).group_by(*columns).order_by(func.count().desc())
        assert await database.read(lambda tx, most=most: tx.scalar(most.limit(1))) == 1, counted.name  # type: ignore[misc]
    prompted = select(func.count()).where(
        outbox.c.kind == "reminders.prompt", outbox.c.person_id == made.people["李明"]
    )
    assert await database.read(lambda tx: tx.scalar(prompted)) == 5


def actor(tx: Writer, made: Cast, name: str) -> Actor:
    made.tx = tx
    return made.actor(name, MONDAY)
