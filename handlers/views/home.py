"""The first words, the permanent keyboard, and the answers to what was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.views import refusals
from handlers.views.page import Html, Message, Say
from locales import N_

COLUMNS = 2


def home(data: Mapping[str, Any], say: Say) -> Message:
    """An administrator by account alone may have no name."""
    if not data["name"]:
        return Message(
            say("Hello. Please choose below what you want to do; /help says what each button is for."), menu=()
        )
    return Message(
        say(
            "Hello, {name}. Please choose below what you want to do; /help says what each button is for.",
            name=data["name"],
        ),
        menu=(),
    )


def cancelled(data: Mapping[str, Any], say: Say) -> Message:
    if data["there_was"]:
        return Message(say("Cancelled; nothing was kept."), menu=())
    return Message(say("There was nothing to cancel."), menu=())


UNKEPT: Mapping[str, str] = {
    "photo": N_("The photo was not kept, only the words that came with it. Photos can come with a report."),
    "document": N_("The file was not kept, only the words that came with it. Files can come with a report."),
    "words": N_("The words that came with the picture were not kept; the picture was."),
}
OTHERWISE = N_("What was attached was not kept, only the words that came with it.")


def unkept(what: str, say: Say) -> Html:
    """What stands before the answer to a message of which something was left out."""
    return say(UNKEPT.get(what, OTHERWISE))


def unexpected(data: Mapping[str, Any], say: Say) -> Message:
    """Who reports on nothing has no key to report with, and is not sent to it."""
    if not (data["offer"].reports or data["offer"].awaits):
        return Message(say("There is nothing I can do with this. Please choose below what you want to do."), menu=())
    if data["kind"] == "text":
        return Message(
            say("I did not understand this. To report, tap “Report”; to see what there is, choose a button below."),
            menu=(),
        )
    return Message(
        say(
            "There is nothing to do with this just now. A photo, document or voice note can come with a report: tap “Report” first."
        ),
        menu=(),
    )


def unknown_command(data: Mapping[str, Any], say: Say) -> Message:
    return Message(say("There is no command /{command}. /help lists what there is.", command=data["command"]), menu=())


def old_button(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message("", toast=say.plain("This button is from an earlier time. Please choose from the keyboard below."))


def refused(data: Mapping[str, Any], say: Say) -> Message:
    return refusals.sentence(data["code"], data["fields"], say)


def fault(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(
        say(
            "Something went wrong on our side, and the administrator has been told. Nothing of yours was lost; please try again later."
        )
    )


def silence(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message("")
