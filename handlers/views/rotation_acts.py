"""What is asked before something is done to a rotation, what follows from it, and what others hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.rotation_comments import About
from domain.rotations import Capability
from handlers.views import hearing, rotation_cards, rotation_comments
from handlers.views.page import Button, Message, Say, button, lines, quote
from locales import N_
from reports import words
from services.rotation_access import Side
from services.rotation_notices import Notice
from services.rotations import Card

QUESTIONS: Mapping[str, str] = {
    "evaluate": N_("Which work can {name} do alone by now? One or two sentences."),
    "capability": N_("And on the whole?"),
    "word": N_("Anything to say to {name}? Type it, or leave it out."),
    "cancel": N_("Why is the rotation of {name} cancelled? One sentence, which those concerned can read."),
    "days": N_("Which days instead? Write them like 10月12日至12月31日."),
}
NOTICES: Mapping[Notice, str] = {
    Notice.ARRANGED: N_("A rotation has been arranged for {name}."),
    Notice.RESCHEDULED: N_("The days of {name}’s rotation have changed."),
    Notice.NOTED: N_("There is a new note on the rotation of {name}."),
    Notice.COMMENTED: N_("{mentor} has commented on the rotation of {name}."),
    Notice.EVALUATED: N_("The rotation of {name} has been evaluated."),
    Notice.CANCELLED: N_("The rotation of {name} is cancelled; no more reports are due."),
    Notice.CLOSED: N_("The rotation of {name} is closed. Thank you all."),
}
OWN_NOTICES: Mapping[Notice, str] = {
    Notice.ARRANGED: N_("A rotation has been arranged for you."),
    Notice.RESCHEDULED: N_("The days of your rotation have changed."),
    Notice.NOTED: N_("There is a new note on your rotation."),
    Notice.COMMENTED: N_("{mentor} has commented on your rotation."),
    Notice.EVALUATED: N_("Your rotation has been evaluated."),
    Notice.CANCELLED: N_("Your rotation is cancelled; no more reports are due."),
    Notice.CLOSED: N_("Your rotation is closed. Thank you for your work."),
}


def question(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    asked: str = data["question"]
    rotation_id = held.rotation.id
    choices: list[list[Button]] = []
    if asked == "capability":
        choices = [
            [button(words.capital(words.capability(say.language, one)), "rotation.capability", rotation_id, one)]
            for one in Capability
        ]
    if asked == "word":
        choices = [[button(say.plain("Leave it out"), "rotation.no_word", rotation_id)]]
    return Message(say(QUESTIONS[asked], name=held.person.name), [*choices, [_never_mind(held, say)]])


def preview(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    name = held.person.name
    told = hearing.will_be_told(data["hearing"], say)
    if data["act"] == "cancel":
        text = lines(
            say("Cancel the rotation of {name}? Open items are dropped.", name=name),
            quote(data["reason"]),
            told,
        )
        yes = button(say.plain("Yes, do it"), "rotation.cancel", held.rotation.id)
    else:
        first, last = say.date(data["first"]), say.date(data["last"])
        text = lines(
            say("New days for the rotation of {name}: {first} to {last}", name=name, first=first, last=last),
            say(
                "Up to now: {first} to {last}",
                first=say.date(held.rotation.starts_on),
                last=say.date(held.rotation.ends_on),
            ),
            told,
        )
        yes = button(say.plain("Yes, do it"), "rotation.days", held.rotation.id)
    return Message(text, [[yes, _never_mind(held, say)]])


def _never_mind(held: Card, say: Say) -> Button:
    return button(say.plain("Never mind"), "rotation.open", held.rotation.id)


def notice(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    sentences = OWN_NOTICES if Side.PERSON in held.sides else NOTICES
    told = say(sentences[data["what"]], name=held.person.name, mentor=data["mentor"])
    text = lines(told, "", rotation_cards.content(held, say))
    look = [[button(say.plain("Open the rotation"), "rotation.open", held.rotation.id)]] if held.sides else []
    said = rotation_comments.rows(held, say, About.EVALUATION) if data["what"] is Notice.EVALUATED else []
    return Message(text, [*said, *look])


def taken_back(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("Undone. Nothing was kept and nobody was told."))
