"""成效: claimed as reached by those who work on it, verified (成效认定) by someone other than the mentee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.actors import Actor
from domain.duties import DutyKind, SubjectKind
from domain.entered_acts import ACTS, EnteredAct, Noun
from domain.outcomes import Outcome, OutcomeState
from domain.pairings import LONGEST_TEXT, Pairing, PairingState
from domain.people import Stage
from domain.refusals import Refusal
from domain.wording import fitting
from services import audit, duties, last_acts, notices, proxies, secretaries
from services.calendar import today_of_person
from services.hearing import Hearing, just_now
from services.pairing_access import Side, opened
from services.pairing_notices import parties
from services.proxies import Proxy
from storage import audit as records
from storage import duties as owed
from storage import entered_acts, outcomes, pairings, people
from storage.database import Reader, Writer

NOTICE, TAKEN_BACK = "outcome.notice", "taken_back"
WORDS = ("outcome:claimed", "outcome:verified", "outcome:sent_back")
UNDER_WAY = (PairingState.ACTIVE, PairingState.PAUSED)


@dataclass(frozen=True, slots=True)
class OutcomeCard:
    outcome: Outcome
    pairing: Pairing
    mentee: str
    own: bool
    """It is the reader's own."""
    stage: Stage
    verifier: str
    may_claim: bool
    may_verify: bool
    may_take_back: bool
    """Whether the last word on it is the reader's own, so that a second thought is still theirs."""
    overdue: bool
    proxies: tuple[Proxy, ...]
    """For whom the reader may enter that it is reached."""
    entered: tuple[EnteredAct, ...]


def card(tx: Reader, actor: Actor, outcome_id: int) -> OutcomeCard:
    outcome = outcomes.get(tx, outcome_id)
    if outcome is None:
        raise Refusal("not_yours")
    pairing, mentee, sides = opened(tx, actor, outcome.pairing_id)
    verifier = people.get(tx, outcome.verified_by) if outcome.verified_by else None
    under_way = pairing.state in UNDER_WAY
    open_to_claim = under_way and outcome.state is OutcomeState.PLANNED
    return OutcomeCard(
        outcome=outcome,
        pairing=pairing,
        mentee=mentee.name,
        own=actor.person_id == mentee.id,
        stage=mentee.stage,
        verifier=verifier.name if verifier else "",
        may_claim=open_to_claim and bool(sides & {Side.MENTEE, Side.MENTOR}),
        may_verify=under_way and outcome.state is not OutcomeState.VERIFIED and _may_verify(actor, pairing, sides),
        may_take_back=under_way and _last_own(tx, actor, outcome_id) is not None,
        overdue=outcome.is_overdue(today_of_person(tx, actor, mentee.id)),
        proxies=proxies.offered(tx, actor, Noun.OUTCOME, outcome_id) if open_to_claim else (),
        entered=proxies.entered(tx, Noun.OUTCOME, [outcome_id]) if outcome.by_hand else (),
    )


def claim(tx: Writer, actor: Actor, outcome_id: int) -> None:
    """已达成: mentors and secretary are asked to look. Claiming twice changes nothing."""
    outcome, pairing = _taken_up(tx, actor, outcome_id, Side.MENTEE, Side.MENTOR)
    if outcome.state is not OutcomeState.PLANNED:
        return
    outcomes.update_fields(tx, outcome_id, claimed_at=actor.now, remark="")
    duties.finish(tx, actor, DutyKind.OUTCOME, SubjectKind.OUTCOME, outcome_id)
    audit.record(tx, actor, "outcome:claimed", f"outcome:{outcome_id}", old=_said(outcome), about=pairing.mentee_id)
    notices.tell_of_act(tx, actor, _verifiers(tx, pairing), NOTICE, outcome_id, "claimed")


def verify(tx: Writer, actor: Actor, outcome_id: int, reached_on: date, remark: str = "") -> None:
    """成效认定, by a mentor or the secretary, with the day on which it was reached and a word."""
    outcome, pairing = _to_be_judged(tx, actor, outcome_id)
    if reached_on > today_of_person(tx, actor, pairing.mentee_id):
        raise Refusal("day_in_future", day=reached_on)
    kept = fitting(remark, LONGEST_TEXT) if remark.strip() else ""
    outcomes.update_fields(
        tx, outcome_id, reached_on=reached_on, remark=kept, verified_by=actor.person_id, verified_at=actor.now,
        claimed_at=outcome.claimed_at or actor.now,
    )  # fmt: skip
    duties.finish(tx, actor, DutyKind.OUTCOME, SubjectKind.OUTCOME, outcome_id)
    audit.record(
        tx, actor, "outcome:verified", f"outcome:{outcome_id}", old=_said(outcome),
        new={"reached_on": reached_on, "remark": kept}, about=pairing.mentee_id,
    )  # fmt: skip
    notices.tell_of_act(tx, actor, parties(tx, pairing), NOTICE, outcome_id, "verified")


def send_back(tx: Writer, actor: Actor, outcome_id: int, remark: str) -> None:
    """还差一点, with a word on what is still to come."""
    outcome, pairing = _to_be_judged(tx, actor, outcome_id)
    if outcome.state is not OutcomeState.CLAIMED:
        raise last_acts.refusal(
            tx, actor, f"outcome:{outcome_id}", "already_done", "outcome:sent_back", "outcome:undone"
        )
    kept = fitting(remark, LONGEST_TEXT)
    outcomes.update_fields(tx, outcome_id, claimed_at=None, remark=kept)
    _owe_again(tx, actor, outcome_id)
    audit.record(
        tx, actor, "outcome:sent_back", f"outcome:{outcome_id}", old=_said(outcome), new={"remark": kept},
        about=pairing.mentee_id,
    )  # fmt: skip
    notices.tell_of_act(tx, actor, parties(tx, pairing), NOTICE, outcome_id, "sent_back")


def undo(tx: Writer, actor: Actor, outcome_id: int) -> None:
    """Take back one's own word on an outcome until somebody acts on it; those who had heard it hear of that too."""
    outcome = outcomes.lock(tx, outcome_id)
    if outcome is None:
        raise Refusal("not_yours")
    pairing, _, _ = opened(tx, actor, outcome.pairing_id)
    last = _last_own(tx, actor, outcome_id)
    if last is None or last.old is None or pairing.state not in UNDER_WAY:
        raise Refusal("too_late_to_undo")
    heard = notices.take_back_act(tx, actor, NOTICE, outcome_id, last.at)
    claimed_at = last.old["claimed_at"]
    outcomes.update_fields(
        tx, outcome_id, claimed_at=datetime.fromisoformat(str(claimed_at)) if claimed_at else None,
        remark=last.old["remark"], reached_on=None, verified_by=None, verified_at=None,
    )  # fmt: skip
    if not claimed_at:
        _owe_again(tx, actor, outcome_id)
        entered_acts.supersede(tx, Noun.OUTCOME, outcome_id, ACTS[Noun.OUTCOME], actor.now)
    audit.record(tx, actor, "outcome:undone", f"outcome:{outcome_id}", old={"verb": last.verb})
    notices.tell_of_act(tx, actor, heard, NOTICE, outcome_id, TAKEN_BACK)


def hearing(tx: Reader, actor: Actor, outcome_id: int, *, undone: bool) -> Hearing:
    """Who hears in a minute of what was just said, or that it was taken back."""
    keys = f"{notices.act(NOTICE, outcome_id, actor.now)}{TAKEN_BACK}:" if undone else f"{NOTICE}:{outcome_id}:"
    return just_now(tx, actor, keys)


def _last_own(tx: Reader, actor: Actor, outcome_id: int) -> records.Recorded | None:
    """The last word on an outcome if it is the actor's own and has not been taken back."""
    last = records.last(tx, f"outcome:{outcome_id}")
    return last if last and last.actor == actor.mark and last.verb in WORDS else None


def _said(outcome: Outcome) -> dict[str, object]:
    return {"claimed_at": outcome.claimed_at, "remark": outcome.remark}


def _taken_up(tx: Writer, actor: Actor, outcome_id: int, *sides: Side) -> tuple[Outcome, Pairing]:
    outcome = outcomes.lock(tx, outcome_id)
    if outcome is None:
        raise Refusal("not_yours")
    pairing, _, own = opened(tx, actor, outcome.pairing_id)
    if own.isdisjoint(sides):
        raise Refusal("not_yours")
    if pairing.state not in UNDER_WAY:
        raise Refusal("pairing_state", state=pairing.state, wanted=PairingState.ACTIVE)
    return outcome, pairing


def _to_be_judged(tx: Writer, actor: Actor, outcome_id: int) -> tuple[Outcome, Pairing]:
    outcome, pairing = _taken_up(tx, actor, outcome_id, Side.MENTEE, Side.MENTOR, Side.SECRETARY)
    if actor.person_id == pairing.mentee_id:
        raise Refusal("own_outcome")
    if outcome.state is OutcomeState.VERIFIED:
        raise last_acts.refusal(tx, actor, f"outcome:{outcome_id}", "already_done", "outcome:verified")
    return outcome, pairing


def _owe_again(tx: Writer, actor: Actor, outcome_id: int) -> None:
    duties.reopen(tx, actor, [duty.id for duty in owed.of_subject(tx, SubjectKind.OUTCOME, outcome_id, actor.now)])


def _may_verify(actor: Actor, pairing: Pairing, sides: frozenset[Side]) -> bool:
    return actor.person_id != pairing.mentee_id and bool(sides & {Side.MENTOR, Side.SECRETARY})


def _verifiers(tx: Reader, pairing: Pairing) -> list[int]:
    mentors = pairings.mentors_of(tx, [pairing.id]).get(pairing.id, [])
    asked = [*mentors, *secretaries.of_person(tx, pairing.mentee_id)]
    return [person_id for person_id in dict.fromkeys(asked) if person_id != pairing.mentee_id]
