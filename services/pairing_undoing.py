"""Taking back what one has just done to a pairing, within the minute in which nobody else has heard of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.actors import Actor
from domain.duties import SubjectKind
from domain.outcomes import OutcomeTerms
from domain.pairings import ENDED, Pairing, PairingState, Terms, Track
from domain.periods import Cadence, CadenceKind
from domain.refusals import Refusal
from services import audit, pairing_changes, stand_in_choices
from services.duties import plan_subject
from services.notices import HOLD
from services.pairing_access import opened
from services.pairing_notices import take_back
from services.pairing_proposals import check_people, put_mentors, standing_terms
from storage import audit as records
from storage import outcomes, pairings
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


def _answered(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    """The objection stands again; what had begun with the answer is drawn up again."""
    before = _before(last)
    if before["state"] == PairingState.DRAFT:
        _to_draft(tx, actor, pairing)
    pairings.update_fields(
        tx, pairing.id, change_asked=before["change_asked"], change_asked_by=before["change_asked_by"]
    )


def _reopened(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    before = _before(last)
    days = {name: _day(before[name]) for name in ("agreed_on", "active_on")}
    pairings.update_fields(tx, pairing.id, state=PairingState(before["state"]), **days)
    plan_subject(tx, actor, SubjectKind.PAIRING, pairing.id)


def _terms_changed(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    """What was agreed before stands again, with the confirmations that it had."""
    before = _before(last)
    terms = _terms(pairing.mentee_id, before)
    check_people(tx, terms, besides=pairing.id)
    _to_draft(tx, actor, pairing)
    pairings.update_fields(tx, pairing.id, state=PairingState(before["state"]), **pairings.plain(terms))
    put_mentors(tx, actor, pairing.id, terms)
    outcomes.replace(tx, pairing.id, terms.outcomes)
    _confirmed_again(tx, pairing, before)


def _confirmed_again(tx: Writer, pairing: Pairing, before: Mapping[str, Any]) -> None:
    said = {int(person_id): _moment(moment) for person_id, moment in before["confirmed"].items()}
    pairings.update_fields(
        tx, pairing.id, mentee_confirmed_at=said.pop(pairing.mentee_id), change_asked=before["change_asked"],
        change_asked_by=before["change_asked_by"],
    )  # fmt: skip
    for mentor_id, moment in said.items():
        pairings.update_mentor(tx, pairing.id, mentor_id, confirmed_at=moment)


def _mentor_changed(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    """Whoever left is back in his place, if that has not been given away meanwhile; whoever came was never there."""
    before = _before(last)
    if before["state"] == PairingState.DRAFT:
        _terms_changed(tx, actor, pairing, last)
        return
    terms = replace(standing_terms(tx, pairing.id), mentor_ids=tuple(before["mentors"]))
    check_people(tx, terms, besides=pairing.id, begun=pairing.state is not PairingState.DRAFT)
    done: Mapping[str, Any] = last.new or {}
    if done["coming"] is not None:
        pairings.drop_mentor(tx, pairing.id, done["coming"])
    if before["leaving"] is not None:
        pairings.reinstate_mentor(tx, pairing.id, before["leaving"], date.fromisoformat(done["until"]))


def _terms(mentee_id: int, before: Mapping[str, Any]) -> Terms:
    return Terms(
        mentee_id=mentee_id,
        mentor_ids=tuple(before["mentors"]),
        track=Track(before["track"]),
        direction=before["direction"],
        outcomes=tuple(OutcomeTerms(what, measure, _day(due)) for what, measure, due in before["outcomes"]),
        cadence=Cadence(CadenceKind(before["cadence"]), before["report_day"]),
        starts_on=_day(before["starts_on"]),
        agreed_on=_day(before["agreed_on"]),
    )


def _before(last: records.Recorded) -> Mapping[str, Any]:
    """How it was; the values may have gone with a person who was erased."""
    if last.old is None:
        raise Refusal("too_late_to_undo")
    return last.old


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _state_changed(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    before = PairingState(_before(last)["state"])
    pairings.update_fields(tx, pairing.id, state=before, ended_at=None, end_reason=None)
    plan_subject(tx, actor, SubjectKind.PAIRING, pairing.id)


def _cadence_changed(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    before = _before(last)
    pairings.update_fields(
        tx, pairing.id, cadence=before["cadence"], report_day=before["report_day"], next_cadence=before["next_cadence"],
        next_report_day=before["next_report_day"], changes_on=_day(before["changes_on"]),
    )  # fmt: skip
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
    "pairing:objection_answered": _answered,
    "pairing:reopened": _reopened,
    "pairing:revised": _terms_changed,
    "pairing:filled": _terms_changed,
    "pairing:mentor_changed": _mentor_changed,
    "pairing:stand_in": stand_in_choices.undo_choice,
    "pairing:aim_proposed": pairing_changes.undo_proposal,
    "pairing:aim_agreed": pairing_changes.undo_yes,
    "pairing:aim_signed": pairing_changes.undo_yes,
    "pairing:aim_declined": pairing_changes.undo_refusal,
    **{f"pairing:{state}": _state_changed for state in (PairingState.ACTIVE, PairingState.PAUSED, *ENDED)},
}
"""By the verb of the audit; whatever is not here cannot be taken back."""
