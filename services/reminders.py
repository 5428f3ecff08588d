"""提醒设置: hour, days, off; a prompt put off; and what a prompt shows when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import local_day
from domain.duties import UNSETTLED, Duty, DutyKind, is_on_leave
from domain.quiet_hours import QuietHours
from domain.refusals import Refusal
from domain.reminders import EVERY_WEEKDAY, Snooze, require_prompt_hour, snoozed_until
from domain.rotations import Rotation, RotationState
from services import access, audit, circumstances, menu
from services.circumstances import Circumstances
from services.delivery import Skip
from services.duties import of_holder, skip
from services.duty_reminders import TOLD_ONCE, retime
from services.rotation_access import opened
from storage import accounts, duties, people, units
from storage.database import Reader, Writer

HOURS = range(8, 21)
SNOOZE_DAYS = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a person is reminded now; `hours` are those that may be chosen."""

    hour: time
    weekdays: frozenset[int]
    off: bool
    hours: tuple[int, ...]
    quiet: QuietHours
    reviews_at_once: bool
    mentors: bool
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked for: reports that are coming due, reports that are overdue, and everything else with its day."""

    name: str
    coming: tuple[Duty, ...]
    overdue: tuple[Duty, ...]
    other: tuple[Duty, ...]
    zone: ZoneInfo


def chosen(tx: Reader, actor: Actor) -> Chosen:
    around = _around(tx, actor)
    rhythm, choices = around.rhythm, around.choices
    weekdays = EVERY_WEEKDAY if choices.prompt_days is None else frozenset(choices.prompt_days)
    assert actor.person_id is not None
    moments = [duty.next_reminder_at for duty in duties.leavable(tx, actor.person_id, actor.now)]
    return Chosen(
        hour=rhythm.prompt_at,
        weekdays=weekdays,
        off=choices.reminders_off,
        hours=tuple(hour for hour in HOURS if not rhythm.quiet.covers(time(hour))),
        quiet=rhythm.quiet,
        reviews_at_once=choices.reviews_at_once,
        mentors=_guides(tx, actor),
        next_at=min((moment for moment in moments if moment is not None), default=None),
    )


def set_hour(tx: Writer, actor: Actor, hour: int) -> None:
    """Refusals: `prompt_in_quiet_hours`; `gone` for an hour that is not offered."""
    if hour not in HOURS:
        raise Refusal("gone")
    require_prompt_hour(time(hour), _around(tx, actor).rhythm.quiet)
    _choose(tx, actor, prompt_hour=hour)


def toggle_weekday(tx: Writer, actor: Actor, weekday: int) -> None:
    """Want prompts on a weekday (Monday is 0), or no longer. Refusal `no_day_left`: without any, they are switched off."""
    if weekday not in EVERY_WEEKDAY:
        raise Refusal("gone")
    wanted = chosen(tx, actor).weekdays ^ {weekday}
    if not wanted & frozenset(range(5)):
        raise Refusal("no_day_left")
    _choose(tx, actor, prompt_days=sorted(wanted))


def switch(tx: Writer, actor: Actor, *, off: bool) -> None:
    _choose(tx, actor, reminders_off=off)


def get_reviews_at_once(tx: Writer, actor: Actor, *, at_once: bool) -> None:
    if not _guides(tx, actor):
        raise Refusal("not_yours")
    _choose(tx, actor, reviews_at_once=at_once)


def snooze(tx: Writer, actor: Actor, choice: Snooze | date) -> datetime:
    """Put off all that the person was prompted for; return when it comes back.

    Refusals: `already_done` when nothing is open any more, `snooze_in_the_past`, `snooze_after_lock`.
    """
    around = _around(tx, actor)
    asked = _asked(tx, actor)
    if not asked:
        raise Refusal("already_done")
    locks_at = min(duty.closes_at for duty in asked)
    moment = snoozed_until(choice, around.rhythm, around.own_zone, actor.now, locks_at)
    duties.change(tx, [duty.id for duty in asked], next_reminder_at=moment)
    audit.record(tx, actor, "duty:snooze", f"person:{actor.person_id}", new={"until": moment}, about=actor.person_id)
    return moment


def snooze_days(tx: Reader, actor: Actor) -> list[date]:
    """The working days after tomorrow that are offered."""
    around = _around(tx, actor)
    tomorrow = around.calendar.next_working_day(local_day(actor.now, around.own_zone))
    days = around.calendar.working_days_from(tomorrow)
    return [next(days) for _ in range(SNOOZE_DAYS + 1)][1:]


def skippable(tx: Reader, actor: Actor) -> list[Duty]:
    """The reports of which one can say 本期暂不汇报 now."""
    if actor.person_id is None:
        return []
    return [duty for duty in duties.reportable(tx, actor.person_id, actor.now) if duty.state in UNSETTLED]


def skip_everything(tx: Writer, actor: Actor, reason: str) -> list[Duty]:
    """本期暂不汇报 for all of it. Refusal `already_done` when nothing is open any more."""
    asked = skippable(tx, actor)
    if not asked:
        raise Refusal("already_done")
    return [skip(tx, actor, duty.id, reason) for duty in asked]


def prompt(tx: Reader, actor: Actor, duty_ids: Sequence[int]) -> Prompt | Skip:
    """What is still to be asked for when the prompt is sent."""
    around = _around(tx, actor)
    asked = [duty for duty in of_holder(tx, actor, duty_ids) if duty.state in UNSETTLED and duty.due_at is not None]
    if not asked:
        return Skip("already_done")
    if is_on_leave(around.leaves, local_day(actor.now, around.zone)):
        return Skip("on_leave")
    reports = [duty for duty in asked if duty.kind is DutyKind.REPORT]
    return Prompt(
        name=access.myself(tx, actor).name,
        coming=tuple(duty for duty in reports if duty.due_at is not None and duty.due_at >= actor.now),
        overdue=tuple(duty for duty in reports if duty.due_at is not None and duty.due_at < actor.now),
        other=tuple(duty for duty in asked if duty.kind is not DutyKind.REPORT),
        zone=around.zone,
    )


def _asked(tx: Reader, actor: Actor) -> list[Duty]:
    """What the person was prompted for at least once and has not settled."""
    if actor.person_id is None:
        return []
    held = duties.leavable(tx, actor.person_id, actor.now)
    return [duty for duty in held if duty.state in UNSETTLED and duty.prompts and duty.kind not in TOLD_ONCE]


def _guides(tx: Reader, actor: Actor) -> bool:
    offer = menu.offer(tx, actor)
    return offer.mentors or offer.hosts


def _around(tx: Reader, actor: Actor) -> Circumstances:
    return circumstances.of_person(tx, access.myself(tx, actor).id, actor.today)


def _choose(tx: Writer, actor: Actor, **values: object) -> None:
    """Keep a choice and ask anew when the person is reminded next."""
    person = access.myself(tx, actor)
    assert actor.account_id is not None
    accounts.update_fields(tx, actor.account_id, **values)
    audit.record(tx, actor, "account:choose", f"account:{actor.account_id}", new=values, about=person.id)
    retime(tx, person.id, _around(tx, actor), actor.now)


@dataclass(frozen=True, slots=True)
class Turn:
    """A rotation's first or last day, as the one who reads of it stands to it."""

    rotation: Rotation
    person: str
    unit: str
    host: str
    mine: bool


def turn(tx: Reader, actor: Actor, rotation_id: int, *, ends: bool) -> Turn | Skip:
    """The notice of a rotation's start or end, unless the day has passed or the rotation is no more."""
    try:
        rotation, person, _ = opened(tx, actor, rotation_id)
    except Refusal as refusal:
        return Skip(refusal.code)
    day = rotation.ends_on if ends else rotation.starts_on
    if rotation.state not in (RotationState.PLANNED, RotationState.IN_POST) or day < actor.today:
        return Skip("already_done")
    unit = units.get(tx, rotation.unit_id)
    host = None if rotation.host_id is None else people.get(tx, rotation.host_id)
    return Turn(
        rotation,
        person.name,
        unit.name if unit else "",
        host.name if host else rotation.host_name,
        mine=rotation.person_id == actor.person_id,
    )
