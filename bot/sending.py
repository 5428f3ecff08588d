"""A view's message to Telegram calls: cut to size, files after the text, an edit where a button was pressed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated

from bot.calls import call
from handlers.views.page import Button, Document, File, Message, Picture, Rows, Stored
from handlers.views.pieces import pieces
from reports.studio import Studio

Markup = Mapping[str, Any]
"""What stands beneath a message, as Telegram's JSON."""
ANSWERED_ALREADY = ("message is not modified", "query is too old", "query id is invalid")
UNEDITABLE = ("message can't be edited", "message to edit not found", "there is no text in the message")


@dataclass(frozen=True, slots=True)
class Sender:
    """`deliver` gives the id of the last message that it sent or edited, None if there was none to send."""

    bot: Bot
    studio: Studio
    moved: Callable[[int, int], Awaitable[None]]
    """Told the old id and the new one when a group has become a supergroup."""

    async def deliver(self, chat_id: int, message: Message, *, edit: int | None = None) -> int | None:
        try:
            return await self._delivered(chat_id, message, edit)
        except ChatMigrated as group:
            await self.moved(chat_id, group.new_chat_id)
            return await self._delivered(group.new_chat_id, message, None)

    async def _delivered(self, chat_id: int, message: Message, edit: int | None) -> int | None:
        last = edit
        if message.text:
            last = await self._text(chat_id, message, edit)
        for file in message.files:
            last = await self._file(chat_id, file)
        return last

    async def _text(self, chat_id: int, message: Message, edit: int | None) -> int | None:
        parts = pieces(message.text)
        if edit is not None and len(parts) == 1 and message.menu is None:
            return await self._edit(chat_id, message, edit)
        sent = None
        for number, part in enumerate(parts, 1):
            markup = _markup(message) if number == len(parts) else None
            sent = await call(
                self.bot, "sendmessage", chat_id=chat_id, text=part, reply_markup=markup, parse_mode=ParseMode.HTML
            )
        return int(sent["message_id"]) if sent else None

    async def _edit(self, chat_id: int, message: Message, edit: int) -> int | None:
        try:
            await call(
                self.bot, "editmessagetext", chat_id=chat_id, message_id=edit, text=message.text,
                reply_markup=_inline(message.buttons), parse_mode=ParseMode.HTML,
            )  # fmt: skip
        except BadRequest as error:
            if _means(error, ANSWERED_ALREADY):
                return edit
            if not _means(error, UNEDITABLE):
                raise
            return await self._text(chat_id, replace(message), None)
        return edit

    async def _file(self, chat_id: int, file: File) -> int:
        if isinstance(file, Picture):
            picture = await self.studio.render(await asyncio.to_thread(file.svg))
            return (await self.bot.send_photo(chat_id, picture, filename="picture.png")).message_id
        if isinstance(file, Document):
            content = await asyncio.to_thread(file.make)
            return (await self.bot.send_document(chat_id, content, filename=file.name)).message_id
        return await self._stored(chat_id, file)

    async def _stored(self, chat_id: int, file: Stored) -> int:
        if file.kind == "photo":
            return (await self.bot.send_photo(chat_id, file.file_id)).message_id
        if file.kind == "voice":
            return (await self.bot.send_voice(chat_id, file.file_id)).message_id
        return (await self.bot.send_document(chat_id, file.file_id)).message_id

    async def acknowledge(self, callback_id: str, text: str, *, alert: bool) -> None:
        """Take the clock off a pressed button; one pressed long ago needs no answer any more."""
        try:
            await call(
                self.bot, "answercallbackquery", callback_query_id=callback_id, text=text or None, show_alert=alert
            )
        except BadRequest as error:
            if not _means(error, ANSWERED_ALREADY):
                raise


def _means(error: BadRequest, phrases: Sequence[str]) -> bool:
    return any(phrase in error.message.lower() for phrase in phrases)


def _markup(message: Message) -> Markup | None:
    if message.buttons or message.menu is None:
        return _inline(message.buttons)
    if not message.menu:
        return {"remove_keyboard": True}
    keyboard = [[{"text": title} for title in row] for row in message.menu]
    return {"keyboard": keyboard, "resize_keyboard": True, "is_persistent": True}


def _inline(rows: Rows) -> Markup | None:
    return {"inline_keyboard": [[_button(one) for one in row] for row in rows]} if rows else None


def _button(one: Button) -> dict[str, str]:
    named = {"text": one.text, "callback_data": one.press, "url": one.url}
    return {name: value for name, value in named.items() if value}
