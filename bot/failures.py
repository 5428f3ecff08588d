"""What a failure means: a fault of others that passes, somebody who cannot be reached, or a fault of ours."""

from __future__ import annotations

import random
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter

from storage.database import StorageFault

LONGEST_PAUSE, OF_STORAGE = timedelta(minutes=5), timedelta(seconds=5)
"""The database is ours alone, and whoever asks it once more in vain harms nobody."""
GONE = (
    "chat not found",
    "user is deactivated",
    "user not found",
    "have no rights to send",
    "group chat was deactivated",
)

OF_THE_WORDS = ("can't parse", "is too long", "text is empty")
"""A fault of ours: elsewhere, other words would be taken."""


def passes(error: BaseException) -> bool:
    """Whether the same may succeed later with nothing changed on our side."""
    if isinstance(error, BadRequest):
        return False
    return isinstance(
        error, NetworkError | RetryAfter | ChatMigrated | InvalidToken | StorageFault | ConnectionError | TimeoutError
    )


def is_gone(error: BaseException) -> bool:
    """Whether Telegram says that whom we speak to blocked the bot, left, or is no more."""
    if isinstance(error, BadRequest):
        return any(phrase in error.message.lower() for phrase in GONE)
    return isinstance(error, Forbidden)


def refuses(error: BaseException) -> bool:
    """Whether Telegram takes nothing from us there, whatever we say: the words themselves are not what it minds."""
    return isinstance(error, BadRequest) and not any(phrase in error.message.lower() for phrase in OF_THE_WORDS)


def pause_after(error: BaseException, waited: timedelta) -> timedelta:
    """As long as Telegram asks for; else about as long as has been waited already, so that pauses double."""
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    longest = OF_STORAGE if isinstance(error, StorageFault) else LONGEST_PAUSE
    grown = min(max(waited, timedelta(seconds=2)), longest)
    return grown * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, so that many do not come back at the same moment


def seconds_of(error: RetryAfter) -> timedelta:
    asked = error.retry_after
    return asked if isinstance(asked, timedelta) else timedelta(seconds=asked)
