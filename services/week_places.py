"""What is left of a person's week: how many unasked-for messages may still come, and which of them are kept for what falls due.

What is due on a day comes first, then word of a rotation's first or last day, then everything else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.calendar import WorkCalendar, local_day
from domain.duties import UNSETTLED, Duty
from domain.reminders import prompt_moment, week_of
from domain.week_places import names_the_next, places_kept
from services.circumstances import Circumstances
from services.duty_reminders import TOLD_ONCE, due_prompt_day
from storage import digests, duties, outbox
from storage.database import Reader
from storage.outbox import Waiting

PROMPT = "reminders.prompt"
TURNS = ("reminders.rotation_starts", "reminders.rotation_ends")
LOOKED_BACK = timedelta(days=15)
"""The working day before a day is no further away, whatever holidays lie between."""


@dataclass(frozen=True, slots=True)
class Week:
    """`due`: the days from today on, to this week's end, that still need a prompt, with the duties that fall due; `turns`: how
    many messages about rotations are to come. `more_may_come`: something is held, so that a further day may be added.
    """

    today: date
    free: int
    due: Mapping[date, frozenset[int]]
    turns: int
    more_may_come: bool
    calendar: WorkCalendar

    def has_place(self, row: Waiting) -> bool:
        if row.kind == PROMPT and not self.due.get(self.today, frozenset()).isdisjoint(row.payload["duties"]):
            return self.free > 0
        prompts = places_kept(self.due, self.free, self.calendar)
        if row.kind in TURNS:
            return self.free > prompts
        return self.free > max(prompts + self.turns, 1 if self.more_may_come else 0)

    def named_with(self, asked: Collection[int]) -> list[int]:
        """What falls due on the next working day, where a prompt for these duties is to name it too."""
        if self.due.get(self.today, frozenset()).isdisjoint(asked):
            return []
        if not names_the_next(self.today, self.due, self.free, self.calendar):
            return []
        return sorted(self.due[self.calendar.next_working_day(self.today)])


def week_left(tx: Reader, person_id: int, around: Circumstances, now: datetime, asked: Collection[int] = ()) -> Week:
    """The week that the person is in, as it stands at `now`, when a prompt for the duties `asked` is to go."""
    monday, next_monday = week_of(now, around.own_zone)
    free = around.rhythm.weekly_budget - outbox.unasked_since(tx, person_id, monday)
    today, last = local_day(now, around.own_zone), local_day(next_monday, around.own_zone) - timedelta(days=1)
    if free <= 0:
        return Week(today, 0, {}, 0, more_may_come=False, calendar=around.calendar)
    held = [one for one in duties.leavable(tx, person_id, now) if one.state in UNSETTLED and one.kind not in TOLD_ONCE]
    return Week(
        today,
        free,
        _due(tx, held, _Span(person_id, today, last, now), around, asked),
        _turns(tx, person_id, now, next_monday),
        more_may_come=bool(held) and any(_moment(day, around) > now for day in _prompt_days(today, last, around)),
        calendar=around.calendar,
    )


@dataclass(frozen=True, slots=True)
class _Span:
    person_id: int
    today: date
    last: date
    now: datetime


def _due(
    tx: Reader, held: Collection[Duty], span: _Span, around: Circumstances, asked: Collection[int]
) -> dict[date, frozenset[int]]:
    """By day, what has not been named on it or on the working day before. A prompt that waits belongs to today."""
    rows = outbox.waiting_for(tx, span.person_id, PROMPT)
    waiting = {*asked, *(one for row in rows for one in row.payload["duties"])}
    named = _named(tx, span, around) if held else {}
    found: dict[date, frozenset[int]] = {}
    for duty in held:
        day = due_prompt_day(duty, around)
        if day is None or named.get(duty.id, date.min) >= around.calendar.previous_working_day(day):
            continue
        if duty.id in waiting:
            day = max(day, span.today)
        elif _moment(day, around) <= span.now:
            continue
        if day <= span.last:
            found[day] = found.get(day, frozenset()) | {duty.id}
    return found


def _named(tx: Reader, span: _Span, around: Circumstances) -> dict[int, date]:
    """The last day on which each duty was named in a prompt."""
    days: dict[int, date] = {}
    for row in digests.sent(tx, span.person_id, span.now - LOOKED_BACK, [PROMPT]):
        day = local_day(row.settled_at, around.own_zone)
        days |= {duty_id: max(day, days.get(duty_id, day)) for duty_id in row.payload["duties"]}
    return days


def _turns(tx: Reader, person_id: int, now: datetime, until: datetime) -> int:
    waiting = sum(len(outbox.waiting_for(tx, person_id, kind)) for kind in TURNS)
    return waiting + duties.turns_to_tell(tx, person_id, now, until)


def _prompt_days(first: date, last: date, around: Circumstances) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [
        day for day in days if around.calendar.is_working_day(day) and day.weekday() in around.rhythm.prompt_weekdays
    ]


def _moment(day: date, around: Circumstances) -> datetime:
    return prompt_moment(day, around.rhythm, around.own_zone)
