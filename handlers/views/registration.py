"""What a newcomer reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.views.languages import others
from handlers.views.page import Html, Message, Say, lines
from locales import N_
from services.menu import Offer
from services.registration import Entry

ACCOUNT_BOUND = N_(
    "This Telegram account belongs to {name} already, so another person's code cannot be used on it. Please open the "
    "invitation on that person's own phone."
)
REFUSALS = {"account_bound": ACCOUNT_BOUND}


def stranger(data: Mapping[str, Any], say: Say) -> Message:
    misread = say(
        "This is no complete code: a code has eight characters like K7QM-3XPF, and never 0, O, 1, I or L. Please compare it with your invitation and send it again."
    )
    hello = lines(
        say("Hello! I am the assistant for double cultivation and rotation training."),
        "",
        say("If you have an invitation: open its link, or send me the eight-character code here."),
    )
    text = lines(
        misread if data.get("misread") else hello,
        say("If you have none, or it has expired: ask your branch secretary, who can make a new one with one tap."),
    )
    return Message(text, [others(say)])


def entry(data: Mapping[str, Any], say: Say) -> Message:
    """What came of a code or of the digits, and what to do now."""
    return Message(_ENTRIES[Entry(data["entry"])](data, say))


def _ask_digits(data: Mapping[str, Any], say: Say) -> Html:  # noqa: ARG001 - the shape of all of them
    return say(
        "The code is right. To make sure that it is you: please send the last four characters of your staff number."
    )


def _wrong_code(data: Mapping[str, Any], say: Say) -> Html:
    return lines(
        say("This code is not known. Please compare it with your invitation; it has eight characters like K7QM-3XPF."),
        _tries_left(data, say),
    )


def _wrong_digits(data: Mapping[str, Any], say: Say) -> Html:
    return lines(
        say("These are not the last four characters of the staff number on record. Please check and send them again."),
        _tries_left(data, say),
    )


def _tries_left(data: Mapping[str, Any], say: Say) -> Html:
    return say.many("You have one more try.", "You have {number} more tries.", data["left"])


def _too_many(data: Mapping[str, Any], say: Say) -> Html:
    return say(
        "There have been several wrong tries. Please try again after {moment}, or ask your secretary for help.",
        moment=say.moment(data["until"]),
    )


def _expired(data: Mapping[str, Any], say: Say) -> Html:  # noqa: ARG001 - the shape of all of them
    return say("This code has expired. Please ask your secretary for a new one; one tap makes it.")


def _replaced(data: Mapping[str, Any], say: Say) -> Html:  # noqa: ARG001 - the shape of all of them
    return say("This code has been replaced by a newer one. Please use the newest invitation, or ask your secretary.")


def _used(data: Mapping[str, Any], say: Say) -> Html:  # noqa: ARG001 - the shape of all of them
    return say(
        "This code has been used already. If that was not you, or if you have a new phone, please ask your secretary for a new one."
    )


def _already_in(data: Mapping[str, Any], say: Say) -> Html:  # noqa: ARG001 - the shape of all of them
    return say("You are registered already and need no code. Choose from the keyboard below, or see /help.")


def _account_bound(data: Mapping[str, Any], say: Say) -> Html:
    return say(ACCOUNT_BOUND, name=data["name"])


_ENTRIES = {
    Entry.ASK_DIGITS: _ask_digits,
    Entry.WRONG_CODE: _wrong_code,
    Entry.WRONG_DIGITS: _wrong_digits,
    Entry.TOO_MANY: _too_many,
    Entry.EXPIRED: _expired,
    Entry.REPLACED: _replaced,
    Entry.USED: _used,
    Entry.ALREADY_IN: _already_in,
    Entry.ACCOUNT_BOUND: _account_bound,
}


def moved(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    text = say(
        "Your registration has moved to another phone, as a new invitation was used there; this chat is closed. If that was "
        "not you, please tell your secretary at once."
    )
    return Message(text, menu=())


def welcome(data: Mapping[str, Any], say: Say) -> Message:
    offer: Offer = data["offer"]
    if not offer.person:
        text = lines(
            say("You are an administrator of this deployment: you keep accounts and roles, and see no reports."),
            say("Next: bring in the roster, then choose “{button}” to name the secretaries.", button=say.plain("Units and roles")),
        )  # fmt: skip
        return Message(text, menu=())
    text = lines(
        say("Welcome, {name}! You belong to {unit}.", name=data["name"], unit=data["unit"]),
        *_next_steps(offer, say),
        *_entered(data["entered"], say),
        "",
        say("The buttons below are always there; /help says what each is for."),
    )
    return Message(text, menu=())


def _entered(numbers: tuple[int, int], say: Say) -> list[Html]:
    (reports, acts), told = numbers, []
    if reports:
        told.append(
            say.many(
                "Your secretary has entered 1 report for you; you find it under “Me”.",
                "Your secretary has entered {number} reports for you; you find them under “Me”.",
                reports,
            )
        )
    if acts:
        told.append(
            say.many(
                "Your secretary has entered 1 other thing in your name; it stands under “Me”, “Entered for me”.",
                "Your secretary has entered {number} other things in your name; they stand under “Me”, “Entered for me”.",
                acts,
            )
        )
    return told


def _next_steps(offer: Offer, say: Say) -> list[Html]:
    steps = (
        (offer.reports, say("You report your progress here in two or three sentences; I will remind you when it is time.")),
        (offer.mentors, say("Reports of those whom you guide come to you; if you have no remarks, a tap on “Noted” is enough.")),
        (offer.hosts, say("You host a rotation: you can read its reports and evaluate it at the end.")),
        (offer.secretary, say("You are a secretary: begin with “{button}” to invite people.", button=say.plain("People"))),
        (offer.officer, say("You are an officer: begin with “{button}” to see who leads which unit.", button=say.plain("Units and roles"))),
    )  # fmt: skip
    mine = [step for applies, step in steps if applies]
    return mine or [
        say("There is nothing for you to do yet: I will write when a pairing or a rotation is arranged for you.")
    ]


def missed(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    """With the keyboard as it is now: a role may have come or gone."""
    return Message(say("This could not be delivered to you meanwhile:"), menu=())
