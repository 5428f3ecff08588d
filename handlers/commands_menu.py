"""The list of commands that Telegram shows beside the message field."""

from __future__ import annotations

from handlers.routes import AREAS
from locales import Language


def menu(language: Language) -> list[tuple[str, str]]:
    """Names and descriptions in one language, in the order of the keyboard."""
    return [(command.name, language.text(command.title)) for area in AREAS for command in area.commands]
