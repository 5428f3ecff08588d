"""A form to print and fill in by hand: one table on one A4 page. Every row has its height, whatever stands in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from locales import Language
from reports.lettering import FONTS, name_substitutes, printable, saved, write_in, write_in_simplified_chinese
from reports.wrapping import clipped, wrapped

PAGE_MM = (210, 297)
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 20, 25, 20, 15
"""The left margin is the one where papers are bound."""
GRID = 12
"""Columns of the table; a cell spans some of them."""
CELL_MM = (PAGE_MM[0] - LEFT_MM - RIGHT_MM) / GRID
INSET_MM = 1.5
TITLE, TITLE_MM = 22, 14
LINE, LINE_MM = 12, 9
NOTE, NOTE_MM = 10.5, 5.6
SIZES = (12, 10.5, 9, 8)
"""Points of what stands in a cell; the first in which all of it fits is taken."""
PITCH = 1.35
POINTS_A_MM = 72 / 25.4
NARROWER = 0.95
"""How much of a cell's width a line is thought to have: fonts differ a little."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`span` of the table's twelve columns. A label names what stands beside it; `low` words leave room to write above."""

    text: str
    span: int
    label: bool = False
    low: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    height: float
    """In millimetres."""
    cells: tuple[Cell, ...]

    def __post_init__(self) -> None:
        if sum(cell.span for cell in self.cells) != GRID:
            raise ValueError(f"the cells of a row take {GRID} columns: {self.cells}")


@dataclass(frozen=True, slots=True)
class Form:
    """`above` stands over the table, the notes beneath it; both are lines."""

    title: str
    above: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    @property
    def height(self) -> float:
        """All of it in millimetres, with a little for the table's lines."""
        frame = 0.3 * (len(self.rows) + 1)
        notes = sum(len(wrapped(note, NOTE, _points(GRID))) for note in self.notes)
        return TITLE_MM + LINE_MM + sum(row.height for row in self.rows) + frame + notes * NOTE_MM + 2


ROOM_MM = PAGE_MM[1] - TOP_MM - BOTTOM_MM


def page(form: Form, language: Language, made_at: dt.datetime) -> bytes:
    """The bytes of a .docx file."""
    from docx import Document

    document = Document()
    _set_page(document.sections[0])
    fonts = FONTS[language.code]
    _line(document.add_paragraph(), form.title, fonts.title, TITLE, TITLE_MM, align="CENTER")
    _line(document.add_paragraph(), form.above, fonts.body, LINE, LINE_MM)
    table = _table(document)
    for row in form.rows:
        _add_row(table, row, language)
    for note in form.notes:
        _line(document.add_paragraph(), note, fonts.body, NOTE, NOTE_MM)
    name_substitutes(document)
    write_in_simplified_chinese(document)
    return saved(document, form.title, made_at)


def fitted(text: str, span: int, height: float) -> tuple[float, str]:
    """Size and words for a cell of so many columns and millimetres: smaller where there is much, and marked where the
    paper has no room for all.
    """
    for size in SIZES:
        lines = "\n".join(text.splitlines()).split("\n")
        if sum(len(wrapped(line, size, _points(span))) for line in lines) <= _most(size, height):
            return size, "\n".join(lines)
    return size, "\n".join(clipped(text, size, _points(span), _most(size, height)))


def _most(size: float, height: float) -> int:
    return max(1, int((height - INSET_MM) * POINTS_A_MM / (size * PITCH)))


def _points(span: int) -> float:
    return (span * CELL_MM - 2 * INSET_MM) * POINTS_A_MM * NARROWER


def _set_page(section: Any) -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance = section.footer_distance = Mm(0)


def _line(paragraph: Any, text: str, font: str, size: float, height: float, *, align: str = "LEFT") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Mm, Pt

    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Mm(height)
    shape.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    write_in(paragraph.add_run(printable(text)), font, size)


def _table(document: Any) -> Any:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=GRID)
    table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    inset = round(INSET_MM * POINTS_A_MM * 20)
    sides = "".join(f'<w:{side} w:w="{inset}" w:type="dxa"/>' for side in ("left", "right"))
    table._tbl.tblPr.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>"))  # noqa: SLF001 - no call for insets
    for column in table.columns:
        column.width = Mm(CELL_MM)
    return table


def _add_row(table: Any, row: Row, language: Language) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    line = table.add_row()
    line.height, line.height_rule = Mm(row.height), WD_ROW_HEIGHT_RULE.EXACTLY
    columns = iter(line.cells)
    for cell in row.cells:
        place, *covered = islice(columns, cell.span)
        for one in covered:
            line._tr.remove(one._tc)  # noqa: SLF001 - to merge cells searches the whole table for each of them
        place._tc.grid_span = cell.span  # noqa: SLF001 - the same
        place.width = Mm(cell.span * CELL_MM)
        _fill(place, cell, row.height, language)


def _fill(place: Any, cell: Cell, height: float, language: Language) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL

    fonts = FONTS[language.code]
    place.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM if cell.low else WD_ALIGN_VERTICAL.CENTER
    size, text = fitted(cell.text, cell.span, height)
    for number, line in enumerate(text.split("\n")):
        paragraph = place.add_paragraph() if number else place.paragraphs[0]
        font, align = (fonts.heading, "CENTER") if cell.label else (fonts.body, "RIGHT" if cell.low else "LEFT")
        _line(paragraph, line, font, size, size * PITCH / POINTS_A_MM, align=align)
        paragraph.runs[0].bold = (cell.label and fonts.bold_heading) or None


def boxes(choices: Iterable[tuple[str, bool]]) -> str:
    """What can be ticked, and what is: both signs are in every Chinese font."""
    return "　".join(f"{'■' if chosen else '□'} {word}" for word, chosen in choices)
