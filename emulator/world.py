"""The world a bot meets: one bot, the people, their chats, the files, and what waits for the bot."""

from __future__ import annotations

import asyncio
import secrets
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

import httpx

from emulator.backstage import Backstage
from emulator.calls import CallLog
from emulator.chats import Chat, ChatKind, Message, Query, Standing, User
from emulator.clock import Clock
from emulator.days import Days
from emulator.faults import Fault, Faults
from emulator.feed import Feed
from emulator.files import Files
from emulator.refusals import BotApiError, Json, bad_request, forbidden
from emulator.story import Story
from emulator.travel import Traveller
from emulator.updates import UpdateQueue
from emulator.webhook import Webhook

TOKEN = "7000000001:the-local-emulator-takes-this-token"  # noqa: S105 — opens nothing but the emulator
FIRST_QUERY = 880_000_000_000
BOT = User(7_000_000_001, "双培助手", username="shuangpei_local_bot", is_bot=True)


@dataclass(slots=True)
class Profile:
    """What the bot says of itself, by language; commands by scope and language."""

    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)


class World:
    def __init__(
        self,
        *,
        token: str = TOKEN,
        bot: User = BOT,
        clock: Clock | None = None,
        reads_all_group_messages: bool = False,
        webhook_transport: httpx.AsyncBaseTransport | None = None,
        used_ids: int = 0,
    ) -> None:
        """`used_ids` is what another world told of itself, when the bot that knew that one comes to this."""
        self.token = token
        self.bot = bot
        self.reads_all_group_messages = reads_all_group_messages
        self.clock = clock or Clock()
        self.people: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.crowd: set[int] = set()
        self.queries: dict[str, Query] = {}
        self.updates = UpdateQueue(used_ids)
        self.webhook = Webhook(self.updates, self.clock, webhook_transport)
        self.files = Files()
        self.faults = Faults()
        self.calls = CallLog()
        self.profile = Profile()
        self.feed = Feed()
        self.backstage = Backstage()
        self.days = Days()
        self.clock.told = partial(self.feed.put, "clock")
        self.traveller = Traveller(self.clock, self.calls, self.feed)
        self.story = Story(self.chats, self._story_moved)
        self.language = ""
        """The page's, until somebody chooses another there; the browser's own when it is empty."""
        self.epoch = secrets.token_hex(8)
        """Another one for every world, so that a page notices that it looks at a new one."""
        self._last_user_id, self._last_group_id = 1000, 4000
        self._last_message_id = used_ids
        self._last_query_id = FIRST_QUERY + used_ids

    def next_user_id(self) -> int:
        self._last_user_id += 1
        return self._last_user_id

    def next_group_id(self) -> int:
        self._last_group_id += 1
        return self._last_group_id

    def _story_moved(self, position: Json) -> None:
        self.feed.put("story", event=position)

    def add_user(self, user: User) -> Chat:
        """The person, with a private chat that stays silent until he starts the bot; known ids are renamed."""
        self.people[user.id] = user
        chat = self.chats.get(user.id) or self.open(Chat(user.id, ChatKind.PRIVATE, user=user))
        chat.user = user
        self.feed.put("people")
        return chat

    def add_crowd(self, user_ids: Iterable[int]) -> None:
        """Extras: private chats that the bot may write to and nobody looks at. They are on no page and in no list."""
        for user_id in user_ids:
            if user_id not in self.chats:
                self.crowd.add(user_id)
                extra = User(user_id, f"extra {user_id}")
                self.chats[user_id] = Chat(user_id, ChatKind.PRIVATE, user=extra, bot=Standing.MEMBER)

    def someone(self, user_id: int) -> User | None:
        """Whoever has a phone here, on the page or among the extras."""
        return self.people.get(user_id) or (self.chats[user_id].user if user_id in self.crowd else None)

    @property
    def faults_at_sight(self) -> list[Fault]:
        """Not those that only extras meet, at whom nobody looks."""
        return [fault for fault in self.faults.active.values() if fault.chat_id not in self.crowd]

    def open(self, chat: Chat) -> Chat:
        """A chat of this world: what happens in it is told to whoever watches all of them."""
        self.chats[chat.id] = chat
        chat.told = self.feed.put_event
        return chat

    def chat_for_writing(self, chat_id: str) -> Chat:
        """The chat the bot names, when it may write there; else Telegram's refusal."""
        chat = self.chat_for_reading(chat_id)
        if chat.migrated_to is not None:
            parameters = {"migrate_to_chat_id": chat.migrated_to}
            raise bad_request("group chat was upgraded to a supergroup chat", parameters)
        if not chat.bot.inside:
            raise _shut_out(chat)
        return chat

    def chat_for_reading(self, chat_id: str) -> Chat:
        if not chat_id.strip():
            raise bad_request("chat_id is empty")
        try:
            return self.chats[int(chat_id)]
        except (ValueError, KeyError):
            raise bad_request("chat not found") from None

    def post(self, chat: Chat, sender: User, **fields: object) -> Message:
        """A new message in a chat, dated by the clock; `fields` are those of Message."""
        self._last_message_id += 1
        message = Message(self._last_message_id, chat, sender, self.clock.stamp)
        for name, value in fields.items():
            setattr(message, name, value)
        chat.messages[message.id] = message
        chat.order.append(message.id)
        if sender.is_bot:
            chat.action = None
        chat.tell("message", message_id=message.id, by_bot=sender.is_bot)
        if sender.is_bot:
            self.story.heard()
        else:
            self.story.said(chat, sender, message.text)
        return message

    def touch(self, message: Message) -> None:
        """Mark a message as edited now, for the bot and for whoever looks at it."""
        message.edit_date = max(self.clock.stamp, message.date)
        message.chat.tell("edited", message_id=message.id, by_bot=message.sender.is_bot)
        if message.sender.is_bot:
            self.story.heard()

    def delete(self, message: Message) -> None:
        message.deleted = True
        message.chat.messages.pop(message.id, None)
        del message.chat.order[bisect_left(message.chat.order, message.id)]
        message.chat.tell("deleted", message_id=message.id, by_bot=True)

    def ask(self, user: User, message: Message, data: str) -> Query:
        self._last_query_id += 1
        query = Query(str(self._last_query_id), user, message, data, self.clock.now.timestamp())
        self.queries[query.id] = query
        self.story.tapped(user, message, data)
        return query

    def set_bot_standing(self, chat: Chat, standing: Standing, by: User) -> None:
        """Change what the bot is in a chat and tell it so (`my_chat_member`)."""
        if chat.bot is standing:
            return
        before, chat.bot = chat.bot, standing
        self.feed.put("standing", chat=chat)
        self.updates.put("my_chat_member", {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": self.clock.stamp,
            "old_chat_member": self.membership(self.bot, before),
            "new_chat_member": self.membership(self.bot, standing),
        })  # fmt: skip

    def membership(self, user: User, standing: Standing) -> Json:
        shown: Json = {"user": user.as_json(), "status": str(standing)}
        if standing is Standing.NEVER:
            shown["status"] = "left"
        if standing is Standing.KICKED:
            shown["until_date"] = 0
        if standing is Standing.CREATOR:
            shown["is_anonymous"] = False
        if standing is Standing.ADMINISTRATOR:
            shown.update({"can_be_edited": False, "is_anonymous": False}, **dict.fromkeys(RIGHTS, True))
        return shown

    @property
    def used_ids(self) -> int:
        """Beyond this, no update, message or tap has had its id yet."""
        return max(self.updates.used, self._last_message_id, self._last_query_id - FIRST_QUERY)

    @property
    def bot_is_there(self) -> bool:
        """Whether a bot fetches its updates, or has them brought."""
        return bool(self.webhook.url) or self.updates.polled_lately

    def close(self) -> None:
        """Send every long poll home."""
        self.updates.close()
        self.clock.bell.close()
        self.feed.bell.close()
        self.backstage.bell.close()
        for chat in self.chats.values():
            chat.bell.close()

    async def shut_down(self) -> None:
        self.close()
        await self.traveller.stop()
        await self.webhook.stop()
        await asyncio.sleep(0)


RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip


def _shut_out(chat: Chat) -> BotApiError:
    if chat.kind is ChatKind.PRIVATE:
        blocked = chat.bot is Standing.KICKED
        return forbidden("bot was blocked by the user" if blocked else "bot can't initiate conversation with a user")
    verb = "was kicked from" if chat.bot is Standing.KICKED else "is not a member of"
    return forbidden(f"bot {verb} the {chat.kind} chat")
