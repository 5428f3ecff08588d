"""Units that were found by a part of their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.units import Unit
from handlers.views.page import Html, Message, Say, button, lines
from services.people import PAGE


def found(data: Mapping[str, Any], say: Say) -> Message:
    units: Sequence[Unit] = data["units"]
    shown, more = units[:PAGE], len(units) - PAGE
    rows = [[button(unit.name, *data["verb"].format(unit=unit.id).split(":"))] for unit in shown]
    return Message(lines(_how_many(units, data["words"], say), _narrower(more, say)), rows)


def _how_many(units: Sequence[Unit], words: str, say: Say) -> Html:
    if not words:
        return how_to_search(say)
    if not units:
        return say(
            "No unit here has “{words}” in its name. Please type another part of it, or tap one in the list.",
            words=words[:40],
        )
    return say("Which unit do you mean?")


def _narrower(more: int, say: Say) -> Html | None:
    if more <= 0:
        return None
    return say.many(
        "One more has it in its name.", "{number} more have it in their names; please type a longer part.", more
    )


def how_to_search(say: Say) -> Html:
    return say("Tap one, or type a part of its name.")
