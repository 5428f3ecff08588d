"""Who stands in instead of somebody who does so and goes, and who hears of it in a minute, when it cannot be undone any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.actors import Actor
from domain.pairings import Pairing
from domain.roles import RoleKind
from services import absences, stand_ins
from storage import pairings, people, roles, units
from storage import stand_ins as rows
from storage.database import Reader
from storage.roles import Holding


@dataclass(frozen=True, slots=True)
class Follower:
    """Who answers a mentee's reports instead of another; no name where nobody can."""

    mentee: str
    name: str


def without_post(tx: Reader, actor: Actor, held: Holding) -> list[Follower]:
    """Who follows a secretary whose post ends."""
    person_id = held.person_id or 0
    return [_follower(tx, actor, one, person_id) for one in _by_post(tx, actor, held)]


def _follower(tx: Reader, actor: Actor, pairing: Pairing, person_id: int) -> Follower:
    after = following(tx, actor, pairing, person_id)[:1]
    known = people.many(tx, [pairing.mentee_id, *after])
    return Follower(known[pairing.mentee_id].name, known[after[0]].name if after else "")


def following(tx: Reader, actor: Actor, pairing: Pairing, person_id: int) -> list[int]:
    """Who does so instead of this person, in the order of their days."""
    return [one.person_id for one in stand_ins.planned(tx, actor, pairing, besides=person_id)]


def told(tx: Reader, actor: Actor, person_id: int, *, known: bool = True) -> list[int]:
    """Who hears that this person goes; `known`: who follows is settled."""
    return _concerned(tx, actor, person_id, _stood_in(tx, actor, person_id), known=known)


def told_of_post(tx: Reader, actor: Actor, held: Holding) -> list[int]:
    """Who hears that somebody stands in no more without a post."""
    return _concerned(tx, actor, held.person_id or 0, _by_post(tx, actor, held), known=True)


def _concerned(tx: Reader, actor: Actor, person_id: int, stood_in: Iterable[Pairing], *, known: bool) -> list[int]:
    found: list[int] = []
    for pairing in stood_in:
        after = following(tx, actor, pairing, person_id) if known else []
        found += [*after, pairing.mentee_id, *absences.mentors(tx, pairing)]
    return found


def _stood_in(tx: Reader, actor: Actor, person_id: int) -> list[Pairing]:
    found = (pairings.get(tx, one) for one in rows.of_person(tx, person_id, actor.today))
    return [one for one in found if one is not None]


def _by_post(tx: Reader, actor: Actor, held: Holding) -> list[Pairing]:
    """Where nobody named the secretary by hand and no other post of his asks for it."""
    if held.kind is not RoleKind.SECRETARY or held.person_id is None:
        return []
    others = [one for one in roles.of_holder(tx, held.person_id, None) if one.id != held.id]
    led = [one.unit_id for one in others if one.kind is RoleKind.SECRETARY and one.unit_id]
    stood_in = _stood_in(tx, actor, held.person_id)
    asked = [one for one in stood_in if held.person_id not in stand_ins.named(tx, one)]
    return [one for one in asked if not _leads(tx, led, one.mentee_id)]


def _leads(tx: Reader, led: list[int], mentee_id: int) -> bool:
    mentee = people.get(tx, mentee_id)
    return mentee is not None and units.is_beneath(tx, mentee.unit_id, led)
