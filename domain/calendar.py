"""Working days, months and calendar arithmetic. Which days are off is data that the rules are handed."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Self
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written `2026-10`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise ValueError(f"a month lies between 1 and 12, not {self.number}")

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `2026-10` and nothing else; anything else is a ValueError."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        if found is None:
            raise ValueError(f"a month is written like 2026-10, not {text!r}")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def next(self) -> Month:
        return self.plus(1)

    @property
    def previous(self) -> Month:
        return self.plus(-1)

    def plus(self, months: int) -> Month:
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def day(self, number: int) -> date:
        """The day of that number; a day that the month lacks is its last."""
        return date(self.year, self.number, min(number, self.last.day))


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), or the month's last day where there is no such day."""
    return Month.of(day).plus(months).day(day.day)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday work, except `days_off`; `makeup_workdays` (调休) work whatever weekday they are.

    `known_years` are those whose State Council notice was read; every other year is provisional (暂定).
    """

    days_off: frozenset[date] = frozenset()
    makeup_workdays: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()

    def with_own_days(self, off: Collection[date] = (), working: Collection[date] = ()) -> WorkCalendar:
        """A unit's own days laid over this calendar; a day named as both is off."""
        return WorkCalendar(
            days_off=(self.days_off - frozenset(working)) | frozenset(off),
            makeup_workdays=(self.makeup_workdays | frozenset(working)) - frozenset(off),
            known_years=self.known_years,
        )

    def is_working_day(self, day: date) -> bool:
        return day in self.makeup_workdays or (day.weekday() < 5 and day not in self.days_off)

    def is_provisional(self, day: date) -> bool:
        return day.year not in self.known_years

    def working_days_from(self, day: date) -> Iterator[date]:
        """Every working day from `day` on, `day` included if it is one."""
        while True:
            if self.is_working_day(day):
                yield day
            day += ONE_DAY

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return next(self.working_days_from(day + ONE_DAY))

    def previous_working_day(self, day: date) -> date:
        """The last working day before `day`."""
        day -= ONE_DAY
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def nth_working_day(self, month: Month, n: int) -> date:
        """The month's n-th working day, the first being 1; a month with fewer than n counts on into the next."""
        return self._nth_from(month.first, n)

    def add_working_days(self, day: date, n: int, *, inclusive: bool = False) -> date:
        """The day on which n working days are full.

        By default counting begins on the day after `day`, which is never too short; `inclusive` counts `day`
        itself as the first, if it is a working day.
        """
        return self._nth_from(day if inclusive else day + ONE_DAY, n)

    def _nth_from(self, day: date, n: int) -> date:
        if n < 1:
            raise ValueError(f"working days are counted from 1, not {n}")
        return next(islice(self.working_days_from(day), n - 1, None))

    def missing_notice(self, day: date) -> int | None:
        """The year whose notice should be known by `day` and is not: this one or, from December, the next."""
        due = (day.year, day.year + 1) if day.month == 12 else (day.year,)
        return next((year for year in due if year not in self.known_years), None)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def instant_at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which clocks in `zone` show `clock` on `day`."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
