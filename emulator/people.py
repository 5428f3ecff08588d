"""What people do on their phones, and what the bot is told of it."""

from __future__ import annotations

from emulator.chats import Chat, ChatKind, Message, Query, Standing, User
from emulator.entities import formatted
from emulator.files import FileKind, Upload, content_of
from emulator.refusals import Json
from emulator.world import World


class CannotDoError(Exception):
    """What this person cannot do on a phone as it looks now, said for the author of a test."""


def start(world: World, user: User, payload: str = "") -> Message:
    """The Start button, or a deep link with its payload; it unblocks the bot first."""
    unblock(world, user)
    return say(world, user, world.chats[user.id], f"/start {payload}".strip())


def say(world: World, user: User, chat: Chat, text: str, reply_to: int = 0) -> Message:
    _may_write(user, chat)
    plain, entities = formatted(text, "", [])
    if not plain:
        raise CannotDoError("a phone sends no empty text")
    return _send(world, user, chat, reply_to, text=plain, entities=entities)


def send(world: World, user: User, chat: Chat, content: Json, caption: str = "", reply_to: int = 0) -> Message:
    """Anything but text: `content` holds the message field of the Bot API, such as `location`."""
    _may_write(user, chat)
    plain, entities = formatted(caption, "", [])
    return _send(world, user, chat, reply_to, text=plain, entities=entities, content=content)


def send_file(
    world: World, user: User, chat: Chat, kind: FileKind, upload: Upload, caption: str = "", reply_to: int = 0,
    duration: int = 1,
) -> Message:  # fmt: skip
    content = content_of(world.files.keep(kind, upload), duration=duration)
    return send(world, user, chat, content, caption, reply_to)


def press(world: World, user: User, chat: Chat, label: str) -> Message:
    """A button of the reply keyboard: it says its own text, or shares the contact or place it asks for."""
    _may_write(user, chat)
    rows = (chat.keyboard or {}).get("keyboard", [])
    button = next((key for row in rows for key in row if key["text"] == label), None)
    if button is None:
        shown = ", ".join(key["text"] for row in rows for key in row) or "none"
        raise CannotDoError(f"there is no keyboard button {label!r}; shown are: {shown}")
    if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
        chat.keyboard = None
        chat.tell("keyboard", by_bot=False)
    if button.get("request_contact"):
        contact = {"phone_number": f"+86{user.id}", "first_name": user.first_name, "user_id": user.id}
        return send(world, user, chat, {"contact": contact})
    if button.get("request_location"):
        return send(world, user, chat, {"location": {"latitude": 39.9042, "longitude": 116.4074}})
    return say(world, user, chat, label)


def tap(
    world: World, user: User, chat: Chat, *, message_id: int = 0, text: str = "", data: str = "", forge: bool = False
) -> Query | str:  # fmt: skip
    """An inline button, by its text or data, of one message or the latest that has it; a link gives its address.

    A tampered phone can `forge` data that no button has, under any message of the bot's.
    """
    if chat.bot is Standing.KICKED:
        raise CannotDoError(f"{user.first_name} has blocked the bot")
    message, button = _forged(chat, message_id, data) if forge else _inline_button(chat, message_id, text, data)
    if "callback_data" not in button:
        return str(button.get("url") or button.get("copy_text", {}).get("text", ""))
    query = world.ask(user, message, button["callback_data"])
    world.updates.put("callback_query", {
        "id": query.id,
        "from": user.as_json(),
        "message": message.as_json(),
        "chat_instance": str(chat.id * 7919),
        "data": query.data,
    })  # fmt: skip
    return query


def edit(world: World, user: User, chat: Chat, message_id: int, text: str) -> Message:
    message = chat.messages.get(message_id)
    if message is None or message.sender.id != user.id:
        raise CannotDoError(f"{user.first_name} has no message {message_id} here to edit")
    message.text, message.entities = formatted(text, "", [])
    world.touch(message)
    if _reaches_bot(world, chat, message):
        world.updates.put("edited_message", message.as_json())
    return message


def block(world: World, user: User) -> None:
    chat = world.chats[user.id]
    if chat.bot is Standing.NEVER:
        raise CannotDoError(f"{user.first_name} has never started the bot")
    world.set_bot_standing(chat, Standing.KICKED, user)


def unblock(world: World, user: User) -> None:
    chat = world.chats[user.id]
    if chat.bot is Standing.KICKED:
        world.set_bot_standing(chat, Standing.MEMBER, user)


def _send(world: World, user: User, chat: Chat, reply_to: int, **fields: object) -> Message:
    if chat.kind is ChatKind.PRIVATE:
        chat.bot = Standing.MEMBER
    message = world.post(chat, user, reply_to=chat.messages.get(reply_to), **fields)
    if _reaches_bot(world, chat, message):
        world.updates.put("message", message.as_json())
    return message


def _may_write(user: User, chat: Chat) -> None:
    if chat.kind is ChatKind.PRIVATE:
        if chat.bot is Standing.KICKED:
            raise CannotDoError(f"{user.first_name} has blocked the bot and must unblock it or press Start first")
    elif not chat.members.get(user.id, Standing.LEFT).inside:
        raise CannotDoError(f"{user.first_name} is not in the group {chat.title}")


def _reaches_bot(world: World, chat: Chat, message: Message) -> bool:
    """Privacy mode: in a group a bot gets commands, replies to itself, and all if it is an administrator."""
    if chat.kind is ChatKind.PRIVATE:
        return True
    if not chat.bot.inside:
        return False
    if world.reads_all_group_messages or chat.bot is Standing.ADMINISTRATOR:
        return True
    if message.reply_to is not None and message.reply_to.sender is world.bot:
        return True
    command = message.text.split(maxsplit=1)[0] if message.text.startswith("/") else ""
    addressed = command.partition("@")[2]
    return bool(command) and addressed.lower() in {"", world.bot.username.lower()}


def _inline_button(chat: Chat, message_id: int, text: str, data: str) -> tuple[Message, Json]:
    numbers = [message_id] if message_id else reversed(chat.order)
    for number in numbers:
        message = chat.messages.get(number)
        for button in message.buttons if message else []:
            if (text and button["text"] == text) or (data and button.get("callback_data") == data):
                assert message is not None
                return message, button
    shown = next((labels for number in reversed(chat.order) if (labels := _labels(chat.messages[number]))), "none")
    raise CannotDoError(f"there is no inline button {text or data!r}; the last ones are: {shown}")


def _forged(chat: Chat, message_id: int, data: str) -> tuple[Message, Json]:
    """Made-up data under one of the bot's messages, the latest unless one is named."""
    numbers = [message_id] if message_id else list(reversed(chat.order))
    found = (chat.messages[number] for number in numbers if number in chat.messages)
    message = next((message for message in found if message.sender.is_bot), None)
    if message is None:
        raise CannotDoError("there is no message of the bot's here to forge a button under")
    return message, {"text": "", "callback_data": data}


def _labels(message: Message) -> str:
    return ", ".join(button["text"] for button in message.buttons)
