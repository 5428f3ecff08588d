"""What a duty may become, when it is late, and what a leave excuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duties import (
    DutyState,
    Excuse,
    Leave,
    due_at,
    is_excused,
    is_late,
    is_overdue,
    is_owed_again,
    may_become,
    require_transition,
)
from domain.refusals import Refusal

FRIDAY = date(2026, 10, 16)
DUE = datetime(2026, 10, 16, 10, tzinfo=UTC)  # 18:00 in Shanghai
STATES = st.sampled_from(DutyState)


def test_a_duty_is_due_at_six_in_the_evening_of_the_units_zone() -> None:
    assert due_at(FRIDAY) == DUE
    assert due_at(FRIDAY, ZoneInfo("Asia/Urumqi")) == DUE + timedelta(hours=2)


def test_the_ways_of_a_report() -> None:
    for state, new in [
        (DutyState.SCHEDULED, DutyState.OPEN),
        (DutyState.OPEN, DutyState.DONE),
        (DutyState.OPEN, DutyState.EXCUSED),
        (DutyState.OPEN, DutyState.MISSED),
        (DutyState.DONE, DutyState.OPEN),  # taken back with 撤销
        (DutyState.EXCUSED, DutyState.DONE),  # reports although on leave
    ]:
        require_transition(state, new)


@pytest.mark.parametrize("new", list(DutyState))
@pytest.mark.parametrize("settled", [DutyState.MISSED, DutyState.CANCELLED])
def test_what_was_missed_or_cancelled_stays_so(settled: DutyState, new: DutyState) -> None:
    with pytest.raises(Refusal) as refused:
        require_transition(settled, new)
    assert refused.value.code == "duty_settled"


def test_what_was_done_is_not_missed() -> None:
    assert not may_become(DutyState.DONE, DutyState.MISSED)


def test_overdue_is_what_is_still_owed_after_the_hour() -> None:
    after = DUE + timedelta(seconds=1)
    assert is_overdue(DutyState.OPEN, DUE, after)
    assert not is_overdue(DutyState.OPEN, DUE, DUE)
    assert not is_overdue(DutyState.DONE, DUE, after)
    assert not is_overdue(DutyState.EXCUSED, DUE, after)


def test_late_is_judged_by_the_first_handing_in() -> None:
    assert not is_late(DUE, DUE)
    assert is_late(DUE, DUE + timedelta(seconds=1))
    assert not is_late(None, DUE + timedelta(days=9))


def test_a_leave_excuses_what_falls_due_on_its_days_and_then_ends_by_itself() -> None:
    leaves = [Leave(date(2026, 10, 12), FRIDAY)]
    assert is_excused(leaves, DutyState.SCHEDULED, FRIDAY)
    assert not is_excused(leaves, DutyState.SCHEDULED, date(2026, 10, 23))


def test_a_leave_entered_later_excuses_open_duties_only() -> None:
    leaves = [Leave(FRIDAY, FRIDAY)]
    assert is_excused(leaves, DutyState.OPEN, FRIDAY)
    for state in (DutyState.DONE, DutyState.MISSED, DutyState.CANCELLED):
        assert not is_excused(leaves, state, FRIDAY)


def test_a_shortened_leave_gives_back_what_it_no_longer_covers_but_not_what_was_skipped() -> None:
    shortened = [Leave(date(2026, 10, 12), date(2026, 10, 14))]
    assert is_owed_again(shortened, DutyState.EXCUSED, Excuse.LEAVE, FRIDAY)
    assert not is_owed_again(shortened, DutyState.EXCUSED, Excuse.SKIPPED, FRIDAY)
    assert not is_owed_again(shortened, DutyState.EXCUSED, Excuse.LEAVE, date(2026, 10, 14))
    assert not is_owed_again(shortened, DutyState.DONE, None, FRIDAY)


def test_a_leave_does_not_end_before_it_begins() -> None:
    with pytest.raises(Refusal) as refused:
        Leave(FRIDAY, date(2026, 10, 15))
    assert refused.value.code == "leave_reversed"


@given(STATES, st.lists(st.builds(Leave, st.just(FRIDAY), st.dates(FRIDAY, date(2027, 1, 1)))), st.dates())
def test_what_a_leave_excuses_may_be_excused_and_is_not_given_back(
    state: DutyState, leaves: list[Leave], due_day: date
) -> None:
    if is_excused(leaves, state, due_day):
        assert may_become(state, DutyState.EXCUSED)
        assert not is_owed_again(leaves, DutyState.EXCUSED, Excuse.LEAVE, due_day)
