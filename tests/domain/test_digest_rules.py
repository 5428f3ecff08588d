"""What is news: nothing that waits is left out, and nothing is told more often than it changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.digests import Matter, Told, need_turns, review_turns

MONDAY = date(2026, 10, 12)
DAYS = st.integers(0, 60).map(lambda number: MONDAY + timedelta(days=number))
MOMENTS = st.builds(lambda day, hour: datetime.combine(day, time(hour), UTC), DAYS, st.integers(0, 23))
MATTERS = st.builds(
    lambda since, ages, apart: Matter(since, apart, tuple(since.date() + timedelta(days=age) for age in ages)),
    MOMENTS, st.lists(st.integers(0, 30), max_size=3, unique=True), st.booleans(),
)  # fmt: skip
WAITING = st.lists(st.tuples(MATTERS, MOMENTS), min_size=1, max_size=6)
"""Matters, each with the moment at which it is settled."""
DIGEST_DAYS = st.lists(DAYS, min_size=1, max_size=20, unique=True).map(sorted)


def told_in(waiting: list[tuple[Matter, datetime]], days: list[date]) -> list[list[date]]:
    """For each matter the days on which it is news, when a digest goes whenever there is news."""
    found: list[list[date]] = [[] for _ in waiting]
    last: Told | None = None
    for day in days:
        now = datetime.combine(day, time(9), UTC)
        fresh = [
            place
            for place, (matter, settled) in enumerate(waiting)
            if matter.since <= now < settled and matter.is_news(last, day)
        ]
        for place in fresh:
            found[place].append(day)
        if fresh:
            last = Told(now, day)
    return found


@given(WAITING, DIGEST_DAYS)
def test_whatever_waits_is_told_in_the_first_digest_that_finds_it(
    waiting: list[tuple[Matter, datetime]], days: list[date]
) -> None:
    for (matter, settled), told in zip(waiting, told_in(waiting, days), strict=True):
        met = [day for day in days if matter.since <= datetime.combine(day, time(9), UTC) < settled]
        if met and not matter.told_apart:
            assert told[0] == met[0]


@given(WAITING, DIGEST_DAYS)
def test_nothing_is_told_more_often_than_it_is_new_and_turns(
    waiting: list[tuple[Matter, datetime]], days: list[date]
) -> None:
    for (matter, _), told in zip(waiting, told_in(waiting, days), strict=True):
        assert len(told) <= len(matter.turns) + (not matter.told_apart)


@given(WAITING, DIGEST_DAYS)
def test_what_has_not_changed_since_the_last_digest_is_no_news(
    waiting: list[tuple[Matter, datetime]], days: list[date]
) -> None:
    last = Told(datetime.combine(days[-1], time(9), UTC), days[-1])
    for matter, _ in waiting:
        if matter.since <= last.at and not any(turn > last.on for turn in matter.turns):
            assert not matter.is_news(last, days[-1] + timedelta(days=90))


def test_a_review_ages_once_and_support_until_a_day_is_promised() -> None:
    assert review_turns(MONDAY) == (date(2026, 10, 19),)
    assert need_turns(MONDAY, None) == (date(2026, 10, 19), date(2026, 11, 9))
    assert need_turns(MONDAY, date(2026, 10, 15)) == (date(2026, 10, 15),)
