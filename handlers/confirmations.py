"""确认上报: the secretary lets the month go up as it is or with a few words, and thinks again while there is time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.calendar import Month
from domain.confirmations import WORDS_LIMIT
from domain.refusals import Refusal
from domain.wording import fitting
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import confirmations as views
from services import confirmations, dialogue
from services.dialogue import Draft
from storage.database import Reader, Writer

WORDS = "confirmation_words"
"""The draft that holds a unit, a month and what is to be added to it."""


def confirm(tx: Writer, actor: Actor, said: Said) -> Answer:
    """With the words that wait for it, if any; else as it is."""
    month, unit_id = _asked(said)
    confirmations.confirm(tx, actor, unit_id, month, _waiting(tx, actor, unit_id, month))
    return _settled(tx, actor, said)


def confirm_without(tx: Writer, actor: Actor, said: Said) -> Answer:
    month, unit_id = _asked(said)
    confirmations.confirm(tx, actor, unit_id, month, "")
    return _settled(tx, actor, said)


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    month, unit_id = _asked(said)
    confirmations.take_back(tx, actor, unit_id, month)
    return _settled(tx, actor, said)


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    month, unit_id = _asked(said)
    confirmations.refuse_settled(tx, actor, unit_id, month)
    dialogue.begin(tx, actor, WORDS, "words", month=str(month), unit=unit_id)
    return show("confirmation.question", month=str(month), unit_id=unit_id, fresh=True)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """The words, or the words once more while they wait to be confirmed; if the month has gone up meanwhile, that."""
    month, unit_id = Month.parse(draft.payload["month"]), draft.payload["unit"]
    found = confirmations.answering(tx, actor, unit_id, month)
    if found is None or found.is_settled:
        dialogue.drop(tx, actor, WORDS)
        return show("confirmation.card", month=str(month), unit_id=unit_id, fresh=True)
    words = fitting(said.text, WORDS_LIMIT)
    dialogue.begin(tx, actor, WORDS, "confirm", month=str(month), unit=unit_id, words=words)
    return show("confirmation.preview", month=str(month), unit_id=unit_id, words=words, fresh=True)


def never_mind(tx: Writer, actor: Actor, said: Said) -> Answer:
    month, unit_id = _asked(said)
    dialogue.drop(tx, actor, WORDS)
    return show("confirmation.card", month=str(month), unit_id=unit_id)


def _asked(said: Said) -> tuple[Month, int]:
    """A forged month reads as one in which nobody was asked."""
    try:
        return Month.parse(said.word()), said.number(1)
    except ValueError:
        raise Refusal("not_yours") from None


def _waiting(tx: Reader, actor: Actor, unit_id: int, month: Month) -> str | None:
    """What was written for this very month of this unit and waits to be confirmed."""
    draft = dialogue.of_kind(tx, actor, WORDS)
    if draft is None or (draft.payload["unit"], draft.payload["month"]) != (unit_id, str(month)):
        return None
    words: str | None = draft.payload.get("words")
    return words


def _settled(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Beneath a summary the summary stays, as it reads now; elsewhere a card tells how it stands."""
    month, unit_id = _asked(said)
    dialogue.drop(tx, actor, WORDS)
    if len(said.press_args) > 2:
        return show("summary", month=str(month), unit_id=said.number(2))
    return show("confirmation.card", month=str(month), unit_id=unit_id)


def load(tx: Reader, actor: Actor, month: str, unit_id: int, words: str = "") -> Mapping[str, Any]:
    """Refusal `not_yours` for whoever is not a secretary of this very unit."""
    found = confirmations.answering(tx, actor, unit_id, Month.parse(month))
    if found is None:
        raise Refusal("not_yours")
    names = confirmations.named_in(tx, unit_id, words) if words else []
    return {"answering": found, "words": words, "names": names}


AREA = Area(
    presses={
        "confirmation.confirm": confirm,
        "confirmation.without": confirm_without,
        "confirmation.undo": undo,
        "confirmation.words": ask,
        "confirmation.leave": never_mind,
    },
    steps={WORDS: hear},
    screens={
        "confirmation.card": Screen(load, views.card),
        "confirmation.question": Screen(load, views.question),
        "confirmation.preview": Screen(load, views.preview),
    },
)
