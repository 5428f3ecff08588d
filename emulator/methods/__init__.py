"""The methods of the Bot API that the emulator speaks, by their lower-case names; all others are a loud 404."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from emulator.calls import Call
from emulator.methods import chats, commands, edits, files, messages, queries, updates
from emulator.world import World

Method = Callable[[World, Call], object | Awaitable[object]]

METHODS: dict[str, Method] = {
    "getme": chats.get_me,
    "getupdates": updates.get_updates,
    "setwebhook": updates.set_webhook,
    "deletewebhook": updates.delete_webhook,
    "getwebhookinfo": updates.get_webhook_info,
    "sendmessage": messages.send_message,
    "sendphoto": messages.send_photo,
    "senddocument": messages.send_document,
    "sendvoice": messages.send_voice,
    "sendchataction": messages.send_chat_action,
    "editmessagetext": edits.edit_text,
    "editmessagecaption": edits.edit_caption,
    "editmessagereplymarkup": edits.edit_reply_markup,
    "deletemessage": edits.delete_message,
    "answercallbackquery": queries.answer_callback_query,
    "getfile": files.get_file,
    "setmycommands": commands.set_my_commands,
    "getmycommands": commands.get_my_commands,
    "deletemycommands": commands.delete_my_commands,
    "getmydescription": commands.get_my_description,
    "setmydescription": commands.set_my_description,
    "setmyshortdescription": commands.set_my_short_description,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "leavechat": chats.leave_chat,
}
