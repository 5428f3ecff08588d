"""Reads a roster: the sheet of people, 组织 and 书记, against what is already known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from domain.natural_order import natural_key
from domain.pairings import Track
from domain.people import Stage, folded
from domain.refusals import Refusal
from domain.roster_cell_reading import read_rows
from domain.roster_cells import Sheet, usual_width
from domain.roster_checks import RowChecks
from domain.roster_choices import STAGE_WORDS, TRACK_WORDS
from domain.roster_columns import Column, Layout, UnknownColumn, named_columns
from domain.roster_lines import Line, lines_of
from domain.roster_people import Directory
from domain.roster_rows import RosterRow, RowStatus
from domain.roster_secretaries import SECRETARY_SHEET, RosterSecretary, read_secretaries
from domain.roster_units import UNIT_SHEET, Known, RosterUnit, organisation_of, read_units


@dataclass(frozen=True, slots=True)
class RosterReading:
    """All that the file says. `headings` are the file's own headers; `new_groups` are pairs of branch and group."""

    rows: tuple[RosterRow, ...]
    units: tuple[RosterUnit, ...]
    secretaries: tuple[RosterSecretary, ...]
    unknown_columns: tuple[UnknownColumn, ...]
    new_groups: tuple[tuple[str, str], ...]
    headings: Mapping[Column, str]


def read_roster(sheets: Sequence[Sheet], known: Known, columns: Mapping[str, str] | None = None) -> RosterReading:
    """Reads the first sheet that is neither 组织 nor 书记 as people; `columns` answers what unknown headers mean.

    Refuses (`workbook_no_header`, `roster_…`) only what leaves the whole file unclear; all else is a row's problem.
    """
    people, others = _people_sheet(sheets)
    named = named_columns(columns or {})
    units = read_units(others.get(UNIT_SHEET), known.units)
    organisation = organisation_of(units, known.units)
    lines = tuple(lines_of(people, named))
    widths = _widths(lines)
    read = tuple(_read(people.name, lines, widths))
    said = tuple(row for row in read if row.status is not RowStatus.SKIPPED)
    directory = Directory(((row.row, row.values) for row in said), known.people)
    checks = RowChecks(organisation, known, directory)
    rows = tuple(row if row.status is RowStatus.SKIPPED else checks.checked(row) for row in read)
    return RosterReading(
        rows=rows,
        units=units,
        secretaries=tuple(
            read_secretaries(others.get(SECRETARY_SHEET), organisation, directory, widths[Column.STAFF_NO])
        ),
        unknown_columns=_unknown_columns(lines),
        new_groups=_new_groups(rows, organisation.groups),
        headings=next(_layouts(lines)).headings,
    )


def _people_sheet(sheets: Sequence[Sheet]) -> tuple[Sheet, dict[str, Sheet]]:
    others = {folded(sheet.name): sheet for sheet in sheets if folded(sheet.name) in (UNIT_SHEET, SECRETARY_SHEET)}
    for sheet in sheets:
        if folded(sheet.name) not in others:
            return sheet, others
    raise Refusal("workbook_no_header", sheet=sheets[0].name if sheets else "")


def _widths(lines: Sequence[Line]) -> dict[Column, int]:
    """Numbers that are filled with leading zeros, each column to its own usual width."""
    said = [line.cells for line in lines if line.cells is not None]
    numbers = (Column.STAFF_NO, Column.MENTOR_NO)
    return {column: usual_width(cells[column] for cells in said if column in cells) for column in numbers}


def _read(sheet: str, lines: Sequence[Line], widths: Mapping[Column, int]) -> Iterator[RosterRow]:
    """All rows beneath one header together."""
    for _, block in groupby(lines, key=lambda line: id(line.layout)):
        beneath = list(block)
        layout = beneath[0].layout
        said = [line.cells for line in beneath if line.cells is not None]
        read = read_rows(said, layout.headings if layout else (), widths)
        for line in beneath:
            if line.cells is None:
                yield RosterRow(sheet, line.number, RowStatus.SKIPPED)
            else:
                values, problems = next(read)
                yield RosterRow(sheet, line.number, RowStatus.OK, problems, values)


def _layouts(lines: Sequence[Line]) -> Iterator[Layout]:
    """One for each header of the sheet, in their order."""
    return iter({id(line.layout): line.layout for line in lines if line.layout}.values())


def _unknown_columns(lines: Sequence[Line]) -> tuple[UnknownColumn, ...]:
    once = {folded(column.header): column for layout in _layouts(lines) for column in layout.unknown}
    return tuple(once.values())


def _new_groups(rows: Sequence[RosterRow], groups: frozenset[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Branches as the file names them first, the groups of each as people count them."""
    said = (row.values for row in rows if row.status is RowStatus.OK and row.values.group)
    named: dict[tuple[str, str], tuple[str, str]] = {}
    for unit, group in dict.fromkeys((values.unit, values.group) for values in said):
        named.setdefault((folded(unit), folded(group)), (unit, group))
    branches = list(dict.fromkeys(branch for branch, _ in named))
    new = sorted(named.keys() - groups, key=lambda pair: (branches.index(pair[0]), natural_key(pair[1])))
    return tuple(named[pair] for pair in new)


def values_in_normal_form(row: RosterRow) -> dict[str, object]:
    """What an importable row says, in the words and forms of the file; nothing of what it leaves open."""
    if row.status is not RowStatus.OK:
        return {}
    said = ((column.value, getattr(row.values, column.value)) for column in Column)
    return {key: _plain(value) for key, value in said if value is not None and value != ""}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Stage):
        return STAGE_WORDS[value]
    return TRACK_WORDS[value] if isinstance(value, Track) else value
