"""What an update says, in our words: who, where, which text, which button, which file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from telegram import Bot, Message, Update
from telegram.constants import ChatType

from domain.refusals import Refusal

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as Telegram holds it; `kind` is photo, document, voice, or the name of a kind that we do not take."""

    kind: str
    file_id: str
    name: str = ""
    size: int = 0
    mime: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    update_id: int
    telegram_id: int
    chat_id: int
    private: bool
    language: str
    display_name: str
    text: str = ""
    command: str = ""
    argument: str = ""
    press: str = ""
    press_args: tuple[str, ...] = ()
    callback_id: str = ""
    message_id: int = 0
    edited: bool = False
    attached: Attached | None = None
    title: str = ""
    """A group's name; a private chat has none."""
    was: str = ""
    becomes: str = ""
    """The bot's own standing in the chat before and after (Telegram's words), when that is what changed."""

    def number(self, position: int = 0) -> int:
        """A button's argument as an id; a forged one is no number and reads as 0, which nobody has."""
        value = self.press_args[position] if position < len(self.press_args) else ""
        return int(value) if value.isascii() and value.isdigit() and len(value) < 18 else 0

    def numbers(self) -> list[int]:
        """All of a button's arguments as ids; refused as `gone` without any."""
        if not self.press_args:
            raise Refusal("gone")
        return [self.number(position) for position in range(len(self.press_args))]

    def word(self, position: int = 0) -> str:
        return self.press_args[position] if position < len(self.press_args) else ""

    def one_of(self, words: type[Word], position: int = 0) -> Word:
        """A button's argument as a word of a closed vocabulary; a forged one is refused as `gone`."""
        found = next((word for word in words if word == self.word(position)), None)
        if found is None:
            raise Refusal("gone")
        return found


OUTSIDE = ("left", "kicked", "banned")
"""Telegram's words for not being in a chat."""
UNREAD = frozenset(
    {"entities", "caption_entities", "link_preview_options", "reply_markup", "reply_to_message", "quote"}
)
"""What we never look at in a message; most of the time of making objects would go into it."""
PLAIN = ("id", "from", "chat_instance", "data", "message_id", "date", "chat", "edit_date")
"""What there always is to a message or a press, whatever else it carries."""


def parsed(value: Mapping[str, Any], bot: Bot) -> Update | None:
    """An update from Telegram's JSON. What a later Bot API writes otherwise is left out, so that its sender still gets
    an answer.
    """
    try:
        return Update.de_json({name: _shortened(part) for name, part in value.items()}, bot)
    except (TypeError, ValueError, LookupError, AttributeError):
        return Update.de_json({name: _plain(part) for name, part in value.items()}, bot)


def _shortened(part: Any) -> Any:
    """Without what nobody reads; of the message beneath which a button was pressed there remains which one it was."""
    if not isinstance(part, Mapping):
        return part
    return {name: _plain(value) if name == "message" else value for name, value in part.items() if name not in UNREAD}


def _plain(part: Any) -> Any:
    if not isinstance(part, Mapping):
        return part
    message = {"message": _plain(part["message"])} if "message" in part else {}
    return {name: part[name] for name in PLAIN if name in part} | message


def read(update: Update) -> Said | None:
    """None for an update without a person or a chat, such as a channel's. A button without its message is the person's own."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or not (chat or update.callback_query):
        return None
    message = update.effective_message if isinstance(update.effective_message, Message) else None
    words = (message.text or message.caption or "") if message and not update.callback_query else ""
    command, argument = _command(words)
    changed = update.my_chat_member
    press, *press_args = (update.callback_query.data or "").split(":") if update.callback_query else [""]
    return Said(
        update_id=update.update_id,
        telegram_id=user.id,
        chat_id=chat.id if chat else user.id,
        private=chat is None or chat.type == ChatType.PRIVATE,
        title=(chat.title or "") if chat else "",
        language=user.language_code or "",
        display_name=user.full_name,
        text=words,
        command=command,
        argument=argument,
        press=press,
        press_args=tuple(press_args),
        callback_id=update.callback_query.id if update.callback_query else "",
        message_id=message.message_id if message else 0,
        edited=update.edited_message is not None,
        attached=_attached(message) if message and not update.callback_query else None,
        was=changed.old_chat_member.status if changed else "",
        becomes=changed.new_chat_member.status if changed else "",
    )


def _command(words: str) -> tuple[str, str]:
    """`/checkin@bot text` → (`checkin`, `text`); a full-width slash counts, as Chinese keyboards write it."""
    if not words or words[0] not in "/／":
        return "", ""
    head, _, rest = (
        words[1:].partition(" ") if "\n" not in words.split(" ", maxsplit=1)[0] else words[1:].partition("\n")
    )
    return head.split("@")[0].lower(), rest.strip()


def _attached(message: Message) -> Attached | None:
    if message.photo:
        largest = message.photo[-1]
        return Attached("photo", largest.file_id, size=largest.file_size or 0, mime="image/jpeg")
    if message.document:
        held = message.document
        return Attached("document", held.file_id, held.file_name or "", held.file_size or 0, held.mime_type or "")
    if message.voice:
        return Attached("voice", message.voice.file_id, size=message.voice.file_size or 0, mime="audio/ogg")
    for kind in (
        "sticker",
        "video",
        "audio",
        "video_note",
        "animation",
        "location",
        "contact",
        "poll",
        "dice",
        "venue",
    ):
        if getattr(message, kind):
            return Attached(kind, "")
    return None
