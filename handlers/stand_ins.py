"""Who stands in for a mentor who is away: a colleague in a tap or two, for a secretary anybody."""

from __future__ import annotations

from domain.actors import Actor
from domain.refusals import Refusal
from handlers import picker
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import stand_ins as views
from handlers.views.stand_ins import Chosen
from locales import N_
from services import pairing_undoing, people, stand_in_choices, stand_in_words
from services.delivery import Skip
from services.stand_in_choices import Choice
from services.stand_in_words import Known, Word
from storage.database import Reader, Writer


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    """`stand_in.ask:leave:pairing:page`."""
    return show("stand_in.choose", leave=said.number(), pairing=said.number(1), page=said.number(2))


def elsewhere(tx: Writer, actor: Actor, said: Said) -> Answer:
    leave, pairing = said.number(), said.number(1)
    if not stand_in_choices.choice(tx, actor, leave, pairing).elsewhere:
        raise Refusal("not_yours")
    purpose = f"stand_in.to:{leave}:{pairing}"
    return picker.begin(tx, actor, purpose, people.everywhere(tx), N_("Who is to stand in?"))


def choose(tx: Writer, actor: Actor, said: Said) -> Answer:
    stand_in_choices.choose(tx, actor, said.number(), said.number(1), said.number(2))
    picker.finish(tx, actor)
    return show("stand_in.chosen", leave=said.number(), pairing=said.number(1))


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Who stands in again hears of it, unless he never heard of the other."""
    pairing_undoing.undo(tx, actor, said.number(1))
    return show("stand_in.undone", leave=said.number(), pairing=said.number(1))


def load(tx: Reader, actor: Actor, *, leave: int, pairing: int, page: int = 0) -> Choice:
    return stand_in_choices.choice(tx, actor, leave, pairing, page)


def load_chosen(tx: Reader, actor: Actor, *, leave: int, pairing: int) -> Chosen:
    found = stand_in_choices.choice(tx, actor, leave, pairing)
    return Chosen(found.stand_in, stand_in_choices.hearing(tx, actor, pairing))


def load_told(tx: Reader, actor: Actor, *, now: Known) -> tuple[Word, ...] | Skip:
    return stand_in_words.told(tx, actor, now)


AREA = Area(
    presses={
        "stand_in.ask": ask,
        "stand_in.elsewhere": elsewhere,
        "stand_in.to": choose,
        "stand_in.undo": undo,
    },
    screens={
        "stand_in.choose": Screen(load, views.choose),
        "stand_in.chosen": Screen(load_chosen, views.chosen),
        "stand_in.undone": Screen(load_chosen, views.undone),
        "stand_in.told": Screen(load_told, views.told),
    },
)
