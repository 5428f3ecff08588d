"""交接: what hangs on a person is previewed and handed on or ended in one go, as they leave, retire, move or only hand over.

Whoever leads the person may do so, for what the person does in other branches too: it is theirs to say who takes over from
one of theirs. Everybody concerned hears within the minute, and the secretary there may name somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.actors import Actor
from domain.handovers import HANDED_ON, LEAVING, NOBODY, Chosen, HandoverKind, Tie, TieKind, asked, require_settled
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import LEADERS
from domain.units import Unit
from services import (
    access,
    audit,
    departures,
    handover_acts,
    handover_ties,
    last_acts,
    notices,
    secretaries,
    stand_in_followers,
)
from services.departures import Left
from services.handover_acts import Done
from services.hearing import Hearing, just_now, of_people
from services.notices import HOLD
from storage import audit as records
from storage import people, reviews, units
from storage.database import Reader, Writer

MOVED = "handover.moved"
LEFT = "left"
"""The act of leaving among those of a handover."""


@dataclass(frozen=True, slots=True)
class Preview:
    """`waiting` reports are reviewed by whoever takes the pairing over; `successors` are the names of those chosen."""

    person: Person
    unit: str
    kind: HandoverKind
    ties: tuple[Tie, ...]
    chosen: Chosen
    successors: Mapping[int, str]
    waiting: int
    to_unit: Unit | None
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Moved:
    """`own`: the reader is the one who moved; `within`: between groups of one branch."""

    name: str
    old: str
    unit: str
    own: bool
    within: bool


def opened(tx: Reader, actor: Actor, person_id: int) -> Person:
    """Somebody of the actor's who has not left. Refusals: `not_yours`, `already_done`."""
    person = access.person(tx, actor, person_id, *LEADERS)
    if not people.is_present(tx, person_id):
        raise last_acts.refusal(tx, actor, f"handover:{person_id}", "already_done", "handover:done")
    return person


def preview(
    tx: Reader, actor: Actor, person_id: int, kind: HandoverKind, chosen: Chosen, unit_id: int | None
) -> Preview:
    person = opened(tx, actor, person_id)
    ties = handover_ties.of_person(tx, actor, person_id, leaving=kind in LEAVING)
    known = people.many(tx, [one for one in chosen.values() if one])
    return Preview(
        person=person,
        unit=units.full_names(tx, [person.unit_id])[person.unit_id],
        kind=kind,
        ties=tuple(ties),
        chosen=chosen,
        successors={one.id: one.name for one in known.values()},
        waiting=len(reviews.waiting(tx, person_id, actor.today, actor.now - HOLD)),
        to_unit=destination(tx, actor, person, unit_id) if unit_id is not None else None,
        hearing=_hearers(tx, actor, person, kind, ties, chosen, unit_id),
    )


def _hearers(
    tx: Reader,
    actor: Actor,
    person: Person,
    kind: HandoverKind,
    ties: Sequence[Tie],
    chosen: Chosen,
    unit_id: int | None,
) -> Hearing:
    """Who would be told if it were done as it stands."""
    over = [tie for tie in ties if tie.key in chosen or tie.kind not in HANDED_ON]
    told = [one for tie in over for one in handover_acts.concerned(tx, tie, chosen.get(tie.key, NOBODY))]
    leaving, moved = kind in LEAVING, list[int]()
    acting = _successors(over, chosen, TieKind.GUIDES)
    if leaving:
        acting += stand_in_followers.told(tx, actor, person.id, known=not handover_ties.is_secretary(tx, person.id))
    if unit_id is not None:
        moved = [person.id, *secretaries.of_person(tx, person.id), *secretaries.of_unit(tx, unit_id, besides=person.id)]
    at_once = [*_successors(over, chosen, TieKind.ROLE), *moved]
    return of_people(tx, actor, told, acting=acting, at_once=at_once, besides=person.id if leaving else None)


def _successors(ties: Sequence[Tie], chosen: Chosen, kind: TieKind) -> list[int]:
    found = (chosen.get(tie.key, NOBODY) for tie in ties if tie.kind is kind)
    return [one for one in found if one != NOBODY]


def destinations(tx: Reader, actor: Actor, person_id: int) -> list[Unit]:
    """The branches and groups of the actor's to which somebody may move; of other branches those above decide."""
    person = opened(tx, actor, person_id)
    beneath = [unit for top in actor.units(*LEADERS) for unit in units.beneath(tx, top)]
    found = {unit.id: unit for unit in beneath if unit.id != person.unit_id}
    return sorted(found.values(), key=lambda unit: (unit.position, unit.id))


def destination(tx: Reader, actor: Actor, person: Person, unit_id: int) -> Unit:
    if unit_id == person.unit_id:
        raise Refusal("already_done")
    return access.unit(tx, actor, unit_id, *LEADERS)


def perform(
    tx: Writer, actor: Actor, person_id: int, kind: HandoverKind, chosen: Chosen, unit_id: int | None, reason: str
) -> None:
    """All of it or nothing.

    Refusals: `handover_incomplete`, `still_leads`, `handover_empty` where nothing was chosen to be handed over, and
    whatever keeps a successor from taking something over.
    """
    people.lock(tx, person_id)
    person = opened(tx, actor, person_id)
    ties = handover_ties.of_person(tx, actor, person_id, leaving=kind in LEAVING)
    require_settled(person.name, ties, chosen, kind)
    _require_something(kind, ties, chosen, unit_id)
    done = [
        act
        for tie in asked(ties)
        if tie.key in chosen
        for act in handover_acts.hand_on(tx, actor, person_id, tie, _successor(tx, person, chosen[tie.key]))
    ]
    for tie in (one for one in ties if one.kind not in HANDED_ON):
        done += handover_acts.bring_to_end(tx, actor, tie, reason)
    done += _go(tx, actor, person, kind, unit_id)
    old = {"kind": kind, "acts": done}
    audit.record(tx, actor, "handover:done", f"handover:{person_id}", old=old, about=person_id)


def _require_something(kind: HandoverKind, ties: list[Tie], chosen: Chosen, unit_id: int | None) -> None:
    if kind is HandoverKind.HANDS_OVER and not any(tie.key in chosen for tie in asked(ties)):
        raise Refusal("handover_empty")
    if kind is HandoverKind.MOVES and unit_id is None:
        raise Refusal("gone")


def _successor(tx: Reader, person: Person, successor: int) -> int:
    """Refusals: `successor_is_self`, `person_gone`."""
    if successor == person.id:
        raise Refusal("successor_is_self", name=person.name)
    if successor and not people.is_present(tx, successor):
        found = people.get(tx, successor)
        raise Refusal("person_gone", name=found.name if found else "")
    return successor


def _go(tx: Writer, actor: Actor, person: Person, kind: HandoverKind, unit_id: int | None) -> list[Done]:
    if kind in LEAVING:
        return [{"act": LEFT, "id": person.id, "link": departures.depart(tx, actor, person.id, kind)}]
    if kind is not HandoverKind.MOVES or unit_id is None:
        return []
    before = secretaries.of_person(tx, person.id)
    unit = destination(tx, actor, person, unit_id)
    moved = handover_acts.move(tx, actor, person.id, unit.id)
    for hearer in dict.fromkeys([person.id, *before, *secretaries.of_person(tx, person.id)]):
        if hearer != actor.person_id:
            key = f"handover:{person.id}:moved:{actor.now.isoformat()}:{hearer}"
            notices.tell(tx, actor, hearer, MOVED, key=key, person=person.id, unit=unit.id, old=person.unit_id)
    return [moved]


def undo(tx: Writer, actor: Actor, person_id: int) -> None:
    """Take one's own handover back within the minute, and with it a departure. Refusal `too_late_to_undo`."""
    access.person(tx, actor, person_id, *LEADERS)
    people.lock(tx, person_id)
    last = _just_done(tx, actor, person_id)
    if last is None or last.actor != actor.mark:
        raise Refusal("too_late_to_undo")
    for done in reversed(_acts(last)):
        if done["act"] != LEFT:
            handover_acts.BACK[done["act"]](tx, actor, done, last.at)
        elif not people.is_present(tx, person_id):
            departures.come_back(tx, actor, person_id, _left(last))
    notices.take_back_all(tx, actor, f"handover:{person_id}:moved:")
    audit.record(tx, actor, "handover:undone", f"handover:{person_id}", about=person_id)


def come_back(tx: Writer, actor: Actor, person_id: int) -> None:
    """Somebody has not left; what was handed over stays. Refusals: `not_yours`, `already_done`."""
    last = _just_done(tx, actor, person_id)
    departures.come_back(tx, actor, person_id, None if last is None else _left(last))


def _just_done(tx: Reader, actor: Actor, person_id: int) -> records.Recorded | None:
    """The last handover, while the minute lasts in which it can be undone; the values may have gone with who was erased."""
    last = records.last(tx, f"handover:{person_id}")
    if last is None or last.verb != "handover:done" or last.old is None:
        return None
    return last if actor.now - last.at <= HOLD else None


def _acts(last: records.Recorded) -> list[dict[str, Any]]:
    kept: Mapping[str, Any] = last.old or {}
    return list(kept["acts"])


def _left(last: records.Recorded) -> Left | None:
    return next((Left(last.at, done["link"]) for done in _acts(last) if done["act"] == LEFT), None)


def hearing(tx: Reader, actor: Actor, person_id: int) -> Hearing:
    """Who hears in a minute of what was handed over, and of who stands in instead of somebody who left."""
    last = _just_done(tx, actor, person_id)
    keys = [] if last is None else [key for done in _acts(last) for key in handover_acts.told_under(done)]
    gone = last is not None and _left(last) is not None
    missed = stand_in_followers.told(tx, actor, person_id) if gone else ()
    besides = person_id if gone else None
    return just_now(tx, actor, f"handover:{person_id}:moved:", *keys, besides=besides, also=missed)


def last_done(tx: Reader, actor: Actor, person_id: int) -> tuple[Person, str, HandoverKind]:
    """Whom it was about, their unit, and what was done just now, for the one who did it."""
    person = access.person(tx, actor, person_id, *LEADERS)
    last = records.last(tx, f"handover:{person_id}")
    if last is None or last.verb != "handover:done":
        raise Refusal("gone")
    unit = units.full_names(tx, [person.unit_id])[person.unit_id]
    return person, unit, HandoverKind(str((last.old or {})["kind"]))


def moved(tx: Reader, reader: Actor, person_id: int, unit_id: int, old_id: int) -> Moved | None:
    """Word of a move, as long as it is true and concerns the reader: who moved, and the secretaries here and there."""
    person = people.get(tx, person_id)
    if person is None or person.unit_id != unit_id:
        return None
    hears = reader.person_id == person_id or units.is_beneath(tx, unit_id, reader.units(*LEADERS))
    if not hears and not units.is_beneath(tx, old_id, reader.units(*LEADERS)):
        return None
    names = units.full_names(tx, [unit_id, old_id])
    within = access.branch_over(tx, unit_id).id == access.branch_over(tx, old_id).id
    return Moved(person.name, names[old_id], names[unit_id], reader.person_id == person_id, within)
