"""Which rows of the sheet speak of a person: beneath a header, neither empty nor a total nor a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from domain.refusals import Refusal
from domain.roster_cells import Cell, Range, Row, Sheet, folded_cell
from domain.roster_columns import SEARCHED_ROWS, Column, Layout, find_header, is_header, layout_of

_FOOTER = re.compile(r"(?:合计|总计|小计|共计|累计)(?:[:\d].*)?|共\d+[人名条行].*|注\d*[:.、].*", re.DOTALL)
_LONGEST_NAME = 30  # a single longer cell in a row is a remark to the reader, not somebody's name


class Line(NamedTuple):
    """A row of the sheet beneath its layout, its cells by column, merged ones filled in; None when it is skipped."""

    number: int
    layout: Layout | None
    cells: Mapping[Column, Cell] | None


def lines_of(sheet: Sheet, named: Mapping[str, Column]) -> Iterator[Line]:
    """As they come, unless ranges are merged: a merged cell is looked up where its range begins."""
    coming = iter(sheet.rows)
    rows = list(coming if sheet.merged else islice(coming, SEARCHED_ROWS))
    header = find_header(sheet.name, rows, named)
    merged = _merged_values(rows, sheet.merged, header)
    layout = layout_of(rows[header], named)
    known_headers = {*named, *(cell for cell in rows[header] if isinstance(cell, str) and cell)}
    for index, row in enumerate(chain(rows, coming)):
        filled = _filled(row, merged[index]) if index in merged else row
        if index < header:
            yield Line(index + 1, None, None)
        elif index == header or (not known_headers.isdisjoint(filled) and is_header(filled, named)):
            layout = layout_of(filled, named)
            yield Line(index + 1, layout, None)
        else:
            cells = _cells(row, layout)
            nothing = _says_nothing(row, cells)
            yield Line(index + 1, layout, None if nothing else cells if filled is row else _cells(filled, layout))


def _cells(row: Row, layout: Layout) -> dict[Column, Cell]:
    return {column: cell for column, cell in zip(layout.order, row, strict=False) if column and cell != ""}


def _merged_values(rows: Sequence[Row], merged: Iterable[Range], header: int) -> dict[int, dict[int, Cell]]:
    """By row and column, what a merged cell's first row says for the rows beneath it. Refuses overlapping ranges."""
    values: dict[int, dict[int, Cell]] = {}
    room = len(rows) * max(map(len, rows), default=0)
    for (top, left), (bottom, _) in merged:
        last = min(bottom, len(rows) - 1)
        room -= max(0, last - top)
        if room < 0:
            raise Refusal("workbook_unreadable")
        if header <= top < last and left < len(rows[top]):
            for index in range(top + 1, last + 1):
                values.setdefault(index, {})[left] = rows[top][left]
    return values


def _filled(row: Row, merged: Mapping[int, Cell]) -> Row:
    cells = [*row, *[""] * (max(merged) + 1 - len(row))]
    for place, value in merged.items():
        cells[place] = value if cells[place] == "" else cells[place]
    return cells


def _says_nothing(row: Row, cells: Mapping[Column, Cell]) -> bool:
    """Empty in all columns that we know, a total, or a note."""
    if not any(map(folded_cell, cells.values())):
        return True
    first = next(text for text in map(folded_cell, row) if text)
    if _FOOTER.fullmatch(first) or first.endswith(":"):  # “审核人：” has its name in the next cell
        return True
    return (":" in first or _is_remark(row, first)) and not folded_cell(cells.get(Column.STAFF_NO, ""))


def _is_remark(row: Row, first: str) -> bool:
    return len(first) > _LONGEST_NAME and sum(cell != "" for cell in row) == 1
