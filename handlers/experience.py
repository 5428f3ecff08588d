"""`/experience` (经验): by specialty or word; and a branch's word that it uses one."""

from __future__ import annotations

from domain.actors import Actor
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.said import Said
from handlers.views import experience as views
from locales import N_
from services import dialogue, experience
from services.delivery import Skip
from services.dialogue import Draft
from services.experience import Experience, Page
from storage.database import Reader, Writer

KIND = "experience"
"""The dialogue in which the next message is what to look for."""


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _searched(tx, actor, said.argument)


def search(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:  # noqa: ARG001 - the shape of every step
    return _searched(tx, actor, said.text.strip())


def _searched(tx: Writer, actor: Actor, words: str) -> Answer:
    dialogue.begin(tx, actor, KIND, "words", words=words)
    return show("experience.list", words=words, page=0, fresh=True)


def turn_page(tx: Writer, actor: Actor, said: Said) -> Answer:
    draft = dialogue.of_kind(tx, actor, KIND)
    return show("experience.list", words=draft.payload["words"] if draft else "", page=said.number())


def open_one(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("experience.card", review=said.number(), fresh=True)


def adopt(tx: Writer, actor: Actor, said: Said) -> Answer:
    experience.adopt(tx, actor, said.number(), said.number(1))
    return show("experience.card", review=said.number(), unit=said.number(1), did="adopted")


def drop(tx: Writer, actor: Actor, said: Said) -> Answer:
    experience.drop(tx, actor, said.number(), said.number(1))
    return show("experience.card", review=said.number(), unit=said.number(1), did="dropped")


def load_list(tx: Reader, actor: Actor, *, words: str, page: int) -> Page:
    return experience.search(tx, actor, words, page)


def load_card(tx: Reader, actor: Actor, *, review: int, unit: int = 0, did: str = "") -> views.Shown:
    hearing = experience.hearing(tx, actor, review, unit) if did else None
    return views.Shown(experience.card(tx, actor, review), did, hearing)


def load_adopted(tx: Reader, actor: Actor, *, review: int, unit: int) -> tuple[Experience, str] | Skip:
    return experience.told(tx, actor, review, unit, used=True) or Skip("withdrawn")


def load_dropped(tx: Reader, actor: Actor, *, review: int, unit: int) -> tuple[Experience, str] | Skip:
    return experience.told(tx, actor, review, unit, used=False) or Skip("no_longer_true")


AREA = Area(
    commands=(
        Command(
            "experience", begin, "Experience", words=("经验", "亮点"), on_keyboard=False,
            purpose=N_("highlights from all branches, by specialty or word"),
        ),
    ),
    presses={
        "experience": begin,
        "experience.page": turn_page,
        "experience.open": open_one,
        "experience.adopt": adopt,
        "experience.drop": drop,
    },
    steps={KIND: search},
    screens={
        "experience.list": Screen(load_list, views.found),
        "experience.card": Screen(load_card, views.card),
        experience.ADOPTED: Screen(load_adopted, views.adopted),
        experience.DROPPED: Screen(load_dropped, views.dropped),
    },
)  # fmt: skip
