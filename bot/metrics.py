"""The figures for Prometheus, in a registry of their own: counts, ages and durations, never a name, a chat or a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.measures import Measures
from storage import inbox, outbox
from storage.database import Database, Reader, StorageFault

ANSWER_SECONDS = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 15, 60, 300)
TICK_SECONDS = (0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300)
UNKNOWN = float("nan")
"""What a gauge shows while the database cannot be asked."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """Rows that wait, and how long the first of those that could go has waited, in seconds."""

    inbox: int
    inbox_seconds: float
    due: int
    later: int
    due_seconds: float


class Metrics(Measures):
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._arrived = self._counter("updates_arrived", "Updates kept in the inbox by this process")
        self._settled = self._counter("updates", "Updates by what became of them", "result")
        self._answer = self._histogram("answer_seconds", "From an update's arrival to its answer", ANSWER_SECONDS)
        self._notices = self._counter("notices", "Rows of the outbox by what became of them", "result")
        self._calls = self._counter("telegram_calls", "Calls of the Bot API by result", "method", "result")
        self._tick = self._histogram("tick_seconds", "How long a tick took", TICK_SECONDS)
        self._failed_steps = self._counter("tick_step_failures", "Failures of a tick's steps", "step")
        self._tick_age = self._gauge("tick_age_seconds", "Since the last tick that came to its end")
        self._inbox = self._gauge("inbox_open", "Updates without their answer yet")
        self._inbox_age = self._gauge("inbox_oldest_seconds", "How long the oldest of them has waited")
        self._outbox = self._gauge("outbox_waiting", "Rows of the outbox: due, or for later", "when")
        self._outbox_age = self._gauge("outbox_oldest_seconds", "For how long the first due row has been due")

    def arrived(self, count: int) -> None:
        self._arrived.inc(count)

    def settled(self, result: str, seconds: float) -> None:
        self._settled.labels(result).inc()
        if result == "answered":
            self._answer.observe(seconds)

    def noticed(self, result: str) -> None:
        self._notices.labels(result).inc()

    def asked(self, method: str, status: int | None) -> None:
        self._calls.labels(method, result_of(status)).inc()

    def ticked(self, seconds: float) -> None:
        self._tick.observe(seconds)

    def step_failed(self, step: str) -> None:
        self._failed_steps.labels(step).inc()

    def shows(self, backlog: Backlog | None, tick_age: float | None) -> bytes:
        """All figures in Prometheus' text form; what could not be asked for is NaN."""
        self._inbox.set(backlog.inbox if backlog else UNKNOWN)
        self._inbox_age.set(backlog.inbox_seconds if backlog else UNKNOWN)
        self._outbox.labels("due").set(backlog.due if backlog else UNKNOWN)
        self._outbox.labels("later").set(backlog.later if backlog else UNKNOWN)
        self._outbox_age.set(backlog.due_seconds if backlog else UNKNOWN)
        self._tick_age.set(UNKNOWN if tick_age is None else tick_age)
        return generate_latest(self.registry)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"shuangpei_{name}", words, labels, registry=self.registry)

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(f"shuangpei_{name}", words, labels, registry=self.registry)

    def _histogram(self, name: str, words: str, bounds: tuple[float, ...]) -> Histogram:
        return Histogram(f"shuangpei_{name}", words, buckets=bounds, registry=self.registry)


def result_of(status: int | None) -> str:
    if status is None:
        return "network"
    return "ok" if 200 <= status < 300 else str(status)


async def backlog(database: Database, now: datetime, wall: datetime) -> Backlog | None:
    """What waits, by the program's clock (`now`) in the outbox and by the real one (`wall`) in the inbox."""

    def query(tx: Reader) -> Backlog:
        waiting, arrived = inbox.backlog(tx)
        due, later, first = outbox.backlog(tx, now)
        return Backlog(waiting, _age(arrived, wall), due, later, _age(first, now))

    try:
        return await database.read(query)
    except StorageFault:
        return None


def _age(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds()) if moment else 0.0
