"""`/pairings`: a unit's pairings and one's own, one in full, and what its people may do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from domain.actors import Actor
from domain.pairing_lines import read_cadence
from domain.periods import CadenceKind
from domain.refusals import Refusal
from domain.units import Unit
from handlers import pairing_words, unit_picker
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen, nothing
from handlers.said import Said
from handlers.views import pairing_acts, pairing_cards
from handlers.views import pairings as views
from locales import N_
from services import (
    access,
    dialogue,
    pairing_access,
    pairing_agreement,
    pairing_cadences,
    pairing_courses,
    pairing_undoing,
    pairings,
)
from services.delivery import Skip
from services.hearing import just_now
from services.menu import Offer
from services.pairing_notices import NOTICE, Notice
from services.pairings import Side
from storage.database import Reader, Writer


def has_pairings(offer: Offer) -> bool:
    return offer.secretary or offer.officer or offer.mentors or offer.reports


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    """A secretary's or officer's register, or which of several; everybody else's own."""
    units = access.led_units(tx, actor)
    if len(units) > 1:
        answer = show("pairings.units", fresh=not said.press)
        return unit_picker.listed(tx, actor, answer, "pairings.page:{unit}:live:0", units)
    if units:
        return show("pairings.register", unit_id=units[0].id, group="live", page=0, fresh=not said.press)
    return show("pairings.own", fresh=not said.press)


def page(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    group = said.word(1) if said.word(1) in views.GROUPS else "live"
    return show("pairings.register", unit_id=said.number(), group=group, page=said.number(2))


def own(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("pairings.own")


def open_card(tx: Writer, actor: Actor, said: Said) -> Answer:
    dialogue.drop(tx, actor, pairing_words.WORDS)
    pairing_access.look(tx, actor, said.number())
    return show("pairing.card", id=said.number())


def confirm(tx: Writer, actor: Actor, said: Said) -> Answer:
    state = pairing_agreement.confirm(tx, actor, said.number())
    return show("pairing.card", id=said.number(), did=pairing_words.AGREED[state])


def take_back_yes(tx: Writer, actor: Actor, said: Said) -> Answer:
    pairing_agreement.take_back_yes(tx, actor, said.number())
    return show("pairing.card", id=said.number(), did="taken_back")


def preview(act: str) -> Callable[[Writer, Actor, Said], Answer]:
    """What follows, before it is done."""

    def handler(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
        return show("pairing.preview", id=said.number(), act=act)

    return handler


def do(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`pairing.do:act:id`, the tap that a preview asks for."""
    act, pairing_id = said.word(), said.number(1)
    if act == "end":
        pairing_courses.end_early(tx, actor, pairing_id, pairing_words.kept(tx, actor, pairing_id, "reason"))
        dialogue.drop(tx, actor, pairing_words.WORDS)
    elif act in _ACTS:
        _ACTS[act](tx, actor, pairing_id)
    else:
        raise Refusal("gone")
    return show("pairing.card", id=pairing_id, did=pairing_acts.DID[act])


_ACTS: Mapping[str, Callable[[Writer, Actor, int], None]] = {
    "pause": pairing_courses.pause,
    "resume": pairing_courses.resume,
    "complete": pairing_courses.complete,
    "answer": pairing_agreement.answer_objection,
    "reopen": pairing_agreement.reopen,
}


def change_cadence(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`pairing.often:id` asks how often, `pairing.often:id:kind` for the day, `pairing.often:id:kind:day` changes it."""
    if not said.word(1):
        pairings.card(tx, actor, said.number(), Side.MENTOR, Side.SECRETARY)
        return show("pairing.often", id=said.number(), kind="")
    kind = said.one_of(CadenceKind, 1)
    if not said.word(2):
        return show("pairing.often", id=said.number(), kind=kind)
    pairing_cadences.change_cadence(tx, actor, said.number(), read_cadence(kind, said.word(2)))
    return show("pairing.card", id=said.number(), did="cadence")


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    if pairing_undoing.undo(tx, actor, said.number()):
        return show("pairing.card", id=said.number(), did="undone")
    return show("pairing.taken_back")


def load_units(tx: Reader, actor: Actor) -> Sequence[Unit]:
    return access.led_units(tx, actor)


def load_register(tx: Reader, actor: Actor, unit_id: int, group: str, page: int) -> pairings.Register:
    return pairings.register(tx, actor, unit_id, views.GROUPS[group], page)


def load_own(tx: Reader, actor: Actor) -> tuple[Sequence[pairings.Line], Sequence[pairings.Line]]:
    return pairings.own_lines(tx, actor)


def load_card(tx: Reader, actor: Actor, id: int, **args: Any) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    hearing = just_now(tx, actor, f"{NOTICE}:{id}:") if args.get("did") else None
    return {**args, "card": pairings.card(tx, actor, id), "hearing": hearing}


def load_preview(tx: Reader, actor: Actor, id: int, **args: Any) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    held = pairings.card(tx, actor, id, Side.SECRETARY)
    duties = pairings.open_duties(tx, actor, id)
    hearing = pairings.hearers(tx, actor, held.pairing)
    return {**args, "card": held, "hearing": hearing, "duties": duties}


def load_often(tx: Reader, actor: Actor, id: int, kind: str) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    held = pairings.card(tx, actor, id)
    return {"card": held, "kind": kind, "hearing": pairings.hearers(tx, actor, held.pairing)}


def load_notice(tx: Reader, actor: Actor, id: int, what: str) -> Skip | Mapping[str, Any]:  # noqa: A002 - a screen's argument
    told = pairings.told(tx, actor, id, Notice(what))
    return Skip("no_longer_true") if told is None else {"card": told, "what": Notice(what)}


AREA = Area(
    commands=(
        Command(
            "pairings", begin, "Pairings", words=("师徒", "结对帮带"), offered=has_pairings,
            purpose=N_("who guides whom, how it is going, what waits for you; other days, another direction or outcomes"),
        ),
    ),
    presses={
        "pairings": begin,
        "pairings.page": page,
        "pairings.own": own,
        "pairing.open": open_card,
        "pairing.confirm": confirm,
        "pairing.unconfirm": take_back_yes,
        **{f"pairing.{act}": preview(act) for act in _ACTS},
        "pairing.do": do,
        "pairing.often": change_cadence,
        "pairing.undo": undo,
    },
    screens={
        "pairings.units": Screen(load_units, views.units),
        "pairings.register": Screen(load_register, views.register),
        "pairings.own": Screen(load_own, views.own),
        "pairing.card": Screen(load_card, pairing_cards.card),
        "pairing.preview": Screen(load_preview, pairing_acts.preview),
        "pairing.often": Screen(load_often, pairing_acts.often),
        "pairing.notice": Screen(load_notice, pairing_acts.notice),
        "pairing.taken_back": Screen(nothing, pairing_acts.taken_back),
    },
)  # fmt: skip
