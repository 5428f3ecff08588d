"""Who is asked and told in a branch: its secretary, or where it has none, that of the nearest unit above."""

from __future__ import annotations

from datetime import date

from domain.needs import NeedAudience
from domain.roles import RoleKind
from storage import accounts, guidance, people, units
from storage.database import Reader


def of_unit(tx: Reader, unit_id: int, *, besides: int | None = None) -> list[int]:
    """The people who are secretaries of a unit; several may hold the role, and whoever acts settles it for all."""
    for unit in units.above(tx, unit_id):
        found = [holder for holder in accounts.holders(tx, [unit.id], RoleKind.SECRETARY) if holder != besides]
        if found:
            return found
    return []


def of_need(tx: Reader, person_id: int, audience: NeedAudience, today: date) -> list[int]:
    """Who knows as secretary that a person needs support. Told to the secretary alone it is told to no mentor of his, though
    he be a deputy, unless there is nobody else.
    """
    leading = of_person(tx, person_id)
    if audience is not NeedAudience.SECRETARY_ONLY:
        return leading
    mentors, _ = guidance.guides_of(tx, person_id, today)
    return [one for one in leading if one not in mentors] or leading


def names_alone(tx: Reader, person_id: int, today: date) -> tuple[str, ...]:
    """What those are called to whom a person turns alone."""
    leading = of_need(tx, person_id, NeedAudience.SECRETARY_ONLY, today)
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
