"""What Telegram shows of the assistant by itself: its commands beside the message field, and what it is in an empty chat."""

from __future__ import annotations

from handlers.routes import AREAS
from locales import N_, Language

DESCRIPTION = N_(
    "I help with double cultivation and rotation training: members report in two or three sentences, mentors review, "
    "secretaries get the month's summary.\n\nCome in by the invitation link, or by the code on the slip from your branch. "
    "Those who have neither ask the secretary of their branch."
)
"""At most 512 characters."""


def menu(language: Language) -> list[tuple[str, str]]:
    """Names and descriptions in one language, in the order of the keyboard."""
    return [(command.name, language.text(command.title)) for area in AREAS for command in area.commands]


def description(language: Language) -> str:
    return language.text(DESCRIPTION)
