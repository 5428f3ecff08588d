"""代录: who is invited, who is waited for, and for whom a secretary is asked to enter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.entering import Approach, approach, fair_until

CALENDAR = WorkCalendar()
BEGUN = date(2026, 10, 12)
"""A Monday; an invitation of that day is valid until the Wednesday of the week after."""
DAYS = st.integers(0, 60).map(lambda number: BEGUN + timedelta(days=number))


@pytest.mark.parametrize(("today", "invited_on", "said", "expected"), [
    (date(2026, 10, 12), None, "nothing", Approach.INVITE),
    (date(2026, 10, 21), None, "nothing", Approach.INVITE),
    (date(2026, 10, 22), None, "nothing", Approach.ENTER),
    (date(2026, 10, 21), date(2026, 10, 12), "nothing", Approach.AWAIT),
    (date(2026, 10, 22), date(2026, 10, 12), "nothing", Approach.ENTER),
    (date(2026, 10, 22), date(2026, 10, 19), "nothing", Approach.AWAIT),
    (date(2026, 10, 13), date(2026, 10, 12), "no", Approach.ENTER),
])  # fmt: skip
def test_everybody_gets_the_time_of_an_invitation(
    today: date, invited_on: date | None, said: str, expected: Approach
) -> None:
    found = approach(today, invited_on=invited_on, begun_on=BEGUN, declined=said == "no", calendar=CALENDAR)
    assert found is expected


@given(DAYS, st.none() | DAYS)
def test_the_fair_time_ends_and_nobody_is_forgotten(today: date, invited_on: date | None) -> None:
    until = fair_until(invited_on, BEGUN, CALENDAR)
    found = approach(today, invited_on=invited_on, begun_on=BEGUN, declined=False, calendar=CALENDAR)
    assert (found is Approach.ENTER) == (today > until)
    assert (until - (invited_on or BEGUN)).days <= 11
