"""The course of a pairing: pause, resume, completion, early end, another mentor; and taking the last step back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.actors import Actor
from domain.calendar import ONE_DAY
from domain.duties import SubjectKind
from domain.pairings import ENDED, LONGEST_TEXT, Pairing, PairingState, has_outgrown, require_transition
from domain.refusals import Refusal
from domain.wording import fitting
from services import audit, last_acts, stand_ins
from services.calendar import today_of_person
from services.duties import plan_subject
from services.pairing_access import Side, opened, taken_up
from services.pairing_activation import settle
from services.pairing_notices import Notice, everyone, tell
from services.pairing_proposals import ask, check_people, snapshot, standing_terms
from storage import pairings, people
from storage.database import Writer

BEGUN = (PairingState.ACTIVE, PairingState.PAUSED)


def pause(tx: Writer, actor: Actor, pairing_id: int) -> None:
    """Nothing is asked for until it is resumed; what is open is cancelled."""
    pairing = _change(tx, actor, pairing_id, PairingState.PAUSED, paused_at=actor.now)
    _tell(tx, actor, pairing, Notice.PAUSED)


def resume(tx: Writer, actor: Actor, pairing_id: int) -> None:
    pairing = _change(tx, actor, pairing_id, PairingState.ACTIVE, paused_at=None)
    _tell(tx, actor, pairing, Notice.RESUMED)


def complete(tx: Writer, actor: Actor, pairing_id: int) -> None:
    pairing = _change(tx, actor, pairing_id, PairingState.COMPLETED, ended_at=actor.now)
    _tell(tx, actor, pairing, Notice.COMPLETED)


def propose_completion(tx: Writer, actor: Actor, mentee_id: int) -> None:
    """The mentee's stage has changed: where it has outgrown the track, mentors and secretary are asked to complete it."""
    mentee = people.get(tx, mentee_id)
    assert mentee is not None
    for pairing in pairings.live_of_mentee(tx, mentee_id):
        if pairing.state in BEGUN and has_outgrown(pairing, mentee):
            asked = [one for one in everyone(tx, pairing) if one != mentee_id]
            tell(tx, actor, pairing.id, Notice.OUTGROWN, asked)


def end_early(tx: Writer, actor: Actor, pairing_id: int, reason: str) -> None:
    break_off(tx, actor, taken_up(tx, actor, pairing_id, Side.SECRETARY), reason)


def break_off(tx: Writer, actor: Actor, pairing: Pairing, reason: str) -> None:
    """End a pairing early that is locked, without asking who may."""
    kept = fitting(reason, LONGEST_TEXT)
    _put(tx, actor, pairing, PairingState.ENDED_EARLY, ended_at=actor.now, end_reason=kept)
    _tell(tx, actor, pairing, Notice.ENDED)


def change_mentor(tx: Writer, actor: Actor, pairing_id: int, leaving: int | None, coming: int | None) -> None:
    """Put one mentor in another's place, add a second or let one of two go; whoever leaves keeps a row with the last day.

    Before it begins the proposal changes and is confirmed anew by whoever comes; later it holds from today on.
    """
    if Side.SECRETARY not in opened(tx, actor, pairing_id)[2]:
        raise Refusal("not_yours")
    swap_mentor(tx, actor, pairing_id, leaving, coming)


def swap_mentor(tx: Writer, actor: Actor, pairing_id: int, leaving: int | None, coming: int | None) -> None:
    """The same for those who may do so otherwise: who hands over what hangs on somebody (`services.handovers`)."""
    present = standing_terms(tx, pairing_id).mentor_ids
    if (leaving is not None and leaving not in present) or (coming is not None and coming in present):
        raise Refusal("already_done")
    staying = tuple(mentor for mentor in present if mentor != leaving)
    after = (*staying, coming) if coming is not None else staying
    known = pairings.get(tx, pairing_id)
    assert known is not None
    begun = known.state is not PairingState.DRAFT
    check_people(tx, replace(standing_terms(tx, pairing_id), mentor_ids=after), besides=pairing_id, begun=begun)
    pairing = pairings.lock(tx, pairing_id)
    assert pairing is not None
    if pairing.state in ENDED:
        raise Refusal("pairing_state", state=pairing.state, wanted=PairingState.ACTIVE)
    old = {**snapshot(tx, pairing_id), "leaving": leaving}
    today = today_of_person(tx, actor, pairing.mentee_id)
    _swap(tx, pairing, leaving, coming, today)
    audit.record(
        tx, actor, "pairing:mentor_changed", f"pairing:{pairing_id}", old=old,
        new={"coming": coming, "until": today - ONE_DAY}, about=pairing.mentee_id,
    )  # fmt: skip
    stand_ins.look_again(tx, actor, [one for one in (leaving, coming) if one is not None])
    tell(tx, actor, pairing_id, Notice.NO_LONGER_MENTOR, [leaving] if leaving is not None else [])
    if pairing.state is PairingState.DRAFT:
        settled = settle(tx, actor, pairing_id)
        if settled is PairingState.DRAFT:
            ask(tx, actor, pairing_id)
    else:
        tell(tx, actor, pairing_id, Notice.NOW_MENTOR, [coming] if coming is not None else [])
        others = [one for one in everyone(tx, pairing) if one != coming]
        tell(tx, actor, pairing_id, Notice.MENTOR_CHANGED, others)


def _swap(tx: Writer, pairing: Pairing, leaving: int | None, coming: int | None, today: date) -> None:
    if leaving is not None and pairing.state is PairingState.DRAFT:
        pairings.drop_mentor(tx, pairing.id, leaving)
    elif leaving is not None:
        pairings.update_mentor(tx, pairing.id, leaving, until_on=today - ONE_DAY)
    if coming is not None:
        pairings.add_mentor(tx, pairing.id, coming, today)


def _change(tx: Writer, actor: Actor, pairing_id: int, new: PairingState, **values: object) -> Pairing:
    pairing = taken_up(tx, actor, pairing_id, Side.SECRETARY)
    _put(tx, actor, pairing, new, **values)
    return pairing


def _require_open(tx: Writer, actor: Actor, pairing: Pairing, new: PairingState) -> None:
    """Whoever comes second learns who has done the same, and when."""
    if pairing.state is new:
        subject = f"pairing:{pairing.id}"
        raise last_acts.refusal(tx, actor, subject, "pairing_state", f"pairing:{new}", state=new, wanted=new)
    require_transition(pairing.state, new)


def _put(tx: Writer, actor: Actor, pairing: Pairing, new: PairingState, **values: object) -> None:
    _require_open(tx, actor, pairing, new)
    pairings.update_fields(tx, pairing.id, state=new, **values)
    audit.record(
        tx, actor, f"pairing:{new}", f"pairing:{pairing.id}", old={"state": pairing.state},
        new={"state": new, **values}, about=pairing.mentee_id,
    )  # fmt: skip
    plan_subject(tx, actor, SubjectKind.PAIRING, pairing.id)


def _tell(tx: Writer, actor: Actor, pairing: Pairing, what: Notice) -> None:
    tell(tx, actor, pairing.id, what, everyone(tx, pairing))
