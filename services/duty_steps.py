"""The tick's work on duties: plan coming periods, open what has come, close what is locked, and prompt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.duties import Duty, DutyKind, DutyState, Excuse, SubjectKind
from domain.reminders import DuePrompt, shared_prompts
from services import audit, circumstances, notices, week_places
from services.circumstances import Circumstances, UnitTime
from services.delivery import PROMPT
from services.duty_planning import bring_up_to
from services.duty_reminders import TOLD_ONCE, next_for, was_put_off
from storage import duties, duty_plans, duty_subjects
from storage.database import Writer

ROWS = 200
PEOPLE = 25
"""How many are planned or prompted in one unit: each takes several questions, and people at work wait meanwhile."""
TURNS = dict(zip((DutyKind.ROTATION_START, DutyKind.ROTATION_END), week_places.TURNS, strict=True))
"""The screens that tell of a rotation's first and last day."""


def plan_duties(tx: Writer, actor: Actor) -> bool:
    known: dict[int, UnitTime] = {}
    plans = duty_plans.due(tx, actor.now, limit=PEOPLE)
    for plan in plans:
        bring_up_to(tx, actor, plan, known)
    return len(plans) == PEOPLE


def open_duties(tx: Writer, actor: Actor) -> bool:
    """What is only a day (a rotation's start or end) is done with its coming; everything else is open from then on."""
    found = duties.opening(tx, actor.now, limit=ROWS)
    days = [duty.id for duty in found if duty.kind in TOLD_ONCE]
    opened = [duty.id for duty in found if duty.kind not in TOLD_ONCE]
    duties.settle(tx, days, DutyState.DONE, done_at=actor.now)
    duties.change(tx, opened, state=DutyState.OPEN)
    for duty in found:
        if duty.kind is DutyKind.ROTATION_START and duty_subjects.put_in_post(tx, duty.subject_id):
            audit.record(tx, actor, "rotation:begin", f"rotation:{duty.subject_id}", new={"state": "in_post"})
    if found:
        audit.record(tx, actor, "duty:open", "duty:several", new={"opened": opened, "done": days})
    return len(found) == ROWS


def close_duties(tx: Writer, actor: Actor) -> bool:
    """Their month is locked: what was owed is missed (未交), what was not owed is excused."""
    found = duties.closing(tx, actor.now, limit=ROWS)
    missed = [duty_id for duty_id, due in found if due is not None]
    excused = [duty_id for duty_id, due in found if due is None]
    duties.settle(tx, missed, DutyState.MISSED)
    duties.settle(tx, excused, DutyState.EXCUSED, excuse=Excuse.BEFORE_START)
    if found:
        audit.record(tx, actor, "duty:close", "duty:several", new={"missed": missed, "excused": excused})
    return len(found) == ROWS


def prompt_holders(tx: Writer, actor: Actor) -> bool:
    """One prompt a person for all that is to be said now, however long the program was down; then ask when next."""
    found = duties.prompted(tx, actor.now, limit=PEOPLE)
    around = _of_holders(tx, actor, found)
    for duty in found:
        if duty.kind in TOLD_ONCE:
            _tell_of_turn(tx, actor, duty)
    asked = {duty.id: duty for duty in found if duty.kind not in TOLD_ONCE}
    prompts = shared_prompts(DuePrompt(duty.holder_id, duty.id) for duty in asked.values())
    weeks = week_places.weeks(tx, around, actor.now)
    for holder_id, ids in prompts.items():
        _prompt(tx, actor, holder_id, [asked[duty_id] for duty_id in ids], around[holder_id], weeks[holder_id])
    duties.prompt_again(tx, {duty.id: _when_next(actor, duty, around[duty.holder_id]) for duty in found})
    return bool(found)


def _of_holders(tx: Writer, actor: Actor, found: Sequence[Duty]) -> dict[int, Circumstances]:
    known: dict[int, UnitTime] = {}
    holders = dict.fromkeys(duty.holder_id for duty in found)
    return {holder: circumstances.of_person(tx, holder, actor.today, known) for holder in holders}


def _prompt(
    tx: Writer, actor: Actor, holder_id: int, asked: Sequence[Duty], around: Circumstances, week: week_places.Week
) -> None:
    moment = max(duty.next_reminder_at for duty in asked if duty.next_reminder_at is not None)
    key = f"prompt:{holder_id}:{moment.isoformat()}"
    ids = [duty.id for duty in asked]
    unasked = not all(was_put_off(duty, around) for duty in asked)
    ids += [*week_places.named_with(tx, holder_id, around, actor.now, ids, week), *week.held]
    notices.tell(tx, actor, holder_id, PROMPT, key=key, unasked=unasked, duties=list(dict.fromkeys(ids)))


def _tell_of_turn(tx: Writer, actor: Actor, duty: Duty) -> None:
    subject = duty_subjects.load(tx, SubjectKind.ROTATION, duty.subject_id)
    if subject is None or duty.due_at is None:
        return
    for person_id in {subject.holder_id, subject.host_id} - {None}:
        assert person_id is not None
        key = f"rotation:{subject.id}:{duty.kind}:{duty.due_at:%Y%m%d}:{person_id}"
        notices.tell(tx, actor, person_id, TURNS[duty.kind], key=key, unasked=True, rotation=subject.id)


def _when_next(actor: Actor, duty: Duty, around: Circumstances) -> datetime | None:
    return next_for(replace(duty, prompts=duty.prompts + 1), around, actor.now)
