"""Which rows of the sheet speak of a person: beneath a header, neither empty nor a total nor a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.refusals import Refusal
from domain.roster_cells import Cell, Row, Sheet, folded_cell
from domain.roster_columns import Column, Layout, find_header, is_header, layout_of

_FOOTER = re.compile(r"(?:合计|总计|小计|共计|累计)(?:[:\d].*)?|共\d+[人名条行].*|注\d*[:.、].*", re.DOTALL)
_LONGEST_NAME = 30  # a single longer cell in a row is a remark to the reader, not somebody's name


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet, merged cells filled in, beneath its layout; title lines have none."""

    number: int
    row: Row
    layout: Layout | None
    skipped: bool


def lines_of(sheet: Sheet, named: Mapping[str, Column]) -> Iterator[Line]:
    header = find_header(sheet, named)
    merged = _merged_values(sheet, header)
    layout = layout_of(sheet.rows[header], named)
    known_headers = {*named, *(cell for cell in sheet.rows[header] if isinstance(cell, str) and cell)}
    for index, raw in enumerate(sheet.rows):
        row = _filled(raw, merged[index]) if index in merged else raw
        if index < header:
            yield Line(index + 1, row, None, skipped=True)
        elif index == header or (not known_headers.isdisjoint(row) and is_header(row, named)):
            layout = layout_of(row, named)
            yield Line(index + 1, row, layout, skipped=True)
        else:
            yield Line(index + 1, row, layout, skipped=_says_nothing(raw, layout))


def _merged_values(sheet: Sheet, header: int) -> dict[int, dict[int, Cell]]:
    """By row and column, what a merged cell's first row says for the rows beneath it. Refuses overlapping ranges."""
    values: dict[int, dict[int, Cell]] = {}
    room = len(sheet.rows) * max((len(row) for row in sheet.rows), default=0)
    for (top, left), (bottom, _) in sheet.merged:
        last = min(bottom, len(sheet.rows) - 1)
        room -= max(0, last - top)
        if room < 0:
            raise Refusal("workbook_unreadable")
        if header <= top < last and left < len(sheet.rows[top]):
            for index in range(top + 1, last + 1):
                values.setdefault(index, {})[left] = sheet.rows[top][left]
    return values


def _filled(row: Row, merged: Mapping[int, Cell]) -> Row:
    cells = [*row, *[""] * (max(merged) + 1 - len(row))]
    for place, value in merged.items():
        cells[place] = value if cells[place] == "" else cells[place]
    return cells


def _says_nothing(row: Row, layout: Layout) -> bool:
    """Empty in all columns that we know, a total, or a note."""
    if not any(place < len(row) and folded_cell(row[place]) for place in layout.places.values()):
        return True
    first = next(text for text in map(folded_cell, row) if text)
    if _FOOTER.fullmatch(first):
        return True
    number = layout.places.get(Column.STAFF_NO, len(row))
    numbered = number < len(row) and folded_cell(row[number])
    return not numbered and (":" in first or _is_remark(row, first))


def _is_remark(row: Row, first: str) -> bool:
    return len(first) > _LONGEST_NAME and sum(cell != "" for cell in row) == 1


def column_cells(lines: Iterable[Line], column: Column) -> Iterator[Cell]:
    for line in lines:
        if not line.skipped and line.layout:
            place = line.layout.places.get(column)
            if place is not None and place < len(line.row):
                yield line.row[place]
