"""Every query that runs per update or per tick is carried by an index, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services import access, menu
from storage import accounts, drafts, inbox, outbox, withdrawals
from storage.database import Database, Writer
from storage.tables import inbox as rows
from tests.storage.plans import Unit, plans, scans

NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)


def claim_update(tx: Writer) -> None:
    inbox.claim(tx, "a", NOW, limit=64)


def keep_update(tx: Writer) -> None:
    inbox.keep(tx, [inbox.Arrived(1, 7, "{}")], NOW)


def see_update_through(tx: Writer) -> None:
    keep_update(tx)
    claim_update(tx)
    inbox.mark_handled(tx, 1, {}, NOW)
    inbox.renew(tx, "a", [1], NOW)
    inbox.release(tx, "a", 1, "fault", NOW)
    inbox.park(tx, "a", 1, "fault", NOW)
    inbox.mark_done(tx, [1], NOW)


def prune(tx: Writer) -> None:
    inbox.prune(tx, NOW, limit=200)
    inbox.prune_parked(tx, NOW, limit=200)


def tell(tx: Writer) -> None:
    outbox.add(tx, key="a:1", kind="home", payload={}, not_before=NOW, now=NOW)


def deliver(tx: Writer) -> None:
    tell(tx)
    for row in outbox.claim(tx, "a", NOW, NOW, limit=20):
        outbox.renew(tx, "a", [row.id], NOW)
        outbox.rest(tx, row.id, NOW, "flood")
        outbox.postpone(tx, row.id, NOW, "quiet")
        outbox.settle(tx, row.id, "sent", NOW)
    outbox.next_due(tx)
    outbox.unasked_since(tx, 1, NOW - timedelta(days=7))
    outbox.missed(tx, 1, NOW - timedelta(days=7))
    outbox.settle_beneath(tx, 1, NOW, message=9)


def withdraw(tx: Writer) -> None:
    withdrawals.withdraw(tx, "duty:1", NOW)
    withdrawals.withdraw_all(tx, "duty:", NOW)
    withdrawals.coming_under(tx, "duty:", NOW)
    withdrawals.heard(tx, "duty:")
    withdrawals.bring_back(tx, "duty:", NOW, NOW)
    withdrawals.forget_elsewhere(tx, "duty:", NOW)


def look_how_much_waits(tx: Writer) -> None:
    inbox.backlog(tx)
    outbox.backlog(tx, NOW)


def identify(tx: Writer) -> None:
    accounts.add(tx, 4711, person_id=None, display_name="周伟", locale="zh_Hans", now=NOW)
    access.identify(tx, 4711, NOW, "")
    access.recipient(tx, 1, NOW)


def offer(tx: Writer) -> None:
    from storage.menu import ties

    ties(tx, 1, NOW.date())
    menu.offer(tx, access.identify(tx, 4711, NOW, ""))


def continue_dialogue(tx: Writer) -> None:
    drafts.latest(tx, 4711)
    drafts.of_kind(tx, 4711, "report")
    drafts.expire(tx, NOW, limit=200)


UNITS = (
    claim_update, see_update_through, prune, tell, deliver, withdraw, look_how_much_waits, identify, offer,
    continue_dialogue,
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.__name__)
async def test_no_table_is_read_whole(database: Database, unit: Unit) -> None:
    assert await scans(database, unit) == []


async def test_done_rows_cost_a_claim_nothing(database: Database) -> None:
    (plan,) = (await plans(database, claim_update)).values()
    assert "ix_inbox_open" in plan
    assert "ix_inbox_open_chat_id" in plan
    assert "ix_inbox_claimed_chat_id" in plan


async def test_whom_a_sender_speaks_to_is_found_by_its_few_claims(database: Database) -> None:
    def unit(tx: Writer) -> None:
        tell(tx)
        outbox.claim(tx, "a", NOW, NOW, limit=20)

    _, looked, taken = (await plans(database, unit)).values()
    assert "ix_outbox_state_not_before" in looked
    assert "ix_outbox_held" in looked
    assert "ix_outbox_held" in taken


async def test_a_scan_is_seen(database: Database) -> None:
    def unit(tx: Writer) -> None:
        tx.all(rows.select().where(rows.c.payload == "a"))

    assert len(await scans(database, unit)) == 1
