"""Finding a unit by name: where units are listed to choose from, what is typed is a part of the name of one of them.

The button that is tapped does what the list's own buttons do, and its handler asks `services.access` as for any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from domain.actors import Actor
from domain.units import Unit
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import unit_picker as views
from services import dialogue, unit_search
from services.dialogue import Draft
from storage.database import Reader, Writer

KIND = "unit_picker"


def listed(tx: Writer, actor: Actor, answer: Answer, verb: str, within: Iterable[Unit]) -> Answer:
    """The answer that lists these units. `verb` is the button of each, with `{unit}` where its id stands."""
    dialogue.begin(tx, actor, KIND, "words", verb=verb, within=[unit.id for unit in within])
    return answer


def found(verb: str, within: Iterable[int], words: str) -> Answer:
    return show("unit_picker", verb=verb, within=list(within), words=words.strip(), fresh=True)


def search(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:  # noqa: ARG001 - the shape of every step
    return found(draft.payload["verb"], draft.payload["within"], said.text)


def load(tx: Reader, actor: Actor, *, verb: str, within: list[int], words: str) -> Mapping[str, Any]:
    return {"verb": verb, "words": words, "units": unit_search.named(tx, actor, within, words)}


AREA = Area(steps={KIND: search}, screens={"unit_picker": Screen(load, views.found)})
