"""Taking back what one has just done to a pairing, within the minute in which nobody else has heard of it."""

from __future__ import annotations

from collections.abc import Callable

from domain.actors import Actor
from domain.duties import SubjectKind
from domain.pairings import ENDED, Pairing, PairingState
from domain.refusals import Refusal
from services import audit
from services.duties import plan_subject
from services.notices import HOLD
from services.pairing_access import opened
from services.pairing_notices import take_back
from storage import audit as records
from storage import pairings
from storage.database import Writer

Back = Callable[[Writer, Actor, Pairing, records.Recorded], None]


def undo(tx: Writer, actor: Actor, pairing_id: int) -> bool:
    """Take back the last act if it was the actor's own and is less than a minute old; tell whether the pairing remains."""
    opened(tx, actor, pairing_id)
    pairing = pairings.lock(tx, pairing_id)
    last = records.last(tx, f"pairing:{pairing_id}")
    back = _BACK.get(last.verb) if last else None
    if pairing is None or last is None or back is None or last.actor != actor.mark or actor.now - last.at > HOLD:
        raise Refusal("too_late_to_undo")
    take_back(tx, actor, pairing_id, last.at)
    back(tx, actor, pairing, last)
    audit.record(tx, actor, "pairing:undone", f"pairing:{pairing_id}", old={"verb": last.verb}, about=pairing.mentee_id)
    return pairings.get(tx, pairing_id) is not None


def _proposed(tx: Writer, actor: Actor, pairing: Pairing, _: records.Recorded) -> None:
    _to_draft(tx, actor, pairing)
    pairings.remove(tx, pairing.id)


def _confirmed(tx: Writer, actor: Actor, pairing: Pairing, _: records.Recorded) -> None:
    assert actor.person_id is not None
    _to_draft(tx, actor, pairing)
    if pairing.mentee_id == actor.person_id:
        pairings.update_fields(tx, pairing.id, mentee_confirmed_at=None)
    else:
        pairings.update_mentor(tx, pairing.id, actor.person_id, confirmed_at=None)


def _signed(tx: Writer, actor: Actor, pairing: Pairing, _: records.Recorded) -> None:
    _to_draft(tx, actor, pairing)
    pairings.update_fields(tx, pairing.id, agreed_on=None)


def _change_asked(tx: Writer, _actor: Actor, pairing: Pairing, _: records.Recorded) -> None:
    pairings.update_fields(tx, pairing.id, change_asked=None, change_asked_by=None)


def _state_changed(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    before = PairingState(str((last.old or {})["state"]))
    pairings.update_fields(tx, pairing.id, state=before, ended_at=None, end_reason=None)
    plan_subject(tx, actor, SubjectKind.PAIRING, pairing.id)


def _cadence_changed(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    before = last.old or {}
    pairings.update_fields(tx, pairing.id, cadence=before["cadence"], report_day=before["report_day"])
    plan_subject(tx, actor, SubjectKind.PAIRING, pairing.id)


def _to_draft(tx: Writer, actor: Actor, pairing: Pairing) -> None:
    pairings.update_fields(tx, pairing.id, state=PairingState.DRAFT, active_on=None)
    plan_subject(tx, actor, SubjectKind.PAIRING, pairing.id)


_BACK: dict[str, Back] = {
    "pairing:proposed": _proposed,
    "pairing:agreed": _confirmed,
    "pairing:signed": _signed,
    "pairing:change_asked": _change_asked,
    "pairing:cadence_changed": _cadence_changed,
    **{f"pairing:{state}": _state_changed for state in (PairingState.ACTIVE, PairingState.PAUSED, *ENDED)},
}
"""By the verb of the audit; whatever is not here cannot be taken back."""
