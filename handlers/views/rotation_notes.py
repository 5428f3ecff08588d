"""The hand-over and the talks of a rotation, as they are asked for and read."""

from __future__ import annotations

from collections.abc import Mapping

from domain.entered_acts import Act
from domain.rotations import UNDER_WAY, Note, NoteKind
from handlers.views.entered_acts import mark
from handlers.views.page import Button, Html, Message, Say, button, lines, quote
from locales import N_
from services.rotation_access import Side
from services.rotation_notes import WRITERS
from services.rotations import Card

TITLES: Mapping[NoteKind, str] = {
    NoteKind.HANDOVER: N_("Hand-over"),
    NoteKind.MIDTERM: N_("Mid-term talk"),
    NoteKind.FINAL: N_("Final talk"),
}
ASKED: Mapping[NoteKind, str] = {
    NoteKind.HANDOVER: N_(
        "Two lines will do: first what was handed over and to whom, then what is still open. A photo is not needed."
    ),
    NoteKind.MIDTERM: N_("Two lines will do: first how {name} is doing at the post, then what the second half is for."),
    NoteKind.FINAL: N_("Two lines will do: first what {name} takes along, then what is advised for the time after."),
}


def rows(held: Card, say: Say) -> list[list[Button]]:
    """What the reader may put down."""
    if held.rotation.state not in UNDER_WAY:
        return []
    own = Side.PERSON in held.sides
    in_person = held.sides - {Side.PROXY} if held.proxies else held.sides
    open_to = [
        kind
        for kind, sides in WRITERS.items()
        if not in_person.isdisjoint(sides) and (kind is NoteKind.HANDOVER or not own)
    ]
    return (
        [[button(say.language.text(TITLES[kind]), "rotation.note", held.rotation.id, kind) for kind in open_to]]
        if open_to
        else []
    )


def ask(data: tuple[Card, NoteKind], say: Say) -> Message:
    held, kind = data
    known = [line for one in held.notes if one.kind is kind for line in note(held, one, say)]
    never_mind = button(say.plain("Never mind"), "rotation.no_note", held.rotation.id)
    return Message(lines(*known, say(ASKED[kind], name=held.person.name)), [[never_mind]])


def note(held: Card, one: Note, say: Say) -> list[Html]:
    title = say.language.text(TITLES[one.kind])
    entry = held.entered.get(Act(one.kind))
    return [
        say("{title} ({name}, {day}):", title=title, name=one.by, day=say.moment(one.at)),
        quote(f"{one.first}\n{one.second}".strip()),
        *([] if entry is None else [mark(entry, say)]),
    ]
