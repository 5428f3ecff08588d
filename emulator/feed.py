"""All that happens anywhere, in one order, for a page that watches every phone at once."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from emulator.bell import Bell
from emulator.chats import Chat
from emulator.refusals import Json


@dataclass(frozen=True, slots=True)
class News:
    """`n` counts from 1; `chat` is where it happened, None for what concerns everybody."""

    n: int
    kind: str
    chat: Chat | None = None
    event: Json = field(default_factory=dict)


class Feed:
    """The last news; whoever comes back after more than that has to look at everything anew."""

    def __init__(self, size: int = 5_000) -> None:
        self.bell = Bell()
        self.last = 0
        self._kept: deque[News] = deque(maxlen=size)

    def put(self, kind: str, *, chat: Chat | None = None, event: Json | None = None) -> None:
        self.last += 1
        self._kept.append(News(self.last, kind, chat, event or {}))
        self.bell.ring()

    def put_event(self, chat: Chat, event: Json) -> None:
        """What a chat tells of itself."""
        self.put(event["kind"], chat=chat, event=event)

    async def beyond(self, number: int, seconds: float) -> bool:
        """Wait for news after a number."""
        return await self.bell.wait_for(lambda: self.last > number, seconds)

    def since(self, number: int) -> list[News] | None:
        """The news after a number, oldest first; None when some of them are no longer kept, or never were."""
        oldest = self._kept[0].n if self._kept else self.last + 1
        if number > self.last or number < oldest - 1:
            return None
        return [news for news in self._kept if news.n > number]
