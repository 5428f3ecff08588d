"""Words about a pairing that are asked for and heard: a change that is wished for, what is missing, the day of a signature, a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.actors import Actor
from domain.pairings import LONGEST_TEXT, PairingState
from domain.refusals import Refusal
from domain.spoken_days import read_day
from domain.wording import fitting
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import pairing_acts
from services import dialogue, pairing_agreement, pairings
from services.dialogue import Draft
from services.pairings import Side
from storage.database import Reader, Writer

WORDS = "pairing_words"
"""The draft that waits for words; its step says for which."""
AGREED = {PairingState.DRAFT: "agreed", PairingState.CONFIRMED: "confirmed", PairingState.ACTIVE: "begun"}


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
    message = kept(tx, actor, said.number(), "message")
    direction, planned = pairing_agreement.completed_terms(tx, actor, said.number(), message)
    state = pairing_agreement.complete(tx, actor, said.number(), direction, planned)
    dialogue.drop(tx, actor, WORDS)
    return show("pairing.card", id=said.number(), did="filled" if state is PairingState.DRAFT else AGREED[state])


def sign_today(tx: Writer, actor: Actor, said: Said) -> Answer:
    state = pairing_agreement.sign_on_paper(tx, actor, said.number(), actor.today)
    dialogue.drop(tx, actor, WORDS)
    return show("pairing.card", id=said.number(), did=AGREED[state])


def kept(tx: Reader, actor: Actor, pairing_id: int, name: str) -> str:
    """What was said in the dialogue that a button concludes."""
    draft = dialogue.of_kind(tx, actor, WORDS)
    if draft is None or draft.payload.get("id") != pairing_id or name not in draft.payload:
        raise Refusal("gone")
    return str(draft.payload[name])


def load_question(tx: Reader, actor: Actor, id: int, **args: Any) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    return {**args, "card": pairings.card(tx, actor, id)}


def load_filled(tx: Reader, actor: Actor, id: int, message: str) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    direction, planned = pairing_agreement.completed_terms(tx, actor, id, message)
    return {"card": pairings.card(tx, actor, id), "direction": direction, "outcomes": planned}


AREA = Area(
    presses={
        "pairing.ask": ask,
        "pairing.fill": fill,
        "pairing.filled": accept_filled,
        "pairing.sign": sign,
        "pairing.signed": sign_today,
        "pairing.end": end,
    },
    steps={WORDS: hear},
    screens={
        "pairing.question": Screen(load_question, pairing_acts.question),
        "pairing.filled": Screen(load_filled, pairing_acts.filled),
    },
)
