"""When the holder of a duty is reminded next: the pure rules, asked with the person's circumstances."""

from __future__ import annotations

from datetime import date, datetime

from domain.calendar import local_day
from domain.duties import UNSETTLED, Duty, DutyKind, DutyState, is_on_leave
from domain.periods import cadence_of
from domain.reminders import next_reminder_at, prompt_days, prompt_moment
from services.circumstances import Circumstances
from storage import duties
from storage.database import Writer

TOLD_ONCE = frozenset({DutyKind.ROTATION_START, DutyKind.ROTATION_END})
"""These are told of before they come, and once; everything else is asked for on its day and once after."""


def next_for(duty: Duty, around: Circumstances, now: datetime, state: DutyState | None = None) -> datetime | None:
    """The moment after `now`; None when it is settled, muted, or all that was to be said has been said."""
    days = [day for day in reminder_days(duty, around) if not is_on_leave(around.leaves, day)]
    return next_reminder_at(state or duty.state, days, around.rhythm, around.own_zone, now)


def first_for(duty: Duty, around: Circumstances, now: datetime) -> datetime | None:
    """Of a duty that is only now planned: at once when all its days passed while the program was down."""
    moment = next_for(duty, around, now)
    overdue = duty.state in UNSETTLED and duty.due_at is not None and duty.due_at <= now
    if moment is None and overdue and duty.kind not in TOLD_ONCE and around.rhythm.prompt_weekdays:
        return now
    return moment


def reminder_days(duty: Duty, around: Circumstances) -> tuple[date, ...]:
    due_day = duty.due_day(around.zone)
    if due_day is None or duty.kind is DutyKind.REVIEW:
        return ()
    weekdays = around.rhythm.prompt_weekdays
    if duty.kind not in TOLD_ONCE:
        opens_on = local_day(duty.opens_at, around.zone)
        return prompt_days(cadence_of(duty.period), opens_on, due_day, around.calendar, weekdays)
    return () if duty.prompts or not weekdays else _before(due_day, around)


def due_prompt_day(duty: Duty, around: Circumstances) -> date | None:
    """The day on which it is asked for because it falls due: that day itself, or the last one before on which prompts may come."""
    due_day = duty.due_day(around.zone)
    days = (day for day in reminder_days(duty, around) if due_day is not None and day <= due_day)
    return max((day for day in days if not is_on_leave(around.leaves, day)), default=None)


def was_put_off(duty: Duty, around: Circumstances) -> bool:
    """Whether it is asked for again at a moment that its holder chose (稍后提醒)."""
    own = {prompt_moment(day, around.rhythm, around.own_zone) for day in reminder_days(duty, around)}
    return bool(duty.prompts) and duty.next_reminder_at not in own


def _before(day: date, around: Circumstances) -> tuple[date, date]:
    """Two working days before or, when that has passed, the last one before."""
    eve = around.calendar.previous_working_day(day)
    return (around.calendar.previous_working_day(eve), eve)


def retime(tx: Writer, person_id: int, around: Circumstances, now: datetime) -> None:
    """Ask anew for everything a person holds, because what they chose has changed."""
    for duty in duties.lock_leavable(tx, person_id, now):
        moment = next_for(duty, around, now)
        if moment != duty.next_reminder_at:
            duties.change(tx, [duty.id], next_reminder_at=moment)
