"""代理: on which days nobody is there to answer a mentee's reports, and who does so instead.

An absence of up to three working days waits for whoever comes back. This holds of mentors and of those who stand in alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.calendar import ONE_DAY, WorkCalendar
from domain.duties import Leave

SHORT_WORKING_DAYS = 3


@dataclass(frozen=True, slots=True)
class Share:
    """Who answers from when to when."""

    person_id: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who can read and answer here, and when he is away himself."""

    person_id: int
    away: tuple[Leave, ...] = ()

    def there_until(self, day: date, last: date) -> date | None:
        """The last day up to `last` for which he is there from `day` on; None where he is away that day."""
        ends = [one.first - ONE_DAY for one in self.away if one.last >= day]
        until = min([last, *ends])
        return until if until >= day else None


def joined(leaves: Iterable[Leave], calendar: WorkCalendar) -> tuple[Leave, ...]:
    """Leaves between which no working day lies are one, however they were entered."""
    found: list[Leave] = []
    for one in sorted(leaves, key=lambda leave: leave.first):
        if found and calendar.next_working_day(found[-1].last) >= one.first:
            found[-1] = Leave(found[-1].first, max(found[-1].last, one.last))
        else:
            found.append(one)
    return tuple(found)


def long_ones(leaves: Iterable[Leave], calendar: WorkCalendar) -> tuple[Leave, ...]:
    """What is away for so long that it cannot wait."""
    return tuple(one for one in joined(leaves, calendar) if _is_long(one, (), calendar))


def unanswered(
    mentors: Sequence[Iterable[Leave]], mentee: Iterable[Leave], calendar: WorkCalendar
) -> tuple[Leave, ...]:
    """The spans in which no mentor is there, though the mentee is, for more than three working days."""
    if not mentors:
        return ()
    common = joined(mentors[0], calendar)
    for leaves in mentors[1:]:
        common = _both(common, joined(leaves, calendar))
    gaps = joined(common, calendar)
    known = tuple(mentee)
    return tuple(gap for gap in gaps if _is_long(gap, known, calendar))


def _both(some: Sequence[Leave], others: Sequence[Leave]) -> tuple[Leave, ...]:
    common = ((max(one.first, other.first), min(one.last, other.last)) for one in some for other in others)
    return tuple(Leave(first, last) for first, last in common if first <= last)


def _is_long(gap: Leave, besides: Sequence[Leave], calendar: WorkCalendar) -> bool:
    asked = (day for day in _working_days(gap, calendar) if not any(one.covers(day) for one in besides))
    return sum(1 for _ in zip(range(SHORT_WORKING_DAYS + 1), asked, strict=False)) > SHORT_WORKING_DAYS


def _working_days(span: Leave, calendar: WorkCalendar) -> Iterator[date]:
    for day in calendar.working_days_from(span.first):
        if day > span.last:
            return
        yield day


def shared_out(days: Leave, standing: Sequence[Share], able: Sequence[Able]) -> tuple[Share, ...]:
    """Who answers on these days. Whoever does so already goes on, as long as he is there; else the first of the able who is
    there to the end; where nobody is, whoever is there the longest, and then the next.
    """
    found: list[Share] = []
    day = days.first
    while day <= days.last:
        share = _from(day, days.last, standing, able)
        if share is not None:
            _append(found, share)
        day = (day if share is None else share.last) + ONE_DAY
    return tuple(found)


def _from(day: date, last: date, standing: Sequence[Share], able: Sequence[Able]) -> Share | None:
    until = {one.person_id: end for one in able if (end := one.there_until(day, last)) is not None}
    for share in standing:
        if share.first <= day <= share.last and share.person_id in until:
            return Share(share.person_id, day, min(share.last, until[share.person_id]))
    longest = max(until, key=lambda person_id: until[person_id], default=None)
    return None if longest is None else Share(longest, day, until[longest])


def _append(found: list[Share], share: Share) -> None:
    if found and found[-1].person_id == share.person_id and found[-1].last + ONE_DAY == share.first:
        share = Share(share.person_id, found.pop().first, share.last)
    found.append(share)
