"""Reads the cells of rows into typed values, column by column, and gathers what is wrong with each cell by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from domain.roster_cells import Cell, cell_text, filled, folded_cell, free_text, spelled_cell
from domain.roster_choices import BACKBONES, CADENCES, STAGES, TRACKS, read_report_day
from domain.roster_columns import Column
from domain.roster_dates import read_date, read_span
from domain.roster_rows import Problem, RosterValues

LONGEST_TEXT = 1000
_SHOWN = 40  # so much of a wrong value is repeated to the reader

Choice = TypeVar("Choice")


class CellReader:
    """The cells of one row that are read together, by column. A cell that is not there is empty."""

    __slots__ = ("cells", "headings", "problems", "widths")

    def __init__(self, cells: Mapping[Column, Cell], headings: Container[Column], widths: Mapping[Column, int]) -> None:
        self.cells = cells
        self.headings = headings
        self.widths = widths
        self.problems: list[Problem] = []

    def blame(self, code: str, column: Column, **fields: object) -> None:
        self.problems.append(Problem(code, column, fields))

    def blame_value(self, code: str, column: Column) -> None:
        self.blame(code, column, value=free_text(self._cell(column))[:_SHOWN])

    def _cell(self, column: Column) -> Cell:
        return self.cells.get(column, "")

    def text(self, column: Column) -> str:
        """As its writer wrote it."""
        return self._limited(free_text, column)

    def word(self, column: Column) -> str:
        """Without any space."""
        return self._limited(folded_cell, column)

    def name(self, column: Column) -> str:
        """In normal form."""
        return self._limited(spelled_cell, column)

    def _limited(self, form: Callable[[Cell], str], column: Column) -> str:
        cell = self.cells.get(column)
        if cell is None:
            return ""
        text = form(cell)
        if len(text) > LONGEST_TEXT:
            self._blame_length(text, column)
        return text

    def _blame_length(self, text: str, column: Column) -> None:
        self.blame("text_too_long", column, length=len(text), limit=LONGEST_TEXT)

    def needed(self, text: str, column: Column, code: str) -> str:
        if not text:
            self.blame(code, column)
        return text

    def number(self, column: Column) -> str:
        return filled(self.word(column), self.widths[column])

    def choice(self, column: Column, words: Mapping[str, Choice], code: str, *, needed: bool = False) -> Choice | None:
        word = self.word(column)
        if not word and not needed:
            return None
        chosen = words.get(word)
        if chosen is None:
            self.blame_value(code, column)
        return chosen

    def backbone(self, column: Column) -> bool | None:
        chosen = BACKBONES.get(self.word(column).upper())
        if chosen is None:
            self.blame_value("backbone_unknown", column)
        return chosen

    def day(self, column: Column) -> date | None:
        if not self.word(column):
            return None
        day = read_date(self._cell(column))
        if day is None:
            self.blame_value("date_invalid", column)
        return day

    def first_day(self, column: Column) -> date | None:
        """轮岗起止 in one cell, or its two days in columns of their own."""
        span = read_span(self._cell(column))
        if span:
            return span[0]
        first = self.day(column)
        if first and Column.ROTATION_TO not in self.headings:
            self.blame_value("date_invalid", column)
        return first

    def last_day(self, column: Column) -> date | None:
        span = read_span(self._cell(Column.ROTATION_FROM))
        return span[1] if span else self.day(column)

    def report_day(self, column: Column) -> str | None:
        word = self.word(column)
        if not word:
            return None
        day = read_report_day(word, CADENCES.get(folded_cell(self._cell(Column.CADENCE))))
        if day is None:
            self.blame_value("report_day_unknown", column)
        return day


READINGS: dict[Column, Callable[[CellReader, Column], object]] = {
    Column.NAME: lambda reader, at: reader.needed(reader.name(at), at, "name_missing"),
    Column.STAFF_NO: lambda reader, at: reader.needed(reader.number(at), at, "staff_no_missing"),
    Column.UNIT: lambda reader, at: reader.needed(reader.name(at), at, "unit_missing"),
    Column.GROUP: CellReader.name,
    Column.STAGE: lambda reader, at: reader.choice(at, STAGES, "stage_unknown", needed=True),
    Column.BACKBONE: CellReader.backbone,
    Column.SPECIALTY: CellReader.text,
    Column.POST: CellReader.text,
    Column.REMARK: CellReader.text,
    Column.CADENCE: lambda reader, at: reader.choice(at, CADENCES, "cadence_unknown"),
    Column.TRACK: lambda reader, at: reader.choice(at, TRACKS, "track_unknown"),
    Column.MENTOR_NAME: CellReader.name,
    Column.MENTOR_NO: CellReader.number,
    Column.STARTS_ON: CellReader.day,
    Column.OUTCOME: CellReader.text,
    Column.DIRECTION: CellReader.text,
    Column.MEASURE: CellReader.text,
    Column.REPORT_DAY: CellReader.report_day,
    Column.AGREED_ON: CellReader.day,
    Column.OUTCOME_DUE: CellReader.day,
    Column.ROTATION_FROM: CellReader.first_day,
    Column.ROTATION_TO: CellReader.last_day,
    Column.ROTATION_POST: CellReader.text,
    Column.ROTATION_UNIT: CellReader.name,
    Column.ROTATION_TEAM: CellReader.text,
    Column.ROTATION_HOST: CellReader.text,
}
"""How each column is read, in the order in which what is wrong is told; its name is that of the value."""
BESIDE = {Column.REPORT_DAY: Column.CADENCE, Column.ROTATION_TO: Column.ROTATION_FROM}
"""Columns that cannot be read without another."""

Said = Mapping[Column, Cell]


def read_rows(
    rows: Sequence[Said], headings: Container[Column], widths: Mapping[Column, int]
) -> Iterator[tuple[RosterValues, tuple[Problem, ...]]]:
    """The rows' own words; mentors and units are looked up later, when all rows have been read."""
    columns = Columns(rows, headings, widths)
    read = {column.value: columns.read(column) for column in READINGS}
    values = map(RosterValues._make, zip(*(read[name] for name in RosterValues._fields), strict=True))
    return ((said, tuple(columns.problems.get(at, ()))) for at, said in enumerate(values))


class Columns:
    """The cells of many rows. Equal cells mean the same, so they are read once: little is said by one row alone."""

    def __init__(self, rows: Sequence[Said], headings: Container[Column], widths: Mapping[Column, int]) -> None:
        self.problems: dict[int, list[Problem]] = defaultdict(list)
        self._rows = rows
        self._headings = headings
        self._widths = widths
        self._used = frozenset[Column]().union(*rows)

    def read(self, column: Column) -> Sequence[object]:
        """What the column says in each row."""
        needed = [one for one in (column, BESIDE.get(column)) if one in self._used]
        if not needed:
            return self._nowhere(column)
        keys = self._cells(*needed)
        said: dict[Any, object] = {}
        wrong: dict[Any, list[Problem]] = {}
        for key in set(keys):
            cells = dict(zip(needed, key, strict=True)) if len(needed) > 1 else {needed[0]: key}
            said[key], problems = self._one(column, cells)
            if problems:
                wrong[key] = problems
        if wrong:
            self._blame((at, wrong[key]) for at, key in enumerate(keys) if key in wrong)
        return [said[key] for key in keys]

    def _nowhere(self, column: Column) -> Sequence[object]:
        """A column that nobody says anything in."""
        value, problems = self._one(column, {})
        if problems:
            self._blame((at, problems) for at in range(len(self._rows)))
        return [value] * len(self._rows)

    def _one(self, column: Column, cells: Said) -> tuple[object, list[Problem]]:
        reader = CellReader(cells, self._headings, self._widths)
        return READINGS[column](reader, column), reader.problems

    def _blame(self, rows: Iterable[tuple[int, list[Problem]]]) -> None:
        for at, problems in rows:
            self.problems[at] += problems

    def _cells(self, column: Column, *beside: Column) -> Sequence[Any]:
        """Of each row one, or two together. TRUE becomes text, since Python takes it for the number 1."""
        if beside:
            return list(zip(self._cells(column), *map(self._cells, beside), strict=True))
        cells = [row.get(column, "") for row in self._rows]
        return cells if bool not in set(map(type, cells)) else list(map(cell_text, cells))
