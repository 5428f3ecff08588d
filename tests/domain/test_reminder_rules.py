"""Prompts, digests, quiet hours, snoozing and the weekly budget."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Month
from domain.duties import DutyState
from domain.periods import Cadence, CadenceKind, locks_at, locks_on, period_of
from domain.quiet_hours import DEFAULT_QUIET_HOURS, QuietHours, QuietSpan, outside_quiet_hours
from domain.refusals import Refusal
from domain.reminders import (
    DuePrompt,
    Rhythm,
    Snooze,
    has_fallen_silent,
    is_digest_day,
    next_digest_at,
    next_reminder_at,
    prompt_days,
    require_prompt_hour,
    shared_prompts,
    snoozed_until,
    week_of,
)
from tests.state_council import CALENDAR

SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = st.sampled_from(
    [SHANGHAI, *map(ZoneInfo, ["Asia/Urumqi", "UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"])]
)
CADENCES = st.one_of(
    st.builds(Cadence, st.sampled_from([CadenceKind.WEEKLY, CadenceKind.FORTNIGHTLY]), st.integers(0, 6)),
    st.builds(Cadence, st.just(CadenceKind.MONTHLY), st.integers(1, 31)),
)
DAYS = st.dates(date(2026, 1, 4), date(2027, 3, 31))
INSTANTS = st.datetimes(datetime(2026, 1, 4), datetime(2027, 3, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds UTC
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
SPANS = st.builds(QuietSpan, CLOCKS, CLOCKS)


def _quiet_or_none(spans: list[QuietSpan]) -> QuietHours:
    try:
        return QuietHours(tuple(spans))
    except Refusal:
        return QuietHours()


QUIETS = st.lists(SPANS, max_size=3).map(_quiet_or_none)
RHYTHMS = st.builds(
    Rhythm,
    prompt_at=CLOCKS,
    quiet=QUIETS,
    digest_at=CLOCKS,
    digest_weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
FRIDAY = date(2026, 10, 16)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI).astimezone(UTC)


def friday_prompts() -> tuple[date, ...]:
    return prompt_days(CadenceKind.WEEKLY, date(2026, 10, 12), FRIDAY, CALENDAR)


def test_li_ming_is_prompted_on_the_day_and_once_after_then_nobody_writes_to_him() -> None:
    days = friday_prompts()
    assert days == (FRIDAY, date(2026, 10, 19))
    first = next_reminder_at(DutyState.OPEN, days, Rhythm(), SHANGHAI, at(date(2026, 10, 12), 0))
    assert first == at(FRIDAY, 9)
    second = next_reminder_at(DutyState.OPEN, days, Rhythm(), SHANGHAI, first)
    assert second == at(date(2026, 10, 19), 9)
    assert next_reminder_at(DutyState.OPEN, days, Rhythm(), SHANGHAI, second) is None
    assert not has_fallen_silent(days, date(2026, 10, 19))
    assert has_fallen_silent(days, date(2026, 10, 20))


def test_longer_cadences_are_also_prompted_two_working_days_before() -> None:
    days = prompt_days(CadenceKind.FORTNIGHTLY, date(2026, 9, 28), date(2026, 10, 9), CALENDAR)
    assert days == (date(2026, 9, 30), date(2026, 10, 9), date(2026, 10, 10))


def test_an_outcome_due_on_a_day_off_is_prompted_before_the_holiday() -> None:
    days = prompt_days(None, date(2026, 3, 1), date(2026, 10, 3), CALENDAR)
    assert days == (date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 8))


def test_nothing_is_prompted_before_it_can_be_reported() -> None:
    days = prompt_days(CadenceKind.MONTHLY, date(2026, 9, 1), date(2026, 9, 1), CALENDAR)
    assert days == (date(2026, 9, 1), date(2026, 9, 2))


def test_who_chose_only_wednesdays_is_prompted_on_the_one_before_and_the_one_after() -> None:
    days = prompt_days(CadenceKind.WEEKLY, date(2026, 10, 12), FRIDAY, CALENDAR, frozenset({2}))
    assert days == (date(2026, 10, 14), date(2026, 10, 21))


def test_who_turned_prompts_off_gets_none() -> None:
    assert prompt_days(CadenceKind.WEEKLY, date(2026, 10, 12), FRIDAY, CALENDAR, frozenset()) == ()


@pytest.mark.parametrize("state", [DutyState.DONE, DutyState.EXCUSED, DutyState.MISSED, DutyState.CANCELLED])
def test_reporting_or_being_excused_cancels_what_is_pending(state: DutyState) -> None:
    assert next_reminder_at(state, friday_prompts(), Rhythm(), SHANGHAI, at(FRIDAY, 0)) is None


def prompts_sent(days: tuple[date, ...], ticks: list[datetime]) -> list[datetime]:
    """The ticks that prompt: those at which what was planned has passed; each plans the next one from its own now."""
    planned = next_reminder_at(DutyState.OPEN, days, Rhythm(), SHANGHAI, at(date(2026, 10, 12), 0))
    sent = []
    for now in ticks:
        if planned is not None and planned <= now:
            sent.append(now)
            planned = next_reminder_at(DutyState.OPEN, days, Rhythm(), SHANGHAI, now)
    return sent


def test_after_days_of_downtime_one_prompt_stands_for_all_that_passed() -> None:
    back = at(date(2026, 10, 20), 10)
    assert prompts_sent(friday_prompts(), [at(FRIDAY, 8), back, back + timedelta(minutes=1)]) == [back]


@given(st.lists(st.integers(0, 20 * 24 * 60), max_size=60))
def test_however_the_ticks_fall_a_duty_is_prompted_no_more_often_than_it_has_prompt_days(minutes: list[int]) -> None:
    ticks = sorted(at(date(2026, 10, 12), 0) + timedelta(minutes=n) for n in minutes)
    assert len(prompts_sent(friday_prompts(), ticks)) <= len(friday_prompts())


def test_all_that_is_due_shares_one_prompt() -> None:
    due = [DuePrompt(1, 11), DuePrompt(2, 21), DuePrompt(1, 12), DuePrompt(1, 11)]
    assert shared_prompts(due) == {1: (11, 12), 2: (21,)}


@given(CADENCES, DAYS, RHYTHMS, ZONES)
def test_a_duty_is_prompted_two_or_three_times_on_working_days_and_never_in_quiet_hours(
    cadence: Cadence, day: date, rhythm: Rhythm, zone: ZoneInfo
) -> None:
    period = period_of(day, cadence, date(2026, 1, 4), CALENDAR)
    if period.due_day is None:
        return
    days = prompt_days(cadence.kind, period.first, period.due_day, CALENDAR)
    assert len(days) <= (2 if cadence.kind is CadenceKind.WEEKLY else 3)
    assert all(CALENDAR.is_working_day(prompted) for prompted in days)
    assert days[0] >= period.first
    assert days[-1] < locks_on(period.month, CALENDAR)
    moments = []
    after = datetime(2025, 1, 1, tzinfo=UTC)
    while (moment := next_reminder_at(DutyState.OPEN, days, rhythm, zone, after)) is not None:
        assert moment > after
        assert not rhythm.quiet.covers(moment.astimezone(zone).time())
        moments.append(moment)
        after = moment
    assert 1 <= len(moments) <= len(days)


@given(st.sampled_from(CadenceKind), DAYS, st.frozensets(st.integers(0, 6)))
def test_chosen_weekdays_are_kept(kind: CadenceKind, due_day: date, weekdays: frozenset[int]) -> None:
    days = prompt_days(kind, due_day - timedelta(days=10), due_day, CALENDAR, weekdays)
    assert len(days) <= 3
    assert all(day.weekday() in weekdays for day in days)


@given(INSTANTS, ZONES, QUIETS)
def test_leaving_quiet_hours_never_goes_back_and_waits_no_longer_than_needed(
    instant: datetime, zone: ZoneInfo, quiet: QuietHours
) -> None:
    moved = outside_quiet_hours(instant, zone, quiet)
    assert not quiet.covers(moved.astimezone(zone).time())
    assert instant <= moved <= instant + timedelta(hours=25)
    assert outside_quiet_hours(moved, zone, quiet) == moved
    if not quiet.covers(instant.astimezone(zone).time()):
        assert moved == instant


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        (at(FRIDAY, 7, 59), at(FRIDAY, 8)),
        (at(FRIDAY, 8), at(FRIDAY, 8)),
        (at(FRIDAY, 12), at(FRIDAY, 14)),
        (at(FRIDAY, 20, 59), at(FRIDAY, 20, 59)),
        (at(FRIDAY, 21), at(date(2026, 10, 17), 8)),
    ],
)
def test_the_usual_quiet_hours(said: datetime, sent: datetime) -> None:
    assert outside_quiet_hours(said, SHANGHAI, DEFAULT_QUIET_HOURS) == sent


def test_quiet_hours_must_leave_some_hour_of_the_day() -> None:
    with pytest.raises(Refusal) as refused:
        QuietHours((QuietSpan(time(20), time(9)), QuietSpan(time(8), time(20))))
    assert refused.value.code == "quiet_all_day"


def test_an_hour_in_quiet_hours_cannot_be_chosen_for_prompts() -> None:
    require_prompt_hour(time(8), DEFAULT_QUIET_HOURS)
    with pytest.raises(Refusal) as refused:
        require_prompt_hour(time(12, 30), DEFAULT_QUIET_HOURS)
    assert refused.value.code == "prompt_in_quiet_hours"


def test_digests_go_on_mondays_and_thursdays_and_after_a_holiday_on_the_first_working_day() -> None:
    found, moment = [], at(date(2026, 9, 28), 9)
    for _ in range(3):
        following = next_digest_at(Rhythm(), SHANGHAI, moment, CALENDAR)
        assert following is not None
        moment = following
        found.append(moment)
    assert found == [at(date(2026, 10, 8), 9), at(date(2026, 10, 12), 9), at(date(2026, 10, 15), 9)]


def test_the_monday_digest_of_a_holiday_week_comes_when_work_begins_again() -> None:
    tuesdays = frozenset({1})
    assert is_digest_day(date(2026, 10, 8), tuesdays, CALENDAR)
    assert not is_digest_day(date(2026, 10, 9), tuesdays, CALENDAR)
    assert not is_digest_day(date(2026, 10, 6), tuesdays, CALENDAR)


def test_who_wants_no_digest_gets_none() -> None:
    assert next_digest_at(Rhythm(digest_weekdays=frozenset()), SHANGHAI, at(FRIDAY, 9), CALENDAR) is None


@given(RHYTHMS, ZONES, INSTANTS)
def test_a_digest_comes_later_outside_quiet_hours_and_none_lies_between(
    rhythm: Rhythm, zone: ZoneInfo, after: datetime
) -> None:
    first = next_digest_at(rhythm, zone, after, CALENDAR)
    assert first is not None
    assert first > after
    assert not rhythm.quiet.covers(first.astimezone(zone).time())
    assert next_digest_at(rhythm, zone, first - timedelta(seconds=1), CALENDAR) == first


LOCK = locks_at(Month(2026, 10), CALENDAR, SHANGHAI)


def test_a_prompt_can_be_put_off_for_an_hour_or_until_tomorrow_or_a_chosen_day() -> None:
    now = at(FRIDAY, 9, 5)
    assert snoozed_until(Snooze.HOUR, Rhythm(), SHANGHAI, now, LOCK) == at(FRIDAY, 10, 5)
    assert snoozed_until(Snooze.TOMORROW, Rhythm(), SHANGHAI, now, LOCK) == at(date(2026, 10, 17), 9)
    assert snoozed_until(date(2026, 10, 20), Rhythm(), SHANGHAI, now, LOCK) == at(date(2026, 10, 20), 9)


def test_an_hour_later_in_the_evening_is_tomorrow_morning() -> None:
    assert snoozed_until(Snooze.HOUR, Rhythm(), SHANGHAI, at(FRIDAY, 20, 30), LOCK) == at(date(2026, 10, 17), 8)


@pytest.mark.parametrize(
    ("choice", "now", "code"),
    [
        (date(2026, 10, 15), at(FRIDAY, 9, 5), "snooze_in_the_past"),
        (FRIDAY, at(FRIDAY, 9, 5), "snooze_in_the_past"),
        (date(2026, 11, 6), at(FRIDAY, 9, 5), "snooze_after_lock"),
        (Snooze.TOMORROW, at(date(2026, 11, 5), 9), "snooze_after_lock"),
        (Snooze.HOUR, at(date(2026, 11, 5), 20, 30), "snooze_after_lock"),
    ],
)
def test_a_prompt_is_put_off_neither_into_the_past_nor_beyond_the_lock(
    choice: Snooze | date, now: datetime, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        snoozed_until(choice, Rhythm(), SHANGHAI, now, LOCK)
    assert refused.value.code == code


def test_the_budget_counts_by_the_week_of_the_person() -> None:
    monday_early = datetime(2026, 10, 18, 17, tzinfo=UTC)  # Monday 01:00 in Shanghai, Sunday in Berlin
    assert week_of(monday_early, SHANGHAI)[0] == at(date(2026, 10, 19), 0)
    assert week_of(monday_early, ZoneInfo("Europe/Berlin"))[0] == datetime(2026, 10, 11, 22, tzinfo=UTC)


@given(INSTANTS, ZONES)
def test_weeks_hold_their_instant_and_meet_without_a_gap(instant: datetime, zone: ZoneInfo) -> None:
    first, following = week_of(instant, zone)
    assert first <= instant < following
    assert week_of(following, zone)[0] == following
