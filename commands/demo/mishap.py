"""What goes wrong as a demonstration opens: Telegram refuses the answer to a message until that is set aside."""

from __future__ import annotations

from commands.demo.cast import CROWD
from emulator.phone import Phone, Telegram

UNLUCKY = CROWD[0]
"""Somebody on no phone of the page; the administrators hear of it."""


async def befalls(telegram: Telegram) -> None:
    """Refused as often as the assistant tries; that it was its fault can be said then."""
    from storage.inbox import TRIES

    await telegram.fault("refused", chat_id=UNLUCKY, methods=["sendMessage"], times=TRIES)
    await Phone(telegram, UNLUCKY, "").say("/help")
