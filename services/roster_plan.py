"""What an import is going to do, row by row: the people first, then what depends on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from domain.people import Stage, folded, staff_key
from domain.roles import RoleKind
from domain.roster import RosterReading
from domain.roster_columns import Column
from domain.roster_rows import Problem, RosterRow, RosterValues, RowStatus
from domain.roster_units import UNIT_SHEET, RosterUnit
from domain.units import UnitKind
from services.roster_preview import Finding, FindingKind, Question, RosterPreview, RowProblem, SecretaryProblem
from services.roster_standing import Place, Scope, Standing
from storage.roster import Kept, KeptPairing, KeptRotation

COMPARED = {
    "name": Column.NAME,
    "stage": Column.STAGE,
    "backbone": Column.BACKBONE,
    "specialty": Column.SPECIALTY,
    "post": Column.POST,
    "remark": Column.REMARK,
}
"""A person's fields that a roster sets, where the file has the column; an empty cell empties the field."""


class PlannedPerson(NamedTuple):
    """Somebody to add (`person_id` None, all values) or to change (only what differs). `place` None stays where it is."""

    row: int
    key: str
    staff_no: str
    person_id: int | None
    place: Place | None
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class PlannedRole:
    key: str
    unit: str
    kind: RoleKind
    title: str


@dataclass(frozen=True, slots=True)
class PlannedPairing:
    """A new one (`standing` None), or one whose mentor or terms are to change."""

    row: int
    key: str
    mentor_key: str
    values: RosterValues
    standing: KeptPairing | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedRotation:
    row: int
    key: str
    host_key: str
    values: RosterValues
    standing: KeptRotation | None = None


@dataclass(slots=True)
class Plan:
    """Gathered while the rows are compared; `preview` is the same for reading."""

    units: list[RosterUnit] = field(default_factory=list)
    people: list[PlannedPerson] = field(default_factory=list)
    roles: list[PlannedRole] = field(default_factory=list)
    pairings: list[PlannedPairing] = field(default_factory=list)
    rotations: list[PlannedRotation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    secretary_problems: list[SecretaryProblem] = field(default_factory=list)
    unchanged: int = 0
    kept_out: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)
    """Rows that nothing is done for until a question is answered."""
    doubtful: set[str] = field(default_factory=set)
    """Staff keys under which the file names somebody else: nobody's mentor until that is answered."""

    def find(self, kind: FindingKind, row: int, /, **fields: str | list[str]) -> None:
        self.findings.append(Finding(kind, row, fields))

    def preview(self, reading: RosterReading) -> RosterPreview:
        order = {kind: place for place, kind in enumerate(FindingKind)}
        return RosterPreview(
            people=sum(row.status is not RowStatus.SKIPPED for row in reading.rows),
            unchanged=self.unchanged,
            kept_out=len(self.kept_out),
            findings=tuple(sorted(self.findings, key=lambda finding: order[finding.kind])),
            problems=tuple(sorted(self.problems, key=lambda problem: (problem.sheet == UNIT_SHEET, problem.row))),
            secretary_problems=tuple(self.secretary_problems),
            unknown_columns=reading.unknown_columns,
        )


class PeoplePlanner:
    """Compares the file's units and people with what stands; the programme's rows come after it."""

    def __init__(
        self, standing: Standing, scope: Scope, reading: RosterReading, accepted: Collection[Question]
    ) -> None:
        self.standing = standing
        self.scope = scope
        self.reading = reading
        self.accepted = frozenset(accepted)
        self.plan = Plan()
        self._said: set[str] = set()

    def people(self) -> Plan:
        for unit in self.reading.units:
            self._unit(unit)
        for row in self.reading.rows:
            self._row(row)
        self._groups()
        self._absent()
        return self.plan

    def _unit(self, unit: RosterUnit) -> None:
        above = folded(unit.parent)
        place = (above, folded(unit.name)) if unit.kind is UnitKind.GROUP else (folded(unit.name), "")
        if self.standing.unit_at(place) is not None:
            return
        parent = self.standing.offices.get(above)
        if not self.scope.is_whole and not (parent is not None and self.scope.holds(parent.id)):
            self._blame(UNIT_SHEET, unit.row, Problem("unit_not_yours", Column.UNIT, {"value": unit.name}))
            return
        self.plan.units.append(unit)
        self.plan.find(FindingKind.UNIT_NEW, unit.row, name=unit.name, kind=unit.kind, parent=unit.parent)

    def _row(self, row: RosterRow) -> None:
        if row.status is RowStatus.SKIPPED:
            return
        key = staff_key(row.values.staff_no) if row.values.staff_no else ""
        self._said.add(key)
        kept = self.standing.people.get(key)
        if row.status is RowStatus.PROBLEM:
            self._keep_out(row, *row.problems)
        elif not self._is_mine(row.values, kept):
            self._keep_out(row, Problem("person_not_yours", Column.UNIT, {"value": row.values.unit}))
        elif kept is not None and self._is_renamed(row.values, kept):
            self.plan.waiting.add(row.row)
            self.plan.doubtful.add(kept.staff_key)
            self.plan.find(FindingKind.RENAME, row.row, staff_no=kept.staff_no, old=kept.name, new=row.values.name)
        else:
            self._person(row, key, kept)

    def _is_mine(self, said: RosterValues, kept: Kept | None) -> bool:
        """Both where the file puts somebody and where they are now; else people could be drawn over from elsewhere."""
        if self.scope.is_whole:
            return True
        wanted = self.standing.offices.get(folded(said.unit))
        is_here = wanted is not None and self.scope.holds(wanted.id)
        return is_here and (kept is None or self.scope.holds(kept.unit_id))

    def _is_renamed(self, said: RosterValues, kept: Kept) -> bool:
        return folded(kept.name) != folded(said.name) and Question.RENAME not in self.accepted

    def _keep_out(self, row: RosterRow, *problems: Problem) -> None:
        self.plan.kept_out.add(row.row)
        for problem in problems:
            self._blame(row.sheet, row.row, problem)

    def _blame(self, sheet: str, row: int, problem: Problem) -> None:
        heading = self.reading.headings.get(problem.column, "") if sheet != UNIT_SHEET else ""
        self.plan.problems.append(RowProblem(sheet, row, heading, problem))

    def _person(self, row: RosterRow, key: str, kept: Kept | None) -> None:
        said = row.values
        values = person_values(said)
        place = _place(said.unit, said.group)
        if kept is None:
            self.plan.people.append(PlannedPerson(row.row, key, said.staff_no, None, place, values))
            self.plan.find(FindingKind.PERSON_NEW, row.row, name=said.name, staff_no=said.staff_no, unit=said.unit)
            return
        changed = self._differences(values, kept)
        moved = self._moved(place, kept)
        if not changed and moved is None:
            self.plan.unchanged += 1
            return
        self.plan.people.append(PlannedPerson(row.row, kept.staff_key, kept.staff_no, kept.id, moved, changed))
        fields = [*changed, *(["unit"] if moved else [])]
        self.plan.find(FindingKind.PERSON_CHANGED, row.row, name=said.name, staff_no=kept.staff_no, fields=fields)

    def _differences(self, values: Mapping[str, object], kept: Kept) -> dict[str, object]:
        headings = self.reading.headings
        changed = {
            name: values[name]
            for name, column in COMPARED.items()
            if column in headings and values[name] != getattr(kept, name)
        }
        return changed | ({"left_on": None} if kept.left_on else {})

    def _moved(self, place: Place, kept: Kept) -> Place | None:
        """A file without the column 党小组 leaves people in their groups."""
        now = self.standing.place(kept.unit_id)
        same = now[0] == place[0] if Column.GROUP not in self.reading.headings else now == place
        return None if same else place

    def _groups(self) -> None:
        """Groups named beside people only; those of rows that are kept out are not added."""
        named = {person.place for person in self.plan.people if person.place and person.place[1]}
        listed = {(folded(unit.parent), folded(unit.name)) for unit in self.plan.units if unit.kind is UnitKind.GROUP}
        for branch, group in self.reading.new_groups:
            place = (folded(branch), folded(group))
            if place in named and place not in listed and self.standing.unit_at(place) is None:
                self.plan.units.append(RosterUnit(group, UnitKind.GROUP, branch))
                self.plan.find(FindingKind.GROUP_NEW, 0, name=group, parent=branch)

    def _absent(self) -> None:
        for person in self.standing.present:
            if person.staff_key not in self._said and self.scope.holds(person.unit_id):
                unit = self.standing.units[person.unit_id].name
                self.plan.find(FindingKind.PERSON_ABSENT, 0, name=person.name, staff_no=person.staff_no, unit=unit)


@lru_cache(maxsize=4096)
def _place(unit: str, group: str) -> Place:
    return folded(unit), folded(group)


def person_values(said: RosterValues) -> dict[str, object]:
    return {
        "name": said.name,
        "stage": said.stage or Stage.NON_PARTY_PUBLIC,
        "backbone": bool(said.backbone),
        "specialty": said.specialty,
        "post": said.post,
        "remark": said.remark,
    }
