"""Bringing a subject's duties to what its dates, cadence, calendar and leaves ask for. Doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.calendar import local_day
from domain.duties import UNSETTLED, Duty, DutyKind, DutyState, Excuse, SubjectKind, is_excused, is_owed_again
from services import audit, circumstances, wanted_duties
from services.circumstances import Circumstances, UnitTime
from services.duty_reminders import first_for, next_for
from services.wanted_duties import Span, Wanted
from storage import duties, duty_plans, duty_subjects
from storage.database import Writer
from storage.duty_plans import Plan
from storage.duty_subjects import Subject


def plan_subject(tx: Writer, actor: Actor, subject_kind: SubjectKind, subject_id: int) -> None:
    """A pairing or rotation begins, resumes, or changes: plan this period and the next, cancel what no longer applies.

    Nothing that fell due before this moment is owed. Rotations follow the cadence of their person's pairing, so they
    are planned with it. A subject that is no longer live loses what has not fallen due.
    """
    duty_plans.lock(tx, subject_kind, subject_id)
    plan = Plan(subject_kind, subject_id, actor.now, actor.now)
    holder_id = bring_up_to(tx, actor, plan, {})
    if subject_kind is SubjectKind.PAIRING and holder_id is not None:
        for rotation_id in duty_subjects.live_rotations(tx, holder_id):
            known = duty_plans.get(tx, SubjectKind.ROTATION, rotation_id)
            if known is not None:
                anew = replace(known, since=actor.now, next_at=min(known.next_at, actor.now))
                bring_up_to(tx, actor, anew, {})


def bring_up_to(tx: Writer, actor: Actor, plan: Plan, known: MutableMapping[int, UnitTime]) -> int | None:
    """Plan a subject from `plan.next_at` on; return its holder."""
    subject = duty_subjects.load(tx, plan.subject_kind, plan.subject_id)
    if subject is None or not subject.live or subject.first is None:
        duty_plans.end(tx, plan.subject_kind, plan.subject_id)
        if subject is not None:
            ahead = [duty for duty in _standing(tx, subject, actor.now) if _is_ahead(duty, actor.now)]
            _cancel(tx, actor, subject, ahead)
        return None if subject is None else subject.holder_id
    around = circumstances.of_person(tx, subject.holder_id, actor.today, known)
    today = local_day(actor.now, around.zone)
    span = Span(local_day(min(plan.next_at, actor.now), around.zone), today, plan.since)
    _finish_outcomes(tx, subject, actor.now)
    wanted, next_at = wanted_duties.reports(tx, subject, around, span)
    _bring(tx, actor, subject, [*wanted, *wanted_duties.once(tx, subject, around)], around)
    settle_leaves(tx, actor, subject.holder_id, around)
    duty_plans.put(tx, replace(plan, next_at=next_at))
    return subject.holder_id


def settle_leaves(tx: Writer, actor: Actor, person_id: int, around: Circumstances) -> None:
    """Excuse what falls due on days of a leave, and give back what no leave covers any more."""
    now = actor.now
    for duty in duties.lock_leavable(tx, person_id, now):
        due_day = duty.due_day(around.zone)
        if duty.kind is not DutyKind.REPORT or due_day is None:
            continue
        if is_excused(around.leaves, duty.state, due_day):
            duties.settle(tx, [duty.id], DutyState.EXCUSED, excuse=Excuse.LEAVE)
            audit.record(tx, actor, "duty:excuse", f"duty:{duty.id}", new={"excuse": Excuse.LEAVE}, about=person_id)
        elif is_owed_again(around.leaves, duty.state, duty.excuse, due_day):
            state = DutyState.OPEN if duty.opens_at <= now else DutyState.SCHEDULED
            moment = next_for(duty, around, now, state)
            duties.change(tx, [duty.id], state=state, excuse=None, next_reminder_at=moment)
            audit.record(tx, actor, "duty:owe_again", f"duty:{duty.id}", new={"state": state}, about=person_id)


def _bring(tx: Writer, actor: Actor, subject: Subject, wanted: Sequence[Wanted], around: Circumstances) -> None:
    now = actor.now
    asked = {one.key: one for one in wanted if one.closes_at > now}
    there = {_key(duty): duty for duty in _standing(tx, subject, now, [one.period for one in wanted])}
    absent = [one for key, one in asked.items() if key not in there]
    duties.add_all(tx, [_row(one, around, now) for one in absent])
    for key in asked.keys() & there.keys():
        _adjust(tx, there[key], asked[key], around, now)
    _cancel(tx, actor, subject, [duty for key, duty in there.items() if key not in asked and _is_ahead(duty, now)])
    if absent:
        planned = {"duties": [f"{one.kind}:{one.period}" for one in absent]}
        audit.record(tx, actor, "duty:plan", f"{subject.kind}:{subject.id}", new=planned, about=subject.holder_id)


def _standing(tx: Writer, subject: Subject, now: datetime, periods: Sequence[str] = ()) -> list[Duty]:
    """The subject's duties with those of its outcomes."""
    found = duties.lock_of_subject(tx, subject.kind, subject.id, now, periods)
    if subject.kind is SubjectKind.PAIRING:
        for outcome in duty_subjects.outcomes(tx, subject.id):
            found += duties.lock_of_subject(tx, SubjectKind.OUTCOME, outcome.id, now)
    return found


def _finish_outcomes(tx: Writer, subject: Subject, now: datetime) -> None:
    """An outcome that was claimed or reached is asked for no more."""
    if subject.kind is not SubjectKind.PAIRING:
        return
    for outcome in duty_subjects.outcomes(tx, subject.id):
        if outcome.settled:
            there = duties.lock_of_subject(tx, SubjectKind.OUTCOME, outcome.id, now)
            duties.settle(tx, [duty.id for duty in there if duty.state in UNSETTLED], DutyState.DONE, done_at=now)


def _row(wanted: Wanted, around: Circumstances, now: datetime) -> dict[str, object]:
    return {**wanted.values(), "next_reminder_at": first_for(_as_duty(wanted), around, now)}


def _adjust(tx: Writer, duty: Duty, wanted: Wanted, around: Circumstances, now: datetime) -> None:
    """A cancelled duty comes back anew; one that has not fallen due moves with the calendar; all else stays."""
    if duty.state is DutyState.CANCELLED:
        row = {**_row(wanted, around, now), "excuse": wanted.excuse, "reason": None, "prompts": 0}
        duties.change(tx, [duty.id], **row)
    elif _moves(duty, wanted, now):
        moved = replace(duty, opens_at=wanted.opens_at, due_at=wanted.due_at)
        duties.change(
            tx, [duty.id], holder_id=wanted.holder_id, month=wanted.month, opens_at=wanted.opens_at,
            due_at=wanted.due_at, closes_at=wanted.closes_at, next_reminder_at=next_for(moved, around, now),
        )  # fmt: skip


def _moves(duty: Duty, wanted: Wanted, now: datetime) -> bool:
    ahead = duty.state in UNSETTLED and duty.due_at is not None and duty.due_at > now
    same = (duty.holder_id, duty.opens_at, duty.due_at, duty.closes_at) == (
        wanted.holder_id, wanted.opens_at, wanted.due_at, wanted.closes_at,
    )  # fmt: skip
    return ahead and wanted.due_at is not None and wanted.due_at > now and not same


def _cancel(tx: Writer, actor: Actor, subject: Subject, gone: Iterable[Duty]) -> None:
    ids = [duty.id for duty in gone if duty.state in UNSETTLED or duty.state is DutyState.EXCUSED]
    if ids:
        duties.settle(tx, ids, DutyState.CANCELLED)
        audit.record(
            tx, actor, "duty:cancel", f"{subject.kind}:{subject.id}", new={"duties": ids}, about=subject.holder_id
        )


def _is_ahead(duty: Duty, now: datetime) -> bool:
    """Not fallen due yet; what is not owed at all may go as long as its period has not been left behind."""
    return (duty.due_at or duty.opens_at + timedelta(days=7)) > now


def _key(duty: Duty) -> tuple[DutyKind, SubjectKind, int, str]:
    return (duty.kind, duty.subject_kind, duty.subject_id, duty.period)


def _as_duty(wanted: Wanted) -> Duty:
    return Duty(
        0, wanted.kind, wanted.subject_kind, wanted.subject_id, wanted.period, wanted.holder_id, wanted.month,
        wanted.opens_at, wanted.due_at, wanted.closes_at, wanted.state, wanted.excuse,
    )  # fmt: skip
