"""What a month's summary looks at: the month as it stood at its end, and reports until the month locks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import ONE_DAY, Month, WorkCalendar, instant_at, local_day
from domain.periods import locks_at


@dataclass(frozen=True, slots=True)
class Span:
    """Days are local to `zone`, instants aware UTC; each `first` is included and each `until` or `end` is not.

    `end` is the end of the month, or now while it runs: a need that was answered on the second of November belongs to
    November's summary, so that a draft made on that day and the final say the same unless October itself changed.
    `locks` and `locked_before` are the locks of this month and of the one before: what is entered between them about
    earlier days is told in this month.
    """

    month: Month
    zone: ZoneInfo
    now: datetime
    locks: datetime
    locked_before: datetime

    @property
    def start(self) -> datetime:
        return instant_at(self.month.first, time(), self.zone)

    @property
    def end(self) -> datetime:
        return min(self.now, instant_at(self.month.next.first, time(), self.zone))

    @property
    def today(self) -> date:
        """The last day looked at."""
        return min(self.month.last, local_day(self.now, self.zone))

    @property
    def until(self) -> date:
        return self.today + ONE_DAY

    @property
    def overdue_before(self) -> date:
        """What was due on a day before this one and was not reached is overdue; a day that still runs is not over."""
        return min(self.month.next.first, local_day(self.now, self.zone))

    @property
    def is_locked(self) -> bool:
        return self.now >= self.locks

    def day(self, instant: datetime) -> date:
        return local_day(instant, self.zone)

    def age(self, instant: datetime) -> int:
        """Whole days from that day to the last one looked at."""
        return max((self.today - self.day(instant)) // timedelta(days=1), 0)


def span_of(month: Month, now: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> Span:
    return Span(month, zone, now, locks_at(month, calendar, zone), locks_at(month.previous, calendar, zone))
