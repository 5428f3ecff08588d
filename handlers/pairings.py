"""`/pairings`: a unit's pairings and one's own, one in full, and what its people may do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from domain.actors import Actor
from domain.pairing_lines import read_cadence
from domain.pairings import LONGEST_TEXT, PairingState
from domain.periods import CadenceKind
from domain.refusals import Refusal
from domain.spoken_days import read_day
from domain.units import Unit
from domain.wording import fitting
from handlers import unit_picker
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
from services.dialogue import Draft
from services.hearing import just_now
from services.menu import Offer
from services.pairing_notices import NOTICE, Notice
from services.pairings import Side
from storage.database import Reader, Writer

WORDS = "pairing_words"
"""The draft that waits for words about a pairing: a change asked for, a reason, what is missing, a day."""
AGREED = {PairingState.DRAFT: "agreed", PairingState.CONFIRMED: "confirmed", PairingState.ACTIVE: "begun"}


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
    dialogue.drop(tx, actor, WORDS)
    pairing_access.look(tx, actor, said.number())
    return show("pairing.card", id=said.number())


def confirm(tx: Writer, actor: Actor, said: Said) -> Answer:
    state = pairing_agreement.confirm(tx, actor, said.number())
    return show("pairing.card", id=said.number(), did=AGREED[state])


def take_back_yes(tx: Writer, actor: Actor, said: Said) -> Answer:
    pairing_agreement.take_back_yes(tx, actor, said.number())
    return show("pairing.card", id=said.number(), did="taken_back")


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _question(tx, actor, said.number(), "change")


def fill(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _question(tx, actor, said.number(), "fill")


def sign(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _question(tx, actor, said.number(), "sign")


def end(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _question(tx, actor, said.number(), "end")


_ASKED: Mapping[str, tuple[Side, ...]] = {
    "change": (Side.MENTEE, Side.MENTOR),
    "fill": (Side.MENTOR,),
    "sign": (Side.SECRETARY,),
    "end": (Side.SECRETARY,),
}


def _question(tx: Writer, actor: Actor, pairing_id: int, question: str) -> Answer:
    pairings.card(tx, actor, pairing_id, *_ASKED[question])
    dialogue.begin(tx, actor, WORDS, question, id=pairing_id)
    return show("pairing.question", id=pairing_id, question=question)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """The words that were asked for."""
    return _HEARD[draft.step](tx, actor, draft.payload["id"], said.text)


def _change_words(tx: Writer, actor: Actor, pairing_id: int, words: str) -> Answer:
    drawn_up = pairings.card(tx, actor, pairing_id).pairing.state is PairingState.DRAFT
    pairing_agreement.ask_for_change(tx, actor, pairing_id, words)
    dialogue.drop(tx, actor, WORDS)
    return show("pairing.card", id=pairing_id, did="asked" if drawn_up else "objected", fresh=True)


def _end_reason(tx: Writer, actor: Actor, pairing_id: int, words: str) -> Answer:
    reason = fitting(words, LONGEST_TEXT)
    dialogue.begin(tx, actor, WORDS, "end", id=pairing_id, reason=reason)
    return show("pairing.preview", id=pairing_id, act="end", reason=reason, fresh=True)


def _sign_day(tx: Writer, actor: Actor, pairing_id: int, words: str) -> Answer:
    day = read_day(words, actor.today)
    if day is None:
        raise Refusal("day_unreadable", text=words[:40])
    state = pairing_agreement.sign_on_paper(tx, actor, pairing_id, day)
    dialogue.drop(tx, actor, WORDS)
    return show("pairing.card", id=pairing_id, did=AGREED[state], fresh=True)


def _filled(tx: Writer, actor: Actor, pairing_id: int, words: str) -> Answer:
    """Read it now, so that what cannot be read is said at once; it is written when it is confirmed."""
    pairings.card(tx, actor, pairing_id)
    pairing_agreement.completed_terms(tx, actor, pairing_id, words)
    dialogue.begin(tx, actor, WORDS, "fill", id=pairing_id, message=words)
    return show("pairing.filled", id=pairing_id, message=words, fresh=True)


_HEARD: Mapping[str, Callable[[Writer, Actor, int, str], Answer]] = {
    "change": _change_words,
    "end": _end_reason,
    "sign": _sign_day,
    "fill": _filled,
}


def accept_filled(tx: Writer, actor: Actor, said: Said) -> Answer:
    message = _kept(tx, actor, said.number(), "message")
    direction, planned = pairing_agreement.completed_terms(tx, actor, said.number(), message)
    state = pairing_agreement.complete(tx, actor, said.number(), direction, planned)
    dialogue.drop(tx, actor, WORDS)
    return show("pairing.card", id=said.number(), did="filled" if state is PairingState.DRAFT else AGREED[state])


def sign_today(tx: Writer, actor: Actor, said: Said) -> Answer:
    state = pairing_agreement.sign_on_paper(tx, actor, said.number(), actor.today)
    dialogue.drop(tx, actor, WORDS)
    return show("pairing.card", id=said.number(), did=AGREED[state])


def _kept(tx: Reader, actor: Actor, pairing_id: int, name: str) -> str:
    """What was said in the dialogue that a button concludes."""
    draft = dialogue.of_kind(tx, actor, WORDS)
    if draft is None or draft.payload.get("id") != pairing_id or name not in draft.payload:
        raise Refusal("gone")
    return str(draft.payload[name])


def preview(act: str) -> Callable[[Writer, Actor, Said], Answer]:
    """What follows, before it is done."""

    def handler(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
        return show("pairing.preview", id=said.number(), act=act)

    return handler


def do(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`pairing.do:act:id`, the tap that a preview asks for."""
    act, pairing_id = said.word(), said.number(1)
    if act == "end":
        pairing_courses.end_early(tx, actor, pairing_id, _kept(tx, actor, pairing_id, "reason"))
        dialogue.drop(tx, actor, WORDS)
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


def load_filled(tx: Reader, actor: Actor, id: int, message: str) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    direction, planned = pairing_agreement.completed_terms(tx, actor, id, message)
    return {"card": pairings.card(tx, actor, id), "direction": direction, "outcomes": planned}


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
        "pairing.ask": ask,
        "pairing.fill": fill,
        "pairing.filled": accept_filled,
        "pairing.sign": sign,
        "pairing.signed": sign_today,
        "pairing.end": end,
        **{f"pairing.{act}": preview(act) for act in _ACTS},
        "pairing.do": do,
        "pairing.often": change_cadence,
        "pairing.undo": undo,
    },
    steps={WORDS: hear},
    screens={
        "pairings.units": Screen(load_units, views.units),
        "pairings.register": Screen(load_register, views.register),
        "pairings.own": Screen(load_own, views.own),
        "pairing.card": Screen(load_card, pairing_cards.card),
        "pairing.question": Screen(load_card, pairing_acts.question),
        "pairing.preview": Screen(load_preview, pairing_acts.preview),
        "pairing.often": Screen(load_often, pairing_acts.often),
        "pairing.filled": Screen(load_filled, pairing_acts.filled),
        "pairing.notice": Screen(load_notice, pairing_acts.notice),
        "pairing.taken_back": Screen(nothing, pairing_acts.taken_back),
    },
)  # fmt: skip
