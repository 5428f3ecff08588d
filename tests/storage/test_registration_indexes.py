"""What a stranger's code, the digits, roles and consents ask of the database is carried by an index, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.consents import CURRENT_VERSION, ConsentKind
from domain.roles import RoleKind
from storage import accounts, attempts, consents, invites, roles, settings
from storage.database import Database, Writer
from tests.storage.plans import Unit, scans

NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)


def enter_code(tx: Writer) -> None:
    settings.lock(tx, "first_code")
    attempts.since(tx, 4711, "entry", NOW)
    attempts.add(tx, 4711, "entry", NOW)
    invites.by_hash(tx, "0" * 64)


def enter_digits(tx: Writer) -> None:
    invites.lock(tx, 1)
    invites.latest(tx, 1)
    invites.revoke_open(tx, 1, NOW)
    invites.use(tx, 1, NOW)
    accounts.by_telegram(tx, 4711)
    accounts.by_person(tx, 1)
    accounts.known_at(tx, 4711)
    accounts.known_as(tx, 1)


def agree(tx: Writer) -> None:
    account_id = accounts.add(tx, 4711, person_id=None, display_name="周伟", locale=None, now=NOW)
    consents.put(tx, account_id, ConsentKind.USE, CURRENT_VERSION, given_at=NOW)
    consents.of_account(tx, account_id)
    accounts.consents(tx, account_id)
    accounts.holders(tx, [1], RoleKind.SECRETARY)


def look_at_roles(tx: Writer) -> None:
    roles.get(tx, 1)
    roles.at_unit(tx, 1)
    roles.end(tx, 1, NOW)


@pytest.mark.parametrize("unit", [enter_code, enter_digits, agree, look_at_roles], ids=lambda unit: unit.__name__)
async def test_registration_reads_no_whole_table(database: Database, unit: Unit) -> None:
    assert await scans(database, unit) == []
