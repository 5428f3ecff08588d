"""The door to a pairing: who may open it, on which side, and who may change it."""

from __future__ import annotations

from enum import StrEnum

from domain.actors import Actor
from domain.pairings import Pairing
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import RoleKind
from services import audit
from storage import pairings, people, units
from storage.database import Reader, Writer


class Side(StrEnum):
    """In which capacity someone sees a pairing. An officer sees people and state."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    SECRETARY = "secretary"
    OFFICER = "officer"


def sides_of(tx: Reader, actor: Actor, pairing: Pairing, mentee: Person) -> frozenset[Side]:
    found = {
        Side.MENTEE: pairing.mentee_id == actor.person_id,
        Side.MENTOR: actor.person_id in pairings.mentors_of(tx, [pairing.id]).get(pairing.id, []),
        Side.SECRETARY: units.is_beneath(tx, mentee.unit_id, actor.units(RoleKind.SECRETARY)),
        Side.OFFICER: units.is_beneath(tx, mentee.unit_id, actor.units(RoleKind.OFFICER)),
    }
    return frozenset(side for side, is_on_it in found.items() if is_on_it)


def opened(tx: Reader, actor: Actor, pairing_id: int) -> tuple[Pairing, Person, frozenset[Side]]:
    """A pairing that the actor may open; refused to everybody else, whether it exists or not."""
    pairing = pairings.get(tx, pairing_id)
    mentee = None if pairing is None else people.get(tx, pairing.mentee_id)
    if pairing is None or mentee is None:
        raise Refusal("not_yours")
    sides = sides_of(tx, actor, pairing, mentee)
    if not sides:
        raise Refusal("not_yours")
    return pairing, mentee, sides


def look(tx: Writer, actor: Actor, pairing_id: int) -> None:
    _, mentee, _ = opened(tx, actor, pairing_id)
    audit.looked(tx, actor, f"pairing:{pairing_id}", mentee.id)


def taken_up(tx: Writer, actor: Actor, pairing_id: int, *sides: Side) -> Pairing:
    """A pairing locked for a change by someone on one of these sides."""
    pairing = pairings.lock(tx, pairing_id)
    if pairing is None or opened(tx, actor, pairing_id)[2].isdisjoint(sides):
        raise Refusal("not_yours")
    return pairing
