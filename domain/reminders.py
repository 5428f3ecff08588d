"""Who is reminded when: pure decisions about prompts, digests, snoozing and the weekly budget (不搞形式主义)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar import ONE_DAY, WorkCalendar, instant_at, local_day
from domain.duties import UNSETTLED, DutyState
from domain.periods import CadenceKind
from domain.quiet_hours import DEFAULT_QUIET_HOURS, QuietHours, outside_quiet_hours
from domain.refusals import Refusal

EVERY_WEEKDAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The unit's profile with the person's own choices laid over it; hours are in the person's zone.

    `prompt_weekdays` are those on which the person wants to be prompted (Monday is 0); empty turns prompts off.
    """

    prompt_at: time = time(9)
    prompt_weekdays: frozenset[int] = EVERY_WEEKDAY
    quiet: QuietHours = DEFAULT_QUIET_HOURS
    digest_at: time = time(9)
    digest_weekdays: frozenset[int] = frozenset({0, 3})
    weekly_budget: int = 3


class Snooze(StrEnum):
    HOUR = "hour"
    TOMORROW = "tomorrow"


def require_prompt_hour(clock: time, quiet: QuietHours) -> None:
    """Refusal `prompt_in_quiet_hours`: an hour one chooses for prompts must not be one in which none may come."""
    if quiet.covers(clock):
        raise Refusal("prompt_in_quiet_hours", clock=f"{clock:%H:%M}")


def prompt_days(
    cadence: CadenceKind | None,
    opens_on: date,
    due_day: date,
    calendar: WorkCalendar,
    weekdays: Collection[int] = EVERY_WEEKDAY,
) -> tuple[date, ...]:
    """The due day and once after, on the next working day; unless weekly, also two working days before. Then silence.

    A duty without a cadence (an outcome, a rotation's start) is prompted as the longer ones are. A prompt for a day
    off, or for a weekday the person did not choose, comes earlier up to the due day and later after it; none comes
    twice, and none before the duty opens.
    """
    before = [due_day]
    if cadence is not CadenceKind.WEEKLY:
        before.append(calendar.previous_working_day(calendar.previous_working_day(due_day)))
    found = {_suited(day, -1, weekdays, calendar) for day in before}
    found.add(_suited(calendar.next_working_day(due_day), 1, weekdays, calendar))
    return tuple(sorted(day for day in found if day is not None and day >= opens_on))


def _suited(day: date, step: int, weekdays: Collection[int], calendar: WorkCalendar) -> date | None:
    """The nearest working day on a chosen weekday, looking `step` days at a time and no further than four weeks."""
    near = (day + timedelta(days=n * step) for n in range(28))
    return next((day for day in near if day.weekday() in weekdays and calendar.is_working_day(day)), None)


def next_reminder_at(
    state: DutyState, days: Iterable[date], rhythm: Rhythm, zone: ZoneInfo, after: datetime
) -> datetime | None:
    """When the holder is prompted next after `after`, in UTC; None once the duty is settled or no prompt is left.

    Whatever passed while the program was down lies before `after`: the tick sends one prompt for all of it and asks
    again with `after` = now.
    """
    if state not in UNSETTLED:
        return None
    moments = (prompt_moment(day, rhythm, zone) for day in days)
    return min((moment for moment in moments if moment > after), default=None)


def prompt_moment(day: date, rhythm: Rhythm, zone: ZoneInfo) -> datetime:
    """When the prompts of a day go, in UTC."""
    return outside_quiet_hours(instant_at(day, rhythm.prompt_at, zone), zone, rhythm.quiet)


def has_fallen_silent(days: Iterable[date], day: date) -> bool:
    """No prompt is left: what is still open is from now on a line in the mentor's digest."""
    return all(day > prompted for prompted in days)


def snoozed_until(choice: Snooze | date, rhythm: Rhythm, zone: ZoneInfo, now: datetime, locks_at: datetime) -> datetime:
    """When a snoozed prompt comes back, in UTC: in an hour, tomorrow or on a chosen day, but outside quiet hours.

    Refusals: `snooze_in_the_past`, and `snooze_after_lock` when nothing could be handed in any more by then.
    """
    wanted = outside_quiet_hours(_snoozed(choice, rhythm, zone, now), zone, rhythm.quiet)
    if wanted <= now:
        raise Refusal("snooze_in_the_past", day=local_day(wanted, zone))
    if wanted >= locks_at:
        raise Refusal("snooze_after_lock", locks_on=local_day(locks_at, zone))
    return wanted


def _snoozed(choice: Snooze | date, rhythm: Rhythm, zone: ZoneInfo, now: datetime) -> datetime:
    if choice is Snooze.HOUR:
        return now + timedelta(hours=1)
    day = choice if isinstance(choice, date) else local_day(now, zone) + ONE_DAY
    return instant_at(day, rhythm.prompt_at, zone)


def is_digest_day(day: date, weekdays: Collection[int], calendar: WorkCalendar) -> bool:
    """Digests go on their weekdays; one that would fall on days off goes on the first working day after them."""
    if not calendar.is_working_day(day):
        return False
    rested = (day - calendar.previous_working_day(day)).days
    return any((day - timedelta(days=n)).weekday() in weekdays for n in range(rested))


def next_digest_at(rhythm: Rhythm, zone: ZoneInfo, after: datetime, calendar: WorkCalendar) -> datetime | None:
    """When the next digest goes after `after`, in UTC; None for who wants none."""
    if not rhythm.digest_weekdays:
        return None
    # From the day before: quiet hours may have moved its digest into today.
    for day in calendar.working_days_from(local_day(after, zone) - ONE_DAY):
        moment = outside_quiet_hours(instant_at(day, rhythm.digest_at, zone), zone, rhythm.quiet)
        if moment > after and is_digest_day(day, rhythm.digest_weekdays, calendar):
            return moment
    return None


def week_of(instant: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Monday 00:00 and the Monday after it, in UTC, of the week that the person is in."""
    day = local_day(instant, zone)
    monday = day - timedelta(days=day.weekday())
    return instant_at(monday, time(), zone), instant_at(monday + timedelta(days=7), time(), zone)


@dataclass(frozen=True, slots=True)
class DuePrompt:
    holder_id: int
    duty_id: int


def shared_prompts(due: Iterable[DuePrompt]) -> dict[int, tuple[int, ...]]:
    """All a person is to be reminded of at once shares one prompt: holder → duties, in their order, none twice."""
    shared: dict[int, dict[int, None]] = {}
    for prompt in due:
        shared.setdefault(prompt.holder_id, {})[prompt.duty_id] = None
    return {holder: tuple(duties) for holder, duties in shared.items()}
