"""What a newcomer reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.views.page import Message, Say


def stranger(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(
        say(
            "I do not know you yet. Ask your branch secretary for an invitation, then send me the code that stands on it."
        )
    )


def consent(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("Before we begin, please read who sees what and why, and say whether you agree."))
