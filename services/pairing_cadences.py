"""How often is reported in a pairing, changed from its next period on: the one that runs ends as it was agreed."""

from __future__ import annotations

from datetime import date

from domain.actors import Actor
from domain.calendar import ONE_DAY
from domain.duties import SubjectKind
from domain.pairings import Pairing, PairingState
from domain.periods import Cadence, CadenceChange, period_of
from domain.refusals import Refusal
from services import audit, circumstances
from services.calendar import today_of_person
from services.duties import plan_subject
from services.pairing_access import Side, taken_up
from services.pairing_notices import Notice, everyone, tell
from storage import pairings
from storage.database import Reader, Writer


def change_cadence(tx: Writer, actor: Actor, pairing_id: int, cadence: Cadence) -> None:
    """By a mentor or the secretary. While it is paused no period runs, and it holds at once.

    Saying the present cadence withdraws a change that was to come. Refusals: `pairing_state`, `already_done`.
    """
    pairing = taken_up(tx, actor, pairing_id, Side.MENTOR, Side.SECRETARY)
    if pairing.state not in (PairingState.ACTIVE, PairingState.PAUSED):
        raise Refusal("pairing_state", state=pairing.state, wanted=PairingState.ACTIVE)
    if cadence == (pairing.change.cadence if pairing.change else pairing.cadence):
        raise Refusal("already_done")
    change = None if cadence == pairing.cadence else CadenceChange(cadence, _next_period(tx, actor, pairing))
    if change is not None and pairing.state is PairingState.PAUSED:
        _take_effect(tx, pairing.id, change)
    else:
        pairings.put_change(tx, pairing_id, change)
    audit.record(
        tx, actor, "pairing:cadence_changed", f"pairing:{pairing_id}", old=_written(pairing),
        new={"cadence": cadence.kind, "report_day": cadence.day, "on": change and change.on},
        about=pairing.mentee_id,
    )  # fmt: skip
    plan_subject(tx, actor, SubjectKind.PAIRING, pairing_id)
    tell(tx, actor, pairing_id, Notice.CADENCE_CHANGED, everyone(tx, pairing))


def change_cadences(tx: Writer, actor: Actor, limit: int = 200) -> bool:
    """A step of the tick: where the next period has come, its cadence holds. Tells whether more may wait."""
    changed = 0
    for pairing_id in pairings.due_to_change(tx, actor.today + ONE_DAY, limit):
        pairing = pairings.lock(tx, pairing_id)
        if pairing is None or pairing.change is None:
            continue
        if pairing.change.on <= today_of_person(tx, actor, pairing.mentee_id):
            _take_effect(tx, pairing_id, pairing.change)
            audit.record(tx, actor, "pairing:cadence_begun", f"pairing:{pairing_id}", about=pairing.mentee_id)
            plan_subject(tx, actor, SubjectKind.PAIRING, pairing_id)
            changed += 1
    return changed == limit


def _take_effect(tx: Writer, pairing_id: int, change: CadenceChange) -> None:
    pairings.update_fields(tx, pairing_id, cadence=change.cadence.kind, report_day=change.cadence.day)
    pairings.put_change(tx, pairing_id, None)


def _next_period(tx: Reader, actor: Actor, pairing: Pairing) -> date:
    today = today_of_person(tx, actor, pairing.mentee_id)
    around = circumstances.of_person(tx, pairing.mentee_id, today)
    since = pairing.active_on or today
    return period_of(max(today, since), pairing.cadence, since, around.calendar).last + ONE_DAY


def _written(pairing: Pairing) -> dict[str, object]:
    """The cadence as it stands and what was to come, for the audit."""
    coming = pairing.change
    return {
        "cadence": pairing.cadence.kind, "report_day": pairing.cadence.day,
        "next_cadence": coming and coming.cadence.kind, "next_report_day": coming and coming.cadence.day,
        "changes_on": coming and coming.on,
    }  # fmt: skip
