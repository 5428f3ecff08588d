"""A bell that wakes everyone who waits for something to change."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable


class Bell:
    """Rung after every change; whoever waits looks again whether what it waits for has come."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._closed = False

    def __reduce__(self) -> tuple[type[Bell], tuple[()]]:
        """A copy of what has a bell gets a bell of its own, at which nobody waits."""
        return Bell, ()

    def close(self) -> None:
        """Send everyone home who waits, and let nobody wait any more."""
        self._closed = True
        self.ring()

    def ring(self) -> None:
        rung, self._event = self._event, asyncio.Event()
        rung.set()

    async def wait_for(self, ready: Callable[[], object], seconds: float = math.inf) -> bool:
        """True as soon as `ready()` holds, False when it did not within `seconds` of real time or the bell was closed."""
        if ready():
            return True
        try:
            async with asyncio.timeout(None if math.isinf(seconds) else max(0.0, seconds)):
                while not ready() and not self._closed:
                    await self._event.wait()
        except TimeoutError:
            pass
        return bool(ready())
