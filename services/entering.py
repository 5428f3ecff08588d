"""代录: what a secretary enters for those of the branch who do not use Telegram here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.actors import Actor
from domain.calendar import ONE_DAY, WorkCalendar, instant_at, local_day
from domain.check_in_drafts import Drafted
from domain.digests import Matter
from domain.duties import DEFAULT_ZONE, Duty
from domain.entered_acts import NOBODY, Act, EnteredAct, Noun
from domain.entering import Approach, approach, fair_until
from domain.refusals import Refusal
from domain.roles import RoleKind
from services import access, calendar, check_in_drafts, check_ins, duties, notices
from services.check_ins import Card
from services.delivery import Skip
from services.hearing import Hearing, just_now
from storage import check_ins as rows
from storage import entered_acts, entering
from storage.database import Reader, Writer

SKIPPED = "entry.skipped_for"
"""The screen that tells somebody that it was entered for him that he does not report this time."""
LOOKED_AHEAD = timedelta(days=4)
"""A digest tells of what falls due until the next one comes."""


@dataclass(frozen=True, slots=True)
class Owing:
    """Somebody without Telegram whose report is open, and the day on which the first of them falls due."""

    person_id: int
    name: str
    due_on: date


def may_enter(tx: Reader, actor: Actor, person_id: int) -> None:
    """Refusal `not_yours`: only for those of the branch that one is a secretary of."""
    access.writes_for(tx, actor, person_id)


def owing(tx: Reader, actor: Actor) -> tuple[Owing, ...]:
    """Whose report the secretary is to ask for and enter, what falls due first at the head."""
    first: dict[int, Owing] = {}
    for row in _open(tx, actor):
        first.setdefault(row.person_id, Owing(row.person_id, row.name, local_day(row.due_at, DEFAULT_ZONE)))
    return tuple(first.values())


def _open(tx: Reader, actor: Actor) -> list[entering.Open]:
    found = entering.owing(tx, actor.units(RoleKind.SECRETARY), actor.now)
    own = {one for one in {row.person_id for row in found} if access.serves_branch_of(tx, actor, one)}
    return [row for row in found if row.person_id in own]


@dataclass(frozen=True, slots=True)
class Coming:
    """A report of somebody without Telegram that falls due before the next digest comes, or is overdue."""

    person_id: int
    name: str
    approach: Approach
    matter: Matter


def coming(tx: Reader, actor: Actor) -> list[Coming]:
    """What a secretary's digest may tell of: once before it is due, and once more when it is overdue."""
    found, calendars = _open(tx, actor), dict[int, WorkCalendar]()
    if not found:
        return []
    assert actor.person_id is not None
    begun_at = entering.begun_at(tx, actor.units(RoleKind.SECRETARY), actor.person_id) or actor.now
    for row in found:
        if row.unit_id not in calendars:
            calendars[row.unit_id] = calendar.of_unit(tx, row.unit_id, actor.today)
    near = [_coming(row, local_day(begun_at, DEFAULT_ZONE), actor, calendars[row.unit_id]) for row in found]
    return [one for one in near if one.matter.since <= actor.now]


def _coming(row: entering.Open, begun_on: date, actor: Actor, days: WorkCalendar) -> Coming:
    invited_on = None if row.invited_at is None else local_day(row.invited_at, DEFAULT_ZONE)
    how = approach(actor.today, invited_on=invited_on, begun_on=begun_on, declined=row.said_no, calendar=days)
    due_on = local_day(row.due_at, DEFAULT_ZONE)
    since = max(row.opens_at, _midnight(due_on - LOOKED_AHEAD + ONE_DAY))
    if how is Approach.ENTER and not row.said_no:
        since = max(since, _midnight(fair_until(invited_on, begun_on, days) + ONE_DAY))
    return Coming(row.person_id, row.name, how, Matter(since, turns=(due_on + ONE_DAY,)))


def _midnight(day: date) -> datetime:
    return instant_at(day, time(), DEFAULT_ZONE)


def skip(tx: Writer, actor: Actor, drafted: Drafted, reason: str) -> list[Duty]:
    """本期暂不汇报, entered for somebody: all that the report would have been for. A file that was sent is the paper."""
    entered = drafted.entered
    assert entered is not None
    assert actor.person_id is not None
    may_enter(tx, actor, entered.person_id)
    skipped = [duties.skip(tx, actor, duty_id, reason) for duty_id in drafted.chosen]
    paper = next(iter(drafted.files), None)
    for duty in skipped:
        entered_acts.add(tx, Act.SKIP, Noun.DUTY, duty.id, entered, by=actor.person_id, now=actor.now, paper=paper)
    ids = [duty.id for duty in skipped]
    key = f"{_skipped(ids)}{actor.now.isoformat()}"
    notices.tell(tx, actor, entered.person_id, SKIPPED, key=key, unasked=True, duties=ids)
    check_in_drafts.drop(tx, actor)
    return skipped


def report_after_all(tx: Writer, actor: Actor, duty_ids: Sequence[int]) -> list[Duty]:
    """The secretary's second thought; word of it to the person is taken back, if it has not gone."""
    owed = [duties.owe_again(tx, actor, duty_id) for duty_id in duty_ids]
    notices.take_back_all(tx, actor, _skipped(duty_ids))
    return owed


def _skipped(duty_ids: Sequence[int]) -> str:
    return f"{SKIPPED}:{'-'.join(map(str, sorted(duty_ids)))}:"


def hearing(tx: Reader, actor: Actor, duty_ids: Sequence[int]) -> Hearing:
    """When the person hears of it."""
    return just_now(tx, actor, _skipped(duty_ids))


def skips(tx: Reader, actor: Actor, duty_ids: Sequence[int]) -> tuple[EnteredAct, ...] | Skip:
    """What was entered so, for the person or the secretary, unless it is no longer so."""
    found = tuple(entered_acts.of_subjects(tx, Noun.DUTY, duty_ids))
    for one in found:
        access.reports_of(tx, actor, one.person_id or NOBODY)
    return found or Skip("no_longer_true")


def entered(tx: Reader, actor: Actor, check_in_id: int) -> Card | Skip:
    """The notice to the author, unless the report was taken back meanwhile."""
    try:
        return check_ins.card(tx, actor, check_in_id)
    except Refusal as refusal:
        return Skip(refusal.code)


def entered_before(tx: Reader, person_id: int | None) -> tuple[int, int]:
    """How many reports were entered for somebody before he came in, and how much else."""
    return (0, 0) if person_id is None else (rows.count_entered(tx, person_id), entered_acts.count(tx, person_id))
