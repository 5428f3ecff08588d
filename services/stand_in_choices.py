"""Naming who stands in: by the mentor who is away, or by the mentee's secretary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.actors import Actor
from domain.duties import Leave
from domain.pairings import Pairing
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.stand_ins import Share
from services import absences, access, audit, secretaries, stand_in_words, stand_ins
from services.calendar import today_of_person
from services.hearing import Hearing, of_rows
from services.pairing_access import Side, opened
from services.stand_in_words import tell
from storage import audit as records
from storage import leaves, pairings, people, units
from storage import stand_ins as rows
from storage.database import Reader, Writer
from storage.leaves import KeptLeave

PAGE = 8


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who answers a mentee's reports in the days on which no mentor is there; no names where nobody could be found.
    `may_change`: the reader may name somebody else.
    """

    leave: KeptLeave
    days: Leave
    pairing: Pairing
    mentors: tuple[str, ...]
    mentee: Person
    names: tuple[str, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One page of those near by who may stand in; `elsewhere` for whoever may look beyond it."""

    stand_in: StandIn
    people: tuple[Person, ...]
    page: int
    more: bool
    elsewhere: bool


def of_leave(tx: Reader, actor: Actor, leave_id: int) -> list[StandIn]:
    """For whoever may see the leave: who stands in for each mentee that is left alone."""
    kept = leaves.get(tx, leave_id)
    if kept is None or kept.cancelled_at is not None:
        return []
    asked = (pairings.get(tx, pairing_id) for pairing_id in stand_ins.concerned(tx, kept, actor.today))
    found = (_stand_in(tx, actor, kept, pairing) for pairing in asked if pairing is not None)
    return [one for one in found if one is not None]


def _stand_in(tx: Reader, actor: Actor, kept: KeptLeave, pairing: Pairing) -> StandIn | None:
    """None where somebody is there in spite of the leave, or it is over soon enough."""
    spans = absences.gaps(tx, actor, pairing)
    days = next((gap for gap in spans if gap.first <= kept.last_on and kept.first_on <= gap.last), None)
    if days is None:
        return None
    guides, standing = absences.mentors(tx, pairing), _standing(tx, actor, pairing, days)
    known = people.many(tx, [*guides, pairing.mentee_id, *(one.person_id for one in standing)])
    mentee = known[pairing.mentee_id]
    leads = units.is_beneath(tx, mentee.unit_id, actor.units(RoleKind.SECRETARY))
    return StandIn(
        kept, days, pairing, mentors=tuple(known[one].name for one in guides), mentee=mentee,
        names=tuple(dict.fromkeys(known[one.person_id].name for one in standing)),
        may_change=leads or actor.person_id in guides,
    )  # fmt: skip


def _standing(tx: Reader, actor: Actor, pairing: Pairing, days: Leave) -> list[Share]:
    found = rows.of_pairing(tx, pairing.id, today_of_person(tx, actor, pairing.mentee_id))
    return [one for one in found if one.first <= days.last and days.first <= one.last]


def choice(tx: Reader, actor: Actor, leave_id: int, pairing_id: int, page: int = 0) -> Choice:
    """Refusals: `not_yours`, `gone`, `leave_over`."""
    found, sides = _theirs(tx, actor, leave_id, pairing_id)
    near = _fitting(tx, actor, found, people.present(tx, _around(tx, found)))
    return Choice(
        found, tuple(near[page * PAGE : (page + 1) * PAGE]), page,
        more=len(near) > (page + 1) * PAGE, elsewhere=Side.SECRETARY in sides,
    )  # fmt: skip


def _around(tx: Reader, found: StandIn) -> int:
    """The branch of the mentor who is away; where all of it may be, the mentee's."""
    unit_id = found.mentee.unit_id
    if found.leave.person_id is not None:
        mentor = people.get(tx, found.leave.person_id)
        unit_id = unit_id if mentor is None else mentor.unit_id
    return access.branch_over(tx, unit_id).id


def choose(tx: Writer, actor: Actor, leave_id: int, pairing_id: int, person_id: int) -> None:
    """For all the days on which no mentor is there. Refusals besides: `stand_in_misfit`, `already_done`."""
    pairings.lock(tx, pairing_id)
    found, _ = _theirs(tx, actor, leave_id, pairing_id)
    person = people.get(tx, person_id)
    if person is None or not people.is_present(tx, person_id):
        raise Refusal("gone")
    if not _fitting(tx, actor, found, [person]):
        raise Refusal("stand_in_misfit", name=person.name)
    standing = stand_ins.ahead(tx, actor, found.pairing)
    others = [one for one in standing if one.last < found.days.first or found.days.last < one.first]
    if {one.person_id for one in standing if one not in others} == {person_id}:
        raise Refusal("already_done")
    today = today_of_person(tx, actor, found.mentee.id)
    chosen = Share(person_id, max(found.days.first, today), found.days.last)
    tell(tx, actor, [stand_ins.put(tx, actor, found.pairing, [*others, chosen])])
    old = {"shares": [[one.person_id, one.first, one.last] for one in standing]}
    audit.record(
        tx, actor, stand_ins.CHOSEN, f"pairing:{pairing_id}", old=old, new={"person": person_id},
        about=found.mentee.id,
    )  # fmt: skip


def hearing(tx: Reader, actor: Actor, pairing_id: int) -> Hearing:
    """Who hears who stands in."""
    return of_rows(tx, actor, stand_in_words.to_be_told(tx, actor, [pairing_id]))


def undo_choice(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    """Whoever stood in before does so again, unless nobody has to meanwhile."""
    if last.old is None or not absences.gaps(tx, actor, pairing):
        raise Refusal("too_late_to_undo")
    tell(tx, actor, [stand_ins.put(tx, actor, pairing, stand_ins.kept_shares(last.old))])


def _theirs(tx: Reader, actor: Actor, leave_id: int, pairing_id: int) -> tuple[StandIn, frozenset[Side]]:
    """A leave that stands and leaves a mentee alone, for the mentors themselves or for the mentee's secretary."""
    kept = leaves.get(tx, leave_id)
    pairing, _, sides = opened(tx, actor, pairing_id)
    if kept is None or sides.isdisjoint({Side.MENTOR, Side.SECRETARY}):
        raise Refusal("not_yours")
    if kept.cancelled_at is not None or pairing.state not in absences.UNDER_WAY:
        raise Refusal("gone")
    if kept.last_on < today_of_person(tx, actor, pairing.mentee_id):
        raise Refusal("leave_over", last=kept.last_on)
    found = _stand_in(tx, actor, kept, pairing)
    if found is None or pairing_id not in stand_ins.concerned(tx, kept, actor.today):
        raise Refusal("gone")
    return found, sides


def _fitting(tx: Reader, actor: Actor, found: StandIn, asked: Sequence[Person]) -> list[Person]:
    """Those who can answer here and are not away for long on any of these days."""
    leading = secretaries.upwards(tx, found.mentee.id)
    first = max(found.days.first, today_of_person(tx, actor, found.mentee.id))
    able = stand_ins.fitting(tx, actor, found.pairing, asked, leading)
    there = {one.person_id for one in able if one.there_until(first, found.days.last) == found.days.last}
    return [one for one in asked if one.id in there]
