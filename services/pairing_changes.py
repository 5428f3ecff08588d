"""Changing direction and outcomes of a pairing that runs: anybody in it proposes, both sides confirm, versions stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.actors import Actor
from domain.duties import SubjectKind
from domain.outcomes import OutcomeState
from domain.pairing_changes import Aim, Change
from domain.pairings import LONGEST_TEXT, MOST_OUTCOMES, Pairing, PairingState, gaps
from domain.refusals import Refusal
from domain.wording import fitting
from services import audit, duties
from services.calendar import today_of_person
from services.duties import plan_subject
from services.pairing_access import Side, opened, taken_up
from services.pairing_notices import Notice, everyone, parties, tell
from services.pairing_proposals import checked, standing_terms
from storage import audit as records
from storage import outcomes, pairings
from storage import pairing_changes as rows
from storage.database import Reader, Writer

SIDES = (Side.MENTEE, Side.MENTOR, Side.SECRETARY)
BEGUN = (PairingState.ACTIVE, PairingState.PAUSED)


def standing_aim(tx: Reader, pairing_id: int) -> Aim:
    terms = standing_terms(tx, pairing_id)
    return Aim(terms.direction, terms.outcomes)


def waiting(tx: Reader, pairing_id: int) -> Change | None:
    """The change that has been proposed and not agreed on yet."""
    return next((one for one in rows.of_pairing(tx, pairing_id) if one.agreed_at is None), None)


def versions(tx: Reader, pairing_id: int) -> list[Change]:
    """What was agreed on, the latest first; each knows what was before it."""
    return [one for one in reversed(rows.of_pairing(tx, pairing_id)) if one.agreed_at is not None]


def may_propose(tx: Reader, actor: Actor, pairing_id: int) -> None:
    """Refusals: `not_yours`, `pairing_state`, `change_waits` while another one does."""
    pairing, _, sides = opened(tx, actor, pairing_id)
    if sides.isdisjoint(SIDES):
        raise Refusal("not_yours")
    if pairing.state not in BEGUN:
        raise Refusal("pairing_state", state=pairing.state, wanted=PairingState.ACTIVE)
    if waiting(tx, pairing_id) is not None:
        raise Refusal("change_waits")


def propose(tx: Writer, actor: Actor, pairing_id: int, aim: Aim) -> None:
    """Whoever is asked to agree hears of it; a proposal of mentee or mentor carries their own yes.

    Refusals besides those above: `pairing_incomplete`, `too_many_outcomes`, `already_done` where nothing changes.
    """
    pairing = taken_up(tx, actor, pairing_id, *SIDES)
    may_propose(tx, actor, pairing_id)
    wanted = _checked(tx, pairing_id, aim)
    own = {name: actor.now for name in [_own_yes(tx, actor, pairing)] if name}
    change_id = rows.add(tx, pairing_id, wanted, actor.person_id, actor.now, **own)
    audit.record(
        tx, actor, "pairing:aim_proposed", f"pairing:{pairing_id}", new={"change": change_id}, about=pairing.mentee_id
    )
    tell(tx, actor, pairing_id, Notice.AIM_PROPOSED, parties(tx, pairing))


def _checked(tx: Reader, pairing_id: int, aim: Aim) -> Aim:
    reached = [one for one in outcomes.of_pairing(tx, pairing_id) if one.state is not OutcomeState.PLANNED]
    if gaps([pairing_id], aim.direction, aim.outcomes or reached):
        raise Refusal("pairing_incomplete")
    if len(aim.outcomes) > MOST_OUTCOMES:
        raise Refusal("too_many_outcomes", most=MOST_OUTCOMES)
    fitted = checked(replace(standing_terms(tx, pairing_id), direction=aim.direction, outcomes=aim.outcomes))
    wanted = Aim(fitting(fitted.direction, LONGEST_TEXT), fitted.outcomes)
    if wanted == standing_aim(tx, pairing_id):
        raise Refusal("already_done")
    return wanted


def _own_yes(tx: Reader, actor: Actor, pairing: Pairing) -> str:
    if actor.person_id == pairing.mentee_id:
        return "mentee_confirmed_at"
    return "mentor_confirmed_at" if actor.person_id in parties(tx, pairing) else ""


def agree(tx: Writer, actor: Actor, pairing_id: int) -> bool:
    """Mentee or mentor says yes; tell whether it holds now. Saying yes twice changes nothing."""
    pairing = taken_up(tx, actor, pairing_id, Side.MENTEE, Side.MENTOR)
    change = _open(tx, pairing)
    name = _own_yes(tx, actor, pairing)
    rows.update_fields(tx, change.id, **{name: actor.now})
    return _settle(tx, actor, pairing, change.id, "pairing:aim_agreed", {"yes": name})


def sign(tx: Writer, actor: Actor, pairing_id: int, signed_on: date) -> None:
    """The secretary enters that both have signed the change on paper."""
    pairing = taken_up(tx, actor, pairing_id, Side.SECRETARY)
    change = _open(tx, pairing)
    if signed_on > today_of_person(tx, actor, pairing.mentee_id):
        raise Refusal("day_in_future", day=signed_on)
    rows.update_fields(tx, change.id, signed_on=signed_on)
    _settle(tx, actor, pairing, change.id, "pairing:aim_signed", {"yes": "signed_on"})


def decline(tx: Writer, actor: Actor, pairing_id: int) -> None:
    """It stays as it was: said by either side, by whoever proposed it, or by the secretary."""
    pairing = taken_up(tx, actor, pairing_id, *SIDES)
    change = _open(tx, pairing)
    rows.update_fields(tx, change.id, withdrawn_at=actor.now)
    audit.record(
        tx, actor, "pairing:aim_declined", f"pairing:{pairing_id}", old={"change": change.id}, about=pairing.mentee_id
    )
    asked = [change.proposed_by] if change.proposed_by else []
    tell(tx, actor, pairing_id, Notice.AIM_KEPT, [*asked, *parties(tx, pairing)])


def _open(tx: Reader, pairing: Pairing) -> Change:
    if pairing.state not in BEGUN:
        raise Refusal("pairing_state", state=pairing.state, wanted=PairingState.ACTIVE)
    change = waiting(tx, pairing.id)
    if change is None:
        raise Refusal("already_done")
    return change


def _settle(tx: Writer, actor: Actor, pairing: Pairing, change_id: int, verb: str, old: dict[str, object]) -> bool:
    change = next(one for one in rows.of_pairing(tx, pairing.id) if one.id == change_id)
    audit.record(tx, actor, verb, f"pairing:{pairing.id}", old={**old, "change": change_id}, about=pairing.mentee_id)
    if not change.is_confirmed:
        return False
    rows.settle(tx, change_id, standing_aim(tx, pairing.id), actor.now)
    _aim_at(tx, actor, pairing.id, change.aim)
    tell(tx, actor, pairing.id, Notice.AIM_CHANGED, everyone(tx, pairing))
    return True


def _aim_at(tx: Writer, actor: Actor, pairing_id: int, aim: Aim) -> None:
    """What was reached or claimed stays; what is no longer wanted is asked for no more."""
    pairings.update_fields(tx, pairing_id, direction=aim.direction)
    for outcome_id in outcomes.replace(tx, pairing_id, aim.outcomes):
        duties.withdraw(tx, actor, SubjectKind.OUTCOME, outcome_id)
        audit.record(tx, actor, "outcome:dropped", f"outcome:{outcome_id}")
    plan_subject(tx, actor, SubjectKind.PAIRING, pairing_id)


def undo_proposal(tx: Writer, _: Actor, __: Pairing, last: records.Recorded) -> None:
    rows.remove(tx, _number(last.new))


def undo_refusal(tx: Writer, _: Actor, __: Pairing, last: records.Recorded) -> None:
    rows.update_fields(tx, _number(last.old), withdrawn_at=None)


def undo_yes(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    """The proposal waits again, and what it had taken the place of stands again."""
    change_id = _number(last.old)
    change = next(one for one in rows.of_pairing(tx, pairing.id) if one.id == change_id)
    assert last.old is not None
    rows.update_fields(tx, change_id, **{str(last.old["yes"]): None})
    if change.agreed_at is not None and change.before is not None:
        rows.settle(tx, change_id, None, None)
        _aim_at(tx, actor, pairing.id, change.before)


def _number(values: records.Values | None) -> int:
    """Which change it was; the values may have gone with a person who was erased."""
    if values is None:
        raise Refusal("too_late_to_undo")
    return int(str(values["change"]))
