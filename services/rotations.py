"""Rotations as people see them: one in full, one's own, those one hosts, those of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.actors import Actor
from domain.entered_acts import Act, EnteredAct, Noun
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.rotations import LIVE, Note, Rotation, RotationState
from domain.units import Unit, UnitKind
from services import access, proxies
from services.calendar import today_in_unit
from services.rotation_access import Side, opened, sides_of
from services.rotation_notices import Notice, still_true
from services.rotation_planning import create_from_roster, namesake
from storage import accounts, people, rotation_notes, rotations, units
from storage.database import Reader
from storage.rotations import Listed

__all__ = ["Card", "Listed", "Register", "Side", "create_from_roster"]

PAGE = 8


@dataclass(frozen=True, slots=True)
class Card:
    """`link`: the one person of the roster who bears the name of a host who is only a name."""

    rotation: Rotation
    person: Person
    unit: str
    host: str
    host_has_account: bool
    leader: str
    sides: frozenset[Side]
    link: Person | None
    over: bool
    notes: tuple[Note, ...] = ()
    written_by: str = ""
    """The secretary who wrote the evaluation in the host's place."""
    entered: Mapping[Act, EnteredAct] = field(default_factory=dict)
    """What of it was entered for somebody (代录)."""
    proxies: tuple[proxies.Proxy, ...] = ()

    @property
    def live(self) -> bool:
        return self.rotation.state in LIVE


@dataclass(frozen=True, slots=True)
class Register:
    """One page of a unit's rotations. `counts` covers all states; `units` are branches beneath, to go on to. `coming` is
    how many people of elsewhere rotate here, and `incoming` are those of them that the reader may open.
    """

    unit: Unit
    shown: tuple[RotationState, ...]
    lines: tuple[Listed, ...]
    page: int
    more: bool
    counts: dict[RotationState, int]
    units: tuple[Unit, ...]
    may_arrange: bool
    coming: int = 0
    incoming: tuple[Listed, ...] = ()


def card(tx: Reader, actor: Actor, rotation_id: int, *only: Side) -> Card:
    """For whoever may open it or, before something is done, for those on one of these sides alone."""
    rotation, person, sides = opened(tx, actor, rotation_id)
    if only and sides.isdisjoint(only):
        raise Refusal("not_yours")
    return _card(tx, actor, rotation, person, sides)


def told(tx: Reader, actor: Actor, rotation_id: int, what: Notice) -> Card | None:
    """What a notice shows its reader; None when it is no longer true or nothing of theirs."""
    rotation = rotations.get(tx, rotation_id)
    person = None if rotation is None else people.get(tx, rotation.person_id)
    if rotation is None or person is None or not still_true(what, rotation):
        return None
    return _card(tx, actor, rotation, person, sides_of(tx, actor, rotation, person))


def _card(tx: Reader, actor: Actor, rotation: Rotation, person: Person, sides: frozenset[Side]) -> Card:
    unit = units.get(tx, rotation.unit_id)
    named = (rotation.host_id, rotation.leader_id, rotation.evaluated_by)
    known = people.many(tx, [one for one in named if one is not None])
    host = known.get(rotation.host_id or 0)
    leader = known.get(rotation.leader_id or 0)
    evaluator = None if rotation.evaluated_by == rotation.host_id else known.get(rotation.evaluated_by or 0)
    notes, entered = _marked(tx, rotation)
    may_link = Side.SECRETARY in sides and host is None and rotation.state in LIVE
    return Card(
        rotation=rotation,
        person=person,
        unit=unit.name if unit else "",
        host=host.name if host else rotation.host_name,
        host_has_account=host is not None and accounts.by_person(tx, host.id) is not None,
        leader=leader.name if leader else "",
        sides=sides,
        link=namesake(tx, rotation.host_name) if may_link else None,
        over=rotation.ends_on < today_in_unit(tx, actor, rotation.unit_id),
        notes=notes,
        written_by=evaluator.name if evaluator and rotation.evaluation and Act.EVALUATE not in entered else "",
        entered=entered,
        proxies=proxies.offered(tx, actor, Noun.ROTATION, rotation.id),
    )


def _marked(tx: Reader, rotation: Rotation) -> tuple[tuple[Note, ...], Mapping[Act, EnteredAct]]:
    """The notes, and which of them, or the evaluation, were entered as they stand; who is only a name is named by the entry."""
    notes = rotation_notes.of_rotation(tx, rotation.id)
    written = {Act(note.kind): note.at for note in notes} | {Act.EVALUATE: rotation.evaluated_at}
    entries = proxies.entered(tx, Noun.ROTATION, [rotation.id])
    entered = {one.act: one for one in entries if written.get(one.act) == one.entered_at}
    named = (replace(note, by=note.by or _speaker(entered.get(Act(note.kind)))) for note in notes)
    return tuple(named), entered


def _speaker(entry: EnteredAct | None) -> str:
    return "" if entry is None else entry.person


def own(tx: Reader, actor: Actor) -> tuple[list[Listed], list[Listed], list[Listed]]:
    """The actor's own rotations, past ones included, the live ones they host, and those whose host is only a name, for
    whom they enter.
    """
    me = access.myself(tx, actor)
    found = (
        rotations.of_person(tx, me.id),
        rotations.hosted_by(tx, me.id),
        rotations.hosted_by_name(tx, actor.units(RoleKind.SECRETARY)),
    )
    mine, hosted, entered = (_lines(tx, actor, one) for one in found)
    return mine, hosted, entered


def of_person(tx: Reader, person_id: int) -> list[Rotation]:
    """A person's live rotations; whoever calls has opened the person."""
    return [one for one in rotations.of_person(tx, person_id) if one.state in LIVE]


def _lines(tx: Reader, actor: Actor, found: Sequence[Rotation]) -> list[Listed]:
    known = people.many(tx, [one.person_id for one in found])
    hosts = {one.id: one.name for one in units.many(tx, {one.unit_id for one in found})}
    return [
        Listed(
            one.id, known[one.person_id].name, hosts[one.unit_id], one.post, one.starts_on, one.ends_on, one.state,
            attention=one.state is RotationState.IN_POST and one.ends_on < actor.today,
        )
        for one in found
    ]  # fmt: skip


def register(tx: Reader, actor: Actor, unit_id: int, states: Sequence[RotationState], page: int = 0) -> Register:
    """The rotations of a unit's people and all beneath it, for its secretary, or an officer or secretary above it."""
    unit = access.unit(tx, actor, unit_id, RoleKind.SECRETARY, RoleKind.OFFICER)
    today = today_in_unit(tx, actor, unit.id)
    listed = rotations.listed(tx, unit.id, states, today, offset=page * PAGE, limit=PAGE + 1)
    beneath = units.beneath(tx, unit.id, UnitKind.BRANCH) if unit.kind is not UnitKind.BRANCH else []
    coming = rotations.coming_to(tx, unit.id) if set(states) == LIVE and page == 0 else []
    return Register(
        unit=unit,
        shown=tuple(states),
        lines=tuple(listed[:PAGE]),
        page=page,
        more=len(listed) > PAGE,
        counts=rotations.counted(tx, unit.id),
        units=tuple(one for one in beneath if one.id != unit.id),
        may_arrange=units.is_beneath(tx, unit.id, actor.units(RoleKind.SECRETARY)),
        coming=len(coming),
        incoming=tuple(_lines(tx, actor, [one for one in coming if _may_open(tx, actor, one)][:PAGE])),
    )


def _may_open(tx: Reader, actor: Actor, rotation: Rotation) -> bool:
    person = people.get(tx, rotation.person_id)
    return person is not None and bool(sides_of(tx, actor, rotation, person))
