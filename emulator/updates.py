"""The updates a bot has not acknowledged yet, and the long poll that hands them out."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from itertools import islice

from emulator.bell import Bell
from emulator.refusals import Json, conflict

ONLY_WHEN_ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FIRST_ID = 700_000_001
PATIENCE = 3.0  # seconds without a poll after which nobody seems to be there
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    body: Json


class UpdateQueue:
    """Kept until acknowledged: by an offset when polled, by a 2xx answer when delivered to a webhook."""

    def __init__(self, used: int = 0) -> None:
        self.pending: deque[Update] = deque()
        self.bell = Bell()
        self.closed = False
        self.allowed: frozenset[str] | None = None
        self._next_id = FIRST_ID + used
        self._poller: object | None = None
        self._poll_ended = -PATIENCE
        self._dismissal: Exception = conflict(OTHER_POLLER)

    @property
    def used(self) -> int:
        """How many ids lie behind; the next queue goes on from there, for a bot knows by them what it has had."""
        return self._next_id - FIRST_ID

    def put(self, kind: str, body: Json) -> None:
        if not self._wanted(kind):
            return
        self.pending.append(Update(self._next_id, {"update_id": self._next_id, kind: body}))
        self._next_id += 1
        self.bell.ring()

    def acknowledge(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps that many from the end."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while offset > 0 and self.pending and self.pending[0].id < offset:
            self.pending.popleft()
        if not self.pending:
            self.bell.ring()

    def first(self, limit: int) -> list[Json]:
        return [update.body for update in islice(self.pending, limit)]

    def dismiss_poller(self, why: Exception) -> None:
        self._poller, self._dismissal = None, why
        self.bell.ring()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Raise a 409 BotApiError in the *older* of two polls, as Telegram does."""
        poller, self._dismissal = object(), conflict(OTHER_POLLER)
        self._poller = poller
        self.bell.ring()
        self.acknowledge(offset)
        try:
            await self.bell.wait_for(lambda: self.pending or self._poller is not poller or self.closed, seconds)
            if self._poller is not poller:
                raise self._dismissal
        finally:  # also when the caller has hung up
            self._poll_ended = time.monotonic()
            if self._poller is poller:
                self._poller = None
        return self.first(limit)

    @property
    def being_polled(self) -> bool:
        return self._poller is not None

    @property
    def polled_lately(self) -> bool:
        """Between two polls a bot is busy with what it has fetched."""
        return self.being_polled or time.monotonic() - self._poll_ended < PATIENCE

    def close(self) -> None:
        self.closed = True
        self.bell.ring()

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED_FOR
