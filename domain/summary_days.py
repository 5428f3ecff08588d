"""When a month's summary goes out: the draft (初稿) level by level, and the final at the lock."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.calendar import Month, WorkCalendar, instant_at
from domain.periods import locks_on
from domain.units import UnitKind

SUMMARY_TIME = time(9)
FIRST_MONTH_BEGINS_BY = 15
"""The day of a month by which an organisation must have begun for its summary to come unasked."""

# Branches come first, so that their secretaries can look at their figures before those above read them.
_DRAFT_WORKING_DAY = {UnitKind.BRANCH: 1, UnitKind.GENERAL_BRANCH: 3, UnitKind.COMMITTEE: 3}


def draft_on(kind: UnitKind, month: Month, calendar: WorkCalendar) -> date | None:
    """The working day of the next month on which a unit of this kind gets its draft; a group gets none."""
    nth = _DRAFT_WORKING_DAY.get(kind)
    return None if nth is None else calendar.nth_working_day(month.next, nth)


def draft_at(kind: UnitKind, month: Month, calendar: WorkCalendar, zone: ZoneInfo) -> datetime | None:
    """The same as an instant in UTC; `zone` is the unit's."""
    day = draft_on(kind, month, calendar)
    return None if day is None else instant_at(day, SUMMARY_TIME, zone)


def final_at(month: Month, calendar: WorkCalendar, zone: ZoneInfo) -> datetime:
    """When the final goes, if anything changed since the draft: on the day the month locks."""
    return instant_at(locks_on(month, calendar), SUMMARY_TIME, zone)


def newest_drafted_month(kind: UnitKind, now: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> Month | None:
    """The newest month whose draft was due by `now`; after a long pause older ones are not caught up."""
    last = Month.of(now.astimezone(zone).date()).previous
    for month in (last, last.previous):
        due = draft_at(kind, month, calendar, zone)
        if due is not None and due <= now:
            return month
    return None


def is_told_unasked(month: Month, begun_on: date | None) -> bool:
    """Whether enough of a month was spent with the program. Of an earlier one it knows what was agreed on paper and
    nothing of what was done; whoever wants to see it can ask.
    """
    return begun_on is not None and begun_on <= month.first.replace(day=FIRST_MONTH_BEGINS_BY)
