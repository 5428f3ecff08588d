"""Direction and outcomes changed while a pairing runs, on both engines: by proposal and both sides' yes, versions kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from domain.duties import DutyKind
from domain.outcomes import OutcomeState, OutcomeTerms
from domain.pairing_changes import Aim
from domain.pairings import PairingState
from services import outcomes, pairing_changes, pairing_courses, pairing_undoing, pairings
from storage import outcomes as kept
from storage.database import Database, Reader
from storage.tables import duty
from tests.services.office import OUTCOME, TODAY, Office

OTHER = OutcomeTerms("独立完成保护校验", "现场考核", date(2027, 6, 30))
AIM = Aim("继电保护调试", (OTHER,))


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database).open()


async def proposed(office: Office, name: str = "李明", aim: Aim = AIM) -> int:
    pairing_id = await office.active()
    await office.database.write(lambda tx: pairing_changes.propose(tx, office.actor(name), pairing_id, aim))
    return pairing_id


async def agree(office: Office, pairing_id: int, name: str) -> bool:
    return await office.database.write(lambda tx: pairing_changes.agree(tx, office.actor(name), pairing_id))


async def aim_of(office: Office, pairing_id: int) -> Aim:
    return await office.database.read(lambda tx: pairing_changes.standing_aim(tx, pairing_id))


async def owed_outcomes(office: Office) -> set[tuple[date, str]]:
    def query(tx: Reader) -> set[tuple[date, str]]:
        found = tx.all(select(duty.c.due_at, duty.c.state).where(duty.c.kind == DutyKind.OUTCOME))
        return {(row.due_at.date(), row.state) for row in found}

    return await office.database.read(query)


async def test_it_holds_once_both_sides_have_said_yes(office: Office) -> None:
    pairing_id = await proposed(office)
    assert (await aim_of(office, pairing_id)).outcomes == (OUTCOME,)
    assert not await agree(office, pairing_id, "李明")
    assert await agree(office, pairing_id, "王芳")
    assert await aim_of(office, pairing_id) == AIM
    assert await owed_outcomes(office) == {(OUTCOME.due_on, "cancelled"), (OTHER.due_on, "scheduled")}
    [version] = await office.database.read(lambda tx: pairing_changes.versions(tx, pairing_id))
    assert version.before == Aim(office.terms().direction, (OUTCOME,))
    assert await office.refusal(partial(pairing_changes.agree, actor=office.actor("王芳"), pairing_id=pairing_id)) == (
        "already_done"
    )


async def test_the_secretarys_proposal_needs_both_and_either_mentor_speaks_for_them(office: Office) -> None:
    terms = replace(office.terms("李明", "王芳", "赵强"), agreed_on=TODAY)
    pairing_id = await office.propose(terms)
    await office.database.write(lambda tx: pairing_changes.propose(tx, office.actor("陈静"), pairing_id, AIM))
    assert not await agree(office, pairing_id, "赵强")
    assert await agree(office, pairing_id, "李明")


async def test_both_at_once_change_it_once(office: Office) -> None:
    pairing_id = await proposed(office, "陈静")
    found = await asyncio.gather(agree(office, pairing_id, "李明"), agree(office, pairing_id, "王芳"))
    assert sorted(found) == [False, True]
    assert len(await office.database.read(lambda tx: pairing_changes.versions(tx, pairing_id))) == 1


async def test_what_was_reached_stays(office: Office) -> None:
    pairing_id = await office.active()
    [reached] = await office.database.read(lambda tx: kept.of_pairing(tx, pairing_id))
    await office.database.write(lambda tx: outcomes.verify(tx, office.actor("王芳"), reached.id, TODAY))
    await office.database.write(lambda tx: pairing_changes.propose(tx, office.actor("李明"), pairing_id, AIM))
    await agree(office, pairing_id, "王芳")
    found = await office.database.read(lambda tx: kept.of_pairing(tx, pairing_id))
    assert [(one.what, one.state) for one in found] == [
        (OUTCOME.what, OutcomeState.VERIFIED), (OTHER.what, OutcomeState.PLANNED),
    ]  # fmt: skip


async def test_each_step_is_undone_within_the_minute(office: Office) -> None:
    pairing_id = await proposed(office)
    before = await aim_of(office, pairing_id)
    await agree(office, pairing_id, "王芳")
    await office.database.write(lambda tx: pairing_undoing.undo(tx, office.actor("王芳"), pairing_id))
    assert await aim_of(office, pairing_id) == before
    assert (OUTCOME.due_on, "scheduled") in await owed_outcomes(office)
    await office.database.write(lambda tx: pairing_changes.sign(tx, office.actor("陈静"), pairing_id, TODAY))
    await office.database.write(lambda tx: pairing_undoing.undo(tx, office.actor("陈静"), pairing_id))
    await office.database.write(lambda tx: pairing_changes.decline(tx, office.actor("王芳"), pairing_id))
    await office.database.write(lambda tx: pairing_undoing.undo(tx, office.actor("王芳"), pairing_id))
    card = await office.database.read(lambda tx: pairings.card(tx, office.actor("李明"), pairing_id))
    assert card.change is not None
    assert (card.change.aim, card.change.signed_on, card.versions) == (AIM, None, 0)


async def test_who_and_what_is_refused(office: Office) -> None:
    pairing_id = await proposed(office)
    propose, secretary = pairing_changes.propose, office.actor("陈静")
    for name in ("林一", "赵强"):
        for act in (pairing_changes.agree, pairing_changes.decline):
            assert await office.refusal(partial(act, actor=office.actor(name), pairing_id=pairing_id)) == "not_yours"
    assert await office.refusal(lambda tx: pairing_changes.agree(tx, secretary, pairing_id)) == "not_yours"
    assert await office.refusal(lambda tx: propose(tx, secretary, pairing_id, AIM)) == "change_waits"
    tomorrow = TODAY + timedelta(days=1)
    assert await office.refusal(lambda tx: pairing_changes.sign(tx, secretary, pairing_id, tomorrow)) == "day_in_future"
    await office.database.write(lambda tx: pairing_changes.decline(tx, office.actor("王芳"), pairing_id))
    same = await aim_of(office, pairing_id)
    for aim, code in (
        (same, "already_done"), (Aim("", (OTHER,)), "pairing_incomplete"), (Aim("方向", ()), "pairing_incomplete"),
        (Aim("方向", (OutcomeTerms("没有标准"),)), "pairing_incomplete"), (Aim("方向", (OTHER,) * 6), "too_many_outcomes"),
    ):  # fmt: skip
        assert await office.refusal(lambda tx, aim=aim: propose(tx, secretary, pairing_id, aim)) == code  # type: ignore[misc]
    await office.database.write(lambda tx: pairing_courses.complete(tx, secretary, pairing_id))
    assert await office.state(pairing_id) is PairingState.COMPLETED
    assert await office.refusal(lambda tx: propose(tx, secretary, pairing_id, AIM)) == "pairing_state"
