"""Faults on demand: what a bot meets on a bad day, for one chat or all, always or now and then."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from enum import StrEnum

import httpx

from emulator.calls import Call
from emulator.refusals import BotApiError, bad_request, too_many_requests


class FaultKind(StrEnum):
    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    DROPPED = "dropped"
    TIMED_OUT = "timed_out"
    SLOW = "slow"
    DOWN = "down"
    REFUSED = "refused"


class ConnectionLost(httpx.ReadError):
    """No answer at all. Mounted in-process it reaches the client as it is; the server cuts the connection."""


class AnswerLate(httpx.ReadTimeout):
    """No answer in time. Mounted in-process it reaches the client as it is; the server waits and then cuts."""

    def __init__(self, seconds: float) -> None:
        super().__init__("the emulator was told not to answer in time")
        self.seconds = seconds


@dataclass(slots=True)
class Fault:
    """`methods` (any case) and `chat_id` narrow it; `times` ends it; `after` does the work and loses the answer."""

    kind: FaultKind
    methods: frozenset[str] = frozenset()
    chat_id: int | None = None
    ratio: float = 1.0
    seed: int = 0
    times: int | None = None
    seconds: float = 0.0
    retry_after: int = 1
    after: bool = False
    id: int = 0
    struck: int = 0
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.methods = frozenset(method.lower() for method in self.methods)
        self.chance = random.Random(self.seed)  # noqa: S311 — repeatable on purpose

    def concerns(self, call: Call) -> bool:
        if self.times is not None and self.struck >= self.times:
            return False
        if self.methods and call.method not in self.methods:
            return False
        if self.chat_id is not None and call.text("chat_id") != str(self.chat_id):
            return False
        return self.ratio >= 1 or self.chance.random() < self.ratio

    async def strike(self) -> None:
        """Raise what the caller is to meet, or only keep him waiting."""
        match self.kind:
            case FaultKind.TOO_MANY_REQUESTS:
                raise too_many_requests(self.retry_after)
            case FaultKind.REFUSED:
                raise bad_request("the emulator was told to refuse this")
            case FaultKind.SERVER_ERROR:
                raise BotApiError(500, "Internal Server Error")
            case FaultKind.SLOW:
                await asyncio.sleep(self.seconds)
            case FaultKind.TIMED_OUT:
                raise AnswerLate(self.seconds)
            case FaultKind.DROPPED | FaultKind.DOWN:
                raise ConnectionLost("the emulator was told to drop the connection")


class Faults:
    """At most one fault strikes a call: the one that was switched on last."""

    def __init__(self) -> None:
        self.active: dict[int, Fault] = {}
        self._next_id = 1

    def switch_on(self, fault: Fault) -> int:
        fault.id = self._next_id
        self._next_id += 1
        self.active[fault.id] = fault
        return fault.id

    def switch_off(self, fault_id: int | None = None) -> None:
        if fault_id is None:
            self.active.clear()
        else:
            self.active.pop(fault_id, None)

    def meeting(self, call: Call) -> Fault | None:
        for fault in reversed(self.active.values()):
            if fault.concerns(call):
                fault.struck += 1
                return fault
        return None

    @property
    def down(self) -> bool:
        return any(fault.kind is FaultKind.DOWN for fault in self.active.values())
