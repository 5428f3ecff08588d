"""What a person sees of a chat, as the control API shows it."""

from __future__ import annotations

from emulator.chats import Chat, Message, User
from emulator.feed import News
from emulator.files import FileKind
from emulator.methods.commands import menu
from emulator.refusals import Json
from emulator.world import World

SERVICE = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")


def user_view(user: User) -> Json:
    """A person as Telegram knows them, and what the play says of them."""
    return {**user.as_json(), "about": user.about}


def message_view(message: Message) -> Json:
    keyboard = message.inline_keyboard or {}
    return {
        "id": message.id,
        "chat_id": message.chat.id,
        "sender_id": message.sender.id,
        "sender": message.sender.first_name,
        "from_bot": message.sender.is_bot,
        "date": message.date,
        "edited": message.edit_date,
        "deleted": message.deleted,
        "text": message.text,
        "entities": message.entities,
        "buttons": keyboard.get("inline_keyboard", []),
        "reply_to": message.reply_to.id if message.reply_to else None,
        "file": _file_view(message.content),
        "content": message.content,
    }


def chat_view(world: World, user: User, chat: Chat, after: int) -> Json:
    """The messages after an id, the last of the bot, and the state around; listen on for events after `seq`."""
    return {
        "chat": chat.as_json(),
        **standing_view(chat),
        "messages": [message_view(message) for message in chat.after(after)],
        "last": message_view(last) if (last := chat.last_of_bot()) else None,
        "commands": menu(world, chat, user.language_code),
        "seq": len(chat.events),
    }


def whole_view(world: World, last: int) -> list[Json]:
    """Every chat but the extras', with its last messages, for a page that shows several phones."""
    return [_watched_view(chat, last) for chat in world.chats.values() if chat.migrated_to is None and chat.told]


def _watched_view(chat: Chat, last: int) -> Json:
    return {
        "chat": chat.as_json(),
        "members": [user_id for user_id, standing in chat.members.items() if standing.inside],
        "messages": [message_view(chat.messages[number]) for number in chat.order[-last:]],
        **standing_view(chat),
    }


def standing_view(chat: Chat) -> Json:
    """What stands around the messages and may change with any of them."""
    return {"bot": str(chat.bot), "keyboard": chat.keyboard, "action": chat.action}


def news_view(news: News) -> Json:
    """A piece of news, its message in the present form."""
    shown: Json = {"n": news.n, **news.event, "kind": news.kind}
    if news.chat is not None:
        message = news.chat.messages.get(news.event.get("message_id", 0))
        shown |= {"chat_id": news.chat.id, **standing_view(news.chat)}
        shown["message"] = message_view(message) if message else None
    return shown


def events_view(chat: Chat, user: User, after: int, only: frozenset[str]) -> list[Json]:
    """What happened here after a `seq`, each message in its present form; a toast only for whom it was meant.

    `only` names the kinds that are wanted; all when it is empty.
    """
    shown = []
    for event in chat.events[after:]:
        if (only and event["kind"] not in only) or event.get("user_id", user.id) != user.id:
            continue
        message = chat.messages.get(event.get("message_id", 0))
        shown.append({**event, "message": message_view(message) if message else None})
    return shown


def _file_view(content: Json) -> Json | None:
    for kind in FileKind:
        if kind in content:
            part = content[kind][-1] if kind is FileKind.PHOTO else content[kind]
            return {
                "kind": str(kind),
                "id": part["file_id"],
                "name": part.get("file_name", ""),
                "size": part["file_size"],
                "mime_type": part.get("mime_type", ""),
            }
    return None
