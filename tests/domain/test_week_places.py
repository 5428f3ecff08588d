"""Which of a week's three messages are kept: nobody gets a fourth, and nothing due goes unmentioned, whatever else comes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.week_places import names_the_next, places_kept

DAYS = WorkCalendar()
MONDAY = date(2026, 10, 19)
LIMIT = 3
WEEKDAYS = st.integers(0, 4).map(lambda number: MONDAY + timedelta(days=number))


@pytest.mark.parametrize(
    ("days", "free", "kept"),
    [((), 3, 0), ((4,), 3, 1), ((0, 4), 3, 2), ((0, 2, 4), 2, 3), ((0, 1, 2, 3, 4), 3, 3), ((3, 4), 1, 1), ((0, 1), 3, 2)],
)  # fmt: skip
def test_a_place_for_each_day_and_fewer_where_there_are_not_as_many(
    days: tuple[int, ...], free: int, kept: int
) -> None:
    assert places_kept([MONDAY + timedelta(days=number) for number in days], free, DAYS) == kept


def test_only_where_places_are_short_the_next_day_is_named_along() -> None:
    monday, tuesday = MONDAY, MONDAY + timedelta(days=1)
    assert not names_the_next(monday, {monday, tuesday}, 3, DAYS)
    assert names_the_next(monday, {monday, tuesday}, 1, DAYS)
    assert not names_the_next(monday, {monday, MONDAY + timedelta(days=2)}, 1, DAYS)


@given(st.sets(WEEKDAYS), st.lists(WEEKDAYS, max_size=20), st.sampled_from([(True, False), (False, True)]))
def test_nobody_gets_a_fourth_and_all_that_is_due_is_named_in_time(
    due: set[date], others: list[date], order: tuple[bool, bool]
) -> None:
    """`others` are notices, digests and prompts for what is not due on the day, before or after the one that is."""
    sent, named = 0, dict[date, date]()
    for day in (MONDAY + timedelta(days=number) for number in range(7)):
        for is_prompt in order:
            left = {one for one in due if one >= day and one not in named}
            if not is_prompt:
                for _ in range(others.count(day)):
                    sent += LIMIT - sent > places_kept(left, LIMIT - sent, DAYS)
            elif day in left and sent < LIMIT:
                along = [DAYS.next_working_day(day)] if names_the_next(day, left, LIMIT - sent, DAYS) else []
                named |= dict.fromkeys([day, *along], day)
                sent += 1
    assert sent <= LIMIT
    assert set(named) == due
    assert all(at in (day, DAYS.previous_working_day(day)) for day, at in named.items())
