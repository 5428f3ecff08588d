"""What the organisation holds before an import, indexed as a roster names it; and how far the importer's word reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from domain.actors import Actor
from domain.pairings import Track
from domain.people import folded, staff_key
from domain.refusals import Refusal
from domain.roles import LEADERS, RoleKind
from domain.roster_units import Known, KnownPerson, RosterUnit
from domain.units import Unit, UnitKind
from storage import roster, units
from storage.database import Reader
from storage.roster import Kept, KeptPairing, KeptRole, KeptRotation

Place = tuple[str, str]
"""A branch and a group in it, both folded; without a group the second is empty."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The units over which somebody may import; None is the whole organisation."""

    units: frozenset[int] | None

    @property
    def is_whole(self) -> bool:
        return self.units is None

    def holds(self, unit_id: int | None) -> bool:
        return self.units is None or unit_id in self.units


def scope_of(tx: Reader, actor: Actor) -> Scope:
    """Administrators, and secretaries and officers of the committee: everything. Other secretaries and officers: what
    lies beneath them. Everybody else is refused (`roster_not_yours`).
    """
    tops = actor.units(*LEADERS)
    root = units.root(tx)
    if actor.has(RoleKind.ADMINISTRATOR) or (root is not None and root.id in tops):
        return Scope(None)
    if not tops:
        raise Refusal("roster_not_yours")
    return Scope(roster.units_beneath(tx, tops))


class Standing:  # noqa: PLW1641 - compared, and never kept by its hash
    """Everything that a roster is compared with, read once."""

    def __init__(self, tx: Reader) -> None:
        self.units: dict[int, Unit] = {unit.id: unit for unit in units.everything(tx)}
        self.people: dict[str, Kept] = {one.staff_key: one for one in roster.everyone(tx)}
        self.by_id: dict[int, Kept] = {one.id: one for one in self.people.values()}
        self.pairings: dict[tuple[int, Track], list[KeptPairing]] = defaultdict(list)
        for pairing in roster.pairings(tx):
            self.pairings[pairing.mentee_id, pairing.track].append(pairing)
        self.rotations: dict[int, list[KeptRotation]] = defaultdict(list)
        for rotation in roster.rotations(tx):
            self.rotations[rotation.person_id].append(rotation)
        self.roles: tuple[KeptRole, ...] = tuple(roster.roles(tx))
        self.offices: dict[str, Unit] = {
            folded(unit.name): unit for unit in self.units.values() if unit.kind is not UnitKind.GROUP
        }
        self.groups: dict[Place, Unit] = {
            self.place(unit.id): unit for unit in self.units.values() if unit.kind is UnitKind.GROUP
        }

    def __eq__(self, other: object) -> bool:
        """Whether nothing has changed; all else follows from these."""
        if not isinstance(other, Standing):
            return NotImplemented
        mine = (self.units, self.people, self.pairings, self.rotations, self.roles)
        return mine == (other.units, other.people, other.pairings, other.rotations, other.roles)

    @property
    def root(self) -> Unit | None:
        return next((unit for unit in self.units.values() if unit.parent_id is None), None)

    @property
    def present(self) -> Iterable[Kept]:
        return (one for one in self.people.values() if one.left_on is None)

    def place(self, unit_id: int) -> Place:
        unit = self.units[unit_id]
        if unit.kind is UnitKind.GROUP and unit.parent_id is not None:
            return folded(self.units[unit.parent_id].name), folded(unit.name)
        return folded(unit.name), ""

    def unit_at(self, place: Place) -> Unit | None:
        branch, group = place
        return self.groups.get(place) if group else self.offices.get(branch)

    def person(self, staff_no: str) -> Kept | None:
        return self.people.get(staff_key(staff_no)) if staff_no else None

    def live_pairing(self, mentee_id: int, track: Track) -> KeptPairing | None:
        return next((one for one in self.pairings.get((mentee_id, track), ()) if one.is_live), None)

    def roster_units(self, within: Iterable[int] | None = None) -> tuple[RosterUnit, ...]:
        """As the sheet 组织 names them, in the organisation's own order."""
        shown = None if within is None else frozenset(within)
        return tuple(
            RosterUnit(unit.name, unit.kind, self.units[unit.parent_id].name if unit.parent_id else "")
            for unit in self.units.values()
            if shown is None or unit.id in shown
        )


def known_of(standing: Standing) -> Known:
    """What the reading of a file needs to know beforehand."""
    return Known(
        units=standing.roster_units(),
        people=tuple(KnownPerson(one.name, one.staff_no, one.stage, one.backbone) for one in standing.present),
        pairings=frozenset(
            (standing.by_id[mentee_id].staff_key, track)
            for (mentee_id, track), pairings in standing.pairings.items()
            if any(pairing.is_live for pairing in pairings)
        ),
    )
