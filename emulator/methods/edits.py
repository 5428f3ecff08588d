"""Changes to messages that were sent already."""

from __future__ import annotations

from emulator import limits
from emulator.calls import Call
from emulator.chats import Chat, ChatKind, Message, Standing
from emulator.methods.messages import caption_of, text_of
from emulator.refusals import NOT_MODIFIED, Json, bad_request
from emulator.world import World

DELETABLE_FOR = 48 * 3600  # seconds


def edit_text(world: World, call: Call) -> Json:
    message = _own(world, call)
    text, entities = text_of(call)
    limits.check_text(text, editing=True)
    if message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, text, entities, _keyboard(call))


def edit_caption(world: World, call: Call) -> Json:
    message = _own(world, call)
    caption, entities = caption_of(call)
    if not message.content:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, message, caption, entities, _keyboard(call))


def edit_reply_markup(world: World, call: Call) -> Json:
    message = _own(world, call)
    return _change(world, message, message.text, message.entities, _keyboard(call))


def delete_message(world: World, call: Call) -> bool:
    chat = world.chat_for_writing(call.text("chat_id"))
    message = chat.messages.get(_number(call))
    if message is None:
        raise bad_request("message to delete not found")
    if world.clock.stamp - message.date > DELETABLE_FOR or not _may_delete(world, chat, message):
        raise bad_request("message can't be deleted for everyone")
    world.delete(message)
    return True


def _may_delete(world: World, chat: Chat, message: Message) -> bool:
    return message.sender is world.bot or chat.kind is ChatKind.PRIVATE or chat.bot is Standing.ADMINISTRATOR


def _own(world: World, call: Call) -> Message:
    if call.text("inline_message_id"):
        raise bad_request("message identifier is not specified")
    chat = world.chat_for_writing(call.text("chat_id"))
    message = chat.messages.get(_number(call))
    if message is None:
        raise bad_request("message to edit not found")
    # Telegram lets a bot edit messages "without reply_markup or with inline keyboards" only.
    if message.sender is not world.bot or message.has_reply_keyboard:
        raise bad_request("message can't be edited")
    return message


def _number(call: Call) -> int:
    number = call.integer("message_id")
    if number <= 0:
        raise bad_request("message identifier is not specified")
    return number


def _keyboard(call: Call) -> Json | None:
    return limits.inline_only(limits.check_markup(call.structure("reply_markup", "reply keyboard markup")))


def _change(world: World, message: Message, text: str, entities: list[Json], keyboard: Json | None) -> Json:
    if (text, entities, keyboard) == (message.text, message.entities, message.inline_keyboard):
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities, message.inline_keyboard = text, entities, keyboard
    world.touch(message)
    return message.as_json()
