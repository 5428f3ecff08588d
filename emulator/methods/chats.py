"""The bot itself, and the chats it is in."""

from __future__ import annotations

from emulator.calls import Call
from emulator.chats import ChatKind, Standing
from emulator.refusals import Json, bad_request
from emulator.world import World

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_me(world: World, _call: Call) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": world.reads_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**world.bot.as_json(), **abilities}


def get_chat(world: World, call: Call) -> Json:
    chat = world.chat_for_reading(call.text("chat_id"))
    if chat.kind is ChatKind.PRIVATE and chat.bot is Standing.NEVER:
        raise bad_request("chat not found")
    return {
        **chat.as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


def get_chat_member(world: World, call: Call) -> Json:
    chat = world.chat_for_reading(call.text("chat_id"))
    user_id = call.integer("user_id")
    if user_id == world.bot.id:
        return world.membership(world.bot, chat.bot)
    user = world.people.get(user_id)
    if user is None:
        raise bad_request("user not found" if user_id else "invalid user_id specified")
    own = Standing.MEMBER if chat.id == user_id else Standing.LEFT
    return world.membership(user, chat.members.get(user_id, own))


def leave_chat(world: World, call: Call) -> bool:
    chat = world.chat_for_writing(call.text("chat_id"))
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    world.set_bot_standing(chat, Standing.LEFT, world.bot)
    chat.tell("left", by_bot=True)
    return True
