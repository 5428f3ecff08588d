"""Users, chats and messages as plain objects, and how the Bot API shows them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from emulator.bell import Bell
from emulator.refusals import Json


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class Standing(StrEnum):
    """What the bot, or a person, is in a chat. A person who blocked the bot has kicked it from the private chat."""

    NEVER = "never"
    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"

    @property
    def inside(self) -> bool:
        return self in {Standing.CREATOR, Standing.ADMINISTRATOR, Standing.MEMBER}


@dataclass(frozen=True, slots=True)
class User:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    about: str = ""
    """Who this is in the play, for the page; Telegram knows nothing of it."""

    def as_json(self) -> Json:
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        shown.update((name, value) for name, value in optional.items() if value)
        return shown


@dataclass(slots=True, eq=False)
class Chat:
    id: int
    kind: ChatKind
    title: str = ""
    user: User | None = None
    bot: Standing = Standing.NEVER
    members: dict[int, Standing] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    """The reply keyboard (or forced reply) that stands beneath the chat now."""
    action: Json | None = None
    migrated_to: int | None = None
    events: list[Json] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)
    told: Callable[[Chat, Json], None] | None = None
    """Hears of every event as well, for whoever watches all chats."""

    def as_json(self) -> Json:
        if self.user is None:
            return {"id": self.id, "type": str(self.kind), "title": self.title}
        shown: Json = {"id": self.id, "type": str(self.kind), "first_name": self.user.first_name}
        optional = {"last_name": self.user.last_name, "username": self.user.username}
        shown.update((name, value) for name, value in optional.items() if value)
        return shown

    def tell(self, kind: str, **fields: object) -> None:
        """Note what whoever looks at this chat would see happen; `seq` counts from 1 in this chat."""
        event = {"seq": len(self.events) + 1, "kind": kind, **fields}
        self.events.append(event)
        self.bell.ring()
        if self.told is not None:
            self.told(self, event)

    def after(self, message_id: int) -> list[Message]:
        return [self.messages[number] for number in self.order[bisect_right(self.order, message_id) :]]

    def last_of_bot(self) -> Message | None:
        said = (self.messages[number] for number in reversed(self.order))
        return next((message for message in said if message.sender.is_bot), None)


@dataclass(slots=True, eq=False)
class Message:
    id: int
    chat: Chat
    sender: User
    date: int
    text: str = ""
    """The text, or the caption of a message that carries media."""
    entities: list[Json] = field(default_factory=list)
    content: Json = field(default_factory=dict)
    """Media and service fields under their Bot API names; empty for a text message."""
    inline_keyboard: Json | None = None
    has_reply_keyboard: bool = False
    reply_to: Message | None = None
    edit_date: int | None = None
    deleted: bool = False

    @property
    def buttons(self) -> list[Json]:
        """Those of its inline keyboard, row after row."""
        return [button for row in (self.inline_keyboard or {}).get("inline_keyboard", []) for button in row]

    def as_json(self, *, with_reply: bool = True) -> Json:
        shown: Json = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": self.date,
            **self.content,
            **self._words(),
        }
        if self.edit_date is not None:
            shown["edit_date"] = self.edit_date
        if self.inline_keyboard is not None:
            shown["reply_markup"] = self.inline_keyboard
        if with_reply and self.reply_to is not None:
            shown["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        return shown

    def _words(self) -> Json:
        name, entities = ("caption", "caption_entities") if self.content else ("text", "entities")
        shown: Json = {name: self.text} if self.text else {}
        if self.entities:
            shown[entities] = self.entities
        return shown


@dataclass(slots=True, eq=False)
class Query:
    """A tap on an inline button, until and after the bot has answered it."""

    id: str
    user: User
    message: Message
    data: str
    asked_at: float
    answer: Json | None = None
