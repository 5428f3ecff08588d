"""Choosing the language, for everybody, strangers too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Open, Press, Screen
from handlers.said import Said
from handlers.views import languages as views
from locales import N_, available, resolve
from services import accounts, menu
from storage.database import Reader, Writer


def clear(code: str) -> str | None:
    """The language that a code names if it is one of ours; None leaves the choice to the person."""
    found = resolve(code)
    return found if found.split("_")[0] == code.replace("-", "_").casefold().split("_")[0] else None


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("languages", fresh=True)


def choose(tx: Writer, actor: Actor, said: Said) -> Answer:
    """A button that names none of ours changes nothing."""
    if said.word() not in available():
        return show("languages")
    accounts.choose_language(tx, actor, said.word())
    if actor.account_id and actor.agreed and clear(actor.locale) is None:
        return show("welcome", fresh=True)
    if actor.account_id and not actor.agreed:
        return show("consent")
    return show("languages.chosen" if actor.account_id else "stranger", fresh=True)


def load_chosen(tx: Reader, actor: Actor) -> Mapping[str, Any]:
    return {"name": actor.name, "offer": menu.offer(tx, actor)}


AREA = Area(
    commands=(
        Command(
            "language", ask, "Language", words=("language", "语言", "English", "中文"), open_to=Open.TO_ALL,
            on_keyboard=False, purpose=N_("Chinese or English"),
        ),
    ),
    presses={"languages.ask": Press(ask, Open.TO_ALL), "languages.choose": Press(choose, Open.TO_ALL)},
    screens={
        "languages": Screen(load_chosen, views.ask),
        "languages.chosen": Screen(load_chosen, views.chosen),
    },
)  # fmt: skip
