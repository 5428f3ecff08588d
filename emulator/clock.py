"""The emulator's clock: it dates messages, lets queries grow old, and a bot under test may follow it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from emulator.bell import Bell


class Clock:
    """Frozen at `now` when one is given, else running with real time; both can be set and moved.

    All instants are aware UTC.
    """

    def __init__(self, now: datetime | None = None, *, running: bool | None = None) -> None:
        self.running = now is None if running is None else running
        self.bell = Bell()
        self.followed = Bell()
        """Rung when a bot asks for the next move: whatever the last one set off in it has been done."""
        self.told: Callable[[], None] = lambda: None
        self._seen: dict[str, datetime] = {}
        self._land(now or datetime.now(UTC))

    @property
    def now(self) -> datetime:
        if not self.running:
            return self._landed
        return self._landed + timedelta(seconds=time.monotonic() - self._since)

    @property
    def stamp(self) -> int:
        """Now as the Bot API writes it: whole seconds since 1970."""
        return int(self.now.timestamp())

    def set(self, instant: datetime) -> None:
        self._land(instant)
        self._tell()

    def advance(self, by: timedelta) -> None:
        self.set(self.now + by)

    def run(self, *, running: bool) -> None:
        """Let the clock tick from where it stands, or stop it there."""
        self._land(self.now)
        self.running = running
        self._tell()

    async def moved(self, after: datetime, seconds: float, follower: str = "") -> datetime:
        """The reading once somebody has moved the clock since the reading `after`, or when `seconds` have passed."""
        self._seen[follower] = after
        self.followed.ring()
        await self.bell.wait_for(lambda: self._landed > after or after > self.now, seconds)
        return self.now

    @property
    def has_follower(self) -> bool:
        return bool(self._seen)

    async def caught_up(self, seconds: float) -> bool:
        """Wait until all who follow have seen where the clock was put; who does not come back is waited for once."""
        seen = await self.followed.wait_for(lambda: all(map(self._was_seen, self._seen.values())), seconds)
        if not seen:
            self._seen = {name: last for name, last in self._seen.items() if self._was_seen(last)}
        return seen

    def _was_seen(self, last: datetime) -> bool:
        return self._landed <= last <= self.now

    def _tell(self) -> None:
        self.bell.ring()
        self.told()

    def _land(self, instant: datetime) -> None:
        self._landed = instant.astimezone(UTC)
        self._since = time.monotonic()
