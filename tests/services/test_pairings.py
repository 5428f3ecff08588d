"""Pairings on both engines: what is agreed, by whom, and what two people doing it at once cannot do."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from domain.actors import Actor
from domain.outcomes import OutcomeTerms
from domain.pairings import PairingState, Terms, Track
from domain.refusals import Refusal
from services import (
    outcomes,
    pairing_activation,
    pairing_agreement,
    pairing_courses,
    pairing_proposals,
    pairing_undoing,
    pairings,
)
from storage import outcomes as kept
from storage import pairings as rows
from storage import units
from storage.database import Database, Writer
from tests.services.office import NOW, PLACES, TODAY, Office


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database).open()


async def test_it_begins_once_everyone_has_confirmed(office: Office) -> None:
    pairing_id = await office.propose()
    assert await office.state(pairing_id) is PairingState.DRAFT
    assert await office.confirm(pairing_id, "王芳") is PairingState.DRAFT
    assert await office.confirm(pairing_id, "王芳") is PairingState.DRAFT
    assert await office.confirm(pairing_id, "李明") is PairingState.ACTIVE
    card = await office.database.read(lambda tx: pairings.card(tx, office.actor("李明"), pairing_id))
    assert card.pairing.active_on == TODAY
    assert card.next_due == datetime(2026, 10, 16, 10, 0, tzinfo=UTC)


async def test_two_confirmations_at_once_begin_it_once(office: Office) -> None:
    pairing_id = await office.propose()
    await asyncio.gather(office.confirm(pairing_id, "王芳"), office.confirm(pairing_id, "李明"))
    assert await office.state(pairing_id) is PairingState.ACTIVE


async def test_nobody_else_confirms_or_sees_it(office: Office) -> None:
    pairing_id = await office.propose()
    for stranger in (office.actor("赵强"), office.actor("林一")):
        for act in (pairing_agreement.confirm, pairings.card):
            assert await office.refusal(partial(act, actor=stranger, pairing_id=pairing_id)) == "not_yours"
    assert (
        await office.refusal(lambda tx: pairing_proposals.propose(tx, office.actor("王芳"), office.terms()))
        == "not_yours"
    )


async def test_an_incomplete_one_waits_for_the_mentor(office: Office) -> None:
    pairing_id = await office.propose(replace(office.terms(), direction="", outcomes=(OutcomeTerms("独立检修主变"),)))
    assert (
        await office.refusal(lambda tx: pairing_agreement.confirm(tx, office.actor("李明"), pairing_id))
        == "pairing_incomplete"
    )
    message = "方向：提升主变检修技能\n衡量标准：班组考核合格\n完成时限：2027年3月31日"

    def fill(tx: Writer) -> PairingState:
        mentor = office.actor("王芳")
        direction, planned = pairing_agreement.completed_terms(tx, mentor, pairing_id, message)
        return pairing_agreement.complete(tx, mentor, pairing_id, direction, planned)

    assert await office.database.write(fill) is PairingState.DRAFT
    assert await office.confirm(pairing_id, "李明") is PairingState.ACTIVE


async def test_signed_on_paper_it_begins_at_once_and_may_be_objected_to(office: Office) -> None:
    terms = office.terms()
    pairing_id = await office.database.write(
        lambda tx: pairings.create_from_roster(
            tx, Actor.clock(NOW), terms.mentee_id, terms.mentor_ids, terms.track, terms.direction, terms.outcomes,
            terms.cadence, None, date(2026, 9, 28),
        )
    )  # fmt: skip
    assert await office.state(pairing_id) is PairingState.ACTIVE
    await office.database.write(
        lambda tx: pairing_agreement.ask_for_change(tx, office.actor("李明"), pairing_id, "时间想再商量")
    )
    await office.database.write(lambda tx: pairing_agreement.reopen(tx, office.actor("陈静"), pairing_id))
    assert await office.state(pairing_id) is PairingState.DRAFT


async def test_signed_on_paper_but_incomplete_it_waits(office: Office) -> None:
    incomplete = replace(office.terms(), direction="", agreed_on=TODAY)
    assert await office.state(await office.propose(incomplete)) is PairingState.DRAFT


async def test_one_that_starts_later_is_confirmed_until_its_day(office: Office) -> None:
    pairing_id = await office.propose(replace(office.terms(), agreed_on=TODAY, starts_on=date(2026, 10, 19)))
    assert await office.state(pairing_id) is PairingState.CONFIRMED
    await office.database.write(lambda tx: pairing_activation.begin_pairings(tx, Actor.clock(NOW + timedelta(days=6))))
    assert await office.state(pairing_id) is PairingState.CONFIRMED
    await office.database.write(lambda tx: pairing_activation.begin_pairings(tx, Actor.clock(NOW + timedelta(days=7))))
    assert await office.state(pairing_id) is PairingState.ACTIVE


async def test_asking_for_a_change_holds_it_back_until_the_secretary_proposes_again(office: Office) -> None:
    pairing_id = await office.propose()
    await office.confirm(pairing_id, "王芳")
    await office.database.write(
        lambda tx: pairing_agreement.ask_for_change(tx, office.actor("李明"), pairing_id, "想换成每月一次")
    )
    await office.database.write(
        lambda tx: pairing_proposals.revise(tx, office.actor("陈静"), pairing_id, office.terms("李明", "王芳", "陈静"))
    )
    assert await office.confirm(pairing_id, "李明") is PairingState.DRAFT
    assert await office.confirm(pairing_id, "王芳", "陈静") is PairingState.ACTIVE


async def test_each_rule_about_people_has_its_own_refusal(office: Office) -> None:
    secretary = office.actor("陈静")

    async def code(terms: Terms) -> str:
        return await office.refusal(lambda tx: pairing_proposals.propose(tx, secretary, terms))

    assert await code(office.terms("李明", "李明")) == "mentor_is_mentee"
    assert await code(office.terms("李明", "学员0")) == "mentor_misfit_backbone_to_member"
    assert await code(office.terms("王芳", "陈静")) == "track_misfit_backbone_to_member"
    skills = replace(office.terms("王芳", "陈静"), track=Track.MEMBER_TO_BACKBONE)
    assert await code(skills) == "mentor_misfit_member_to_backbone"
    assert await code(office.terms("李明", "王芳", "赵强", "陈静")) == "mentors_one_or_two"
    await office.propose()
    assert await code(office.terms("李明", "赵强")) == "already_paired"


async def test_six_at_once_find_three_places_with_one_mentor(office: Office) -> None:
    async def one(number: int) -> str:
        try:
            await office.propose(replace(office.terms(f"学员{number}", "王芳"), agreed_on=TODAY))
        except Refusal as refusal:
            return refusal.code
        return "paired"

    found = await asyncio.gather(*(one(number) for number in range(6)))
    assert sorted(found) == ["mentor_full"] * 3 + ["paired"] * 3


async def test_two_at_once_for_one_mentee_make_one_pairing(office: Office) -> None:
    mentors = ("王芳", "赵强")
    found = await asyncio.gather(*(office.propose(office.terms("李明", m)) for m in mentors), return_exceptions=True)
    [refused] = [one for one in found if isinstance(one, Refusal)]
    assert refused.code == "already_paired"


async def test_a_unit_may_set_another_capacity(office: Office) -> None:
    await office.database.write(lambda tx: units.set_profile(tx, PLACES["branch"], {"mentor_capacity": 1}))
    await office.propose(office.terms("学员0", "王芳"))
    terms = office.terms("学员1", "王芳")
    assert await office.refusal(lambda tx: pairing_proposals.propose(tx, office.actor("陈静"), terms)) == "mentor_full"


async def test_pause_resume_and_end(office: Office) -> None:
    pairing_id, secretary = await office.active(), office.actor("陈静")
    await office.database.write(lambda tx: pairing_courses.pause(tx, secretary, pairing_id))
    assert await office.database.read(lambda tx: rows.open_duties(tx, pairing_id)) == 0
    await office.database.write(lambda tx: pairing_courses.resume(tx, secretary, pairing_id))
    assert await office.database.read(lambda tx: rows.open_duties(tx, pairing_id)) > 0
    await office.database.write(lambda tx: pairing_courses.end_early(tx, secretary, pairing_id, "李明同志调离"))
    assert await office.state(pairing_id) is PairingState.ENDED_EARLY
    assert await office.refusal(lambda tx: pairing_courses.pause(tx, secretary, pairing_id)) == "pairing_state"
    assert await office.refusal(lambda tx: pairing_courses.end_early(tx, secretary, pairing_id, " ")) == "text_missing"


async def test_what_was_done_can_be_undone_within_the_minute(office: Office) -> None:
    pairing_id = await office.active()
    await office.database.write(lambda tx: pairing_courses.pause(tx, office.actor("陈静"), pairing_id))
    soon, late = (office.actor("陈静", NOW + timedelta(seconds=s)) for s in (40, 70))
    mentor = office.actor("王芳", NOW + timedelta(seconds=40))
    assert await office.refusal(lambda tx: pairing_undoing.undo(tx, mentor, pairing_id)) == "too_late_to_undo"
    assert await office.refusal(lambda tx: pairing_undoing.undo(tx, late, pairing_id)) == "too_late_to_undo"
    assert await office.database.write(lambda tx: pairing_undoing.undo(tx, soon, pairing_id))
    assert await office.state(pairing_id) is PairingState.ACTIVE
    assert await office.database.read(lambda tx: rows.open_duties(tx, pairing_id)) > 0


async def test_a_proposal_taken_back_leaves_nothing(office: Office) -> None:
    pairing_id = await office.active()
    assert not await office.database.write(lambda tx: pairing_undoing.undo(tx, office.actor("陈静"), pairing_id))
    assert await office.database.read(lambda tx: rows.get(tx, pairing_id)) is None
    assert await office.propose()


async def test_a_confirmation_taken_back_opens_it_again(office: Office) -> None:
    pairing_id = await office.propose()
    await office.confirm(pairing_id, "王芳", "李明")
    await office.database.write(lambda tx: pairing_undoing.undo(tx, office.actor("李明"), pairing_id))
    assert await office.state(pairing_id) is PairingState.DRAFT
    assert await office.confirm(pairing_id, "李明") is PairingState.ACTIVE


async def test_another_mentor_takes_over_with_history(office: Office) -> None:
    pairing_id = await office.active()
    later = office.actor("陈静", NOW + timedelta(days=7))
    change = pairing_courses.change_mentor
    wang, zhao = office.ids["王芳"], office.ids["赵强"]
    assert await office.refusal(lambda tx: change(tx, later, pairing_id, wang, None)) == "mentors_one_or_two"
    await office.database.write(lambda tx: change(tx, later, pairing_id, wang, zhao))
    before = await office.database.read(lambda tx: pairings.mentors_of(tx, pairing_id, TODAY))
    after = await office.database.read(lambda tx: pairings.mentors_of(tx, pairing_id, date(2026, 10, 19)))
    assert (before, after) == ([wang], [zhao])
    assert await office.refusal(lambda tx: pairings.card(tx, office.actor("王芳"), pairing_id)) == "not_yours"


async def test_an_outcome_is_verified_by_someone_else(office: Office) -> None:
    pairing_id = await office.active()
    [outcome] = await office.database.read(lambda tx: kept.of_pairing(tx, pairing_id))
    mentee, mentor = office.actor("李明"), office.actor("王芳")
    await office.database.write(lambda tx: outcomes.claim(tx, mentee, outcome.id))
    assert await office.refusal(lambda tx: outcomes.verify(tx, mentee, outcome.id, TODAY)) == "own_outcome"
    assert await office.refusal(lambda tx: outcomes.verify(tx, office.actor("林一"), outcome.id, TODAY)) == "not_yours"
    tomorrow = TODAY + timedelta(days=1)
    assert await office.refusal(lambda tx: outcomes.verify(tx, mentor, outcome.id, tomorrow)) == "day_in_future"
    await office.database.write(lambda tx: outcomes.send_back(tx, mentor, outcome.id, "还差一次独立操作"))
    await office.database.write(lambda tx: outcomes.claim(tx, mentee, outcome.id))
    await office.database.write(lambda tx: outcomes.verify(tx, office.actor("陈静"), outcome.id, TODAY, "现场核实"))
    card = await office.database.read(lambda tx: outcomes.card(tx, mentee, outcome.id))
    assert (card.outcome.reached_on, card.outcome.remark, card.verifier) == (TODAY, "现场核实", "陈静")
    await office.database.write(lambda tx: outcomes.undo(tx, office.actor("陈静"), outcome.id))
    card = await office.database.read(lambda tx: outcomes.card(tx, mentor, outcome.id))
    assert card.may_verify
    assert card.outcome.verified_at is None


async def test_the_register_shows_what_waits_first_and_officers_no_more_than_states(office: Office) -> None:
    await office.propose(office.terms("学员0", "王芳"))
    objected = await office.active()
    await office.database.write(
        lambda tx: pairing_agreement.ask_for_change(tx, office.actor("李明"), objected, "时间想再商量")
    )
    shown = await office.database.read(
        lambda tx: pairings.register(tx, office.actor("陈静"), PLACES["branch"], list(PairingState))
    )
    assert [line.mentee for line in shown.lines] == ["李明", "学员0"]
    assert shown.counts == {PairingState.ACTIVE: 1, PairingState.DRAFT: 1}
    stranger = office.actor("林一")
    refused = await office.refusal(lambda tx: pairings.register(tx, stranger, PLACES["branch"], list(PairingState)))
    assert refused == "not_yours"
