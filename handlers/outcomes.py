"""An outcome: said to be reached, verified by someone else, or not quite there yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.outcomes import OutcomeState
from domain.refusals import Refusal
from domain.spoken_days import read_day
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import outcomes as views
from services import dialogue, outcomes
from services.delivery import Skip
from services.dialogue import Draft
from storage.database import Reader, Writer

WORDS = "outcome_words"


def open_card(tx: Writer, actor: Actor, said: Said) -> Answer:
    dialogue.drop(tx, actor, WORDS)
    return show("outcome.card", id=said.number())


def claim(tx: Writer, actor: Actor, said: Said) -> Answer:
    outcomes.claim(tx, actor, said.number())
    return show("outcome.card", id=said.number(), did="claimed")


def ask_verify(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _question(tx, actor, said.number(), "verify")


def ask_back(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _question(tx, actor, said.number(), "back")


def _question(tx: Writer, actor: Actor, outcome_id: int, question: str) -> Answer:
    outcomes.card(tx, actor, outcome_id)
    dialogue.begin(tx, actor, WORDS, question, id=outcome_id)
    return show("outcome.question", id=outcome_id, question=question)


def verify_today(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Reached today, without a word."""
    outcomes.verify(tx, actor, said.number(), actor.today)
    dialogue.drop(tx, actor, WORDS)
    return show("outcome.card", id=said.number(), did="verified")


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    outcome_id: int = draft.payload["id"]
    if draft.step == "back":
        outcomes.send_back(tx, actor, outcome_id, said.text)
    else:
        _verify(tx, actor, outcome_id, said.text)
    dialogue.drop(tx, actor, WORDS)
    return show("outcome.card", id=outcome_id, did="sent_back" if draft.step == "back" else "verified", fresh=True)


def _verify(tx: Writer, actor: Actor, outcome_id: int, words: str) -> None:
    """A day on the first line if there is one, and a word; without a day it was reached today."""
    first, _, rest = words.strip().partition("\n")
    if not first:
        raise Refusal("text_missing")
    day = read_day(first, actor.today)
    outcomes.verify(tx, actor, outcome_id, day or actor.today, rest if day else words)


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    outcomes.undo(tx, actor, said.number())
    return show("outcome.card", id=said.number(), did="undone")


def load(tx: Reader, actor: Actor, id: int, **args: Any) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    hearing = outcomes.hearing(tx, actor, id, undone=args["did"] == "undone") if args.get("did") else None
    return {**args, "card": outcomes.card(tx, actor, id), "hearing": hearing}


def load_notice(tx: Reader, actor: Actor, id: int, what: str) -> Skip | Mapping[str, Any]:  # noqa: A002 - a screen's argument
    card = outcomes.card(tx, actor, id)
    if card.outcome.state not in _TRUE_IN[what]:
        return Skip("no_longer_true")
    return {"card": card, "what": what}


_TRUE_IN = {
    "claimed": {OutcomeState.CLAIMED},
    "verified": {OutcomeState.VERIFIED},
    "sent_back": {OutcomeState.PLANNED},
    "taken_back": {OutcomeState.PLANNED, OutcomeState.CLAIMED},
}

AREA = Area(
    presses={
        "outcome.open": open_card,
        "outcome.claim": claim,
        "outcome.verify": ask_verify,
        "outcome.today": verify_today,
        "outcome.back": ask_back,
        "outcome.undo": undo,
    },
    steps={WORDS: hear},
    screens={
        "outcome.card": Screen(load, views.card),
        "outcome.question": Screen(load, views.question),
        "outcome.notice": Screen(load_notice, views.notice),
    },
)
