"""Agreeing on a pairing: completing it, confirming, asking for a change, objecting to what was signed on paper."""

from __future__ import annotations

from datetime import date, datetime

from domain.actors import Actor
from domain.duties import SubjectKind
from domain.entered_acts import ACTS, Noun
from domain.outcomes import OutcomeTerms
from domain.pairing_lines import filled
from domain.pairings import LONGEST_TEXT, Pairing, PairingState, gaps, require_transition
from domain.refusals import Refusal
from domain.wording import fitting
from services import audit, secretaries
from services.calendar import today_of_person
from services.duties import plan_subject
from services.pairing_access import Side, opened, taken_up
from services.pairing_activation import is_complete, settle
from services.pairing_notices import Notice, parties, tell
from services.pairing_proposals import ask, snapshot, standing_terms
from storage import entered_acts, outcomes, pairings
from storage.database import Reader, Writer

BEGUN = (PairingState.CONFIRMED, PairingState.ACTIVE, PairingState.PAUSED)


def confirm(tx: Writer, actor: Actor, pairing_id: int) -> PairingState:
    """Mentee or mentor says yes; the last yes makes it active. Saying yes twice changes nothing."""
    pairing = _drafted(taken_up(tx, actor, pairing_id, Side.MENTEE, Side.MENTOR))
    if not is_complete(tx, pairing):
        raise Refusal("pairing_incomplete")
    _say_yes(tx, actor, pairing)
    state = settle(tx, actor, pairing_id)
    audit.record(tx, actor, "pairing:agreed", f"pairing:{pairing_id}", new={"state": state}, about=pairing.mentee_id)
    return state


def take_back_yes(tx: Writer, actor: Actor, pairing_id: int) -> None:
    """Mentee or mentor think again before all have confirmed, however long ago they said yes. Nobody has heard of it."""
    pairing = taken_up(tx, actor, pairing_id, Side.MENTEE, Side.MENTOR)
    if pairing.state is not PairingState.DRAFT:
        raise Refusal("pairing_state", state=pairing.state, wanted=PairingState.DRAFT)
    _say(tx, actor, pairing, None)
    audit.record(tx, actor, "pairing:yes_taken_back", f"pairing:{pairing_id}", about=pairing.mentee_id)


def complete(
    tx: Writer, actor: Actor, pairing_id: int, direction: str, planned: tuple[OutcomeTerms, ...]
) -> PairingState:
    """A mentor fills in what was missing and thereby confirms; everyone else is asked to."""
    pairing = _drafted(taken_up(tx, actor, pairing_id, Side.MENTOR, Side.SECRETARY))
    if gaps([pairing.id], direction, planned):
        raise Refusal("pairing_incomplete")
    old = snapshot(tx, pairing_id)
    pairings.update_fields(tx, pairing_id, direction=fitting(direction, LONGEST_TEXT))
    outcomes.replace(tx, pairing_id, planned)
    pairings.forget_confirmations(tx, pairing_id)
    if actor.person_id in parties(tx, pairing):
        _say_yes(tx, actor, pairing)
    audit.record(
        tx, actor, "pairing:filled", f"pairing:{pairing_id}", old=old, new=snapshot(tx, pairing_id),
        about=pairing.mentee_id,
    )  # fmt: skip
    state = settle(tx, actor, pairing_id)
    if state is PairingState.DRAFT:
        ask(tx, actor, pairing_id)
    return state


def completed_terms(tx: Reader, actor: Actor, pairing_id: int, message: str) -> tuple[str, tuple[OutcomeTerms, ...]]:
    """The terms as they stand with the gaps filled from one message, a line for each in the order asked."""
    pairing = opened(tx, actor, pairing_id)[0]
    terms = standing_terms(tx, pairing_id)
    return filled(terms.direction, terms.outcomes, message, today_of_person(tx, actor, pairing.mentee_id))


def ask_for_change(tx: Writer, actor: Actor, pairing_id: int, words: str) -> None:
    """Mentee or mentor would have it otherwise: before it begins a change, of what was signed on paper an objection."""
    pairing = taken_up(tx, actor, pairing_id, Side.MENTEE, Side.MENTOR)
    if pairing.state not in (PairingState.DRAFT, *BEGUN):
        raise Refusal("pairing_state", state=pairing.state, wanted=PairingState.DRAFT)
    kept = fitting(words, LONGEST_TEXT)
    pairings.update_fields(tx, pairing_id, change_asked=kept, change_asked_by=actor.person_id)
    entered_acts.supersede(tx, Noun.PAIRING, pairing_id, ACTS[Noun.PAIRING], actor.now)
    audit.record(
        tx, actor, "pairing:change_asked", f"pairing:{pairing_id}", new={"words": kept}, about=pairing.mentee_id
    )
    what = Notice.CHANGE_ASKED if pairing.state is PairingState.DRAFT else Notice.OBJECTION
    tell(tx, actor, pairing_id, what, secretaries.of_person(tx, pairing.mentee_id))


def answer_objection(tx: Writer, actor: Actor, pairing_id: int) -> None:
    """The secretary has talked it over and the pairing stays as it is; whoever objected is told."""
    pairing = taken_up(tx, actor, pairing_id, Side.SECRETARY)
    if pairing.change_asked is None:
        raise Refusal("already_done")
    pairings.update_fields(tx, pairing_id, change_asked=None, change_asked_by=None)
    audit.record(
        tx, actor, "pairing:objection_answered", f"pairing:{pairing_id}",
        old={"state": pairing.state, "change_asked": pairing.change_asked, "change_asked_by": pairing.change_asked_by},
        about=pairing.mentee_id,
    )  # fmt: skip
    asked_by = [pairing.change_asked_by] if pairing.change_asked_by else []
    tell(tx, actor, pairing_id, Notice.OBJECTION_ANSWERED, asked_by)
    settle(tx, actor, pairing_id)


def reopen(tx: Writer, actor: Actor, pairing_id: int) -> None:
    """The secretary takes an active pairing back to be drawn up anew; what is not reported yet is no longer owed."""
    pairing = taken_up(tx, actor, pairing_id, Side.SECRETARY)
    require_transition(pairing.state, PairingState.DRAFT)
    pairings.update_fields(tx, pairing_id, state=PairingState.DRAFT, agreed_on=None, active_on=None)
    plan_subject(tx, actor, SubjectKind.PAIRING, pairing_id)
    audit.record(
        tx, actor, "pairing:reopened", f"pairing:{pairing_id}",
        old={"state": pairing.state, "agreed_on": pairing.agreed_on, "active_on": pairing.active_on},
        about=pairing.mentee_id,
    )  # fmt: skip


def sign_on_paper(tx: Writer, actor: Actor, pairing_id: int, signed_on: date) -> PairingState:
    """The secretary enters the day on which all have signed; for those who do not use Telegram."""
    pairing = _drafted(taken_up(tx, actor, pairing_id, Side.SECRETARY))
    if not is_complete(tx, pairing):
        raise Refusal("pairing_incomplete")
    if signed_on > today_of_person(tx, actor, pairing.mentee_id):
        raise Refusal("day_in_future", day=signed_on)
    pairings.update_fields(tx, pairing_id, agreed_on=signed_on, change_asked=None, change_asked_by=None)
    audit.record(
        tx, actor, "pairing:signed", f"pairing:{pairing_id}", new={"signed_on": signed_on}, about=pairing.mentee_id
    )
    return settle(tx, actor, pairing_id)


def _drafted(pairing: Pairing) -> Pairing:
    if pairing.state is not PairingState.DRAFT:
        raise Refusal("already_done")
    return pairing


def _say_yes(tx: Writer, actor: Actor, pairing: Pairing) -> None:
    _say(tx, actor, pairing, actor.now)
    if pairing.change_asked_by == actor.person_id:
        pairings.update_fields(tx, pairing.id, change_asked=None, change_asked_by=None)


def _say(tx: Writer, actor: Actor, pairing: Pairing, confirmed_at: datetime | None) -> None:
    assert actor.person_id is not None
    if pairing.mentee_id == actor.person_id:
        pairings.update_fields(tx, pairing.id, mentee_confirmed_at=confirmed_at)
    else:
        pairings.update_mentor(tx, pairing.id, actor.person_id, confirmed_at=confirmed_at)
