"""When the month's summary goes to whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Month
from domain.periods import locks_on
from domain.summary_days import draft_at, draft_on, final_at, is_told_unasked, newest_drafted_month
from domain.units import UnitKind
from tests.state_council import CALENDAR

SHANGHAI = ZoneInfo("Asia/Shanghai")
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def test_september_is_drafted_after_the_national_holiday() -> None:
    assert draft_at(UnitKind.BRANCH, SEPTEMBER, CALENDAR, SHANGHAI) == datetime(2026, 10, 8, 1, tzinfo=UTC)
    for above in (UnitKind.GENERAL_BRANCH, UnitKind.COMMITTEE):
        assert draft_at(above, SEPTEMBER, CALENDAR, SHANGHAI) == datetime(2026, 10, 10, 1, tzinfo=UTC)
    assert final_at(SEPTEMBER, CALENDAR, SHANGHAI) == datetime(2026, 10, 13, 1, tzinfo=UTC)


def test_a_party_group_gets_no_summary_of_its_own() -> None:
    assert draft_at(UnitKind.GROUP, SEPTEMBER, CALENDAR, SHANGHAI) is None
    assert newest_drafted_month(UnitKind.GROUP, datetime(2026, 10, 20, tzinfo=UTC), CALENDAR, SHANGHAI) is None


def test_the_newest_draft_turns_at_nine_on_its_day() -> None:
    due = datetime(2026, 11, 2, 1, tzinfo=UTC)
    assert newest_drafted_month(UnitKind.BRANCH, due, CALENDAR, SHANGHAI) == OCTOBER
    assert newest_drafted_month(UnitKind.BRANCH, due - timedelta(seconds=1), CALENDAR, SHANGHAI) == SEPTEMBER


@given(st.builds(Month, st.just(2026), st.integers(1, 12)))
def test_branches_are_first_and_all_drafts_come_before_the_lock(month: Month) -> None:
    branch, above = (draft_on(kind, month, CALENDAR) for kind in (UnitKind.BRANCH, UnitKind.COMMITTEE))
    assert branch is not None
    assert above is not None
    assert month.last < branch < above < locks_on(month, CALENDAR)
    assert locks_on(month, CALENDAR) >= date(month.next.year, month.next.number, 5)


@pytest.mark.parametrize(
    ("begun_on", "told"),
    [
        (None, False),
        (date(2026, 9, 28), False),
        (date(2026, 9, 16), False),
        (date(2026, 9, 15), True),
        (date(2026, 9, 1), True),
        (date(2025, 1, 1), True),
        (date(2026, 10, 8), False),
    ],
)
def test_a_month_that_was_hardly_spent_with_the_program_is_not_told_unasked(begun_on: date | None, told: bool) -> None:  # noqa: FBT001 - a table of cases
    assert is_told_unasked(Month(2026, 9), begun_on) is told
