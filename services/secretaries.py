"""Who is asked and told in a branch: its secretary, or where it has none, that of the nearest unit above."""

from __future__ import annotations

from domain.roles import RoleKind
from storage import accounts, people, units
from storage.database import Reader


def of_unit(tx: Reader, unit_id: int, *, besides: int | None = None) -> list[int]:
    """The people who are secretaries of a unit; several may hold the role, and whoever acts settles it for all."""
    for unit in units.above(tx, unit_id):
        found = [holder for holder in accounts.holders(tx, [unit.id], RoleKind.SECRETARY) if holder != besides]
        if found:
            return found
    return []


def names(tx: Reader, person_id: int) -> tuple[str, ...]:
    """What those of a person's unit are called."""
    leading = of_person(tx, person_id)
    known = people.many(tx, leading)
    return tuple(known[one].name for one in leading if one in known)


def upwards(tx: Reader, person_id: int) -> list[int]:
    """All of a person's unit and of those above it, the nearest first; not the person himself."""
    person = people.get(tx, person_id)
    lineage = [] if person is None else units.above(tx, person.unit_id)
    found = [holder for unit in lineage for holder in accounts.holders(tx, [unit.id], RoleKind.SECRETARY)]
    return [holder for holder in dict.fromkeys(found) if holder != person_id]


def of_person(tx: Reader, person_id: int) -> list[int]:
    """Those of a person's unit; a secretary is not asked about himself, but the one above him is."""
    person = people.get(tx, person_id)
    return [] if person is None else of_unit(tx, person.unit_id, besides=person_id)
