"""The program's own failures, told to those who can look into its log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.views.page import Message, Say


def parked(data: Mapping[str, Any], say: Say) -> Message:
    if data["what"] == "notice":
        return Message(
            say(
                "Notice {number} could not be made ready three times ({fault}) and was set aside. Nobody else is held up; the log says more.",
                number=data["number"],
                fault=data["fault"],
            )
        )
    return Message(
        say(
            "Update {number} failed three times ({fault}) and was set aside; the person was told. Nobody else is held up; the log says more.",
            number=data["number"],
            fault=data["fault"],
        )
    )
