"""What a group hears, and what its secretary is asked and told about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.summaries import MonthSummary
from domain.units import Unit
from handlers.views.page import Message, Say, bold, button, lines, text
from locales import N_
from reports.summary_text import plain_text
from services.group_chats import Lost, Offer, Own

REFUSALS: dict[str, str] = {
    "group_taken": N_("This group is bound to {unit} already. Its secretary can unbind it with /group."),
}


def introduction(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(
        say(
            "Hello! I am the assistant for double cultivation and rotation training. Personal matters are dealt with in the "
            "private chat only: tap my name and then Start. If the branch secretary binds this group (/bind here, then in the "
            "private chat), announcements and the month's summary without names come here; I say nothing else."
        )
    )


def own(data: tuple[Sequence[Own], str], say: Say) -> Message:
    units, did = data
    text = lines(
        say("Bound. The group is told in a minute; until then you can unbind it.") if did else None,
        bold(say("Group chats")),
        *(
            say("· {unit}: bound", unit=one.unit.name) if one.bound else say("· {unit}: no group", unit=one.unit.name)
            for one in units
        ),
        say(
            "A bound group hears announcements and the month's summary without names, and nothing else. To bind one, put me "
            "into it, or write /bind there if I am in it already."
        ),
    )
    rows = [
        [button(say.plain("Unbind: {unit}", unit=one.unit.name), "group_chat.unbind", one.unit.id)]
        for one in units
        if one.bound
    ]
    return Message(text, rows)


def offer(data: Offer, say: Say) -> Message:
    sentence = say(
        "Is “{title}” the group of your unit? Bound, it hears announcements and the month's summary without names, and nothing "
        "else. Everybody in it can read them.",
        title=data.title,
    )
    rows = [[button(say.plain("Bind to {unit}", unit=unit.name), "group_chat.bind", unit.id)] for unit in data.units]
    return Message(sentence, rows)


def bound(data: Unit, say: Say) -> Message:
    return Message(
        say(
            "This is the group of {unit} now. Announcements and the month's summary without names come here; personal matters stay "
            "in the private chat.",
            unit=data.name,
        )
    )


def lost(data: Lost, say: Say) -> Message:
    what = (
        say(
            "The group of {unit} takes nothing from me, perhaps because I may not write there. It is unbound and hears nothing any more.",
            unit=data.unit.name,
        )
        if data.refused
        else say("I was taken out of the group of {unit}, so it hears nothing any more.", unit=data.unit.name)
    )
    if not data.own:
        return Message(what)
    again = say("You can bind it again, or another one.")
    return Message(say.paragraph(what, again), [[button(say.plain("Our group chat"), "group_chat.own")]])


def summary(data: MonthSummary, say: Say) -> Message:
    return Message(text(plain_text(data, say.language)))
