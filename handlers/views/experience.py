"""Experience as it is found, read, and used elsewhere."""

from __future__ import annotations

from handlers.views.page import Button, Html, Message, Say, bold, button, lines, quote, shortened, turns
from services.experience import Experience, Page

ON_BUTTON = 20


def found(data: Page, say: Say) -> Message:
    if not data.lines:
        return Message(
            say("No experience with “{words}” is here. Try another word or a specialty.", words=data.words)
            if data.words
            else say("There is no experience here yet. A highlight appears once its author lets it be read.")
        )
    text = lines(
        bold(say("Experience: {words}", words=data.words) if data.words else say("Experience")),
        *(part for one in data.lines for part in (_source(one, say), quote(shortened(one.text, 120)))),
        say("To look for something, write a word or a specialty."),
    )
    rows = [[button(shortened(" ".join(one.text.split()), ON_BUTTON), "experience.open", one.id)] for one in data.lines]
    return Message(text, [*rows, *turns(say, data.number, "experience.page", more=data.more)])


def _source(one: Experience, say: Say) -> Html:
    day, specialty = say.short_date(one.on), one.specialty or say.plain("no specialty")
    if one.author:
        return say("· {unit}, {name}, {specialty}, {day}", unit=one.unit, name=one.author, specialty=specialty, day=day)
    return say("· {unit}, {specialty}, {day}", unit=one.unit, specialty=specialty, day=day)


def card(data: tuple[Experience, bool], say: Say) -> Message:
    """`told`: it has just been said that a branch uses it, and the author will hear."""
    one, told = data
    hears = say("Noted. Its author is told in a minute; until then you can undo it.") if told else None
    rows = [[_way(one.id, unit.id, unit.name, say, used=used)] for unit, used in one.ways]
    return Message(lines(hears, _card(one, say)), rows)


def _card(data: Experience, say: Say) -> Html:
    used = say("In use in: {units}", units=say.names(data.adopters)) if data.adopters else None
    return lines(_source(data, say), quote(data.text), used)


def _way(review_id: int, unit_id: int, name: str, say: Say, *, used: bool) -> Button:
    if used:
        return button(say.plain("Undo: {unit} uses this", unit=name), "experience.drop", review_id, unit_id)
    return button(say.plain("We use this: {unit}", unit=name), "experience.adopt", review_id, unit_id)


def adopted(data: tuple[Experience, str], say: Say) -> Message:
    one, unit = data
    return Message(lines(say("{unit} says that it uses your experience, too.", unit=unit), _card(one, say)))
