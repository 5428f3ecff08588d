"""The one pace of all sending, within what Telegram allows: answers to people first, what goes out in bulk after."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.failures import seconds_of

Call = Callable[..., Coroutine[Any, Any, Any]]
ANSWERS_TO_ONE = 9
"""So many answers in a row may go before something that waits in bulk: it is slowed down, but never stopped."""
GLOBAL_FROM, GLOBAL_SECONDS = 3, 1.0
"""Telegram does not say whether a 429 concerns one chat or the bot: from so many chats within so long it is the bot."""
CHATS_KEPT = 2048
NEVER = -math.inf


class Lane(StrEnum):
    ANSWER = "answer"
    BULK = "bulk"


PATIENCE = {Lane.ANSWER: 10.0, Lane.BULK: 5.0}
"""Seconds for which a closed chat is waited for here; whoever would wait longer rests as a row of the database."""

LANE: ContextVar[Lane] = ContextVar("lane", default=Lane.ANSWER)
"""In whose lane the current task sends."""


class Uses(StrEnum):
    """What a call takes from a chat: Telegram's one message a second is for new ones, a group's minute for edits too."""

    MESSAGE = "message"
    EDIT = "edit"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Rates:
    per_second: float = 30
    per_chat_per_second: float = 1
    per_group_per_minute: float = 20


class Window:
    """At most `rate` in any period of so many seconds, wherever it begins; less than one is one in a longer period."""

    def __init__(self, rate: float, seconds: float) -> None:
        self._seconds = seconds / min(rate, 1)
        self._taken: deque[float] = deque(maxlen=max(1, math.floor(rate)))

    def opens_at(self) -> float:
        full = len(self._taken) == self._taken.maxlen
        return self._taken[0] + self._seconds if full else NEVER

    def take(self, now: float) -> None:
        self._taken.append(now)


@dataclass(slots=True)
class Chat:
    window: Window
    is_group: bool
    paused_until: float = NEVER

    def opens_at(self, uses: Uses) -> float:
        return max(self.paused_until, self.window.opens_at()) if self._spends(uses) else self.paused_until

    def take(self, uses: Uses, now: float) -> None:
        if self._spends(uses):
            self.window.take(now)

    def _spends(self, uses: Uses) -> bool:
        return uses is Uses.MESSAGE or self.is_group


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A call that waits; `deadline` is the moment beyond which it does not wait for its chat to open."""

    lane: Lane
    chat: Chat
    uses: Uses
    deadline: float
    granted: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Limits(BaseRateLimiter[Lane]):
    """Calls wait in two lanes. Within a lane and a chat they go in the order in which they came.

    `clock` is monotonic, in seconds. A 429 closes its chat, and all when it is global; a call that can wait so long
    is made again, another meets `RetryAfter` at once, with what is left of the pause.
    """

    def __init__(self, rates: Rates | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = rates or Rates()
        self._clock = clock
        self._all = Window(self._rates.per_second, 1.0)
        self._all_paused_until = NEVER
        self._bulk_at = NEVER
        self._chats: dict[int | str, Chat] = {}
        self._chats_kept = CHATS_KEPT
        self._lanes: dict[Lane, list[Turn]] = {lane: [] for lane in Lane}
        self._answers_in_a_row = 0
        self._ends_at = math.inf
        self._floods: dict[int | str, float] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def initialize(self) -> None:
        """Nothing is to be opened."""

    async def shutdown(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def closed_for(self) -> float:
        """Seconds until Telegram wants to hear anything again."""
        return max(0.0, self._all_paused_until - self._clock())

    def end(self, seconds: float) -> None:
        """Let nothing go any more from then on: whoever waits longer, or comes later, meets `RetryAfter`."""
        self._ends_at = self._clock() + seconds
        self._grant()

    async def process_request(
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Any:
        uses, chat_id = used_by(endpoint), data.get("chat_id")
        if uses is Uses.NOTHING or chat_id is None:
            return await callback(*args, **kwargs)
        lane = rate_limit_args or LANE.get()
        deadline = self._clock() + PATIENCE[lane]
        while True:
            await self._turn(Turn(lane, self._chat(chat_id), uses, deadline))
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._close(chat_id, seconds_of(error).total_seconds())

    async def _turn(self, turn: Turn) -> None:
        """Wait for a turn; raises `RetryAfter` when the chat stays closed for longer than is waited for."""
        self._lanes[turn.lane].append(turn)
        self._grant()
        try:
            await turn.granted
        finally:
            if turn in self._lanes[turn.lane]:  # given up by its caller
                self._lanes[turn.lane].remove(turn)
                self._grant()

    def _close(self, chat_id: int | str, seconds: float) -> None:
        now = self._clock()
        chat = self._chat(chat_id)
        chat.paused_until = max(chat.paused_until, now + seconds)
        self._floods = {other: at for other, at in self._floods.items() if at > now - GLOBAL_SECONDS} | {chat_id: now}
        if len(self._floods) >= GLOBAL_FROM:
            self._all_paused_until = max(self._all_paused_until, now + seconds)
        self._grant()

    def _grant(self) -> None:
        """Let go all whose turn it is, turn away all that would wait too long, and come back when the next can go."""
        now = self._clock()
        self._turn_away(now)
        while (turn := self._next(now)) is not None:
            self._take(turn, now)
            turn.granted.set_result(None)
        self._turn_away(now)  # those whose chat these have filled
        self._come_back(now)

    def _turn_away(self, now: float) -> None:
        for lane, turns in self._lanes.items():
            self._lanes[lane] = [turn for turn in turns if not self._turned_away(turn, now)]

    def _turned_away(self, turn: Turn, now: float) -> bool:
        opens_at = max(self._all_paused_until, turn.chat.opens_at(turn.uses))
        if opens_at <= turn.deadline and max(opens_at, now) < self._ends_at:
            return turn.granted.done()
        if not turn.granted.done():
            turn.granted.set_exception(RetryAfter(math.ceil(max(opens_at - now, 1))))
        return True

    def _next(self, now: float) -> Turn | None:
        if max(self._all_paused_until, self._all.opens_at()) > now:
            return None
        answer = self._first(Lane.ANSWER, now)
        bulk = self._first(Lane.BULK, now) if self._bulk_at <= now else None
        waited_long = self._answers_in_a_row >= ANSWERS_TO_ONE
        return bulk if bulk and (waited_long or not answer) else answer

    def _first(self, lane: Lane, now: float) -> Turn | None:
        return next((turn for turn in self._foremost(lane) if turn.chat.opens_at(turn.uses) <= now), None)

    def _foremost(self, lane: Lane) -> Iterator[Turn]:
        """The one that came first for each chat."""
        seen: set[int] = set()
        for turn in self._lanes[lane]:
            if id(turn.chat) not in seen:
                seen.add(id(turn.chat))
                yield turn

    def _take(self, turn: Turn, now: float) -> None:
        """Bulk goes evenly, so that the second is never used up before somebody asks something."""
        self._lanes[turn.lane].remove(turn)
        self._all.take(now)
        turn.chat.take(turn.uses, now)
        if turn.lane is Lane.ANSWER:
            self._answers_in_a_row += 1
            return
        self._answers_in_a_row = 0
        apart = 1 / self._rates.per_second
        self._bulk_at = max(self._bulk_at, now - apart) + apart

    def _come_back(self, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        opens_at = max(self._all_paused_until, self._all.opens_at())
        moments = [
            max(opens_at, turn.chat.opens_at(turn.uses), self._bulk_at if lane is Lane.BULK else NEVER)
            for lane in Lane
            for turn in self._foremost(lane)
        ]
        if moments:
            next_at = min(*moments, self._ends_at)
            self._timer = asyncio.get_running_loop().call_later(max(0.0, next_at - now), self._grant)

    def _chat(self, chat_id: int | str) -> Chat:
        """A group's id is negative, or a name; what nobody waits for is forgotten from time to time."""
        if len(self._chats) >= self._chats_kept:
            self._forget()
        chat = self._chats.get(chat_id)
        if chat is None:
            is_group = isinstance(chat_id, str) or chat_id < 0
            rates = self._rates
            window = Window(rates.per_group_per_minute, 60) if is_group else Window(rates.per_chat_per_second, 1)
            chat = self._chats[chat_id] = Chat(window, is_group)
        return chat

    def _forget(self) -> None:
        now, waited_for = self._clock(), {id(turn.chat) for turns in self._lanes.values() for turn in turns}
        self._chats = {
            chat_id: chat
            for chat_id, chat in self._chats.items()
            if id(chat) in waited_for or max(chat.paused_until, chat.window.opens_at()) > now
        }
        self._chats_kept = max(CHATS_KEPT, 2 * len(self._chats))


def used_by(endpoint: str) -> Uses:
    """What a method of the Bot API takes from its chat; the name may be in any case."""
    name = endpoint.lower()
    if name.startswith(("send", "copy", "forward")) and name != "sendchataction":
        return Uses.MESSAGE
    return Uses.EDIT if name.startswith("edit") else Uses.NOTHING
