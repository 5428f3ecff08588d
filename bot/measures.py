"""What the parts of the program tell of their work; where nobody reads the figures, nothing is kept of it."""

from __future__ import annotations


class Measures:
    """Keeps nothing. `bot.metrics` keeps counts and durations; none of them knows a person, a chat or a text."""

    def arrived(self, count: int) -> None:
        """Updates were kept in the inbox."""

    def settled(self, result: str, seconds: float) -> None:
        """An update was answered, will be tried again, or was parked, so long after its arrival."""

    def noticed(self, result: str) -> None:
        """A row of the outbox was sent, skipped, postponed, retried or given up."""

    def asked(self, method: str, status: int | None) -> None:
        """Telegram answered a call with this HTTP status, or not at all."""

    def ticked(self, seconds: float) -> None:
        """A tick ran to its end."""

    def step_failed(self, step: str) -> None:
        """A step of a tick failed; the next tick tries again."""
