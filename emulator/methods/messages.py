"""Messages the bot sends: text, photo, document, voice; and the sign that it is typing."""

from __future__ import annotations

from emulator import limits
from emulator.calls import Call
from emulator.chats import Chat, Message
from emulator.entities import formatted
from emulator.files import FileKind, content_of
from emulator.methods.files import given_file
from emulator.refusals import Json, bad_request
from emulator.world import World

ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "record_audio",
    "upload_audio", "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def send_message(world: World, call: Call) -> Json:
    chat = world.chat_for_writing(call.text("chat_id"))
    text, entities = text_of(call)
    limits.check_text(text)
    return _send(world, chat, call, text=text, entities=entities)


def send_photo(world: World, call: Call) -> Json:
    return _send_file(world, call, FileKind.PHOTO)


def send_document(world: World, call: Call) -> Json:
    return _send_file(world, call, FileKind.DOCUMENT)


def send_voice(world: World, call: Call) -> Json:
    return _send_file(world, call, FileKind.VOICE)


def send_chat_action(world: World, call: Call) -> bool:
    chat = world.chat_for_writing(call.text("chat_id"))
    action = call.text("action").lower()
    if action not in ACTIONS and action != "cancel":
        raise bad_request("wrong parameter action in request")
    chat.action = None if action == "cancel" else {"action": action, "at": world.clock.stamp}
    chat.tell("action", action=action, by_bot=True)
    return True


def text_of(call: Call) -> tuple[str, list[Json]]:
    if not call.text("text"):
        raise bad_request("message text is empty")
    return formatted(call.text("text"), call.text("parse_mode"), call.items("entities"))


def caption_of(call: Call) -> tuple[str, list[Json]]:
    caption, entities = formatted(call.text("caption"), call.text("parse_mode"), call.items("caption_entities"))
    limits.check_caption(caption)
    return caption, entities


def _send_file(world: World, call: Call, kind: FileKind) -> Json:
    chat = world.chat_for_writing(call.text("chat_id"))
    caption, entities = caption_of(call)
    content = content_of(given_file(world, call, kind), duration=call.integer("duration"))
    return _send(world, chat, call, text=caption, entities=entities, content=content)


def _send(world: World, chat: Chat, call: Call, **fields: object) -> Json:
    markup = limits.check_markup(call.structure("reply_markup", "reply keyboard markup"))
    reply_to = _replied(chat, call)
    inline = markup if markup and "inline_keyboard" in markup else None
    if markup is not None and inline is None:
        chat.keyboard = None if markup.get("remove_keyboard") else markup
    keyboards = {"inline_keyboard": inline, "has_reply_keyboard": markup is not None and inline is None}
    return world.post(chat, world.bot, reply_to=reply_to, **keyboards, **fields).as_json()


def _replied(chat: Chat, call: Call) -> Message | None:
    parameters = call.structure("reply_parameters", "ReplyParameters") or {}
    if not isinstance(parameters, dict) or not isinstance(parameters.get("message_id", 0), int):
        raise bad_request("can't parse ReplyParameters: expected an Object with an Integer message_id")
    number: int = parameters.get("message_id", 0) or call.integer("reply_to_message_id")
    lenient = parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply")
    if number and number not in chat.messages and not lenient:
        raise bad_request("message to be replied not found")
    return chat.messages.get(number)
