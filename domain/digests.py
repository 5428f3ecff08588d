"""What is news in a digest: what has come since the last one, or has waited past a mark of time. What was told is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

REVIEW_AGES = (timedelta(days=7),)
NEED_AGES = (timedelta(days=7), timedelta(days=28))


@dataclass(frozen=True, slots=True)
class Told:
    """The digest that somebody got last."""

    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits for a reader since a moment. `told_apart`: he read of it in a message of its own. `turns`: the
    days from which it is worth telling once more.
    """

    since: datetime
    told_apart: bool = False
    turns: tuple[date, ...] = ()

    def is_news(self, last: Told | None, today: date) -> bool:
        """Told once when it is new and once for each turn, however often it still waits when other news is told."""
        fresh = last is None or self.since > last.at
        return self.has_turned(last, today) or (fresh and not self.told_apart)

    def has_turned(self, last: Told | None, today: date) -> bool:
        """Whether it has waited past a mark since the last digest."""
        return any(turn <= today and (last is None or last.on < turn) for turn in self.turns)


def review_turns(since: date) -> tuple[date, ...]:
    """A report that waits for a review is told of again after a week, and no more."""
    return tuple(since + age for age in REVIEW_AGES)


def need_turns(since: date, promised_on: date | None) -> tuple[date, ...]:
    """With a day promised, support is told of again on that day; without, after a week and after four."""
    return tuple(since + age for age in NEED_AGES) if promised_on is None else (promised_on,)
