"""Experience as it is found, read, and used elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.views.page import Button, Html, Message, Say, bold, button, lines, quote, shortened, turns
from locales import N_
from services.experience import Experience, Page
from services.hearing import Hearing

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


DONE: Mapping[str, str] = {
    "adopted": N_("Noted. Its author is told in a minute; until then you can undo it."),
    "dropped": N_("Noted that it is not used there. Its author had heard of it and is told in a minute."),
}
LATER: Mapping[str, str] = {
    "adopted": N_("Noted; you can undo it. Its author is told later: it is a quiet hour, or the week is full."),
    "dropped": N_("Noted that it is not used there. Its author had heard of it and is told later."),
}
QUIETLY: Mapping[str, str] = {
    "adopted": N_("Noted; you can undo it. Nobody is notified."),
    "dropped": N_("Undone. Nobody was told."),
}
"""Where the author does not hear of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What has just been said of it, if anything, and when the author hears."""

    one: Experience
    did: str = ""
    hearing: Hearing | None = None


def card(data: Shown, say: Say) -> Message:
    done = _done(data.did, data.hearing, say) if data.hearing else None
    rows = [[_way(data.one.id, unit.id, unit.name, say, used=used)] for unit, used in data.one.ways]
    return Message(lines(done, _card(data.one, say)), rows)


def _done(did: str, hearing: Hearing, say: Say) -> Html:
    return say((DONE if hearing.told else LATER if hearing.later else QUIETLY)[did])


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


def dropped(data: tuple[Experience, str], say: Say) -> Message:
    one, unit = data
    return Message(lines(say("{unit} says that it does not use your experience any more.", unit=unit), _card(one, say)))
