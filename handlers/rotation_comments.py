"""A sentence of a mentor at home about a rotation's talk or its evaluation."""

from __future__ import annotations

from domain.actors import Actor
from domain.refusals import Refusal
from domain.rotation_comments import About
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import rotation_comments as views
from services import dialogue, rotation_comments, rotations
from services.dialogue import Draft
from services.rotation_access import Side
from services.rotations import Card
from storage.database import Reader, Writer

WORDS = "rotation_comment"


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`rotation.comment:id:about`."""
    about = said.one_of(About, 1)
    load(tx, actor, said.number(), about)
    dialogue.begin(tx, actor, WORDS, about, id=said.number())
    return show("rotation.comment", id=said.number(), about=about.value)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    rotation_id: int = draft.payload["id"]
    rotation_comments.write(tx, actor, rotation_id, About(draft.step), said.text)
    dialogue.drop(tx, actor, WORDS)
    return show("rotation.card", id=rotation_id, did="commented", fresh=True)


def never_mind(tx: Writer, actor: Actor, said: Said) -> Answer:
    dialogue.drop(tx, actor, WORDS)
    return show("rotation.card", id=said.number())


def load(tx: Reader, actor: Actor, id: int, about: str) -> tuple[Card, About]:  # noqa: A002 - a screen's argument
    held = rotations.card(tx, actor, id, Side.MENTOR)
    if About(about) not in held.commentable:
        raise Refusal("nothing_to_comment")
    return held, About(about)


AREA = Area(
    presses={"rotation.comment": ask, "rotation.no_comment": never_mind},
    steps={WORDS: hear},
    screens={"rotation.comment": Screen(load, views.ask)},
)
