"""Somebody has left: the question, and word that it is entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.people import Person
from handlers.views.page import Message, Say, button, lines
from locales import N_

REFUSALS = {
    "still_tied": N_("{name} still has a pairing or a rotation. Please bring it to an end, or hand it over, first."),
    "still_leads": N_("{name} still holds a role. Please have it ended first."),
}


def ask(data: Mapping[str, Any], say: Say) -> Message:
    person: Person = data["person"]
    text = lines(
        say("Has {name} left the organisation?", name=person.name),
        say("The tie to Telegram ends at once and open invitations are void; what was entered stays."),
    )
    yes = button(say.plain("Yes, has left"), "departures.depart", person.id)
    return Message(text, [[yes, button(say.plain("Back to {name}", name=person.name), "people.card", person.id)]])


def done(data: Mapping[str, Any], say: Say) -> Message:
    person: Person = data["person"]
    text = say("{name} is entered as having left today.", name=person.name)
    return Message(text, [[button(say.plain("Undo"), "departures.come_back", person.id)]])
