"""Where the people of a summary belong: to which branch, and to which of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.units import Unit, UnitKind
from storage import unit_changes, units
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Places:
    """`rows` are the unit itself, for those who belong to it directly, and its children in the organisation's order."""

    top: Unit
    rows: tuple[Unit, ...]
    branches: Mapping[int, str]
    row_ids: Mapping[int, int]

    def branch(self, unit_id: int) -> str:
        """The name of the branch of a unit's people; above the branches the unit's own."""
        return self.branches[unit_id]

    def row(self, unit_id: int) -> int:
        return self.row_ids[unit_id]


def places_of(tx: Reader, top: Unit, until: date) -> Places:
    """With the names that the units bore before the day `until`, on which the summary's month is over."""
    known = {unit.id: unit for unit in _named_then(tx, units.beneath(tx, top.id), until)}
    top = known[top.id]
    children = tuple(unit for unit in known.values() if unit.parent_id == top.id)
    lineages = {unit_id: _lineage(unit_id, known) for unit_id in known}
    return Places(
        top=top,
        rows=(top, *children),
        branches={unit_id: _branch(lineage).name for unit_id, lineage in lineages.items()},
        row_ids={unit_id: lineage[-2 if len(lineage) > 1 else -1].id for unit_id, lineage in lineages.items()},
    )


def _named_then(tx: Reader, found: Iterable[Unit], until: date) -> Iterator[Unit]:
    names = unit_changes.names_before(tx, until)
    for unit in found:
        yield replace(unit, name=names.get(unit.id, unit.name))


def _lineage(unit_id: int, known: Mapping[int, Unit]) -> list[Unit]:
    """The unit, then those over it up to the summary's own."""
    lineage = [known[unit_id]]
    while (over := known.get(lineage[-1].parent_id or 0)) is not None:
        lineage.append(over)
    return lineage


def _branch(lineage: list[Unit]) -> Unit:
    return next((unit for unit in lineage if unit.kind is UnitKind.BRANCH), lineage[0])
