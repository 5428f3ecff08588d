"""The sheets 组织 and 书记 of a roster, and what is known of the organisation before the file is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.pairings import Track
from domain.people import Stage, folded
from domain.refusals import Refusal
from domain.roster_cells import Sheet, spelled_cell
from domain.roster_choices import KINDS
from domain.units import UnitKind

UNIT_SHEET = "组织"
_UNIT_HEADERS = {"名称": "name", "组织名称": "name", "类别": "kind", "上级": "parent", "上级组织": "parent"}
_RANKS = {kind: rank for rank, kind in enumerate(UnitKind)}  # committee first, group last


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """A line of the sheet 组织, or a unit already known (row 0). The committee has no parent."""

    name: str
    kind: UnitKind
    parent: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class KnownPerson:
    name: str
    staff_no: str
    stage: Stage
    backbone: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the organisation holds already; `pairings` are open ones, as key of the mentee's staff number and track."""

    units: tuple[RosterUnit, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    pairings: frozenset[tuple[str, Track]] = frozenset()


@dataclass(frozen=True, slots=True)
class Organisation:
    """Units by folded name: branches, all units above groups, and groups by (branch, name)."""

    branches: frozenset[str]
    offices: frozenset[str]
    groups: frozenset[tuple[str, str]]


def table_of(sheet: Sheet, headers: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number and texts in normal form by key for each row under the sheet's header; nothing without a header."""
    places: dict[str, int] = {}
    for number, row in enumerate(sheet.rows, start=1):
        texts = [spelled_cell(cell) for cell in row]
        found = {headers[text]: place for place, text in enumerate(map(folded, texts)) if text in headers}
        if len(found) >= 2:
            places = found
        elif places and any(texts):
            yield number, {key: texts[place] if place < len(texts) else "" for key, place in places.items()}


def read_units(sheet: Sheet | None, known: Iterable[RosterUnit]) -> tuple[RosterUnit, ...]:
    """The lines of 组织, each once, parents checked. Refuses what would leave the tree unclear, naming the row."""
    units = tuple(_unit(sheet.name, row, texts) for row, texts in table_of(sheet, _UNIT_HEADERS)) if sheet else ()
    once = tuple({(folded(unit.name), unit.kind, folded(unit.parent)): unit for unit in reversed(units)}.values())[::-1]
    offices = _offices((*known, *once))
    for unit in once:
        _check_parent(unit, offices)
    return once


def _unit(sheet: str, row: int, texts: Mapping[str, str]) -> RosterUnit:
    name, kind = texts.get("name", ""), folded(texts.get("kind", ""))
    if not name or kind not in KINDS:
        raise Refusal("roster_unit_unclear", sheet=sheet, row=row, name=name, kind=kind)
    return RosterUnit(name, KINDS[kind], texts.get("parent", ""), row)


def _offices(units: Iterable[RosterUnit]) -> dict[str, RosterUnit]:
    """Two branches of one name could not be told apart in the sheet of people; a known one may be named again."""
    offices: dict[str, RosterUnit] = {}
    for unit in units:
        if unit.kind is UnitKind.GROUP:
            continue
        same = offices.setdefault(folded(unit.name), unit)
        if (same.kind, folded(same.parent)) != (unit.kind, folded(unit.parent)):
            raise Refusal("roster_unit_twice", name=unit.name, parent=unit.parent, other=same.parent)
    return offices


def _check_parent(unit: RosterUnit, offices: Mapping[str, RosterUnit]) -> None:
    if unit.kind is UnitKind.COMMITTEE and not unit.parent:
        return
    parent = offices.get(folded(unit.parent))
    fits = parent is not None and _RANKS[parent.kind] < _RANKS[unit.kind]
    if not fits or (unit.kind is UnitKind.GROUP and parent is not None and parent.kind is not UnitKind.BRANCH):
        raise Refusal("roster_unit_parent", name=unit.name, parent=unit.parent, row=unit.row)


def organisation_of(units: Iterable[RosterUnit], known: Iterable[RosterUnit]) -> Organisation:
    every = (*units, *known)
    return Organisation(
        branches=frozenset(folded(unit.name) for unit in every if unit.kind is UnitKind.BRANCH),
        offices=frozenset(folded(unit.name) for unit in every if unit.kind is not UnitKind.GROUP),
        groups=frozenset((folded(unit.parent), folded(unit.name)) for unit in every if unit.kind is UnitKind.GROUP),
    )
