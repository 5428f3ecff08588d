"""Updates from arrival to answer: in order within a chat, one worker a chat, nothing lost and nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from storage import inbox
from storage.database import Database, Writer
from storage.inbox import Arrived
from storage.tables import inbox as rows

NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)
LI_MING, WANG_FANG = 101, 102


async def keep(database: Database, *updates: tuple[int, int]) -> None:
    batch = [Arrived(update_id, chat_id, "{}") for update_id, chat_id in updates]
    await database.write(lambda tx: inbox.keep(tx, batch, NOW))


async def claim(database: Database, worker: str = "a", now: datetime = NOW, limit: int = 64) -> list[int]:
    claimed = await database.write(lambda tx: inbox.claim(tx, worker, now, limit=limit))
    return [one.update_id for one in claimed]


async def done(database: Database, update_id: int, now: datetime = NOW) -> None:
    await database.write(lambda tx: inbox.mark_done(tx, [update_id], now))


async def state(database: Database, update_id: int) -> str:
    statement = select(rows.c.state).where(rows.c.update_id == update_id)
    return str(await database.read(lambda tx: tx.scalar(statement)))


async def test_a_chat_is_answered_in_the_order_of_its_updates(database: Database) -> None:
    await keep(database, (3, LI_MING), (1, LI_MING), (2, LI_MING))
    seen = []
    while claimed := await claim(database):
        seen += claimed
        for update_id in claimed:
            await done(database, update_id)
    assert seen == [1, 2, 3]


async def test_one_claim_a_chat(database: Database) -> None:
    await keep(database, (1, LI_MING), (2, LI_MING), (3, WANG_FANG))
    assert await claim(database, "a") == [1, 3]
    assert await claim(database, "b") == []
    await done(database, 1)
    assert await claim(database, "b") == [2]


async def test_an_update_that_arrives_late_waits_for_the_one_being_worked_on(database: Database) -> None:
    await keep(database, (2, LI_MING))
    assert await claim(database, "a") == [2]
    await keep(database, (1, LI_MING))
    assert await claim(database, "b") == []
    await done(database, 2)
    assert await claim(database, "b") == [1]


async def test_a_busy_chat_starves_nobody(database: Database) -> None:
    await keep(database, *((number, LI_MING) for number in range(1, 501)), (501, WANG_FANG))
    assert await claim(database, limit=8) == [1, 501]


async def test_a_claim_that_nobody_renews_is_taken_over(database: Database) -> None:
    await keep(database, (1, LI_MING))
    assert await claim(database, "a") == [1]
    assert await claim(database, "b", NOW + inbox.LEASE) == []
    await database.write(lambda tx: inbox.renew(tx, "a", [1], NOW + inbox.LEASE))
    assert await claim(database, "b", NOW + inbox.LEASE * 2) == []
    assert await claim(database, "b", NOW + inbox.LEASE * 2 + timedelta(seconds=1)) == [1]


async def test_who_lost_a_claim_can_neither_renew_nor_release_nor_park_it(database: Database) -> None:
    later = NOW + inbox.LEASE + timedelta(seconds=1)
    await keep(database, (1, LI_MING))
    await claim(database, "a")
    assert await claim(database, "b", later) == [1]

    def late(tx: Writer) -> bool:
        inbox.renew(tx, "a", [1], later + inbox.LEASE)
        inbox.release(tx, "a", 1, "fault", later)
        return inbox.park(tx, "a", 1, "fault", later)

    assert not await database.write(late)
    assert await state(database, 1) == "new"
    assert await claim(database, "c", later) == []
    assert await claim(database, "c", later + inbox.LEASE + timedelta(seconds=1)) == [1]


async def test_what_is_handled_is_only_answered_again(database: Database) -> None:
    await keep(database, (1, LI_MING))
    await claim(database, "a")
    await database.write(lambda tx: inbox.mark_handled(tx, 1, {"screen": "home"}, NOW))
    (again,) = await database.write(lambda tx: inbox.claim(tx, "b", NOW + inbox.LEASE * 2, limit=1))
    assert again.answer == {"screen": "home"}
    with pytest.raises(inbox.AlreadyHandled):
        await database.write(lambda tx: inbox.mark_handled(tx, 1, {"screen": "other"}, NOW))
    assert await database.read(lambda tx: inbox.answer_of(tx, 1)) == {"screen": "home"}


async def test_what_is_done_keeps_nothing_of_what_was_said(database: Database) -> None:
    await keep(database, (1, LI_MING))
    await database.write(lambda tx: inbox.mark_handled(tx, 1, {"screen": "invites.made", "code": "K7QM3XPF"}, NOW))
    await database.write(lambda tx: inbox.mark_done(tx, [1], NOW))
    row = await database.read(lambda tx: tx.one(select(rows.c.payload, rows.c.answer)))
    assert (row.payload, row.answer) == ("", None)


async def test_a_poison_update_is_set_aside_and_the_chat_goes_on(database: Database) -> None:
    now = NOW
    await keep(database, (1, LI_MING), (2, LI_MING))
    for tries in range(1, inbox.TRIES + 1):
        (one,) = await database.write(lambda tx, now=now: inbox.claim(tx, "a", now, limit=8))  # type: ignore[misc]
        assert (one.update_id, one.tries) == (1, tries)
        retry_at = now + timedelta(seconds=2)
        if tries < inbox.TRIES:
            await database.write(lambda tx, at=retry_at: inbox.release(tx, "a", 1, "ValueError", at))  # type: ignore[misc]
            assert await claim(database, "a", now) == []
        now = retry_at + timedelta(seconds=1)
    assert await database.write(lambda tx: inbox.park(tx, "a", 1, "ValueError", now))
    assert await state(database, 1) == "parked"
    assert await claim(database, "a", now) == [2]


async def test_a_fault_of_others_is_no_try(database: Database) -> None:
    await keep(database, (1, LI_MING))
    for number in range(10):
        now = NOW + timedelta(minutes=number)
        (one,) = await database.write(lambda tx, now=now: inbox.claim(tx, "a", now, limit=8))  # type: ignore[misc]
        assert one.tries == 1
        await database.write(lambda tx, now=now: inbox.release(tx, "a", 1, "NetworkError", now, counts=False))  # type: ignore[misc]


async def test_what_is_delivered_twice_is_kept_once(database: Database) -> None:
    await keep(database, (1, LI_MING), (2, LI_MING))
    assert await claim(database) == [1]
    await done(database, 1)
    await keep(database, (1, LI_MING), (2, LI_MING), (3, LI_MING))
    assert await state(database, 1) == "done"
    assert await claim(database) == [2]


async def test_pruning_keeps_the_newest_and_what_is_open(database: Database) -> None:
    await keep(database, *((number, number) for number in range(1, 11)))
    for number in (*range(1, 6), 10):
        await done(database, number, NOW - timedelta(days=4))
    assert await database.write(lambda tx: inbox.prune(tx, NOW - timedelta(days=3), limit=3)) == 3
    assert await database.write(lambda tx: inbox.prune(tx, NOW - timedelta(days=3), limit=3)) == 2
    left = select(rows.c.update_id).order_by(rows.c.update_id)
    assert await database.read(lambda tx: list(tx.scalars(left))) == [6, 7, 8, 9, 10]


async def test_what_was_set_aside_is_kept_for_a_while_longer(database: Database) -> None:
    """Somebody may still want to look at it; what was done is nobody's business any more."""
    await keep(database, (1, LI_MING), (2, WANG_FANG), (3, LI_MING))
    await claim(database, "a")
    await database.write(lambda tx: inbox.park(tx, "a", 1, "ValueError", NOW - timedelta(days=31)))
    await database.write(lambda tx: inbox.park(tx, "a", 2, "ValueError", NOW - timedelta(days=29)))
    assert await database.write(lambda tx: inbox.prune(tx, NOW, limit=9)) == 0
    assert await database.write(lambda tx: inbox.prune_parked(tx, NOW - timedelta(days=30), limit=9)) == 1
    assert [await state(database, number) for number in (2, 3)] == ["parked", "new"]


Deliveries = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 4)), max_size=40, unique_by=lambda one: one[0])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=Deliveries, limit=st.integers(1, 5))
async def test_any_delivery_is_seen_through_once_and_in_order(
    database: Database, deliveries: Sequence[tuple[int, int]], limit: int
) -> None:
    await database.write(lambda tx: tx.run(rows.delete()))
    await keep(database, *deliveries)
    seen: list[int] = []
    while claimed := await claim(database, limit=limit):
        assert len({dict(deliveries)[update_id] for update_id in claimed}) == len(claimed)
        seen += claimed
        for update_id in claimed:
            await done(database, update_id)
    for chat in {chat for _, chat in deliveries}:
        in_chat = [update_id for update_id in seen if dict(deliveries)[update_id] == chat]
        assert in_chat == sorted(update_id for update_id, where in deliveries if where == chat)
    assert await database.read(lambda tx: tx.scalar(select(func.count()).select_from(rows))) == len(deliveries)
