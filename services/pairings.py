"""Pairings as people see them: who may open which, what stands in one, which ones a person has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.actors import Actor
from domain.entered_acts import EnteredAct, Noun
from domain.outcomes import Outcome, OutcomeState
from domain.pairing_changes import Change
from domain.pairings import (
    LIVE,
    Gap,
    GuideKind,
    Mentorship,
    Pairing,
    PairingState,
    Track,
    gaps,
    guide_kind,
    has_outgrown,
)
from domain.people import Person, Stage
from domain.periods import Cadence
from domain.profiles import read_profile
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.units import Unit, UnitKind
from services import access, proxies, rotations
from services.hearing import Hearing, of_people
from services.pairing_access import Side, opened, sides_of
from services.pairing_notices import Notice, everyone, still_true
from services.pairing_proposals import create_from_roster
from services.proxies import Proxy
from storage import outcomes, pairing_changes, pairings, people, units
from storage.database import Reader

__all__ = ["Card", "Guide", "Line", "Register", "Side", "create_from_roster"]

PAGE = 8


@dataclass(frozen=True, slots=True)
class Guide:
    person: Person
    share: Mentorship


@dataclass(frozen=True, slots=True)
class Card:
    """All of one pairing, for whoever may open it; `sides` decides what they may do."""

    pairing: Pairing
    mentee: Person
    mentors: tuple[Guide, ...]
    outcomes: tuple[Outcome, ...]
    gaps: tuple[Gap, ...]
    sides: frozenset[Side]
    reader_id: int | None
    next_due: datetime | None
    asked_by: str
    change: Change | None
    versions: int
    entered: tuple[EnteredAct, ...]
    """Where a secretary entered for somebody that he would have it otherwise (代录)."""
    proxies: tuple[Proxy, ...] = ()
    rotations: tuple[rotations.Listed, ...] = ()
    """Where the mentee rotates meanwhile, as far as the reader may open it."""

    @property
    def present(self) -> tuple[Guide, ...]:
        return tuple(guide for guide in self.mentors if guide.share.until_on is None)

    @property
    def outgrown(self) -> bool:
        return has_outgrown(self.pairing, self.mentee)

    @property
    def has_confirmed(self) -> bool:
        """Whether the reader, as mentee or mentor, has confirmed."""
        own = [guide.share.confirmed_at for guide in self.present if guide.person.id == self.reader_id]
        return bool(self.pairing.mentee_confirmed_at if self.pairing.mentee_id == self.reader_id else own and own[0])

    @property
    def asked_to_agree(self) -> bool:
        """Whether a change waits for the reader's yes, as mentee or mentor."""
        return self.change is not None and (
            (Side.MENTEE in self.sides and self.change.mentee_confirmed_at is None)
            or (Side.MENTOR in self.sides and self.change.mentor_confirmed_at is None)
        )

    @property
    def waits_for_reader(self) -> bool:
        """As mentee or mentor: for a yes, for what is missing to it, or for the word that an outcome is reached."""
        guides = Side.MENTOR in self.sides
        if self.pairing.state is PairingState.DRAFT:
            return self.pairing.change_asked is None and not self.has_confirmed and (guides or not self.gaps)
        claimed = any(one.state is OutcomeState.CLAIMED for one in self.outcomes)
        return self.asked_to_agree or (guides and claimed)


@dataclass(frozen=True, slots=True)
class Line:
    """A pairing in a list. `attention`: it waits for something that the reader may do."""

    id: int
    mentee: str
    stage: Stage
    mentors: tuple[str, ...]
    track: Track
    state: PairingState
    attention: bool


def card(tx: Reader, actor: Actor, pairing_id: int, *only: Side) -> Card:
    """For whoever may open it or, before something is done, for those on one of these sides alone."""
    pairing, mentee, sides = opened(tx, actor, pairing_id)
    if only and sides.isdisjoint(only):
        raise Refusal("not_yours")
    held = _card(tx, pairing, mentee, sides, actor.person_id, actor.now)
    may_wish = pairing.state in LIVE and Side.SECRETARY in sides
    return replace(
        held,
        proxies=proxies.offered(tx, actor, Noun.PAIRING, pairing_id) if may_wish else (),
        rotations=tuple(rotations.to_show(tx, actor, mentee)),
    )


def _card(
    tx: Reader, pairing: Pairing, mentee: Person, sides: frozenset[Side], reader_id: int | None, now: datetime
) -> Card:
    shares = pairings.mentors(tx, pairing.id)
    asked_by = [pairing.change_asked_by] if pairing.change_asked_by else []
    known = people.many(tx, [*(share.person_id for share in shares), *asked_by])
    planned = tuple(outcomes.of_pairing(tx, pairing.id))
    present = [share.person_id for share in shares if share.until_on is None]
    changes = pairing_changes.of_pairing(tx, pairing.id)
    return Card(
        pairing=pairing,
        mentee=mentee,
        mentors=tuple(Guide(known[share.person_id], share) for share in shares),
        outcomes=planned,
        gaps=gaps(present, pairing.direction, planned),
        sides=sides,
        reader_id=reader_id,
        next_due=pairings.next_due(tx, pairing.id, now),
        asked_by=known[asked_by[0]].name if asked_by else "",
        change=next((one for one in changes if one.agreed_at is None), None),
        versions=sum(one.agreed_at is not None for one in changes),
        entered=proxies.entered(tx, Noun.PAIRING, [pairing.id]) if pairing.change_asked else (),
    )


def of_person(tx: Reader, person_id: int, now: datetime) -> list[Card]:
    """A person's live pairings as mentee, for their own page; whoever calls has opened the person."""
    mentee = people.get(tx, person_id)
    if mentee is None:
        return []
    own = frozenset({Side.MENTEE})
    return [_card(tx, found, mentee, own, person_id, now) for found in pairings.live_of_mentee(tx, person_id)]


def told(tx: Reader, actor: Actor, pairing_id: int, what: Notice) -> Card | None:
    """What a notice shows its reader; None when it is no longer true."""
    pairing = pairings.get(tx, pairing_id)
    mentee = None if pairing is None else people.get(tx, pairing.mentee_id)
    if pairing is None or mentee is None or not still_true(what, pairing):
        return None
    sides = sides_of(tx, actor, pairing, mentee)
    if not sides and what is not Notice.NO_LONGER_MENTOR:
        return None
    shown = _card(tx, pairing, mentee, sides, actor.person_id, actor.now)
    return None if what is Notice.AIM_PROPOSED and shown.change is None else shown


def names(tx: Reader, person_ids: Sequence[int]) -> dict[int, str]:
    """The names of people who are about to be chosen."""
    return {found.id: found.name for found in people.many(tx, person_ids).values()}


def hearers(tx: Reader, actor: Actor, pairing: Pairing, coming: int = 0) -> Hearing:
    """Who would be told if the actor did something to a pairing, whoever is `coming` to guide included."""
    return of_people(tx, actor, everyone(tx, pairing), acting=[coming] if coming else [])


def open_duties(tx: Reader, actor: Actor, pairing_id: int) -> int:
    """How much is still asked for."""
    opened(tx, actor, pairing_id)
    return pairings.open_duties(tx, pairing_id)


def guide_kinds(tx: Reader, person_id: int) -> tuple[GuideKind, ...]:
    """What those are called who guide a person in pairings that have begun."""
    mentee = people.get(tx, person_id)
    if mentee is None:
        return ()
    begun = [one for one in pairings.live_of_mentee(tx, person_id) if one.active_on is not None]
    return tuple(sorted({guide_kind(one.track, mentee.stage) for one in begun}))


def goals(tx: Reader, person_id: int) -> list[Outcome]:
    """The outcomes of a person's pairings that have begun."""
    begun = [one for one in pairings.live_of_mentee(tx, person_id) if one.active_on is not None]
    return [one for found in begun for one in outcomes.of_pairing(tx, found.id)]


def mentors_of(tx: Reader, pairing_id: int, on: date) -> list[int]:
    """Who guides in a pairing on a day."""
    return [
        share.person_id
        for share in pairings.mentors(tx, pairing_id)
        if share.from_on <= on and (share.until_on is None or on <= share.until_on)
    ]


def own_lines(tx: Reader, actor: Actor) -> tuple[list[Line], list[Line]]:
    """The actor's own live pairings: as mentee, and as mentor."""
    me = access.myself(tx, actor)
    as_mentee, as_mentor = pairings.live_of_mentee(tx, me.id), pairings.guided_by(tx, me.id)
    return _own(tx, actor, as_mentee, Side.MENTEE), _own(tx, actor, as_mentor, Side.MENTOR)


def _own(tx: Reader, actor: Actor, found: Sequence[Pairing], side: Side) -> list[Line]:
    mentees, sides = people.many(tx, [one.mentee_id for one in found]), frozenset({side})
    held = [_card(tx, one, mentees[one.mentee_id], sides, actor.person_id, actor.now) for one in found]
    return _lines(
        tx, [pairings.Listed(one.pairing, one.mentee.name, one.mentee.stage, one.waits_for_reader) for one in held]
    )


def _lines(tx: Reader, listed: Sequence[pairings.Listed]) -> list[Line]:
    mentors = pairings.mentors_of(tx, [one.pairing.id for one in listed])
    known = people.many(tx, sorted({person_id for ids in mentors.values() for person_id in ids}))
    return [
        Line(
            id=one.pairing.id,
            mentee=one.mentee,
            stage=Stage(one.stage),
            mentors=tuple(known[person_id].name for person_id in mentors.get(one.pairing.id, [])),
            track=one.pairing.track,
            state=one.pairing.state,
            attention=one.attention,
        )
        for one in listed
    ]


@dataclass(frozen=True, slots=True)
class Register:
    """One page of a unit's pairings. `counts` covers all states; `units` are branches beneath, to go on to."""

    unit: Unit
    shown: tuple[PairingState, ...]
    lines: tuple[Line, ...]
    page: int
    more: bool
    counts: dict[PairingState, int]
    units: tuple[Unit, ...]
    may_propose: bool


def register(tx: Reader, actor: Actor, unit_id: int, states: Sequence[PairingState], page: int = 0) -> Register:
    """The pairings of a unit and all beneath it, for its secretary, or an officer or secretary above it."""
    unit = access.unit(tx, actor, unit_id, RoleKind.SECRETARY, RoleKind.OFFICER)
    listed = pairings.listed(tx, unit.id, states, offset=page * PAGE, limit=PAGE + 1)
    beneath = units.beneath(tx, unit.id, UnitKind.BRANCH) if unit.kind is not UnitKind.BRANCH else []
    return Register(
        unit=unit,
        shown=tuple(states),
        lines=tuple(_lines(tx, listed[:PAGE])),
        page=page,
        more=len(listed) > PAGE,
        counts=pairings.counted(tx, unit.id),
        units=tuple(one for one in beneath if one.id != unit.id),
        may_propose=units.is_beneath(tx, unit.id, actor.units(RoleKind.SECRETARY)),
    )


def usual_cadence(tx: Reader, unit_id: int) -> Cadence:
    """How often a unit's people report unless something else is agreed."""
    return read_profile(units.profile(tx, unit_id)).cadence
