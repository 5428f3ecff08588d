"""A pairing being drawn up in chat, kept as a draft until it is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from domain.actors import Actor
from domain.outcomes import OutcomeTerms
from domain.pairings import MOST_OUTCOMES, Gap, GuideKind, PairingState, Terms, Track, fitting_tracks, gaps, guide_kind
from domain.people import Person
from domain.periods import Cadence, CadenceKind
from domain.refusals import Refusal
from domain.roles import RoleKind
from services import access, dialogue
from services.pairing_access import Side, taken_up
from services.pairing_proposals import check_people, propose, revise, standing_terms
from services.pairings import usual_cadence
from storage import pairings, people
from storage.database import Reader, Writer

KIND = "pairing"


class Step(StrEnum):
    TRACK = "track"
    MENTOR = "mentor"
    DIRECTION = "direction"
    OUTCOME = "outcome"
    CADENCE = "cadence"
    START = "start"
    SIGNED = "signed"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Drafted:
    """`mark` tells this form from an earlier one whose buttons are still there; `pairing_id` is that of a proposal being
    edited; `returns`: the question came from the preview and leads back to it.
    """

    mark: int
    terms: Terms
    step: Step
    pairing_id: int | None = None
    returns: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the screens of the dialogue show."""

    drafted: Drafted
    mentee: Person
    mentors: tuple[Person, ...]
    tracks: tuple[Track, ...]
    gaps: tuple[Gap, ...]


def begin(tx: Writer, actor: Actor, mentee_id: int) -> Drafted:
    """With someone of the secretary's own, on the track that fits; asks which one where both do."""
    mentee = access.person(tx, actor, mentee_id, RoleKind.SECRETARY)
    taken = {one.track for one in pairings.live_of_mentee(tx, mentee.id)}
    fitting = fitting_tracks(mentee)
    if not fitting:
        raise Refusal("no_track_fits", name=mentee.name)
    left = [track for track in fitting if track not in taken]
    if not left:
        raise Refusal("already_paired", name=mentee.name)
    terms = Terms(mentee.id, (), left[0], "", (), usual_cadence(tx, mentee.unit_id))
    return _kept(tx, actor, Drafted(_mark(actor), terms, Step.TRACK if len(left) > 1 else Step.MENTOR))


def begin_edit(tx: Writer, actor: Actor, pairing_id: int) -> Drafted:
    pairing = taken_up(tx, actor, pairing_id, Side.SECRETARY)
    if pairing.state not in (PairingState.DRAFT, PairingState.CONFIRMED):
        raise Refusal("pairing_state", state=pairing.state, wanted=PairingState.DRAFT)
    return _kept(
        tx, actor, Drafted(_mark(actor), standing_terms(tx, pairing_id), Step.PREVIEW, pairing_id, returns=True)
    )


def current(tx: Reader, actor: Actor) -> Drafted:
    """Refused to whoever is no longer secretary over the mentee."""
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None:
        raise Refusal("gone")
    drafted = _unpacked(draft.payload, Step(draft.step))
    access.person(tx, actor, drafted.terms.mentee_id, RoleKind.SECRETARY)
    return drafted


def sheet(tx: Reader, actor: Actor) -> Sheet:
    drafted = current(tx, actor)
    terms = drafted.terms
    known = people.many(tx, [terms.mentee_id, *terms.mentor_ids])
    mentee = known[terms.mentee_id]
    return Sheet(
        drafted=drafted,
        mentee=mentee,
        mentors=tuple(known[mentor_id] for mentor_id in terms.mentor_ids),
        tracks=tuple(fitting_tracks(mentee)),
        gaps=gaps(terms.mentor_ids, terms.direction, terms.outcomes),
    )


def guide_kind_of(tx: Reader, drafted: Drafted) -> GuideKind:
    """What those are called who are to be chosen."""
    mentee = people.get(tx, drafted.terms.mentee_id)
    assert mentee is not None
    return guide_kind(drafted.terms.track, mentee.stage)


def choose_track(tx: Writer, actor: Actor, track: Track) -> Drafted:
    drafted = current(tx, actor)
    return _kept(tx, actor, replace(drafted, terms=replace(drafted.terms, track=track), step=Step.MENTOR))


def choose_mentor(tx: Writer, actor: Actor, mentor_id: int) -> Drafted:
    """Eligibility and places are looked at now, so that nobody fills in a form in vain."""
    drafted = current(tx, actor)
    ids = tuple(dict.fromkeys((*drafted.terms.mentor_ids, mentor_id)))
    terms = replace(drafted.terms, mentor_ids=ids)
    check_people(tx, terms, besides=drafted.pairing_id or 0)
    return _kept(tx, actor, _next(replace(drafted, terms=terms), Step.DIRECTION))


def drop_mentor(tx: Writer, actor: Actor, mentor_id: int) -> Drafted:
    drafted = current(tx, actor)
    ids = tuple(one for one in drafted.terms.mentor_ids if one != mentor_id)
    return _kept(tx, actor, replace(drafted, terms=replace(drafted.terms, mentor_ids=ids)))


def set_direction(tx: Writer, actor: Actor, direction: str) -> Drafted:
    """An empty one is left to the mentor."""
    drafted = current(tx, actor)
    terms = replace(drafted.terms, direction=direction)
    return _kept(tx, actor, _next(replace(drafted, terms=terms), Step.OUTCOME))


def add_outcome(tx: Writer, actor: Actor, outcome: OutcomeTerms) -> Drafted:
    drafted = current(tx, actor)
    planned = (*drafted.terms.outcomes, outcome)
    if len(planned) > MOST_OUTCOMES:
        raise Refusal("too_many_outcomes", most=MOST_OUTCOMES)
    return _previewed(tx, actor, replace(drafted.terms, outcomes=planned))


def drop_outcomes(tx: Writer, actor: Actor) -> Drafted:
    """Write the outcomes anew."""
    drafted = current(tx, actor)
    return _kept(tx, actor, replace(drafted, terms=replace(drafted.terms, outcomes=()), step=Step.OUTCOME))


def set_cadence(tx: Writer, actor: Actor, cadence: Cadence) -> Drafted:
    return _previewed(tx, actor, replace(current(tx, actor).terms, cadence=cadence))


def set_start(tx: Writer, actor: Actor, day: date | None) -> Drafted:
    return _previewed(tx, actor, replace(current(tx, actor).terms, starts_on=day))


def set_signed(tx: Writer, actor: Actor, day: date | None) -> Drafted:
    if day is not None and day > actor.today:
        raise Refusal("day_in_future", day=day)
    return _previewed(tx, actor, replace(current(tx, actor).terms, agreed_on=day))


def go_to(tx: Writer, actor: Actor, step: Step) -> Drafted:
    """Back to one question, from the preview."""
    return _kept(tx, actor, replace(current(tx, actor), step=step, returns=step is not Step.MENTOR))


def submit(tx: Writer, actor: Actor, mark: int) -> int:
    """Propose it, or propose anew what was edited."""
    drafted = current(tx, actor)
    if drafted.mark != mark:
        raise Refusal("gone")
    dialogue.drop(tx, actor, KIND)
    if drafted.pairing_id is None:
        return propose(tx, actor, drafted.terms)
    revise(tx, actor, drafted.pairing_id, drafted.terms)
    return drafted.pairing_id


def discard(tx: Writer, actor: Actor) -> None:
    dialogue.drop(tx, actor, KIND)


def _mark(actor: Actor) -> int:
    return int(actor.now.timestamp())


def _next(drafted: Drafted, step: Step) -> Drafted:
    return replace(drafted, step=Step.PREVIEW if drafted.returns or drafted.terms.outcomes else step)


def _previewed(tx: Writer, actor: Actor, terms: Terms) -> Drafted:
    drafted = current(tx, actor)
    return _kept(tx, actor, replace(drafted, terms=terms, step=Step.PREVIEW, returns=True))


def _kept(tx: Writer, actor: Actor, drafted: Drafted) -> Drafted:
    dialogue.begin(tx, actor, KIND, drafted.step, **_packed(drafted))
    return drafted


def _packed(drafted: Drafted) -> dict[str, Any]:
    terms = drafted.terms
    return {
        "mark": drafted.mark,
        "pairing": drafted.pairing_id,
        "returns": drafted.returns,
        "mentee": terms.mentee_id,
        "mentors": list(terms.mentor_ids),
        "track": terms.track,
        "direction": terms.direction,
        "outcomes": [[one.what, one.measure, _iso(one.due_on)] for one in terms.outcomes],
        "cadence": [terms.cadence.kind, terms.cadence.day],
        "starts_on": _iso(terms.starts_on),
        "agreed_on": _iso(terms.agreed_on),
    }


def _unpacked(payload: Mapping[str, Any], step: Step) -> Drafted:
    kind, day = payload["cadence"]
    terms = Terms(
        mentee_id=payload["mentee"],
        mentor_ids=tuple(payload["mentors"]),
        track=Track(payload["track"]),
        direction=payload["direction"],
        outcomes=tuple(OutcomeTerms(what, measure, _day(due)) for what, measure, due in payload["outcomes"]),
        cadence=Cadence(CadenceKind(kind), day),
        starts_on=_day(payload["starts_on"]),
        agreed_on=_day(payload["agreed_on"]),
    )
    return Drafted(payload["mark"], terms, step, payload["pairing"], returns=payload["returns"])


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
