"""What is asked for when support is requested, answered or promised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.check_ins import Capacity
from domain.needs import NeedKind
from domain.pairings import GuideKind
from handlers.views.check_ins import audience_buttons, kind_buttons, who_may_know
from handlers.views.page import Html, Message, Say, button, lines, quote
from services.need_helping import Theirs
from services.needs import Card


def which(data: Mapping[str, Any], say: Say) -> Message:
    return Message(say("What kind of support is needed?"), kind_buttons("need.kind", (data["check_in"],), say))


def for_whom(data: Mapping[str, Any], say: Say) -> Message:
    key = (data["check_in"], NeedKind(data["kind"]))
    called: tuple[GuideKind, ...] = data["called"]
    return Message(
        who_may_know(data["secretaries"], say),
        audience_buttons("need.ask", key, called, say),
    )


def ask(data: tuple[Card, str], say: Say) -> Message:
    card, kind = data
    text = (
        _ask_answer(card, say)
        if kind == "need_answer"
        else say("By which day will it be solved? For example 10月23日, 下周三 or 2026-10-23.")
    )
    return Message(text, [[button(say.plain("Never mind"), "need.never_mind", card.need.id)]])


def _ask_answer(card: Card, say: Say) -> Html:
    if card.capacity is Capacity.ABOVE:
        return say("Your answer to {unit}: what is being done? The one who asked reads it too.", unit=card.need.person)
    return say("Your answer to {name}: what is being done?", name=card.need.person)


def theirs(data: tuple[Theirs, str], say: Say) -> Message:
    """`words` that were written before it was known that a colleague sees to it."""
    held, words = data
    need_id = held.need.id
    text = lines(
        say("{owner} answered this on {moment}.", owner=held.owner, moment=say.moment(held.at))
        if held.answered
        else say("{owner} has been seeing to this since {moment}.", owner=held.owner, moment=say.moment(held.at)),
        quote(words) if words else None,
        say("Do you take over? {owner} is told a minute later, and what was answered before stays.", owner=held.owner),
    )
    yes = button(say.plain("I take over"), "need.take_over", need_id, held.owner_id)
    no = button(say.plain("Leave it with {owner}", owner=held.owner), "need.never_mind", need_id)
    return Message(text, [[yes], [no]])
