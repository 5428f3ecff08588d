"""Another mentor in a pairing that stands: whom, in whose place, a preview and one tap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.pairings import guide_kind
from domain.refusals import Refusal
from handlers import picker
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import pairing_mentors as views
from handlers.views.pairing_setup import FIRST
from services import pairing_courses, pairings, people
from services.pairings import Side
from storage.database import Reader, Writer


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("pairing.mentors", id=said.number())


def choose(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`pairing.mentor_for:pairing:leaving`, where 0 leaves everybody and asks for a second mentor."""
    pairing_id, leaving = said.number(), said.number(1)
    held = pairings.card(tx, actor, pairing_id, Side.SECRETARY)
    prompt = FIRST[guide_kind(held.pairing.track, held.mentee.stage)]
    purpose, there = f"pairing.mentor_to:{pairing_id}:{leaving}", [guide.person.id for guide in held.present]
    return picker.begin(tx, actor, purpose, people.everywhere(tx), prompt, without=[held.mentee.id, *there])


def preview(tx: Writer, actor: Actor, said: Said) -> Answer:
    picker.finish(tx, actor)
    return show("pairing.swap", id=said.number(), leaving=said.number(1), coming=said.number(2))


def swap(tx: Writer, actor: Actor, said: Said) -> Answer:
    leaving, coming = said.number(1) or None, said.number(2) or None
    if leaving is None and coming is None:
        raise Refusal("gone")
    pairing_courses.change_mentor(tx, actor, said.number(), leaving, coming)
    return show("pairing.card", id=said.number(), did="swapped")


def load(tx: Reader, actor: Actor, id: int) -> pairings.Card:  # noqa: A002 - a screen's argument
    return pairings.card(tx, actor, id, Side.SECRETARY)


def load_swap(tx: Reader, actor: Actor, id: int, leaving: int, coming: int) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    names, held = pairings.names(tx, [leaving, coming]), pairings.card(tx, actor, id, Side.SECRETARY)
    return {
        "card": held, "hearing": pairings.hearers(tx, actor, held.pairing, coming), "leaving": leaving, "coming": coming, "leaving_name": names.get(leaving, ""),
        "coming_name": names.get(coming, ""),
    }  # fmt: skip


AREA = Area(
    presses={
        "pairing.mentor": ask,
        "pairing.mentor_for": choose,
        "pairing.mentor_to": preview,
        "pairing.swap": swap,
    },
    screens={
        "pairing.mentors": Screen(load, views.mentors),
        "pairing.swap": Screen(load_swap, views.swap),
    },
)
