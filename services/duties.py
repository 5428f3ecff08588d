"""Duties as others use them: planned with what they are about, listed for who reports, done, taken back, skipped."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from domain.actors import Actor
from domain.answer_times import minutes_taken
from domain.duties import UNSETTLED, Duty, DutyKind, DutyState, Excuse, SubjectKind, require_transition
from domain.entered_acts import ACTS, Noun
from domain.refusals import Refusal
from domain.roles import RoleKind
from services import access, audit, circumstances
from services.delivery import PROMPT
from services.duty_planning import plan_subject, settle_leaves
from services.duty_reminders import next_for
from storage import digests, duties, entered_acts, outbox, withdrawals
from storage.database import Reader, Writer

__all__ = [
    "complete", "finish", "next_report", "of_holder", "owe_again", "plan_subject", "reopen", "reportable",
    "skip", "withdraw",
]  # fmt: skip

LONGEST_REASON = 200


def reportable(tx: Reader, person_id: int, now: datetime) -> list[Duty]:
    """What a person can report on now, the oldest first: what is open or overdue and, per subject, this period's even if
    it is excused. Each carries its subject's label."""
    found = duties.reportable(tx, person_id, now)
    newest = {(duty.subject_kind, duty.subject_id): duty.id for duty in found}
    return [
        duty
        for duty in found
        if duty.state in UNSETTLED or newest[duty.subject_kind, duty.subject_id] == duty.id
    ]  # fmt: skip


def next_report(tx: Reader, person_id: int, now: datetime) -> Duty | None:
    """The report that falls due next and is still to come."""
    return duties.next_report(tx, person_id, now)


def complete(tx: Writer, actor: Actor, duty_ids: Collection[int], at: datetime) -> list[Duty]:
    """Reported: each is done, and no reminder of it is sent any more.

    Refusals: `already_reported` when one is done already, `month_locked` when it can no longer be handed in,
    `duty_settled` when it was cancelled meanwhile.
    """
    found = duties.lock(tx, duty_ids)
    for duty in found:
        _require_open_for(duty, actor.now)
    for duty in found:
        minutes = _answered_in(tx, duty, at)
        duties.settle(tx, [duty.id], DutyState.DONE, done_at=at, answered_in=minutes, excuse=None, reason=None)
        _record(tx, actor, "duty:complete", duty, DutyState.DONE)
    withdraw_prompts(tx, [duty.holder_id for duty in found], actor.now)
    return found


def _answered_in(tx: Reader, duty: Duty, at: datetime) -> int | None:
    """Since the last reminder of it that had been sent by then; None where nobody asked for it."""
    sent = digests.sent(tx, duty.holder_id, duty.opens_at, [PROMPT]) if duty.prompts else ()
    asked = [row.settled_at for row in sent if row.settled_at <= at and duty.id in row.payload["duties"]]
    return minutes_taken(max(asked), at) if asked else None


def _require_open_for(duty: Duty, now: datetime) -> None:
    if duty.state is DutyState.DONE:
        raise Refusal("already_reported")
    if duty.closes_at <= now:
        raise Refusal("month_locked", month=duty.month)
    require_transition(duty.state, DutyState.DONE)


def reopen(tx: Writer, actor: Actor, duty_ids: Collection[int]) -> None:
    """A report was taken back: what it answered is open again. What was not done is left as it is."""
    for duty in duties.lock(tx, duty_ids):
        if duty.state is DutyState.DONE:
            around = circumstances.of_person(tx, duty.holder_id, actor.today)
            owed = duty.due_at is not None
            moment = next_for(duty, around, actor.now, DutyState.OPEN) if owed else None
            state, excuse = (DutyState.OPEN, None) if owed else (DutyState.EXCUSED, Excuse.BEFORE_START)
            duties.change(
                tx, [duty.id], state=state, excuse=excuse, done_at=None, answered_in=None, next_reminder_at=moment
            )
            _record(tx, actor, "duty:reopen", duty, state)


def skip(tx: Writer, actor: Actor, duty_id: int, reason: str) -> Duty:
    """本期暂不汇报, with a reason, by the holder or their secretary: excused, and no more is said about it."""
    duty = _to_be_skipped(tx, actor, duty_id)
    if duty.state is DutyState.EXCUSED:
        raise Refusal("already_done")
    require_transition(duty.state, DutyState.EXCUSED)
    if not reason.strip():
        raise Refusal("skip_without_reason")
    duties.settle(tx, [duty_id], DutyState.EXCUSED, excuse=Excuse.SKIPPED, reason=reason.strip()[:LONGEST_REASON])
    _record(tx, actor, "duty:skip", duty, DutyState.EXCUSED, reason)
    withdraw_prompts(tx, [duty.holder_id], actor.now)
    return duty


def owe_again(tx: Writer, actor: Actor, duty_id: int) -> Duty:
    """A second thought about 本期暂不汇报, by whoever may say it, until the month locks: it is asked for again.

    Refusals: `already_done` when it is no longer skipped, `month_locked`.
    """
    duty = _to_be_skipped(tx, actor, duty_id)
    if duty.excuse is not Excuse.SKIPPED:
        raise Refusal("already_done")
    if duty.closes_at <= actor.now:
        raise Refusal("month_locked", month=duty.month)
    around = circumstances.of_person(tx, duty.holder_id, actor.today)
    moment = next_for(duty, around, actor.now, DutyState.OPEN)
    duties.change(tx, [duty_id], state=DutyState.OPEN, excuse=None, reason=None, next_reminder_at=moment)
    _record(tx, actor, "duty:owe_again", duty, DutyState.OPEN)
    settle_leaves(tx, actor, duty.holder_id, around)
    entered_acts.supersede(tx, Noun.DUTY, duty_id, ACTS[Noun.DUTY], actor.now)
    return duty


def _to_be_skipped(tx: Writer, actor: Actor, duty_id: int) -> Duty:
    """A report's duty, locked, of the actor or of somebody whose secretary he is."""
    duty = next(iter(duties.lock(tx, [duty_id])), None)
    if duty is None or duty.kind is not DutyKind.REPORT:
        raise Refusal("gone")
    if duty.holder_id != actor.person_id:
        access.person(tx, actor, duty.holder_id, RoleKind.SECRETARY)
    return duty


def finish(tx: Writer, actor: Actor, kind: DutyKind, subject_kind: SubjectKind, subject_id: int) -> None:
    """What is no report (an evaluation, an outcome) was done: its duty is settled, if it still stood."""
    there = [duty for duty in duties.lock_of_subject(tx, subject_kind, subject_id, actor.now) if duty.kind is kind]
    for duty in (duty for duty in there if duty.state in UNSETTLED):
        duties.settle(tx, [duty.id], DutyState.DONE, done_at=actor.now)
        _record(tx, actor, "duty:complete", duty, DutyState.DONE)


def withdraw(tx: Writer, actor: Actor, subject_kind: SubjectKind, subject_id: int) -> None:
    """What it is about is gone, and nothing of it is asked for any more."""
    for duty in duties.lock_of_subject(tx, subject_kind, subject_id, actor.now):
        if duty.state in UNSETTLED:
            duties.settle(tx, [duty.id], DutyState.CANCELLED)
            _record(tx, actor, "duty:cancel", duty, DutyState.CANCELLED)
            withdraw_prompts(tx, [duty.holder_id], actor.now)


def of_holder(tx: Reader, actor: Actor, duty_ids: Sequence[int]) -> list[Duty]:
    """Those of these duties that are the actor's own."""
    return [duty for duty in duties.many(tx, duty_ids) if duty.holder_id == actor.person_id]


def withdraw_prompts(tx: Writer, holder_ids: Collection[int], now: datetime) -> None:
    """Take back waiting prompts of which nothing is left to ask for; one shared with others goes with the rest."""
    for holder_id in set(holder_ids):
        for waiting in outbox.waiting_for(tx, holder_id, PROMPT):
            asked = duties.many(tx, waiting.payload["duties"])
            if not any(duty.state in UNSETTLED for duty in asked):
                withdrawals.withdraw(tx, waiting.unique_key, now)


def _record(tx: Writer, actor: Actor, verb: str, duty: Duty, state: DutyState, reason: str | None = None) -> None:
    new = {"state": state} if reason is None else {"state": state, "reason": reason}
    audit.record(tx, actor, verb, f"duty:{duty.id}", old={"state": duty.state}, new=new, about=duty.holder_id)
