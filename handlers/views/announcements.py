"""An announcement as it is written, seen before it goes, read, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.units import Unit
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, quote, shortened, text, turns
from handlers.views.unit_picker import how_to_search
from services.announcements import WORDS_LIMIT, Announcement, Card, Preview
from services.people import PAGE

NAMED = 20
"""So many names are read of those whom it cannot reach."""


@dataclass(frozen=True, slots=True)
class Units:
    units: Sequence[Unit]
    recent: Sequence[Announcement]
    page: int


@dataclass(frozen=True, slots=True)
class Asking:
    unit: str
    recent: Sequence[Announcement]


def units(data: Units, say: Say) -> Message:
    first = data.page * PAGE
    rows = [[button(unit.name, "announcement.unit", unit.id)] for unit in data.units[first : first + PAGE]]
    ways = turns(say, data.page, "announcement.units", more=len(data.units) > first + PAGE)
    return Message(
        say.paragraph(say("To whom is the announcement? It goes to all beneath the unit too."), how_to_search(say)),
        [*rows, *ways, *_recent(data.recent, say)],
    )


def _recent(made: Sequence[Announcement], say: Say) -> list[list[Button]]:
    return [
        [button(say.plain("How it went: {words}", words=shortened(one.words, 20)), "announcement.open", one.id)]
        for one in made
    ]


def ask(data: Asking, say: Say) -> Message:
    sentence = say(
        "What is to be announced to {unit}? Please write it in one message of up to {limit} characters; you see it before it goes.",
        unit=data.unit,
        limit=WORDS_LIMIT,
    )
    return Message(sentence, [[_never_mind(say)], *_recent(data.recent, say)])


def _never_mind(say: Say) -> Button:
    return button(say.plain("Never mind"), "announcement.never_mind")


def preview(data: Preview, say: Say) -> Message:
    body = lines(
        bold(say("Announcement to {unit}", unit=data.unit.name)),
        quote(data.words),
        say.many("It goes to {number} person.", "It goes to {number} people.", data.reached),
        say.many("It goes to {number} group too.", "It goes to {number} groups too.", data.groups)
        if data.groups
        else None,
        _others(data.others, say),
        say("To change it, write it again."),
    )
    return Message(body, [[button(say.plain("Send it"), "announcement.send"), _never_mind(say)]])


def _others(names: Sequence[str], say: Say) -> Html | None:
    """Those to be told otherwise, by name as far as they can be read."""
    if not names:
        return None
    if len(names) > NAMED:
        return say(
            "It cannot reach {number} people, such as {names}; please have them told otherwise.",
            number=len(names),
            names=say.names(names[:NAMED]),
        )
    return say("It cannot reach {names}; please have them told otherwise.", names=say.names(names))


def card(data: Card, say: Say) -> Message:
    found = data.announcement
    body = lines(
        bold(say("Announcement to {unit}", unit=data.unit)),
        quote(shortened(found.words)),
        _how(data, say),
        _others(data.missed, say),
    )
    rows = [[button(say.plain("Undo"), "announcement.undo", found.id)]] if data.can_undo else []
    if found.withdrawn_at is None:
        rows.append([button(say.plain("How it went"), "announcement.open", found.id)])
    return Message(body, rows)


def _how(data: Card, say: Say) -> Html:
    if data.announcement.withdrawn_at is not None:
        return say("Taken back; it has gone to nobody.")
    if data.can_undo:
        return say(
            "It goes in a minute; until then it can be taken back. People to be told: {number}", number=data.waiting
        )
    if not data.waiting:
        return say.many("Sent to {number} person.", "Sent to {number} people.", data.sent)
    return say("Sent to {sent}; still on its way to {waiting}.", sent=data.sent, waiting=data.waiting)


def told(data: Card, say: Say) -> Message:
    day = say.moment(data.announcement.made_at)
    return Message(
        lines(
            bold(say("Announcement of {unit}", unit=data.unit)),
            text(data.announcement.words),
            say("{name}, {day}", name=data.author, day=day),
        )
    )
