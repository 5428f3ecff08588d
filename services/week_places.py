"""What is left of a person's week: how many unasked-for messages may still come, and which of them are kept for what falls due.

What is due on a day comes first, then word of a rotation's first or last day and what its reader has to act on at once, then
everything else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.calendar import local_day
from domain.duties import UNSETTLED, Duty
from domain.reminders import prompt_moment, week_of
from domain.week_places import names_the_next, places_kept
from services import pairing_notices
from services.circumstances import Circumstances
from services.duty_reminders import TOLD_ONCE, due_prompt_day
from storage import digests, duties, outbox, pairings
from storage.database import Reader
from storage.outbox import Waiting

PROMPT = "reminders.prompt"
TURNS = ("reminders.rotation_starts", "reminders.rotation_ends")
STANDS_IN = "stand_in.told"
LOOKED_BACK = timedelta(days=15)
"""The working day before a day is no further away, whatever holidays lie between."""


@dataclass(frozen=True, slots=True)
class Week:
    """How many messages a person's week still has room for, and the duties of prompts that found no place: the next names them too."""

    free: int
    held: Sequence[int]


def weeks(tx: Reader, people: Mapping[int, Circumstances], now: datetime) -> dict[int, Week]:
    """Of many people with a few questions."""
    mondays = {person_id: week_of(now, around.own_zone)[0] for person_id, around in people.items()}
    sent: dict[int, int] = {}
    for monday in set(mondays.values()):
        sent |= outbox.unasked_of_some(tx, [one for one, began in mondays.items() if began == monday], monday)
    held: dict[int, list[int]] = {}
    for person_id, payload in outbox.waiting_for_some(tx, people, PROMPT):
        held.setdefault(person_id, []).extend(payload["duties"])
    return {
        person_id: Week(around.rhythm.weekly_budget - sent.get(person_id, 0), held.get(person_id, ()))
        for person_id, around in people.items()
    }


def is_told_by_another(tx: Reader, row: Waiting) -> bool:
    """Whether a prompt was put off, and a later one names all that it names."""
    if row.kind != PROMPT or row.person_id is None or row.not_before <= row.created_at:
        return False
    later = [one.payload for one in outbox.waiting_for(tx, row.person_id, PROMPT) if one.id > row.id]
    later += [one.payload for one in digests.sent(tx, row.person_id, row.created_at, [PROMPT])]
    return any(set(row.payload["duties"]) <= set(one["duties"]) for one in later)


def named_with(
    tx: Reader, person_id: int, around: Circumstances, now: datetime, asked: Collection[int], week: Week
) -> list[int]:
    """What falls due on the next working day, where a prompt for the duties `asked`, and for those held, is to name it too.

    Most people owe so little in a week that there is a place for each of its days, and nothing more is looked up.
    """
    span = _span(person_id, around, now)
    if around.calendar.next_working_day(span.today) > span.last:
        return []
    if week.free <= 0 or duties.falling_due(tx, person_id, now, enough=week.free) < week.free:
        return []
    due = _due(tx, _held(tx, person_id, now), {*asked, *week.held}, span, around)
    if due.get(span.today, frozenset()).isdisjoint(asked):
        return []
    if not names_the_next(span.today, due, week.free, around.calendar):
        return []
    return sorted(due[around.calendar.next_working_day(span.today)])


def now_guides(row: Waiting) -> bool:
    return row.kind == pairing_notices.NOTICE and row.payload["what"] == pairing_notices.Notice.NOW_MENTOR


def _needed_now(tx: Reader, row: Waiting) -> bool:
    """Whether its reader has to act on it at once: who guides from now on, stands in, or is stood in for."""
    return now_guides(row) or (row.kind == STANDS_IN and (_stands_in(row) or _is_stood_in_for(tx, row)))


def _stands_in(row: Waiting) -> bool:
    return any(share[0] == row.person_id for shares in row.payload["now"].values() for share in shares)


def _is_stood_in_for(tx: Reader, row: Waiting) -> bool:
    found = (pairings.get(tx, int(number)) for number in row.payload["now"])
    return any(one is not None and one.mentee_id == row.person_id for one in found)


def has_place(
    tx: Reader, row: Waiting, person_id: int, around: Circumstances, now: datetime, gone: Sequence[Waiting] = ()
) -> bool:
    """Whether an unasked-for message may still come this week, when what waits and is `gone` by then has come too. Each
    question is asked only where those before it leave it open.
    """
    free = _free(tx, person_id, around, now) - len(gone)
    if free <= 0:
        return False
    span, held = _span(person_id, around, now), _held(tx, person_id, now)
    waiting = [one for one in outbox.waiting(tx, person_id) if one not in gone]
    due = _due(tx, held, _asked(waiting), span, around)
    if row.kind == PROMPT and not due.get(span.today, frozenset()).isdisjoint(row.payload["duties"]):
        return True
    prompts = places_kept(due, free, around.calendar)
    if free <= prompts or row.kind in TURNS or _needed_now(tx, row):
        return free > prompts
    if free == 1 and held and any(_moment(day, around) > now for day in _prompt_days(span, around)):
        return False  # something is held, so that a further day may be added
    turns = any(one.kind in TURNS or _needed_now(tx, one) for one in waiting)
    next_monday = week_of(now, around.own_zone)[1]
    return free > prompts + turns + duties.turns_to_tell(tx, person_id, now, next_monday)


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


def _asked(waiting: Iterable[Waiting]) -> set[int]:
    return {one for row in waiting if row.kind == PROMPT for one in row.payload["duties"]}


def _due(
    tx: Reader, held: Collection[Duty], asked: Collection[int], span: _Span, around: Circumstances
) -> dict[date, frozenset[int]]:
    """The days from today on, to the week's end, that still need a prompt, with the duties that fall due: what has not been
    named on its day or on the working day before. What is `asked` for already belongs to today.
    """
    falling = [(duty.id, due) for duty in held if (due := due_prompt_day(duty, around))]
    here = [(one, due, day) for one, due in falling if (day := _day_for(due, span, around, asked=one in asked))]
    named = _named(tx, span, around) if here else {}
    found: dict[date, frozenset[int]] = {}
    for duty_id, due, day in here:
        if named.get(duty_id, date.min) < around.calendar.previous_working_day(due):
            found[day] = found.get(day, frozenset()) | {duty_id}
    return found


def _day_for(due: date, span: _Span, around: Circumstances, *, asked: bool) -> date | None:
    """The day of this week on which what falls due is still to be named."""
    if not asked and _moment(due, around) <= span.now:
        return None
    day = max(due, span.today) if asked else due
    return day if day <= span.last else None


def _named(tx: Reader, span: _Span, around: Circumstances) -> dict[int, date]:
    """The last day on which each duty was named in a prompt."""
    days: dict[int, date] = {}
    for row in digests.sent(tx, span.person_id, span.now - LOOKED_BACK, [PROMPT]):
        day = local_day(row.settled_at, around.own_zone)
        days |= {duty_id: max(day, days.get(duty_id, day)) for duty_id in row.payload["duties"]}
    return days


def _prompt_days(span: _Span, around: Circumstances) -> list[date]:
    days = (span.today + timedelta(days=number) for number in range((span.last - span.today).days + 1))
    return [
        day for day in days if around.calendar.is_working_day(day) and day.weekday() in around.rhythm.prompt_weekdays
    ]


def _moment(day: date, around: Circumstances) -> datetime:
    return prompt_moment(day, around.rhythm, around.own_zone)
