"""Periods of reporting: which span of days a report is for, when it falls due, and how long it can be handed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar import ONE_DAY, Month, WorkCalendar, instant_at

LOCKING_WORKING_DAY = 5


class CadenceKind(StrEnum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often one reports and on which day: a weekday (Monday is 0), or for monthly a day of the month from 1."""

    kind: CadenceKind
    day: int

    def __post_init__(self) -> None:
        allowed = range(1, 32) if self.kind is CadenceKind.MONTHLY else range(7)
        if self.day not in allowed:
            raise ValueError(f"{self.kind} reports have no day {self.day}")


WEEKLY_ON_FRIDAY = Cadence(CadenceKind.WEEKLY, 4)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, `first` and `last` included.

    `due_day` is None when nothing is owed: no day of the period is a working day, or it fell due before the
    pairing was active. A report may be handed in all the same. The period belongs to `month`, that of its due day.
    """

    key: str
    first: date
    last: date
    due_day: date | None
    month: Month


def period_of(day: date, cadence: Cadence, active_since: date, calendar: WorkCalendar) -> Period:
    """The period in which `day` lies. There is none before the one in which the pairing became active: ValueError."""
    first, last, key = _span(day, cadence.kind, active_since)
    if last < active_since:
        raise ValueError(f"no period on {day}: active since {active_since}")
    wanted = _wanted_day(first, cadence)
    due_day = _moved_to_working_day(wanted, first, last, calendar)
    owed = due_day if due_day is not None and due_day >= active_since else None
    return Period(key, first, last, owed, Month.of(due_day or wanted))


def next_period(period: Period, cadence: Cadence, active_since: date, calendar: WorkCalendar) -> Period:
    return period_of(period.last + ONE_DAY, cadence, active_since, calendar)


def periods_between(
    first: date, last: date, cadence: Cadence, active_since: date, calendar: WorkCalendar
) -> Iterator[Period]:
    """Every period with a day in `first`–`last` (both included), from the one in which the pairing became active."""
    day = max(first, active_since)
    while day <= last:
        period = period_of(day, cadence, active_since, calendar)
        yield period
        day = period.last + ONE_DAY


@dataclass(frozen=True, slots=True)
class CadenceChange:
    """Another cadence from the first day of a period on; the period before it ends as it was agreed."""

    cadence: Cadence
    on: date


def planned_periods(
    first: date, last: date, cadence: Cadence, active_since: date, calendar: WorkCalendar, change: CadenceChange | None
) -> list[Period]:
    """Every period with a day in `first`–`last` (both included) and the one that follows them."""
    found = list(periods_between(first, last, cadence, active_since, calendar))
    if change is not None:
        found = [period for period in found if period.first < change.on]
        if not found or found[-1].last + ONE_DAY >= change.on:
            return found + _changed_periods(last, change, active_since, calendar)
    return [*found, next_period(found[-1], cadence, active_since, calendar)]


def _changed_periods(last: date, change: CadenceChange, active_since: date, calendar: WorkCalendar) -> list[Period]:
    """From the change on; what would have fallen due before it was covered by the cadence before."""
    period = period_of(change.on, change.cadence, active_since, calendar)
    if (period.due_day or period.last) < change.on:
        period = next_period(period, change.cadence, active_since, calendar)
    found = [replace(period, first=max(period.first, change.on))]
    while found[-1].first <= last:
        found.append(next_period(found[-1], change.cadence, active_since, calendar))
    return found


def locks_on(month: Month, calendar: WorkCalendar) -> date:
    """The day from whose beginning the month's reports stand: the fifth working day of the next month."""
    return calendar.nth_working_day(month.next, LOCKING_WORKING_DAY)


def locks_at(month: Month, calendar: WorkCalendar, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which the month locks; `zone` is the unit's."""
    return instant_at(locks_on(month, calendar), time(), zone)


def cadence_of(key: str) -> CadenceKind | None:
    """How often was reported when a period of this key was made; None for what is no period's key."""
    if re.fullmatch(r"\d{4}-W\d{2}(/2)?", key):
        return CadenceKind.FORTNIGHTLY if key.endswith("/2") else CadenceKind.WEEKLY
    return CadenceKind.MONTHLY if re.fullmatch(r"\d{4}-\d{2}", key) else None


def span_of(key: str) -> tuple[date, date] | None:
    """First and last day of the period that a key names; None for what is no period's key."""
    kind = cadence_of(key)
    try:
        if kind is CadenceKind.MONTHLY:
            return Month.parse(key).first, Month.parse(key).last
        first = date.fromisoformat(f"{key.removesuffix('/2')}-1")
    except ValueError:
        return None
    return first, first + timedelta(days=13 if kind is CadenceKind.FORTNIGHTLY else 6)


def _span(day: date, kind: CadenceKind, active_since: date) -> tuple[date, date, str]:
    if kind is CadenceKind.MONTHLY:
        month = Month.of(day)
        return month.first, month.last, str(month)
    monday = _monday(day)
    if kind is CadenceKind.WEEKLY:
        return monday, monday + timedelta(days=6), _week_key(monday)
    # Fortnights are counted from the Monday of the week in which the pairing became active.
    first = monday - timedelta(days=(monday - _monday(active_since)).days % 14)
    return first, first + timedelta(days=13), f"{_week_key(first)}/2"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week_key(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _wanted_day(first: date, cadence: Cadence) -> date:
    if cadence.kind is CadenceKind.MONTHLY:
        return Month.of(first).day(cadence.day)
    weeks = 1 if cadence.kind is CadenceKind.FORTNIGHTLY else 0
    return first + timedelta(weeks=weeks, days=cadence.day)


def _moved_to_working_day(wanted: date, first: date, last: date, calendar: WorkCalendar) -> date | None:
    """`wanted` or the next working day inside the period, else the last one before it, else none."""
    later = [wanted + timedelta(days=n) for n in range((last - wanted).days + 1)]
    earlier = [wanted - timedelta(days=n) for n in range(1, (wanted - first).days + 1)]
    return next(filter(calendar.is_working_day, later + earlier), None)
