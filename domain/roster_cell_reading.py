"""Reads the cells of one row into typed values and gathers what is wrong with each cell by itself."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Set
from datetime import date
from typing import TypeVar

from domain.periods import CadenceKind
from domain.roster_cells import Cell, folded_cell, free_text, spelled_cell, staff_number
from domain.roster_choices import BACKBONES, CADENCES, STAGES, TRACKS, read_report_day
from domain.roster_columns import Column
from domain.roster_dates import read_date, read_span
from domain.roster_rows import Problem, RosterValues

LONGEST_TEXT = 1000
_SHOWN = 40  # so much of a wrong value is repeated to the reader

_ROTATION_COLUMNS = frozenset(column for column in Column if column.startswith("rotation_"))
_PAIRING_COLUMNS = frozenset(
    (
        Column.TRACK, Column.MENTOR_NAME, Column.MENTOR_NO, Column.STARTS_ON, Column.OUTCOME, Column.DIRECTION,
        Column.MEASURE, Column.CADENCE, Column.REPORT_DAY, Column.AGREED_ON, Column.OUTCOME_DUE,
    )
)  # fmt: skip

Choice = TypeVar("Choice")


class RowReader:
    """One row's cells by column. A cell that is not there is empty."""

    __slots__ = ("cells", "headings", "problems", "widths")

    def __init__(self, cells: Mapping[Column, Cell], headings: Container[Column], widths: Mapping[Column, int]) -> None:
        self.cells = cells
        self.headings = headings
        self.widths = widths
        self.problems: list[Problem] = []

    def says_any(self, columns: Set[Column]) -> bool:
        return not columns.isdisjoint(self.cells)

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
        return staff_number(self.word(column), self.widths[column])

    def choice(self, column: Column, words: Mapping[str, Choice], code: str, *, needed: bool = False) -> Choice | None:
        word = self.word(column)
        if not word and not needed:
            return None
        chosen = words.get(word)
        if chosen is None:
            self.blame_value(code, column)
        return chosen

    def backbone(self) -> bool | None:
        chosen = BACKBONES.get(self.word(Column.BACKBONE).upper())
        if chosen is None:
            self.blame_value("backbone_unknown", Column.BACKBONE)
        return chosen

    def day(self, column: Column) -> date | None:
        if not self.word(column):
            return None
        day = read_date(self._cell(column))
        if day is None:
            self.blame_value("date_invalid", column)
        return day

    def span(self) -> tuple[date | None, date | None]:
        """轮岗起止 in one cell, or its two days in columns of their own."""
        span = read_span(self._cell(Column.ROTATION_FROM))
        if span:
            return span
        first, last = self.day(Column.ROTATION_FROM), self.day(Column.ROTATION_TO)
        if first and Column.ROTATION_TO not in self.headings:
            self.blame_value("date_invalid", Column.ROTATION_FROM)
        return first, last


def read_values(reader: RowReader) -> RosterValues:
    """The row's own words; its mentor and its units are looked up later, when all rows have been read."""
    said = _person(reader)
    if reader.says_any(_PAIRING_COLUMNS):
        said = _with_pairing(reader, said)
    if reader.says_any(_ROTATION_COLUMNS):
        said = _with_rotation(reader, said)
    return said


def _person(reader: RowReader) -> RosterValues:
    return RosterValues(
        name=reader.needed(reader.name(Column.NAME), Column.NAME, "name_missing"),
        staff_no=reader.needed(reader.number(Column.STAFF_NO), Column.STAFF_NO, "staff_no_missing"),
        unit=reader.needed(reader.name(Column.UNIT), Column.UNIT, "unit_missing"),
        group=reader.name(Column.GROUP),
        stage=reader.choice(Column.STAGE, STAGES, "stage_unknown", needed=True),
        backbone=reader.backbone(),
        specialty=reader.text(Column.SPECIALTY),
        post=reader.text(Column.POST),
        remark=reader.text(Column.REMARK),
    )


def _with_pairing(reader: RowReader, said: RosterValues) -> RosterValues:
    cadence = reader.choice(Column.CADENCE, CADENCES, "cadence_unknown")
    return said._replace(
        track=reader.choice(Column.TRACK, TRACKS, "track_unknown"),
        mentor_name=reader.name(Column.MENTOR_NAME),
        mentor_no=reader.number(Column.MENTOR_NO),
        starts_on=reader.day(Column.STARTS_ON),
        outcome=reader.text(Column.OUTCOME),
        direction=reader.text(Column.DIRECTION),
        measure=reader.text(Column.MEASURE),
        cadence=cadence,
        report_day=_report_day(reader, cadence),
        agreed_on=reader.day(Column.AGREED_ON),
        outcome_due=reader.day(Column.OUTCOME_DUE),
    )


def _with_rotation(reader: RowReader, said: RosterValues) -> RosterValues:
    rotation_from, rotation_to = reader.span()
    return said._replace(
        rotation_post=reader.text(Column.ROTATION_POST),
        rotation_unit=reader.name(Column.ROTATION_UNIT),
        rotation_team=reader.text(Column.ROTATION_TEAM),
        rotation_host=reader.text(Column.ROTATION_HOST),
        rotation_from=rotation_from,
        rotation_to=rotation_to,
    )


def _report_day(reader: RowReader, cadence: CadenceKind | None) -> str | None:
    word = reader.word(Column.REPORT_DAY)
    if not word:
        return None
    day = read_report_day(word, cadence)
    if day is None:
        reader.blame_value("report_day_unknown", Column.REPORT_DAY)
    return day
