"""Picking a person for some purpose: type a name, pinyin or number, and tap one of those found.

`begin` asks; the button that is tapped says `purpose:person_id`, and the purpose's own handler takes it from there
(it ends the search with `finish` and asks `services.access` as for any other button).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.actors import Actor
from domain.refusals import Refusal
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import picker as views
from services import dialogue, people
from services.dialogue import Draft
from storage.database import Reader, Writer

KIND = "picker"


def begin(
    tx: Writer,
    actor: Actor,
    purpose: str,
    within: Sequence[int],
    prompt: str,
    *,
    without: Sequence[int] = (),
    words: str = "",
    fresh: bool = False,
) -> Answer:
    """Ask for a person of these units and beneath, those `without` excepted, who are out of the question.

    `purpose` is a verb with arguments to which the person's id is added, `prompt` a message id (`N_("…")`), `words` what
    was typed already.
    """
    payload: dict[str, Any] = {
        "purpose": purpose, "within": list(within), "prompt": prompt, "without": list(without), "words": words,
    }  # fmt: skip
    dialogue.begin(tx, actor, KIND, "words", **payload)
    return show("picker", **payload, fresh=fresh)


def finish(tx: Writer, actor: Actor) -> None:
    """The choice is made: what is typed next is no search any more."""
    dialogue.drop(tx, actor, KIND)


def search(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    words = said.text.strip()
    dialogue.begin(tx, actor, KIND, "words", **{**draft.payload, "words": words})
    return show("picker", **{**draft.payload, "words": words})


def turn_page(tx: Writer, actor: Actor, said: Said) -> Answer:
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None:
        raise Refusal("gone")
    return show("picker", **draft.payload, page=said.number())


def load(
    tx: Reader,
    actor: Actor,
    purpose: str,
    within: list[int],
    prompt: str,
    words: str = "",
    page: int = 0,
    without: Sequence[int] = (),
) -> Mapping[str, Any]:
    people.may_search(tx, actor, within)
    found = people.find(tx, words, within, page, without)
    return {"purpose": purpose, "prompt": prompt, "words": words, "found": found}


AREA = Area(
    presses={"picker.page": turn_page},
    steps={KIND: search},
    screens={"picker": Screen(load, views.found)},
)
