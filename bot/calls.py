"""Calls of the Bot API whose answers come back as Telegram's JSON: the library makes no objects of what nobody reads."""

from __future__ import annotations

from typing import Any

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken


async def call(bot: Bot, method: str, *, read_timeout: float | None = None, **fields: Any) -> Any:
    """`method` in small letters, which Telegram takes as well: in its own spelling the library would read the answer.

    What is None is left out.
    """
    try:
        return await bot.do_api_request(method, fields, read_timeout=read_timeout)
    except EndPointNotFound as error:  # how the library names a refused token here
        raise InvalidToken from error
