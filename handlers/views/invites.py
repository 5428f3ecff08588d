"""An invitation to pass on: link, code and slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.views.page import Document, Html, Message, Say, button, lines
from reports.slips import Slip, grouped, slips
from services.invites import Made


def made(data: Mapping[str, Any], say: Say) -> Message:
    invite = Made(**data["made"])
    text = lines(
        say("Invitation for <b>{name}</b> · {unit}", name=invite.name, unit=invite.unit),
        say("Code: {code}", code=Html(f"<code>{grouped(invite.code)}</code>")),
        say("Link: {link}", link=invite.link) if invite.link else None,
        say("Valid until {day}", day=say.date(invite.expires_on)),
        "",
        say("Please pass it on to this person only. Links do not open in WeChat: send the code or a printed slip there."),
        say("It works once and asks for the last four characters of the staff number. Earlier invitations are void."),
    )  # fmt: skip
    return Message(
        text,
        [
            [button(say.plain("Slip to print"), "invites.slip", invite.person_id, invite.code)],
            [button(say.plain("Back to {name}", name=invite.name), "people.card", invite.person_id)],
        ],
    )


def unit(data: Mapping[str, Any], say: Say) -> Message:
    back = button(say.plain("Back"), "roles.unit", data["unit_id"])
    if not data["count"]:
        return Message(say("Everybody in {unit} is registered already.", unit=data["unit"]), [[back]])
    text = lines(
        say.many(
            "One person in {unit} is not registered yet.",
            "{number} people in {unit} are not registered yet.",
            data["count"],
            unit=data["unit"],
        ),
        say("I make slips to print and cut, four to a page. Earlier invitations of these people become void."),
    )
    return Message(text, [[button(say.plain("Make the slips"), "invites.unit", data["unit_id"]), back]])


def in_hand(data: Mapping[str, Any], say: Say) -> Message:
    return Message(say("The slips for {unit} are being made …", unit=data["unit"]))


def slip_sheet(data: Mapping[str, Any], say: Say) -> Message:
    """The document is made in the language of whoever prints it."""
    invited = [Made(**one) for one in data["made"]]
    if not invited:
        return Message(say("Everybody in {unit} is registered already.", unit=data["unit"]))
    language = say.language
    sheet = Document(
        say.plain("Invitations {unit}.docx", unit=data["unit"]), lambda: slips(_slips(invited), language)
    )  # fmt: skip
    text = say.many(
        "Here is the slip to print, to be handed over personally.",
        "Here are {number} slips to print, to be cut and handed over personally.",
        len(invited),
    )
    return Message(text, files=[sheet])


def _slips(invited: Sequence[Made]) -> list[Slip]:
    """Before the bot has been started once there is no link; the square then holds the code itself."""
    return [Slip(one.name, one.unit, one.code, one.link or one.code, one.expires_on) for one in invited]
