"""Groups: made by a person, joined by others, with the bot put in or out by one of them."""

from __future__ import annotations

from emulator.chats import Chat, ChatKind, Standing, User
from emulator.refusals import Json
from emulator.world import World

SUPERGROUP = -1_000_000_000_000


def create(world: World, title: str, creator: User, members: list[User], known_id: int | None = None) -> Chat:
    """One with a known id was there before this world, the bot in it already: nobody is told of it now."""
    chat = Chat(known_id or -world.next_group_id(), ChatKind.GROUP, title)
    chat.bot = Standing.MEMBER if known_id else Standing.NEVER
    chat.members = {member.id: Standing.MEMBER for member in members} | {creator.id: Standing.CREATOR}
    world.open(chat)
    world.feed.put("people")
    return chat


def join(world: World, chat: Chat, user: User) -> None:
    chat.members[user.id] = Standing.MEMBER
    _service(world, chat, user, {"new_chat_members": [user.as_json()]})


def add_bot(world: World, chat: Chat, by: User, standing: Standing = Standing.MEMBER) -> None:
    joined = not chat.bot.inside
    world.set_bot_standing(chat, standing, by)
    if joined:
        _service(world, chat, by, {"new_chat_members": [world.bot.as_json()]})


def remove_bot(world: World, chat: Chat, by: User) -> None:
    _service(world, chat, by, {"left_chat_member": world.bot.as_json()})
    world.set_bot_standing(chat, Standing.KICKED, by)


def migrate(world: World, chat: Chat, by: User) -> Chat:
    """The group becomes a supergroup with another id; the old one refuses and names it from now on."""
    grown = Chat(SUPERGROUP + chat.id, ChatKind.SUPERGROUP, chat.title, bot=chat.bot, members=dict(chat.members))
    world.open(grown)
    world.feed.put("people")
    _service(world, chat, by, {"migrate_to_chat_id": grown.id})
    _service(world, grown, by, {"migrate_from_chat_id": chat.id})
    chat.migrated_to = grown.id
    return grown


def _service(world: World, chat: Chat, sender: User, content: Json) -> None:
    message = world.post(chat, sender, content=content)
    if chat.bot.inside:
        world.updates.put("message", message.as_json())
