"""The door to a rotation: who may open it, on which side, and who may change it."""

from __future__ import annotations

from enum import StrEnum

from domain.actors import Actor
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.rotations import LIVE, Rotation
from services import access, audit
from storage import guidance, people, rotations, units
from storage.database import Reader, Writer


class Side(StrEnum):
    """In which capacity someone sees a rotation: the host this one alone, a mentor those of the mentee."""

    PERSON = "person"
    HOST = "host"
    LEADER = "leader"
    PROXY = "proxy"
    """A secretary of the host branch, for a host who is only a name or does not use Telegram."""
    MENTOR = "mentor"
    SECRETARY = "secretary"
    OFFICER = "officer"


def sides_of(tx: Reader, actor: Actor, rotation: Rotation, person: Person) -> frozenset[Side]:
    me = actor.person_id
    found = {
        Side.PERSON: rotation.person_id == me,
        Side.HOST: _is_host(actor, rotation) and rotation.state in LIVE,
        Side.LEADER: me is not None and rotation.leader_id == me and rotation.state in LIVE,
        Side.PROXY: _enters_for_host(tx, actor, rotation),
        Side.MENTOR: me is not None and me in guidance.mentors_of(tx, person.id, actor.today),
        Side.SECRETARY: units.is_beneath(tx, person.unit_id, actor.units(RoleKind.SECRETARY)),
        Side.OFFICER: units.is_beneath(tx, person.unit_id, actor.units(RoleKind.OFFICER)),
    }
    return frozenset(side for side, is_on_it in found.items() if is_on_it)


def _is_host(actor: Actor, rotation: Rotation) -> bool:
    """By the hand of a secretary (代录), a host of whom only the name is known acts as nobody."""
    if actor.person_id is None:
        return actor.entered_by is not None and rotation.host_id is None
    return rotation.host_id == actor.person_id


def _enters_for_host(tx: Reader, actor: Actor, rotation: Rotation) -> bool:
    if rotation.state not in LIVE or rotation.person_id == actor.person_id:
        return False
    if not units.is_beneath(tx, rotation.unit_id, actor.units(RoleKind.SECRETARY)):
        return False
    return rotation.host_id is None or not access.uses_telegram(tx, rotation.host_id, actor.now)


def opened(tx: Reader, actor: Actor, rotation_id: int) -> tuple[Rotation, Person, frozenset[Side]]:
    """A rotation that the actor may open; refused to everybody else, whether it exists or not."""
    found = _open_to(tx, actor, rotation_id)
    if found is None:
        raise Refusal("not_yours")
    return found


def may_open(tx: Reader, actor: Actor, rotation_id: int) -> bool:
    return _open_to(tx, actor, rotation_id) is not None


def _open_to(tx: Reader, actor: Actor, rotation_id: int) -> tuple[Rotation, Person, frozenset[Side]] | None:
    rotation = rotations.get(tx, rotation_id)
    person = None if rotation is None else people.get(tx, rotation.person_id)
    if rotation is None or person is None:
        return None
    sides = sides_of(tx, actor, rotation, person)
    return (rotation, person, sides) if sides else None


def look(tx: Writer, actor: Actor, rotation_id: int) -> None:
    _, person, _ = opened(tx, actor, rotation_id)
    audit.looked(tx, actor, f"rotation:{rotation_id}", person.id)


def taken_up(tx: Writer, actor: Actor, rotation_id: int, *sides: Side) -> Rotation:
    """A rotation locked for a change by someone on one of these sides."""
    rotation = rotations.lock(tx, rotation_id)
    if rotation is None or opened(tx, actor, rotation_id)[2].isdisjoint(sides):
        raise Refusal("not_yours")
    return rotation
