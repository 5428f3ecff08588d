"""Writes what was planned, in one unit and a few bulk statements: units, then people, then roles and the programme."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from domain.actors import Actor
from domain.people import Stage, folded
from domain.refusals import Refusal
from domain.roster_units import RosterUnit
from domain.units import Unit, UnitKind
from services import audit, pairing_courses, roles
from services.names import pinyin
from services.roster_plan import Plan, PlannedPerson
from services.roster_preview import LeftOut
from services.roster_programme import Programme
from services.roster_standing import Place, Standing
from storage import roster, units
from storage.database import Writer
from storage.many_rows import columns_of

Progress = Callable[[int, int], None]
"""Told how much of how much is done; it may be told the same again when the unit is run again."""
Item = TypeVar("Item")
AT_ONCE = 2_000
"""People: what a statement is made of is held several times over."""


class NewPeople(NamedTuple):
    """Some to add: their columns, and what is audited of each."""

    columns: dict[str, list[Any]]
    values: list[audit.Salted]


class Writing:
    def __init__(self, tx: Writer, actor: Actor, standing: Standing, plan: Plan, progress: Progress) -> None:
        self.tx = tx
        self.actor = actor
        self.standing = standing
        self.plan = plan
        self._unit_ids: dict[Place, int] = {standing.place(unit_id): unit_id for unit_id in standing.units}
        self._root = standing.root
        self._position = 1 + max((one.position for one in standing.units.values()), default=-1)
        self._total = len(plan.people) + len(plan.roles) + len(plan.pairings) + len(plan.rotations)
        self._done = 0
        self._progress = progress

    def write(self) -> tuple[LeftOut, ...]:
        for unit in _from_the_top(self.plan.units):
            self._unit(unit)
        if self._root is None:
            return ()
        new = (one for one in self.plan.people if one.person_id is None)
        for added in _ahead(map(self._made_ready, _batches(new, AT_ONCE))):
            self._add(added, self._root.id)
        for some in _batches((one for one in self.plan.people if one.person_id is not None), AT_ONCE):
            self._change(some)
        return self._programme(self._root.id)

    def _advance(self, by: int) -> None:
        self._done += by
        self._progress(self._done, self._total)

    def _unit(self, unit: RosterUnit) -> None:
        above = folded(unit.parent)
        parent_id = self._unit_ids[above, ""] if above else None
        position, self._position = self._position, self._position + 1
        zone = self._root.zone if self._root else self.actor.zone
        unit_id = units.add(self.tx, unit.kind, unit.name, parent_id, position=position, zone=zone)
        new = {"kind": unit.kind, "name": unit.name, "parent": parent_id}
        audit.record(self.tx, self.actor, "unit:added", f"unit:{unit_id}", new=new)
        added = Unit(unit_id, unit.kind, unit.name, parent_id, position, zone)
        self.standing.units[unit_id] = added
        self._root = self._root or added
        self._unit_ids[self.standing.place(unit_id)] = unit_id

    def _made_ready(self, people: Sequence[PlannedPerson]) -> NewPeople:
        told = [self._told(person, staff_no=person.staff_no) for person in people]
        rows = [_row(new, staff_key=person.key) for person, new in zip(people, told, strict=True)]
        return NewPeople(columns_of(rows), audit.salted_all([(None, new) for new in told]))

    def _add(self, people: NewPeople, root_id: int) -> None:
        ids = roster.add_people(self.tx, root_id, people.columns, self.actor.now)
        changes = [audit.Change(f"person:{one}", kept, one) for one, kept in zip(ids, people.values, strict=True)]
        audit.record_many(self.tx, self.actor, "person:added", changes)
        self._advance(len(ids))

    def _change(self, people: Sequence[PlannedPerson]) -> None:
        wanted = {person.person_id: self._told(person) for person in people if person.person_id is not None}
        roster.change_people(self.tx, {person_id: _row(values) for person_id, values in wanted.items()})
        values = audit.salted_all([(self._old(person_id, new), new) for person_id, new in wanted.items()])
        changes = [audit.Change(f"person:{one}", kept, one) for one, kept in zip(wanted, values, strict=True)]
        audit.record_many(self.tx, self.actor, "person:changed", changes)
        for person_id in (one for one, values in wanted.items() if values.get("stage") is Stage.FULL_MEMBER):
            pairing_courses.propose_completion(self.tx, self.actor, person_id)
        self._advance(len(people))

    def _told(self, person: PlannedPerson, **more: object) -> dict[str, object]:
        """What the audit keeps: nothing that can be computed again."""
        moved = {} if person.place is None else {"unit_id": self._unit_ids[person.place]}
        return {**person.values, **moved, **more}

    def _old(self, person_id: int, values: Iterable[str]) -> dict[str, object]:
        kept = self.standing.by_id[person_id]
        return {name: getattr(kept, name) for name in values}

    def _programme(self, root_id: int) -> tuple[LeftOut, ...]:
        has_any = self.plan.roles or self.plan.pairings or self.plan.rotations
        ids = roster.ids_by_key(self.tx, root_id) if has_any else {}
        for role in self.plan.roles:
            roles.grant(self.tx, self.actor, ids[role.key], self._unit_ids[role.unit, ""], role.kind, role.title)
            self._advance(1)
        programme = Programme(self.tx, self.actor, root_id, ids, self._unit_ids)
        for pairing in self.plan.pairings:
            programme.pairing(pairing)
            self._advance(1)
        for rotation in self.plan.rotations:
            programme.rotation(rotation)
            self._advance(1)
        return tuple(programme.left_out)


def _row(told: dict[str, object], **more: object) -> dict[str, Any]:
    spoken = {"pinyin": pinyin(str(told["name"]))} if "name" in told else {}
    return {**told, **spoken, **more}


def _from_the_top(planned: Sequence[RosterUnit]) -> Iterator[RosterUnit]:
    """Each after the one above it, otherwise in the order of the sheet."""
    waiting = list(planned)
    coming = {folded(unit.name) for unit in waiting if unit.kind is not UnitKind.GROUP}
    while waiting:
        ready = next(unit for unit in waiting if folded(unit.parent) not in coming)
        waiting.remove(ready)
        coming -= {folded(ready.name)} if ready.kind is not UnitKind.GROUP else set()
        yield ready


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Each is made by a thread of its own while the database has the one before: the engines need no interpreter."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = maker.submit(next, items, None)
            yield item


def one_committee(standing: Standing, plan: Plan) -> None:
    """Refuse a file that would bring a second root beside the one that is there."""
    new = [unit.name for unit in plan.units if unit.kind is UnitKind.COMMITTEE]
    known = [standing.root.name] if standing.root else []
    if len(new) + len(known) > 1:
        name, *others = (*known, *new)
        raise Refusal("roster_two_committees", name=name, other=others[0])
