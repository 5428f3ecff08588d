"""What Telegram shows of the assistant by itself: its commands beside the message field, and what it is in an empty chat."""

from __future__ import annotations

from handlers.routes import AREAS
from locales import N_, Language
from services.menu import Offer

DESCRIPTION = N_(
    "I help with double cultivation and rotation training: members report in two or three sentences, mentors review, "
    "secretaries get the month's summary.\n\nCome in by the invitation link, or by the code on the slip from your branch. "
    "Those who have neither ask the secretary of their branch."
)
"""At most 512 characters."""


MEMBER = Offer(
    person=True,
    agreed=True,
    reports=True,
    mentors=True,
    hosts=True,
    mentee_rotates=True,
    secretary=False,
    officer=False,
    administrator=False,
)


def menu(language: Language) -> list[tuple[str, str]]:
    """Names and descriptions in one language, in the order of the keyboard: what any member may come to use. Everybody sees the
    same menu, so that what comes with an office stands on the keyboards and in the help of those who hold it alone.
    """
    shown = [command for area in AREAS for command in area.commands if command.offered(MEMBER)]
    return [(command.name, language.text(command.title)) for command in shown]


def description(language: Language) -> str:
    return language.text(DESCRIPTION)
