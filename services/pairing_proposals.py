"""Setting up a pairing: proposed by a secretary in chat, or read from a roster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.actors import Actor
from domain.outcomes import OutcomeState, OutcomeTerms
from domain.pairings import (
    LONGEST_TEXT,
    MOST_OUTCOMES,
    PairingState,
    Terms,
    Track,
    require_mentors,
    require_people,
    require_place,
    require_transition,
)
from domain.people import Person
from domain.periods import Cadence
from domain.profiles import read_profile
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.wording import fitting
from services import access, audit
from services.calendar import today_of_person
from services.pairing_access import Side, taken_up
from services.pairing_activation import is_complete, settle
from services.pairing_notices import Notice, parties, tell
from storage import outcomes, pairings, people, units
from storage.database import Reader, Writer

Values = dict[str, object]


def propose(tx: Writer, actor: Actor, terms: Terms) -> int:
    """A secretary's proposal; the mentors are asked to complete it or, when nothing is missing, all to confirm it."""
    access.person(tx, actor, terms.mentee_id, RoleKind.SECRETARY)
    return _create(tx, actor, terms)


def create_from_roster(
    tx: Writer,
    actor: Actor,
    mentee_id: int,
    mentor_ids: Sequence[int],
    track: Track,
    direction: str,
    outcomes: Sequence[OutcomeTerms],
    cadence: Cadence,
    starts_on: date | None,
    agreed_on: date | None,
) -> int:
    """A row of a roster whose import is its own gate. Signed on paper and complete it is active at once (or on the day
    it starts), and everyone is told and may object; else it waits for what is missing and for the confirmations."""
    terms = Terms(
        mentee_id, tuple(mentor_ids), track, direction, tuple(outcomes), cadence, starts_on=starts_on, agreed_on=agreed_on
    )  # fmt: skip
    return _create(tx, actor, terms)


def revise(tx: Writer, actor: Actor, pairing_id: int, terms: Terms) -> None:
    """The secretary edits what has not begun and proposes it again; all confirm anew."""
    check_people(tx, terms, besides=pairing_id)
    pairing = taken_up(tx, actor, pairing_id, Side.SECRETARY)
    if pairing.mentee_id != terms.mentee_id:
        raise Refusal("pairing_other_mentee")
    if pairing.state is not PairingState.DRAFT:
        require_transition(pairing.state, PairingState.DRAFT)
        if pairing.state is not PairingState.CONFIRMED:
            raise Refusal("pairing_state", state=pairing.state, wanted=PairingState.DRAFT)
    terms = checked(terms)
    old = snapshot(tx, pairing_id)
    pairings.update_fields(tx, pairing_id, state=PairingState.DRAFT, **pairings.plain(terms))
    put_mentors(tx, actor, pairing_id, terms)
    outcomes.replace(tx, pairing_id, terms.outcomes)
    pairings.forget_confirmations(tx, pairing_id)
    audit.record(
        tx, actor, "pairing:revised", f"pairing:{pairing_id}", old=old, new=written(terms), about=terms.mentee_id
    )
    if settle(tx, actor, pairing_id) is PairingState.DRAFT:
        ask(tx, actor, pairing_id)


def _create(tx: Writer, actor: Actor, terms: Terms) -> int:
    check_people(tx, terms)
    terms = checked(terms)
    today = today_of_person(tx, actor, terms.mentee_id)
    pairing_id = pairings.add(tx, terms, from_on=today, now=actor.now, created_by=actor.account_id)
    outcomes.add(tx, pairing_id, terms.outcomes)
    audit.record(tx, actor, "pairing:proposed", f"pairing:{pairing_id}", new=written(terms), about=terms.mentee_id)
    if settle(tx, actor, pairing_id) is PairingState.DRAFT:
        ask(tx, actor, pairing_id)
    return pairing_id


def check_people(tx: Writer, terms: Terms, *, besides: int = 0, begun: bool = False) -> None:
    """Eligibility, one live pairing per track, the mentors' places: under the locks of all whose sets are counted. Of one
    that has `begun` only the mentors can be others.
    """
    known = {person_id: locked(tx, person_id) for person_id in sorted({terms.mentee_id, *terms.mentor_ids})}
    mentee, mentors = known[terms.mentee_id], [known[mentor_id] for mentor_id in terms.mentor_ids]
    (require_mentors if begun else require_people)(terms.track, mentee, mentors)
    for other in pairings.live_of_mentee(tx, mentee.id):
        if other.track is terms.track and other.id != besides:
            raise Refusal("already_paired", name=mentee.name)
    for mentor in mentors:
        require_place(mentor, pairings.taken(tx, mentor.id, besides=besides), capacity(tx, mentor))


def locked(tx: Writer, person_id: int) -> Person:
    person = people.lock(tx, person_id)
    if person is None or not people.is_present(tx, person_id):
        raise Refusal("person_gone", name=person.name if person else "")
    return person


def capacity(tx: Reader, mentor: Person) -> int:
    return read_profile(units.profile(tx, mentor.unit_id)).mentor_capacity


def checked(terms: Terms) -> Terms:
    """The terms with their texts trimmed and not too long; empty ones are left for the mentor."""
    if len(terms.outcomes) > MOST_OUTCOMES:
        raise Refusal("too_many_outcomes", most=MOST_OUTCOMES)
    return replace(terms, direction=_kept(terms.direction), outcomes=tuple(map(_checked, terms.outcomes)))


def _checked(outcome: OutcomeTerms) -> OutcomeTerms:
    return replace(outcome, what=fitting(outcome.what, LONGEST_TEXT), measure=_kept(outcome.measure))


def _kept(text: str) -> str:
    return fitting(text, LONGEST_TEXT) if text.strip() else ""


def ask(tx: Writer, actor: Actor, pairing_id: int) -> None:
    """Ask the mentors for what is missing; once nothing is, ask everyone to confirm who has not."""
    pairing = pairings.get(tx, pairing_id)
    assert pairing is not None
    if not is_complete(tx, pairing):
        tell(tx, actor, pairing_id, Notice.PLEASE_COMPLETE, parties(tx, pairing)[1:])
        return
    unconfirmed = [mentor.person_id for mentor in pairings.mentors(tx, pairing_id) if not mentor.confirmed_at]
    mentee = [] if pairing.mentee_confirmed_at else [pairing.mentee_id]
    tell(tx, actor, pairing_id, Notice.PLEASE_CONFIRM, [*mentee, *unconfirmed])


def put_mentors(tx: Writer, actor: Actor, pairing_id: int, terms: Terms) -> None:
    """Let those and only those guide in what has not begun."""
    present = pairings.mentors_of(tx, [pairing_id]).get(pairing_id, [])
    for mentor_id in present:
        if mentor_id not in terms.mentor_ids:
            pairings.drop_mentor(tx, pairing_id, mentor_id)
    for mentor_id in terms.mentor_ids:
        if mentor_id not in present:
            pairings.add_mentor(tx, pairing_id, mentor_id, today_of_person(tx, actor, terms.mentee_id))


def written(terms: Terms) -> Values:
    return {
        **pairings.plain(terms),
        "mentors": list(terms.mentor_ids),
        "outcomes": [[one.what, one.measure, one.due_on] for one in terms.outcomes],
    }


def snapshot(tx: Reader, pairing_id: int) -> Values:
    """The terms as they stand and who has agreed to them, for the audit and for second thoughts."""
    pairing = pairings.get(tx, pairing_id)
    assert pairing is not None
    confirmed = {mentor.person_id: mentor.confirmed_at for mentor in pairings.mentors(tx, pairing_id)}
    return {
        **written(standing_terms(tx, pairing_id)),
        "state": pairing.state,
        "confirmed": {**confirmed, pairing.mentee_id: pairing.mentee_confirmed_at},
        "change_asked": pairing.change_asked,
        "change_asked_by": pairing.change_asked_by,
    }


def standing_terms(tx: Reader, pairing_id: int) -> Terms:
    """What is agreed now, without the outcomes that have been reached."""
    pairing = pairings.get(tx, pairing_id)
    assert pairing is not None
    planned = [one for one in outcomes.of_pairing(tx, pairing_id) if one.state is OutcomeState.PLANNED]
    return Terms(
        mentee_id=pairing.mentee_id,
        mentor_ids=tuple(pairings.mentors_of(tx, [pairing_id]).get(pairing_id, [])),
        track=pairing.track,
        direction=pairing.direction,
        outcomes=tuple(OutcomeTerms(one.what, one.measure, one.due_on) for one in planned),
        cadence=pairing.cadence,
        starts_on=pairing.starts_on,
        agreed_on=pairing.agreed_on,
    )
