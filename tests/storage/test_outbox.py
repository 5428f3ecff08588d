"""What is to be said to others: once, not before its time, by one sender, until it is withdrawn."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from domain.people import Stage, staff_key
from domain.units import UnitKind
from storage import outbox, people, units, withdrawals
from storage.database import Database, Writer, open_database
from storage.tables import outbox as rows

NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def add(tx: Writer, key: str, not_before: datetime = NOW, chat: int = 7) -> bool:
    return outbox.add(tx, key=key, kind="home", payload={"id": 1}, not_before=not_before, now=NOW, telegram_id=chat)


async def claim(database: Database, now: datetime = NOW, wall: datetime = NOW, worker: str = "a") -> list[str]:
    rows = await database.write(lambda tx: outbox.claim(tx, worker, now, wall, limit=20))
    return [row.unique_key for row in rows]


async def row_id(database: Database, key: str) -> int:
    return int(await database.read(lambda tx: tx.scalar(select(rows.c.id).where(rows.c.unique_key == key))))


async def state(database: Database, key: str) -> tuple[str, str | None]:
    columns = select(rows.c.state, rows.c.reason).where(rows.c.unique_key == key)
    row = await database.read(lambda tx: tx.one(columns))
    return row.state, row.reason


def add_li_ming(tx: Writer) -> int:
    root = units.add(tx, UnitKind.COMMITTEE, "青江供电公司党委", None, position=0, zone="Asia/Shanghai")
    return people.add(
        tx, root_id=root, unit_id=root, name="李明", staff_no="000101", staff_key=staff_key("000101"), pinyin="",
        stage=Stage.ACTIVIST, backbone=True, specialty="", post="", now=NOW,
    )  # fmt: skip


async def test_saying_it_again_adds_nothing(database: Database) -> None:
    assert await database.write(lambda tx: add(tx, "duty:1"))
    assert not await database.write(lambda tx: add(tx, "duty:1"))
    assert await claim(database) == ["duty:1"]


async def test_what_was_sent_is_not_said_again_under_its_key(database: Database) -> None:
    await database.write(lambda tx: add(tx, "duty:1"))
    await claim(database)
    number = await row_id(database, "duty:1")
    await database.write(lambda tx: outbox.settle(tx, number, "sent", NOW))
    assert not await database.write(lambda tx: add(tx, "duty:1"))
    assert await claim(database, NOW + timedelta(days=1), NOW + timedelta(days=1)) == []


async def test_nothing_goes_before_its_time_and_the_earliest_goes_first(database: Database) -> None:
    for key, moment in (("later", NOW + SECOND), ("now", NOW), ("before", NOW - SECOND)):
        await database.write(lambda tx, key=key, moment=moment: add(tx, key, moment))  # type: ignore[misc]
    assert await database.read(outbox.next_due) == NOW - SECOND
    assert await claim(database) == ["before", "now"]
    for key in ("before", "now"):
        number = await row_id(database, key)
        await database.write(lambda tx, number=number: outbox.settle(tx, number, "sent", NOW))  # type: ignore[misc]
    assert await claim(database, NOW + SECOND) == ["later"]


async def test_what_follows_waits_for_what_a_sender_holds_to_the_same_chat(database: Database) -> None:
    await database.write(lambda tx: add(tx, "first"))
    assert await claim(database) == ["first"]
    await database.write(lambda tx: add(tx, "second"))
    await database.write(lambda tx: add(tx, "other", chat=8))
    assert await claim(database, worker="b") == ["other"]
    after = NOW + outbox.LEASE + SECOND
    await database.write(lambda tx: outbox.renew(tx, "b", [], after))
    assert await claim(database, after, after, worker="b") == ["first", "second", "other"]


async def test_what_follows_waits_for_what_rests_and_goes_after_it(database: Database) -> None:
    await database.write(lambda tx: add(tx, "first"))
    await claim(database)
    number = await row_id(database, "first")
    await database.write(lambda tx: outbox.rest(tx, number, NOW + SECOND * 30, "flood"))
    await database.write(lambda tx: add(tx, "second"))
    await database.write(lambda tx: add(tx, "other", chat=8))
    assert await claim(database, wall=NOW + SECOND * 30) == ["other"]
    assert await claim(database, wall=NOW + SECOND * 31) == ["first", "second"]


async def test_what_rests_can_be_taken_back_and_then_keeps_back_nothing(database: Database) -> None:
    await database.write(lambda tx: add(tx, "first"))
    await claim(database)
    number = await row_id(database, "first")
    await database.write(lambda tx: outbox.rest(tx, number, NOW + SECOND * 30, "flood"))
    await database.write(lambda tx: add(tx, "second"))
    assert await database.write(lambda tx: withdrawals.withdraw(tx, "first", NOW))
    assert await claim(database) == ["second"]


async def test_two_senders_at_the_same_moment_do_not_both_speak_to_one_person(postgres_url: str) -> None:
    """The second looked before the first had committed its claim on the row that comes before."""
    database = await open_database(postgres_url)
    worked, looked = threading.Event(), threading.Event()
    for key in ("first", "second"):
        await database.write(lambda tx, key=key: add(tx, key))  # type: ignore[misc]

    def one_row(tx: Writer) -> list[str]:
        claimed = outbox.claim(tx, "a", NOW, NOW, limit=1)
        worked.set()
        assert looked.wait(20)
        return [row.unique_key for row in claimed]

    holding = asyncio.create_task(database.write(one_row))
    assert await asyncio.to_thread(worked.wait, 20)
    other = asyncio.create_task(claim(database, worker="b"))
    await asyncio.wait({other}, timeout=0.5)  # it waits for the first one's row
    looked.set()
    assert (await holding, await other) == (["first"], [])
    await database.close()


async def test_a_claim_that_is_renewed_does_not_run_out(database: Database) -> None:
    await database.write(lambda tx: add(tx, "a"))
    await claim(database)
    number = await row_id(database, "a")
    await database.write(lambda tx: outbox.renew(tx, "a", [number], NOW + outbox.LEASE))
    assert await claim(database, NOW + outbox.LEASE + SECOND, NOW + outbox.LEASE + SECOND, worker="b") == []


async def test_a_row_is_claimed_once_until_its_lease_ends(database: Database) -> None:
    await database.write(lambda tx: add(tx, "duty:1"))
    assert await claim(database, worker="a") == ["duty:1"]
    assert await claim(database, worker="b", wall=NOW + outbox.LEASE) == []
    assert await claim(database, worker="b", wall=NOW + outbox.LEASE + SECOND) == ["duty:1"]


async def test_a_moved_clock_ends_no_lease(database: Database) -> None:
    await database.write(lambda tx: add(tx, "duty:1"))
    await claim(database)
    assert await claim(database, NOW + timedelta(days=30), NOW) == []


async def test_resting_is_a_try_and_postponing_is_none(database: Database) -> None:
    await database.write(lambda tx: add(tx, "duty:1"))
    for tries in (1, 2):
        (row,) = await database.write(lambda tx: outbox.claim(tx, "a", NOW, NOW + SECOND * 60, limit=1))
        assert row.tries == tries
        await database.write(lambda tx, row=row: outbox.rest(tx, row.id, NOW + SECOND * 30, "flood"))  # type: ignore[misc]
        assert await claim(database, NOW, NOW + SECOND * 30) == []
    for hour in range(3):
        now = NOW + timedelta(hours=hour)
        (row,) = await database.write(lambda tx, now=now: outbox.claim(tx, "a", now, NOW + SECOND * 60, limit=1))  # type: ignore[misc]
        assert row.tries == 3
        until = now + timedelta(hours=1)
        await database.write(lambda tx, row=row, until=until: outbox.postpone(tx, row.id, until, "quiet"))  # type: ignore[misc]
        assert await claim(database, now) == []


async def test_withdrawing_takes_back_what_has_not_gone(database: Database) -> None:
    await database.write(lambda tx: add(tx, "duty:1"))
    assert await database.write(lambda tx: withdrawals.withdraw(tx, "duty:1", NOW))
    assert not await database.write(lambda tx: withdrawals.withdraw(tx, "duty:1", NOW))
    assert not await database.write(lambda tx: withdrawals.withdraw(tx, "duty:2", NOW))
    assert await claim(database) == []
    assert await state(database, "duty:1") == ("skipped", "withdrawn")


async def test_what_a_sender_holds_cannot_be_taken_back(database: Database) -> None:
    await database.write(lambda tx: add(tx, "duty:1"))
    await claim(database)
    assert not await database.write(lambda tx: withdrawals.withdraw(tx, "duty:1", NOW))
    number = await row_id(database, "duty:1")
    await database.write(lambda tx: outbox.settle(tx, number, "sent", NOW, message=9))
    assert await state(database, "duty:1") == ("sent", None)


KEYS = (
    "duty:1:王芳",
    "duty:1:赵强",
    "duty:1:😀",
    "duty:1",
    "duty:10:王芳",
    "duty;1:王芳",
    "dutz:1:王芳",
    "Duty:1:王芳",
)


async def withdrawn_all(database: Database) -> set[str]:
    for key in KEYS:
        await database.write(lambda tx, key=key: add(tx, key))  # type: ignore[misc]
    assert await database.write(lambda tx: withdrawals.withdraw_all(tx, "duty:1:", NOW)) == 3
    return set(await claim(database))


async def test_withdrawing_all_takes_exactly_the_prefix(database: Database) -> None:
    assert await withdrawn_all(database) == set(KEYS[3:])


async def test_keys_are_compared_byte_by_byte_whatever_the_databases_collation(postgres_url: str) -> None:
    """A linguistic collation passes over punctuation, so that a range of keys would hold others."""
    database = await open_database(postgres_url)
    collation = text(
        "SELECT collation_name FROM information_schema.columns WHERE table_name = 'outbox' AND column_name = 'unique_key'"
    )
    assert await database.read(lambda tx: tx.scalar(collation)) == "C"
    await database.close()


@pytest.mark.parametrize(
    ("state", "unasked", "counted"), [("sent", True, 1), ("sent", False, 0), ("skipped", True, 0), ("failed", True, 0)]
)
async def test_the_weeks_unasked_for_messages_are_counted(
    database: Database,
    state: str,
    unasked: bool,  # noqa: FBT001 - a column of the table above
    counted: int,
) -> None:
    def unit(tx: Writer) -> None:
        li_ming = add_li_ming(tx)
        outbox.add(tx, key="a", kind="home", payload={}, not_before=NOW, now=NOW, person_id=li_ming, unasked=unasked)
        (row,) = outbox.claim(tx, "a", NOW, NOW, limit=1)
        outbox.settle(tx, row.id, state, NOW)

    await database.write(unit)
    (person_id,) = await database.read(lambda tx: tx.scalars(select(rows.c.person_id)))
    assert await database.read(lambda tx: outbox.unasked_since(tx, person_id, NOW - timedelta(days=7))) == counted
    assert await database.read(lambda tx: outbox.unasked_since(tx, person_id, NOW + SECOND)) == 0


@pytest.mark.parametrize(
    ("settled", "reason", "is_missed"),
    [
        ("skipped", "unreachable", True), ("failed", "Forbidden", True), ("skipped", "withdrawn", False),
        ("sent", None, False), ("failed", "BadRequest", False),
    ],
)  # fmt: skip
async def test_what_somebody_missed_can_be_told_beneath_something_else(
    database: Database,
    settled: str,
    reason: str | None,
    is_missed: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    def unit(tx: Writer) -> tuple[list[str], list[str], list[str]]:
        li_ming = add_li_ming(tx)
        outbox.add(tx, key="a", kind="home", payload={}, not_before=NOW, now=NOW, person_id=li_ming)
        (row,) = outbox.claim(tx, "a", NOW, NOW, limit=1)
        outbox.settle(tx, row.id, settled, NOW, reason=reason)
        before = outbox.missed(tx, li_ming, NOW)
        later = outbox.missed(tx, li_ming, NOW + SECOND)
        outbox.settle_beneath(tx, row.id, NOW + SECOND, message=9)
        after = outbox.missed(tx, li_ming, NOW)
        return [one.unique_key for one in before], [one.unique_key for one in later], [one.unique_key for one in after]

    assert await database.write(unit) == (["a"] if is_missed else [], [], [])
    told = ("sent", outbox.IN_A_DIGEST) if is_missed else (settled, reason)
    assert await state(database, "a") == told
