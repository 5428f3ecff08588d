"""How long answering takes people: from the reminder that asked for a report to the report, as a typical figure of many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

FEWEST_PEOPLE = 5
"""Of fewer nothing is told, so that nobody can be read out of it."""
_HOUR, _DAY = 60, 24 * 60
_STEPS = ((_HOUR, 5), (_DAY, 30), (31 * _DAY, _DAY // 2))
"""Up to so many minutes it is told to the nearest so many: five minutes, half an hour, half a day."""


def minutes_taken(asked_at: datetime, done_at: datetime) -> int:
    """As it is spoken of: nobody is told to the minute."""
    minutes = max(0, (done_at - asked_at) // timedelta(minutes=1))
    most, step = next((each for each in _STEPS if minutes < each[0]), _STEPS[-1])
    return max(5, round(min(minutes, most) / step) * step)


def typical(counted: Mapping[int, int], people: int) -> int | None:
    """The median of so many answers each that took so many minutes (of an even number the lower of both in the middle);
    None where too few people have answered.
    """
    answers = sum(counted.values())
    if people < FEWEST_PEOPLE or not answers:
        return None
    passed = 0
    for minutes in sorted(counted):
        passed += counted[minutes]
        if 2 * passed >= answers:
            return minutes
    raise AssertionError("the middle lies within what is counted")
