"""The hand-over and the talks of a rotation, each in one message of two lines."""

from __future__ import annotations

from domain.actors import Actor
from domain.rotations import NoteKind
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import rotation_notes as views
from services import dialogue, rotation_notes, rotations
from services.dialogue import Draft
from services.rotations import Card
from storage.database import Reader, Writer

WORDS = "rotation_note"


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`rotation.note:id:kind`."""
    kind = said.one_of(NoteKind, 1)
    rotations.card(tx, actor, said.number(), *rotation_notes.WRITERS[kind])
    dialogue.begin(tx, actor, WORDS, kind, id=said.number())
    return show("rotation.note", id=said.number(), kind=kind.value)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    rotation_id: int = draft.payload["id"]
    rotation_notes.write(tx, actor, rotation_id, NoteKind(draft.step), said.text)
    dialogue.drop(tx, actor, WORDS)
    return show("rotation.card", id=rotation_id, did="noted", fresh=True)


def never_mind(tx: Writer, actor: Actor, said: Said) -> Answer:
    dialogue.drop(tx, actor, WORDS)
    return show("rotation.card", id=said.number())


def load(tx: Reader, actor: Actor, id: int, kind: str) -> tuple[Card, NoteKind]:  # noqa: A002 - a screen's argument
    return rotations.card(tx, actor, id, *rotation_notes.WRITERS[NoteKind(kind)]), NoteKind(kind)


AREA = Area(
    presses={"rotation.note": ask, "rotation.no_note": never_mind},
    steps={WORDS: hear},
    screens={"rotation.note": Screen(load, views.ask)},
)
