"""Agreements belong to a wording: when it changes, people are asked again and the old word stays on record."""

from __future__ import annotations

import pytest

from domain.consents import CURRENT_VERSION, ConsentKind
from domain.refusals import Refusal
from services import access, consents, people
from storage import consents as rows
from storage.database import Database, Writer
from tests.services.organisations import NOW, organisation

OLD = "2025-01"


async def test_an_older_wording_no_longer_opens_the_gate(database: Database) -> None:
    org = await organisation(database)
    await org.add("郑国华")
    account_id = (await org.actor("郑国华")).account_id
    assert account_id is not None

    def make_old(tx: Writer) -> None:
        rows.forget(tx, account_id)
        for kind in ConsentKind:
            rows.put(tx, account_id, kind, OLD, given_at=NOW)

    await database.write(make_old)
    actor = await org.actor("郑国华")
    assert not actor.agreed
    for kind in ConsentKind:
        await database.write(lambda tx, kind=kind: consents.toggle(tx, actor, kind))  # type: ignore[misc]
    assert (await org.actor("郑国华")).agreed
    said = await database.read(lambda tx: rows.of_account(tx, account_id))
    assert [one.version for one in said] == [OLD] * 3 + [CURRENT_VERSION] * 3


async def test_a_withdrawal_keeps_when_it_was_given(database: Database) -> None:
    org = await organisation(database)
    actor = await org.actor("李明")
    await database.write(lambda tx: consents.withdraw(tx, actor, ConsentKind.USE))
    found = (await database.read(lambda tx: consents.notice(tx, actor))).of(ConsentKind.USE)
    assert found is not None
    assert (found.given_at, found.withdrawn_at, found.stands) == (NOW, NOW, False)
    with pytest.raises(Refusal, match="already_done"):
        await database.write(lambda tx: consents.withdraw(tx, actor, ConsentKind.USE))
    assert not (await org.actor("李明")).agreed
    assert await database.read(lambda tx: access.recipient(tx, org.people["李明"], NOW)) is not None


async def test_the_contact_is_the_units_or_the_nearest_secretarys(database: Database) -> None:
    from storage import units

    org = await organisation(database)
    actor = await org.actor("李明")
    before = await database.read(lambda tx: consents.notice(tx, actor))
    assert (before.contact, before.secretaries) == ("", ("陈静",))
    await database.write(lambda tx: units.set_profile(tx, org.committee, {"contact": "党群工作部 8201"}))
    assert (await database.read(lambda tx: consents.notice(tx, actor))).contact == "党群工作部 8201"


@pytest.mark.parametrize(
    ("words", "found"), [("李", 1), ("lm", 1), ("chenj", 1), ("00000", 3), ("%", 3), ("_", 3), ("无", 0)]
)
async def test_people_are_found_on_both_engines(database: Database, words: str, found: int) -> None:
    org = await organisation(database)
    page = await database.read(lambda tx: people.find(tx, words, [org.committee]))
    assert page.total == len(page.entries) == found
