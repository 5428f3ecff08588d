"""Second thoughts about a pairing and its outcomes, on both engines: all stands again as it was, and no longer than it may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from domain.actors import Actor
from domain.outcomes import OutcomeState, OutcomeTerms
from domain.pairings import PairingState
from domain.refusals import Refusal
from services import outcomes, pairing_agreement, pairing_courses, pairing_proposals, pairing_undoing, pairings
from storage import outbox
from storage import outcomes as kept
from storage import pairings as rows
from storage.database import Database, Reader, Writer
from storage.tables import audit_value
from tests.services.office import NOW, TODAY, Office

Act = Callable[[Writer, Actor, int], object]


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database).open()


async def standing(office: Office, pairing_id: int) -> object:
    """All that is agreed, and by whom."""
    return await office.database.read(partial(pairing_proposals.snapshot, pairing_id=pairing_id))


async def assert_undone(office: Office, pairing_id: int, name: str, act: Act) -> None:
    """Nothing is left of an act that is taken back, in the pairing and in what others are told."""
    before = await standing(office, pairing_id)
    soon = NOW + timedelta(seconds=30)
    await office.database.write(lambda tx: act(tx, office.actor(name, soon), pairing_id))
    assert await standing(office, pairing_id) != before
    later = office.actor(name, soon + timedelta(seconds=40))
    await office.database.write(lambda tx: pairing_undoing.undo(tx, later, pairing_id))
    assert await standing(office, pairing_id) == before
    waiting = await office.database.read(
        lambda tx: [one for person in office.ids.values() for one in outbox.waiting_for(tx, person, "pairing.notice")]
    )
    assert [one for one in waiting if one.created_at == soon] == []


def swap(office: Office, leaving: str | None, coming: str | None) -> Act:
    out, into = (office.ids[name] if name else None for name in (leaving, coming))
    return lambda tx, actor, pairing_id: pairing_courses.change_mentor(tx, actor, pairing_id, out, into)


async def test_a_substitution_of_one_that_runs(office: Office) -> None:
    pairing_id = await office.active()
    await assert_undone(office, pairing_id, "陈静", swap(office, "王芳", "赵强"))
    await assert_undone(office, pairing_id, "陈静", swap(office, None, "赵强"))
    history = await office.database.read(lambda tx: rows.mentors(tx, pairing_id))
    assert [(one.person_id, one.until_on) for one in history] == [(office.ids["王芳"], None)]


async def test_a_substitution_in_a_proposal_keeps_the_confirmations(office: Office) -> None:
    pairing_id = await office.propose(office.terms("李明", "王芳", "陈静"))
    await office.confirm(pairing_id, "李明", "王芳")
    await assert_undone(office, pairing_id, "陈静", swap(office, "陈静", None))
    assert await office.state(pairing_id) is PairingState.DRAFT
    assert await office.confirm(pairing_id, "陈静") is PairingState.ACTIVE


async def test_a_place_given_away_meanwhile_is_not_taken_back(office: Office) -> None:
    pairing_id, soon = await office.active(), NOW + timedelta(seconds=20)
    await office.database.write(lambda tx: swap(office, "王芳", "赵强")(tx, office.actor("陈静", soon), pairing_id))
    for number in range(3):
        await office.propose(office.terms(f"学员{number}", "王芳"))
    undo = partial(pairing_undoing.undo, actor=office.actor("陈静", soon), pairing_id=pairing_id)
    assert await office.refusal(undo) == "mentor_full"


async def test_a_revision_and_a_completion(office: Office) -> None:
    pairing_id = await office.propose()
    await office.confirm(pairing_id, "王芳")
    other = replace(office.terms("李明", "赵强"), direction="另一个方向", outcomes=(OutcomeTerms("另一项成效"),))
    await assert_undone(
        office, pairing_id, "陈静", lambda tx, actor, one: pairing_proposals.revise(tx, actor, one, other)
    )
    planned = (OutcomeTerms("独立检修主变", "班组考核", TODAY + timedelta(days=90)),)
    await assert_undone(
        office,
        pairing_id,
        "王芳",
        lambda tx, actor, one: pairing_agreement.complete(tx, actor, one, "再细一些", planned),
    )


async def test_an_answered_objection_and_a_reopening(office: Office) -> None:
    pairing_id = await office.active()
    ask = pairing_agreement.ask_for_change
    await office.database.write(lambda tx: ask(tx, office.actor("李明"), pairing_id, "成效与签订的不一致"))
    await assert_undone(office, pairing_id, "陈静", pairing_agreement.answer_objection)
    await assert_undone(office, pairing_id, "陈静", pairing_agreement.reopen)
    found = await office.database.read(lambda tx: rows.get(tx, pairing_id))
    assert found is not None
    assert (found.change_asked, found.active_on) == ("成效与签订的不一致", TODAY)
    assert await office.database.read(lambda tx: rows.open_duties(tx, pairing_id)) > 0


async def test_a_yes_is_taken_back_until_all_have_said_it(office: Office) -> None:
    pairing_id, take_back = await office.propose(), pairing_agreement.take_back_yes
    await office.confirm(pairing_id, "李明")
    later = office.actor("李明", NOW + timedelta(days=2))
    await office.database.write(lambda tx: take_back(tx, later, pairing_id))
    assert await office.confirm(pairing_id, "王芳") is PairingState.DRAFT
    assert await office.confirm(pairing_id, "李明") is PairingState.ACTIVE
    assert await office.refusal(lambda tx: take_back(tx, later, pairing_id)) == "pairing_state"
    assert await office.refusal(lambda tx: take_back(tx, office.actor("陈静"), pairing_id)) == "not_yours"


async def outcome_of(office: Office, pairing_id: int) -> int:
    [found] = await office.database.read(lambda tx: kept.of_pairing(tx, pairing_id))
    return found.id


async def test_a_verdict_on_an_outcome_stays_the_verifiers_until_someone_acts(office: Office) -> None:
    outcome_id = await outcome_of(office, await office.active())
    mentee, mentor = office.actor("李明"), office.actor("王芳")
    await office.database.write(lambda tx: outcomes.claim(tx, mentee, outcome_id))
    await office.database.write(lambda tx: outcomes.verify(tx, mentor, outcome_id, TODAY, "现场核实"))
    assert await office.refusal(lambda tx: outcomes.undo(tx, mentee, outcome_id)) == "too_late_to_undo"
    await office.database.write(lambda tx: send(tx, office.ids["李明"]))
    next_day = office.actor("王芳", NOW + timedelta(days=1))
    await office.database.write(lambda tx: outcomes.undo(tx, next_day, outcome_id))
    card = await office.database.read(lambda tx: outcomes.card(tx, mentee, outcome_id))
    assert card.outcome.state is OutcomeState.CLAIMED
    told = await office.database.read(lambda tx: outbox.waiting_for(tx, office.ids["李明"], outcomes.NOTICE))
    assert [one.payload["what"] for one in told] == ["taken_back"]
    assert not await office.database.read(lambda tx: taken_back(tx, office.ids["陈静"])), "who had not heard does not"


def send(tx: Writer, person_id: int) -> None:
    for one in outbox.waiting_for(tx, person_id, outcomes.NOTICE):
        outbox.settle(tx, one.id, "sent", NOW)


def taken_back(tx: Reader, person_id: int) -> list[outbox.Waiting]:
    told = outbox.waiting_for(tx, person_id, outcomes.NOTICE)
    return [one for one in told if one.payload["what"] == "taken_back"]


async def test_a_claim_taken_back_is_told_to_those_who_were_asked_to_verify_it(office: Office) -> None:
    outcome_id = await outcome_of(office, await office.active())
    await office.database.write(lambda tx: outcomes.claim(tx, office.actor("李明"), outcome_id))
    await office.database.write(lambda tx: send(tx, office.ids["王芳"]))
    next_day = office.actor("李明", NOW + timedelta(days=1))
    await office.database.write(lambda tx: outcomes.undo(tx, next_day, outcome_id))
    assert await office.database.read(lambda tx: taken_back(tx, office.ids["王芳"]))


async def test_a_claim_taken_back_leaves_the_word_with_which_it_was_sent_back(office: Office) -> None:
    outcome_id = await outcome_of(office, await office.active())
    mentee, mentor = office.actor("李明"), office.actor("王芳")
    await office.database.write(lambda tx: outcomes.claim(tx, mentee, outcome_id))
    await office.database.write(lambda tx: outcomes.send_back(tx, mentor, outcome_id, "还差一次独立操作"))
    await office.database.write(lambda tx: outcomes.claim(tx, mentee, outcome_id))
    await office.database.write(lambda tx: outcomes.undo(tx, mentee, outcome_id))
    assert not await office.database.read(lambda tx: taken_back(tx, office.ids["王芳"]))
    card = await office.database.read(lambda tx: outcomes.card(tx, mentor, outcome_id))
    assert (card.outcome.state, card.outcome.remark) == (OutcomeState.PLANNED, "还差一次独立操作")


async def test_what_was_erased_cannot_be_brought_back(office: Office) -> None:
    pairing_id = await office.active()
    await office.database.write(lambda tx: pairing_courses.pause(tx, office.actor("陈静"), pairing_id))

    def erased(tx: Writer) -> None:
        tx.run(audit_value.delete())

    await office.database.write(erased)
    with pytest.raises(Refusal, match="too_late_to_undo"):
        await office.database.write(lambda tx: pairing_undoing.undo(tx, office.actor("陈静"), pairing_id))
    assert await office.database.read(lambda tx: pairings.open_duties(tx, office.actor("陈静"), pairing_id)) == 0
