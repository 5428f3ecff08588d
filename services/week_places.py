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


def held_with(tx: Reader, person_id: int) -> list[int]:
    """The duties of prompts that found no place: the next one names them too."""
    return [one for row in outbox.waiting_for(tx, person_id, PROMPT) for one in row.payload["duties"]]


def is_told_by_another(tx: Reader, row: Waiting) -> bool:
    """Whether a prompt was put off, and a later one names all that it names."""
    if row.kind != PROMPT or row.person_id is None or row.not_before <= row.created_at:
        return False
    later = [one.payload for one in outbox.waiting_for(tx, row.person_id, PROMPT) if one.id > row.id]
    later += [one.payload for one in digests.sent(tx, row.person_id, row.created_at, [PROMPT])]
    return any(set(row.payload["duties"]) <= set(one["duties"]) for one in later)


def named_with(tx: Reader, person_id: int, around: Circumstances, now: datetime, asked: Collection[int]) -> list[int]:
    """What falls due on the next working day, where a prompt for the duties `asked` is to name it too.

    Most people owe so little in a week that there is a place for each of its days, and nothing more is looked up.
    """
    span = _span(person_id, around, now)
    if around.calendar.next_working_day(span.today) > span.last:
        return []
    free = _free(tx, person_id, around, now)
    if free <= 0 or duties.falling_due(tx, person_id, now, enough=free) < free:
        return []
    due = _due(tx, _held(tx, person_id, now), span, around, asked)
    if due.get(span.today, frozenset()).isdisjoint(asked):
        return []
    if not names_the_next(span.today, due, free, around.calendar):
        return []
    return sorted(due[around.calendar.next_working_day(span.today)])


def week_left(tx: Reader, person_id: int, around: Circumstances, now: datetime) -> Week:
    """The week that the person is in, as it stands at `now`."""
    free, span = _free(tx, person_id, around, now), _span(person_id, around, now)
    if free <= 0:
        return Week(span.today, 0, {}, 0, more_may_come=False, calendar=around.calendar)
    held = _held(tx, person_id, now)
    return Week(
        span.today,
        free,
        _due(tx, held, span, around),
        _turns(tx, person_id, now, week_of(now, around.own_zone)[1]),
        more_may_come=bool(held) and any(_moment(day, around) > now for day in _prompt_days(span, around)),
        calendar=around.calendar,
    )


def _free(tx: Reader, person_id: int, around: Circumstances, now: datetime) -> int:
    monday, _ = week_of(now, around.own_zone)
    return around.rhythm.weekly_budget - outbox.unasked_since(tx, person_id, monday)


def _held(tx: Reader, person_id: int, now: datetime) -> list[Duty]:
    found = duties.leavable(tx, person_id, now)
    return [duty for duty in found if duty.state in UNSETTLED and duty.kind not in TOLD_ONCE]


@dataclass(frozen=True, slots=True)
class _Span:
    person_id: int
    today: date
    last: date
    now: datetime


def _span(person_id: int, around: Circumstances, now: datetime) -> _Span:
    """From today to the end of the week."""
    _, next_monday = week_of(now, around.own_zone)
    zone = around.own_zone
    return _Span(person_id, local_day(now, zone), local_day(next_monday, zone) - timedelta(days=1), now)


def _due(
    tx: Reader, held: Collection[Duty], span: _Span, around: Circumstances, asked: Collection[int] = ()
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
    waiting = any(outbox.waiting_for(tx, person_id, kind) for kind in TURNS)
    return waiting + duties.turns_to_tell(tx, person_id, now, until)


def _prompt_days(span: _Span, around: Circumstances) -> list[date]:
    days = (span.today + timedelta(days=number) for number in range((span.last - span.today).days + 1))
    return [
        day for day in days if around.calendar.is_working_day(day) and day.weekday() in around.rhythm.prompt_weekdays
    ]


def _moment(day: date, around: Circumstances) -> datetime:
    return prompt_moment(day, around.rhythm, around.own_zone)
