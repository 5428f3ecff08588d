"""Of the few unasked-for messages that a week has room for, those that are kept for what falls due (不搞形式主义)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.calendar import WorkCalendar


def places_kept(days: Iterable[date], free: int, calendar: WorkCalendar) -> int:
    """One for each of the days on which something falls due; fewer where there are not as many, and prompts are shared."""
    found = set(days)
    return len(found) if len(found) <= free else _fewest(found, calendar)


def _fewest(days: Iterable[date], calendar: WorkCalendar) -> int:
    """How many prompts name each on its day or the working day before."""
    places, named = 0, None
    for day in sorted(days):
        if day != named:
            places, named = places + 1, calendar.next_working_day(day)
    return places


def names_the_next(day: date, days: Iterable[date], free: int, calendar: WorkCalendar) -> bool:
    """Whether the prompt of `day` is to name what falls due on the next working day too, because there is no place for each
    day after it. `free` counts its own place.
    """
    later = {one for one in days if one > day}
    return calendar.next_working_day(day) in later and len(later) > free - 1
