"""The question whom to ask about personal data in a unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.units import Unit
from handlers.views.page import Message, Say, button, lines


def ask(data: Mapping[str, Any], say: Say) -> Message:
    unit: Unit = data["unit"]
    text = lines(
        say("Whom may the people of {unit} ask about their personal data? The notice that they agree to will say so.", unit=unit.name),
        say("Now: {contact}", contact=data["contact"]) if data["contact"] else say("Now: the secretary, by name."),
        say("Please send name and telephone or office in one message, for all beneath this unit too."),
    )  # fmt: skip
    rows = [[button(say.plain("Never mind"), "roles.unit", unit.id)]]
    if data["contact"]:
        rows.insert(0, [button(say.plain("The secretary, by name"), "contact.clear", unit.id)])
    return Message(text, rows)
