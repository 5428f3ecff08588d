"""When a pairing becomes active: at the moment all is agreed, or on the day for which it was agreed."""

from __future__ import annotations

from domain.actors import Actor
from domain.calendar import ONE_DAY
from domain.duties import SubjectKind
from domain.pairings import Pairing, PairingState, agreed_state, gaps, is_confirmed, require_transition
from services import audit, stand_ins
from services.calendar import today_of_person
from services.duties import plan_subject
from services.pairing_notices import Notice, everyone, parties, tell
from storage import outcomes, pairings
from storage.database import Reader, Writer


def settle(tx: Writer, actor: Actor, pairing_id: int) -> PairingState:
    """Bring a draft as far as what is agreed carries it, and tell everyone once it begins."""
    pairing = pairings.get(tx, pairing_id)
    assert pairing is not None
    if pairing.state is not PairingState.DRAFT:
        return pairing.state
    state = agreed_state(
        complete=is_complete(tx, pairing),
        confirmed=is_confirmed(pairing, pairings.mentors(tx, pairing_id)),
        starts_on=pairing.starts_on,
        today=today_of_person(tx, actor, pairing.mentee_id),
    )
    if state is not PairingState.DRAFT:
        require_transition(PairingState.DRAFT, PairingState.CONFIRMED)
        pairings.update_fields(tx, pairing_id, state=PairingState.CONFIRMED)
        _tell_all(tx, actor, pairing)
    if state is PairingState.ACTIVE:
        activate(tx, actor, pairing)
    return state


def _tell_all(tx: Writer, actor: Actor, pairing: Pairing) -> None:
    """Paper came through the secretary or with a whole roster, so nobody writes to her about each of its rows."""
    if pairing.agreed_on is None:
        tell(tx, actor, pairing.id, Notice.STARTED, everyone(tx, pairing))
    else:
        tell(tx, actor, pairing.id, Notice.STARTED_ON_PAPER, parties(tx, pairing))


def is_complete(tx: Reader, pairing: Pairing) -> bool:
    present = pairings.mentors_of(tx, [pairing.id]).get(pairing.id, [])
    return not gaps(present, pairing.direction, outcomes.of_pairing(tx, pairing.id))


def activate(tx: Writer, actor: Actor, pairing: Pairing) -> None:
    require_transition(PairingState.CONFIRMED, PairingState.ACTIVE)
    today = today_of_person(tx, actor, pairing.mentee_id)
    pairings.update_fields(tx, pairing.id, state=PairingState.ACTIVE, active_on=today)
    plan_subject(tx, actor, SubjectKind.PAIRING, pairing.id)
    stand_ins.look_again(tx, actor, pairings.mentors_of(tx, [pairing.id]).get(pairing.id, []))


def begin_pairings(tx: Writer, actor: Actor, limit: int = 200) -> bool:
    """A step of the tick: confirmed pairings whose first day has come become active. Tells whether more may wait."""
    begun = 0
    for pairing_id in pairings.due_to_begin(tx, actor.today + ONE_DAY, limit):
        pairing = pairings.lock(tx, pairing_id)
        if pairing is None or pairing.state is not PairingState.CONFIRMED or pairing.starts_on is None:
            continue
        if pairing.starts_on <= today_of_person(tx, actor, pairing.mentee_id):
            activate(tx, actor, pairing)
            audit.record(tx, actor, "pairing:begun", f"pairing:{pairing_id}")
            begun += 1
    return begun == limit
