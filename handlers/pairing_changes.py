"""Another direction or other outcomes for a pairing that runs: written on one sheet, proposed, agreed on, looked back at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.pairing_lines import read_outcome
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import pairing_changes as views
from services import pairing_change_drafts as drafts
from services import pairing_changes, pairings
from services.dialogue import Draft
from services.pairing_change_drafts import Sheet, Step
from storage.database import Reader, Writer


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafts.begin(tx, actor, said.number())
    return show("aim.sheet")


def ask_direction(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    drafts.ask(tx, actor, Step.DIRECTION)
    return show("aim.sheet")


def ask_outcome(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafts.ask(tx, actor, Step.OUTCOME, said.number())
    return show("aim.sheet")


def drop_outcome(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafts.drop_outcome(tx, actor, said.number())
    return show("aim.sheet")


def back(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    drafts.ask(tx, actor, Step.SHEET)
    return show("aim.sheet")


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """The words that were asked for; where a button is wanted, the sheet is shown once more."""
    words = said.text.strip()
    if words and draft.step == Step.DIRECTION:
        drafts.put_direction(tx, actor, words)
    elif words and draft.step == Step.OUTCOME:
        drafts.put_outcome(tx, actor, read_outcome(words, actor.today))
    return show("aim.sheet", fresh=True)


def submit(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("pairing.card", id=drafts.submit(tx, actor), did="aim_proposed")


def discard(tx: Writer, actor: Actor, said: Said) -> Answer:
    drafts.discard(tx, actor)
    return show("pairing.card", id=said.number())


def agree(tx: Writer, actor: Actor, said: Said) -> Answer:
    holds = pairing_changes.agree(tx, actor, said.number())
    return show("pairing.card", id=said.number(), did="aim_changed" if holds else "aim_agreed")


def sign(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Signed on paper by now; it holds from today on, whichever day the paper bears."""
    pairing_changes.sign(tx, actor, said.number(), actor.today)
    return show("pairing.card", id=said.number(), did="aim_changed")


def decline(tx: Writer, actor: Actor, said: Said) -> Answer:
    pairing_changes.decline(tx, actor, said.number())
    return show("pairing.card", id=said.number(), did="aim_kept")


def versions(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("aim.versions", id=said.number())


def load_sheet(tx: Reader, actor: Actor) -> Sheet:
    return drafts.sheet(tx, actor)


def load_versions(tx: Reader, actor: Actor, id: int) -> Mapping[str, Any]:  # noqa: A002 - a screen's argument
    return {"card": pairings.card(tx, actor, id, *pairing_changes.SIDES), "versions": pairing_changes.versions(tx, id)}


AREA = Area(
    presses={
        "aim.change": begin,
        "aim.direction": ask_direction,
        "aim.outcome": ask_outcome,
        "aim.drop": drop_outcome,
        "aim.back": back,
        "aim.submit": submit,
        "aim.discard": discard,
        "aim.agree": agree,
        "aim.signed": sign,
        "aim.keep": decline,
        "aim.versions": versions,
    },
    steps={drafts.KIND: hear},
    screens={
        "aim.sheet": Screen(load_sheet, views.sheet),
        "aim.versions": Screen(load_versions, views.versions),
    },
)
