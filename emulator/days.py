"""Which days people work, so that somebody can go to "the next working day" without counting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
MORNING = time(9)
SATURDAY = 5
CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class Days:
    """Monday to Friday, less the days `off`, and with the weekends that are `working`; as people in `zone` count them."""

    zone: ZoneInfo = CHINA
    off: Collection[date] = frozenset()
    working: Collection[date] = frozenset()

    def is_working(self, day: date) -> bool:
        return day in self.working or (day.weekday() < SATURDAY and day not in self.off)

    def working_morning(self, after: datetime) -> datetime:
        """09:00 of the first working day on which that still lies ahead."""
        day = after.astimezone(self.zone).date()
        return self._first_morning(day, after)

    def month_over(self, after: datetime) -> datetime:
        """09:00 of the first working day of the next month."""
        day = after.astimezone(self.zone).date()
        return self._first_morning((day.replace(day=1) + 32 * ONE_DAY).replace(day=1), after)

    def _first_morning(self, day: date, after: datetime) -> datetime:
        while not self.is_working(day) or self._morning(day) <= after:
            day += ONE_DAY
        return self._morning(day)

    def _morning(self, day: date) -> datetime:
        return datetime.combine(day, MORNING, self.zone)
