"""代录 on both engines: done by the same rules as by the person himself, once, marked, and taken back with its mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.actors import Actor
from domain.check_in_drafts import Entered
from domain.check_ins import Source
from domain.entered_acts import ACTS, Act, Drafted, Noun, noun_of
from domain.outcomes import OutcomeState
from domain.roles import Role, RoleKind
from services import entered_acts, outcomes, proxies
from storage import entered_acts as rows
from storage import outcomes as kept
from storage.database import Database, Writer
from tests.services.office import NOW, PLACES, TODAY, Office


@pytest.fixture
async def office(database: Database) -> Office:
    """Nobody in it has agreed to Telegram yet."""
    made = await Office(database).open()
    await made.active()
    return made


def claim(office: Office, actor: Actor, name: str = "李明") -> Drafted:
    return Drafted(1, Act.CLAIM, 1, Entered(office.ids[name], Source.PAPER, TODAY))


def test_every_act_is_on_one_thing() -> None:
    assert [noun_of(act) for act in Act] == [noun for noun in Noun for _ in ACTS[noun]]


async def test_it_is_done_once_and_marked(office: Office) -> None:
    secretary = office.actor("陈静")

    def story(tx: Writer) -> None:
        entry_id = entered_acts.enter(tx, secretary, claim(office, secretary))
        outcome = kept.get(tx, 1)
        assert outcome is not None
        assert (outcome.state, outcome.by_hand) == (OutcomeState.CLAIMED, True)
        [entry] = proxies.entered(tx, Noun.OUTCOME, [1])
        assert (entry.id, entry.person, entry.secretary, entry.given_on) == (entry_id, "李明", "陈静", TODAY)
        assert rows.count(tx, office.ids["李明"]) == 1

    await office.database.write(story)
    again = await office.refusal(lambda tx: entered_acts.enter(tx, secretary, claim(office, secretary)))
    assert again == "already_done"


async def test_what_is_taken_back_is_no_longer_marked(office: Office) -> None:
    secretary = office.actor("陈静")

    def story(tx: Writer) -> None:
        entered_acts.undo(tx, secretary, entered_acts.enter(tx, secretary, claim(office, secretary)))
        outcomes.claim(tx, office.actor("李明", NOW + timedelta(minutes=5)), 1)
        outcome = kept.get(tx, 1)
        assert outcome is not None
        assert (outcome.state, outcome.by_hand) == (OutcomeState.CLAIMED, False)
        assert rows.of_person(tx, office.ids["李明"]) == []

    await office.database.write(story)


async def test_who_may_enter_for_whom(office: Office) -> None:
    async def code(actor: Actor, name: str = "李明") -> str:
        return await office.refusal(lambda tx: entered_acts.enter(tx, actor, claim(office, actor, name)))

    elsewhere = replace(office.actor("赵强"), roles=(Role(RoleKind.SECRETARY, PLACES["other"]),))
    above = replace(office.actor("赵强"), roles=(Role(RoleKind.SECRETARY, 1),))
    himself = replace(office.actor("李明"), roles=(Role(RoleKind.SECRETARY, PLACES["branch"]),))
    for actor in (elsewhere, above, himself, office.actor("王芳"), office.actor("林一")):
        assert await code(actor) == "not_yours"
    assert await code(office.actor("陈静"), "王芳") == "not_yours", (
        "the mentor has no say in whether it is claimed for the mentee"
    )
