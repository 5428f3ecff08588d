"""A need on its way up: to whom, in which words, and what was done for people without their names."""

from __future__ import annotations

from dataclasses import dataclass

from domain.needs import NeedState
from handlers.views.needs import card_buttons, card_text, title
from handlers.views.page import Html, Message, Say, bold, button, lines, quote, shortened, turns
from locales import N_
from reports import words
from services.needs import Card
from services.referrals import Helped, Page, Recalled, Way

REFUSALS: dict[str, str] = {
    "nobody_above": N_(
        "No unit above has anybody named who could see to it; an administrator or the committee can name someone."
    ),
}


@dataclass(frozen=True, slots=True)
class Asking:
    need_id: int
    unit: str


def where(data: Way, say: Say) -> Message:
    rows = [[button(unit.name, "referral.to", data.need.id, unit.id)] for unit in data.units]
    back = button(say.plain("Never mind"), "referral.never_mind", data.need.id)
    return Message(lines(bold(title(data.need, say)), say("To whom should it be passed up?")), [*rows, [back]])


def ask(data: Asking, say: Say) -> Message:
    text = say(
        "What do you ask of {unit}? One or two sentences, best without a name: these words are read there, not those of the one who asked.",
        unit=data.unit,
    )
    return Message(text, [[button(say.plain("Never mind"), "referral.never_mind", data.need_id)]])


def passed(data: Card, say: Say) -> Message:
    text = lines(say("{unit} asks for your support.", unit=data.need.person), card_text(data, say))
    return Message(text, card_buttons(data, say))


def recalled(data: Recalled, say: Say) -> Message:
    fields = {"unit": data.unit, "kind": words.need_kind(say.language, data.kind)}
    first = (
        say("{name} of {unit} has taken back what was passed up to you ({kind}). There is nothing left to do.", name=data.by, **fields)
        if data.by
        else say("{unit} has taken back what was passed up to you ({kind}). There is nothing left to do.", **fields)
    )  # fmt: skip
    return Message(lines(first, quote(shortened(data.words))))


def helped(data: Page, say: Say) -> Message:
    if not data.lines:
        return Message(say("Nothing is listed here yet. What is answered or solved appears here, without names."))
    text = lines(bold(say("Done for people")), *(part for one in data.lines for part in _line(one, say)))
    return Message(text, turns(say, data.number, "referral.helped", more=data.more))


def _line(one: Helped, say: Say) -> list[Html]:
    about = {"kind": words.need_kind(say.language, one.kind), "unit": one.unit, "day": say.short_date(one.asked_on)}
    solved = one.state is NeedState.SOLVED
    if one.days == 0:
        told = say(
            "· {kind}, {unit}: asked on {day}, solved the same day" if solved
            else "· {kind}, {unit}: asked on {day}, answered the same day", **about,
        )  # fmt: skip
    elif solved:
        told = say.many(
            "· {kind}, {unit}: asked on {day}, solved within {number} day",
            "· {kind}, {unit}: asked on {day}, solved within {number} days", one.days, **about,
        )  # fmt: skip
    else:
        told = say.many(
            "· {kind}, {unit}: asked on {day}, answered within {number} day",
            "· {kind}, {unit}: asked on {day}, answered within {number} days", one.days, **about,
        )  # fmt: skip
    return [told, quote(shortened(one.answer, 200))] if one.answer else [told]
