"""What an update says, in our words: who, where, which text, which button, which file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from telegram.constants import ChatType

from domain.refusals import Refusal

Word = TypeVar("Word", bound=StrEnum)
Raw = Mapping[str, Any]
"""A part of an update as Telegram's JSON."""


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
OTHER_KINDS = (
    "sticker", "video", "audio", "video_note", "animation", "location", "contact", "poll", "dice", "venue",
)  # fmt: skip
"""What may be sent beside words and is not taken."""
NOTHING: Raw = {}


def read(update: Raw) -> Said | None:
    """From Telegram's JSON, in which a later Bot API may write otherwise whatever is not asked for here.

    None for an update without a person or a chat, such as a channel's. A button without its message is the person's own.
    """
    press, changed = _part(update, "callback_query"), _part(update, "my_chat_member")
    written = _part(update, "message") or _part(update, "edited_message")
    message = written or _part(press, "message")
    user, chat = _part(press or changed or message, "from"), _part(changed or message, "chat")
    if not user or not (chat or press):
        return None
    words = _text(written, "text") or _text(written, "caption")
    command, argument = _command(words)
    verb, *press_args = _text(press, "data").split(":")
    return Said(
        update_id=update["update_id"],
        telegram_id=user["id"],
        chat_id=chat["id"] if chat else user["id"],
        private=not chat or _text(chat, "type") == ChatType.PRIVATE,
        title=_text(chat, "title"),
        language=_text(user, "language_code"),
        display_name=" ".join(filter(None, (_text(user, "first_name"), _text(user, "last_name")))),
        text=words,
        command=command,
        argument=argument,
        press=verb,
        press_args=tuple(press_args),
        callback_id=_text(press, "id"),
        message_id=message.get("message_id", 0),
        edited="edited_message" in update,
        attached=_attached(written),
        was=_text(_part(changed, "old_chat_member"), "status"),
        becomes=_text(_part(changed, "new_chat_member"), "status"),
    )


def _part(whole: Raw, name: str) -> Raw:
    part = whole.get(name)
    return part if isinstance(part, Mapping) else NOTHING


def _text(part: Raw, name: str) -> str:
    text = part.get(name)
    return text if isinstance(text, str) else ""


def _command(words: str) -> tuple[str, str]:
    """`/checkin@bot text` → (`checkin`, `text`); a full-width slash counts, as Chinese keyboards write it."""
    if not words or words[0] not in "/／":
        return "", ""
    head, _, rest = (
        words[1:].partition(" ") if "\n" not in words.split(" ", maxsplit=1)[0] else words[1:].partition("\n")
    )
    return head.split("@")[0].lower(), rest.strip()


def _attached(message: Raw) -> Attached | None:
    sizes, document, voice = message.get("photo"), _part(message, "document"), _part(message, "voice")
    if sizes:
        return _file("photo", sizes[-1], "image/jpeg")
    if document:
        return _file("document", document, _text(document, "mime_type"))
    if voice:
        return _file("voice", voice, "audio/ogg")
    return next((Attached(kind, "") for kind in OTHER_KINDS if message.get(kind)), None)


def _file(kind: str, held: Raw, mime: str) -> Attached:
    return Attached(kind, _text(held, "file_id"), _text(held, "file_name"), held.get("file_size") or 0, mime)
