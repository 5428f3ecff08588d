"""The course of a rotation: evaluated by its host, closed by the secretary or by itself, cancelled; and one step back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from domain.actors import Actor
from domain.calendar import ONE_DAY
from domain.duties import DutyKind, SubjectKind
from domain.entered_acts import ACTS, Noun
from domain.refusals import Refusal
from domain.rotations import Evaluation, Rotation, RotationState, require_evaluable, require_transition
from domain.wording import fitting
from services import audit, duties, last_acts, rotation_comments, rotation_notes
from services.calendar import today_in_unit
from services.duties import plan_subject
from services.notices import HOLD
from services.rotation_access import Side, may_open, opened, taken_up
from services.rotation_notices import Notice, everyone, take_back, tell
from storage import audit as records
from storage import duties as owed
from storage import entered_acts, guidance, rotations
from storage.database import Writer

LONGEST_WORD = 500
LONGEST_REASON = 500
# What can be taken back beside the arranging itself.
_UNDONE = frozenset(
    {"rotation:amended", "rotation:host_named", "rotation:evaluated", "rotation:closed", "rotation:cancelled"}
)


def evaluate(tx: Writer, actor: Actor, rotation_id: int, evaluation: Evaluation) -> None:
    """The host's short form, or the secretary's for a host without an account; it may be written anew until it is closed."""
    rotation = taken_up(tx, actor, rotation_id, Side.HOST, Side.SECRETARY, Side.PROXY)
    if rotation.person_id == actor.person_id:
        raise Refusal("own_rotation")
    if rotation.state is not RotationState.EVALUATED:
        require_transition(rotation.state, RotationState.EVALUATED)
        require_evaluable(rotation.ends_on, today_in_unit(tx, actor, rotation.unit_id))
    kept = Evaluation(
        fitting(evaluation.work, LONGEST_WORD),
        evaluation.capability,
        fitting(evaluation.word, LONGEST_WORD) if evaluation.word.strip() else "",
    )
    duties.finish(tx, actor, DutyKind.ROTATION_EVALUATION, SubjectKind.ROTATION, rotation_id)
    _change(
        tx, actor, rotation, "rotation:evaluated", state=RotationState.EVALUATED, evaluation=asdict(kept),
        evaluated_by=actor.account_id, evaluated_at=actor.now,
    )  # fmt: skip
    mentors = guidance.mentors_of(tx, rotation.person_id, actor.today)
    tell(tx, actor, rotation_id, Notice.EVALUATED, [*everyone(tx, rotation), *mentors])


def close(tx: Writer, actor: Actor, rotation_id: int) -> None:
    rotation = taken_up(tx, actor, rotation_id, Side.SECRETARY)
    _close(tx, actor, rotation)
    tell(tx, actor, rotation_id, Notice.CLOSED, everyone(tx, rotation))


def cancel(tx: Writer, actor: Actor, rotation_id: int, reason: str) -> None:
    break_off(tx, actor, taken_up(tx, actor, rotation_id, Side.SECRETARY), reason)


def break_off(tx: Writer, actor: Actor, rotation: Rotation, reason: str) -> None:
    """Cancel a rotation that is locked, or close it when it is evaluated already, without asking who may."""
    if rotation.state is RotationState.EVALUATED:
        _close(tx, actor, rotation)
        tell(tx, actor, rotation.id, Notice.CLOSED, everyone(tx, rotation))
        return
    _require_open(tx, actor, rotation, RotationState.CANCELLED)
    kept = fitting(reason, LONGEST_REASON)
    _change(
        tx, actor, rotation, "rotation:cancelled", state=RotationState.CANCELLED, cancel_reason=kept,
        closed_at=actor.now,
    )  # fmt: skip
    tell(tx, actor, rotation.id, Notice.CANCELLED, everyone(tx, rotation))


def close_rotations(tx: Writer, actor: Actor, limit: int = 200) -> bool:
    """A step of the tick: what is evaluated and over is closed. Tells whether more may wait."""
    closed = 0
    for rotation_id in rotations.to_close(tx, actor.today + ONE_DAY, limit):
        rotation = rotations.lock(tx, rotation_id)
        if rotation is None or rotation.state is not RotationState.EVALUATED:
            continue
        if rotation.ends_on < today_in_unit(tx, actor, rotation.unit_id):
            _close(tx, actor, rotation)
            closed += 1
    return closed == limit


def undo(tx: Writer, actor: Actor, rotation_id: int) -> bool:
    """Take back one's own last act within the minute, even where one may not open the rotation any more; tell whether one
    still may, and it is there.
    """
    rotation = rotations.lock(tx, rotation_id)
    last = records.last(tx, f"rotation:{rotation_id}")
    if rotation is None or last is None or last.actor != actor.mark:
        opened(tx, actor, rotation_id)
        raise Refusal("too_late_to_undo")
    if actor.now - last.at > HOLD:
        raise Refusal("too_late_to_undo")
    take_back(tx, actor, rotation_id, last.at)
    if last.verb == "rotation:arranged":
        rotations.update_fields(tx, rotation_id, state=RotationState.CANCELLED)
        plan_subject(tx, actor, SubjectKind.ROTATION, rotation_id)
        rotations.remove(tx, rotation_id)
    elif last.verb == "rotation:noted" and last.old is not None:
        rotation_notes.put_back(tx, rotation_id, last.old)
    elif last.verb == "rotation:commented" and last.old is not None:
        rotation_comments.put_back(tx, last.old)
    elif last.verb in _UNDONE and last.old is not None:
        rotations.update_fields(tx, rotation_id, **_as_it_was(last.old))
        plan_subject(tx, actor, SubjectKind.ROTATION, rotation_id)
        if last.verb == "rotation:evaluated":
            _ask_again(tx, actor, rotation_id)
    else:
        raise Refusal("too_late_to_undo")
    entered_acts.supersede(tx, Noun.ROTATION, rotation_id, ACTS[Noun.ROTATION], actor.now, of=last.at)
    audit.record(tx, actor, "rotation:undone", f"rotation:{rotation_id}", old={"verb": last.verb})
    return may_open(tx, actor, rotation_id)


def _as_it_was(old: Mapping[str, Any]) -> dict[str, Any]:
    """The audit's values as the table holds them; what the act has filled is empty again."""
    if "evaluation" not in old:
        days = {name: date.fromisoformat(old[name]) for name in ("starts_on", "ends_on") if name in old}
        return {**old, **days}
    moment = old.get("evaluated_at")
    evaluated_at = datetime.fromisoformat(moment) if moment else None
    return {**old, "evaluated_at": evaluated_at, "cancel_reason": None, "closed_at": None}


def _ask_again(tx: Writer, actor: Actor, rotation_id: int) -> None:
    there = owed.of_subject(tx, SubjectKind.ROTATION, rotation_id, actor.now)
    duties.reopen(tx, actor, [duty.id for duty in there if duty.kind is DutyKind.ROTATION_EVALUATION])


def _require_open(tx: Writer, actor: Actor, rotation: Rotation, new: RotationState) -> None:
    """Whoever comes second learns who has done the same, and when."""
    if rotation.state is new:
        subject = f"rotation:{rotation.id}"
        raise last_acts.refusal(tx, actor, subject, "rotation_state", f"rotation:{new}", state=new, wanted=new)
    require_transition(rotation.state, new)


def _close(tx: Writer, actor: Actor, rotation: Rotation) -> None:
    _require_open(tx, actor, rotation, RotationState.CLOSED)
    _change(tx, actor, rotation, "rotation:closed", state=RotationState.CLOSED, closed_at=actor.now)


def _change(tx: Writer, actor: Actor, rotation: Rotation, verb: str, **values: object) -> None:
    evaluation = asdict(rotation.evaluation) if rotation.evaluation else None
    old = {"state": rotation.state, "evaluation": evaluation, **rotations.evaluator(tx, rotation.id)}
    rotations.update_fields(tx, rotation.id, **values)
    audit.record(tx, actor, verb, f"rotation:{rotation.id}", old=old, new=values, about=rotation.person_id)
    plan_subject(tx, actor, SubjectKind.ROTATION, rotation.id)
