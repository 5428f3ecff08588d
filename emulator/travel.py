"""Travel in time: the clock goes forward in steps, so that what falls due on the way comes in its order and at its hour."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from emulator.calls import CallLog
from emulator.clock import Clock
from emulator.feed import Feed

AN_HOUR = timedelta(hours=1)
AT_ONCE = timedelta(hours=2)
"""So short a way is one step."""
WAKING = range(8, 22)
"""At night nobody is told anything; what happens then is caught up with in the morning."""
LONGEST_LOOK = timedelta(days=45)
SECONDS_FOR_A_STEP = 10.0
A_BREATH, SETTLED = 0.03, 0.25
"""Seconds after which a bot that said nothing to those who are looked at has nothing to say; that did, is done."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Up to `to`; with `until_rung` it ends where a bot first says something."""

    to: datetime
    until_rung: bool = False


class Traveller:
    """One journey at a time. A clock that runs stands still on the way, and runs on from where it arrives."""

    def __init__(self, clock: Clock, calls: CallLog, feed: Feed) -> None:
        self.journey: Journey | None = None
        self._clock, self._calls, self._feed = clock, calls, feed
        self._under_way: asyncio.Task[None] | None = None
        self._ran = False

    async def set_out(self, journey: Journey) -> None:
        await self.stop()
        self._ran = self._clock.running
        self.journey = journey
        self._clock.run(running=False)
        self._under_way = asyncio.create_task(self._travel(journey))

    async def stop(self) -> None:
        """Stay where the clock is now."""
        if self._under_way is not None:
            self._under_way.cancel()
            await asyncio.gather(self._under_way, return_exceptions=True)
            self._under_way = None
        self._end()

    async def arrived(self) -> None:
        if self._under_way is not None:
            await asyncio.shield(self._under_way)

    async def _travel(self, journey: Journey) -> None:
        heard = self._feed.last
        try:
            for instant in steps(self._clock.now, journey.to):
                self._clock.set(instant)
                await self._answered()
                if journey.until_rung and self._rung(heard):
                    break
        finally:
            self._end()

    def _end(self) -> None:
        if self.journey is not None:
            self.journey = None
            self._clock.run(running=self._ran)

    async def _answered(self) -> None:
        """Until a bot that follows the clock has seen the new time and said what it has to say."""
        if not self._clock.has_follower:
            return
        begun, watched = self._calls.begun, self._calls.watched
        await self._clock.caught_up(SECONDS_FOR_A_STEP)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_FOR_A_STEP):
                pause = A_BREATH
                while await self._stirs(begun, pause):
                    begun = self._calls.begun
                    pause = SETTLED if self._calls.watched != watched else A_BREATH
                    await self._calls.bell.wait_for(lambda: not self._calls.open)

    async def _stirs(self, begun: int, seconds: float) -> bool:
        return await self._calls.bell.wait_for(lambda: self._calls.begun != begun, seconds)

    def _rung(self, heard: int) -> bool:
        news = self._feed.since(heard) or []
        return any(one.kind == "message" and one.event.get("by_bot") for one in news)


def steps(now: datetime, to: datetime) -> Iterator[datetime]:
    """The full hours of the day on the way, in the zone of `to`, and its end."""
    if to - now > AT_ONCE:
        hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + AN_HOUR
        while hour < to:
            if hour.astimezone(to.tzinfo).hour in WAKING:
                yield hour
            hour += AN_HOUR
    yield to
