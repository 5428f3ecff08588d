"""Where the people of a summary belong: to which branch, and to which of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from domain.units import Unit, UnitKind
from storage import unit_changes, units
from storage.database import Reader


class Places:
    """`rows` are the unit itself, for those who belong to it directly, and its children in the organisation's order.

    All bear the names that they bore before the day `until`, on which the summary's month is over. The units further
    down are read when the first branch is asked for: many a month names none.
    """

    def __init__(self, tx: Reader, top: Unit, until: date) -> None:
        self._tx = tx
        self._names = unit_changes.names_before(tx, until)
        self.top = self._named(top)
        self.rows = (self.top, *map(self._named, units.children(tx, top.id)))

    def branch(self, unit_id: int) -> str:
        """The name of the branch of a unit's people; above the branches the unit's own."""
        unit: Unit | None = self._beneath[unit_id]
        while unit is not None and unit.kind is not UnitKind.BRANCH:
            unit = self._beneath.get(unit.parent_id or 0)
        return self._named(unit or self._beneath[unit_id]).name

    def named(self, unit_id: int, name: str) -> str:
        """How any unit was called then, which today is called by this name."""
        return self._names.get(unit_id, name)

    def _named(self, unit: Unit) -> Unit:
        return replace(unit, name=self._names.get(unit.id, unit.name))

    @cached_property
    def _beneath(self) -> Mapping[int, Unit]:
        return {unit.id: unit for unit in units.beneath(self._tx, self.top.id)}
