"""组织调整: a unit gets another name, is split or merged into another, each on its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.calendar import Month, WorkCalendar
from domain.periods import locks_on
from domain.refusals import Refusal
from domain.units import Unit, UnitKind

NAME_LIMIT = 60


class UnitChangeKind(StrEnum):
    RENAME = "rename"
    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done to a unit: `name` the new one, `other_id` the unit it goes into, `people` those who split off."""

    unit_id: int
    kind: UnitChangeKind
    on_day: date
    name: str = ""
    other_id: int | None = None
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitChange:
    id: int
    plan: Plan
    was: str
    enterer: int | None
    """The person who entered it; an administrator may have none."""
    entered_at: datetime
    done_at: datetime | None


def require_day(on_day: date, today: date) -> None:
    """Refusal `unit_day_past`: what has been reported stays under the name of its day."""
    if on_day < today:
        raise Refusal("unit_day_past", day=on_day)


def takes_from_branch(kind: UnitChangeKind, unit: Unit, into: Unit | None) -> bool:
    """Whether people come from one branch into another; groups that are split, or merged beside each other, stay in theirs."""
    if kind is UnitChangeKind.RENAME:
        return False
    return unit.kind is not UnitKind.GROUP or (into is not None and into.parent_id != unit.parent_id)


def finishes_on(day: date, calendar: WorkCalendar) -> date:
    """The day, `day` or a later one, on which the month before it stands and whoever reported together has finished it."""
    return max(day, locks_on(Month.of(day).previous, calendar))


def require_open(unit: Unit) -> None:
    """Refusal `unit_closed`."""
    if unit.closed_on is not None:
        raise Refusal("unit_closed", unit=unit.name)


def require_mergeable(unit: Unit, into: Unit) -> None:
    """Refusal `units_do_not_merge`: one goes into another of its own kind."""
    if (
        unit.id == into.id
        or unit.kind is not into.kind
        or unit.kind is UnitKind.COMMITTEE
        or into.closed_on is not None
    ):
        raise Refusal("units_do_not_merge", unit=unit.name, into=into.name)
