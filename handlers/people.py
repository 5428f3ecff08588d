"""`/people`: finding somebody, and the card with what the reader may do about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.actors import Actor
from domain.roles import LEADERS, RoleKind
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.said import Said
from handlers.views import people as views
from locales import N_
from services import dialogue, people
from services.dialogue import Draft
from services.menu import Offer
from storage.database import Reader, Writer

KIND = "people"


@dataclass(frozen=True, slots=True)
class PersonAction:
    """A button on a person's card, `verb:person_id`, shown to those who stand over the person in one of these roles."""

    title: str
    verb: str
    to: frozenset[RoleKind] = frozenset(LEADERS)
    in_own_branch: bool = False
    """Only for a secretary of the person's own branch, who alone reads reports."""


PERSON_ACTIONS: tuple[PersonAction, ...] = (
    PersonAction(N_("Enter a report"), "entry.for", frozenset({RoleKind.SECRETARY}), in_own_branch=True),
    PersonAction(N_("Print a report form"), "form.report", frozenset({RoleKind.SECRETARY}), in_own_branch=True),
    PersonAction(N_("Arrange a pairing"), "pairing.for", frozenset({RoleKind.SECRETARY})),
    PersonAction(N_("Arrange a rotation"), "rotation.for", frozenset({RoleKind.SECRETARY})),
    PersonAction(N_("Leaves, moves or hands over"), "handover.begin"),
)
"""What other areas offer to do for a person, in the order of the buttons; a title is a message id."""


def leads_people(offer: Offer) -> bool:
    return offer.secretary or offer.officer or offer.administrator


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`/people`, or with words behind it."""
    people.scope(tx, actor)
    return _searched(tx, actor, said.argument, fresh=True)


def search(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:  # noqa: ARG001 - the shape of every step
    return _searched(tx, actor, said.text.strip(), fresh=True)


def turn_page(tx: Writer, actor: Actor, said: Said) -> Answer:
    draft = dialogue.of_kind(tx, actor, KIND)
    return show("people", words=draft.payload["words"] if draft else "", page=said.number())


def _searched(tx: Writer, actor: Actor, words: str, *, fresh: bool) -> Answer:
    dialogue.begin(tx, actor, KIND, "words", words=words)
    return show("people", words=words, page=0, fresh=fresh)


def card(tx: Writer, actor: Actor, said: Said) -> Answer:
    people.look(tx, actor, said.number())
    return show("people.card", person_id=said.number())


def load_list(tx: Reader, actor: Actor, words: str, page: int) -> Mapping[str, Any]:
    leads = any(actor.has(kind) for kind in LEADERS)
    return {"words": words, "found": people.find(tx, words, people.scope(tx, actor), page), "forms": leads}


def load_card(tx: Reader, actor: Actor, person_id: int) -> Mapping[str, Any]:
    found = people.card(tx, actor, person_id)
    actions = [action for action in PERSON_ACTIONS if _fits(action, found)]
    return {"card": found, "actions": [(action.title, action.verb) for action in actions]}


def _fits(action: PersonAction, card: people.Card) -> bool:
    if action.in_own_branch and not card.enters:
        return False
    return not action.to.isdisjoint(card.reader)


AREA = Area(
    commands=(
        Command(
            "people", ask, "People", words=("人员", "找人", "查人"), offered=leads_people,
            purpose=N_("find and invite people, enter what they say, hand over what hangs on them"),
        ),
    ),
    presses={"people.page": turn_page, "people.card": card},
    steps={KIND: search},
    screens={
        "people": Screen(load_list, views.found),
        "people.card": Screen(load_card, views.card),
    },
)  # fmt: skip
