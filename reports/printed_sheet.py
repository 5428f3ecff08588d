"""Sheets that print on A4 at their true size: no page is shrunk to its width, so letters are equally large on all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from locales import Language
from reports.row_heights import CHARACTER, EDGES, continued, height, pixels
from reports.sheet import Cell, Sheet

A4 = 9
A4_INCHES = (8.27, 11.69)
SIDES, HEAD, FOOT = 0.5, 0.6, 0.7
"""Margins in inches."""
SPARE = 0.97
"""How much of a page's width is filled: fonts and viewers differ a little."""
SHORT = 13.5
"""Columns of at most this width hold names, states and days, which stand in their middle."""
FONTS = {"zh_Hans": "宋体", "en": "Calibri"}
HEADING_FONTS = {"zh_Hans": "黑体", "en": "Calibri"}
TEXT_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What a person wrote stays what he wrote: `=1+1` is no formula and an address no link."""
RED, PALE, FRAME, GREY = "#8C1515", "#F6E9CF", "#B9AE9C", "#666666"
TITLE_LETTER, HEADING_LETTER, NOTE_LETTER = 21, 15.5, 13
"""In pixels; headings are bold in some fonts, so they are measured larger than they are."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above every table of a workbook; nothing where there is no title."""

    title: str = ""
    remark: str = ""


class Book:
    """A workbook in the making; `formats` are those of its language."""

    def __init__(self, book: Any, language: Language) -> None:
        self.book = book
        self._formats = _formats(book, language)

    def add(self, sheet: Sheet, heading: Heading, *, first: bool = False) -> None:
        """`first` says that the sheet's name adds nothing to the title."""
        page = self.book.add_worksheet(sheet.name)
        widths = fitted(sheet)
        header_row = 2 if heading.title else 0
        _set_up_print(page, sheet, heading, header_row)
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        if heading.title:
            title = heading.title if first else f"{heading.title} · {sheet.name}"
            self._across(page, 0, title, "title", widths, TITLE_LETTER)
            self._across(page, 1, heading.remark, "remark", widths, NOTE_LETTER)
        self._table(page, sheet, widths, header_row)

    def _table(self, page: Any, sheet: Sheet, widths: tuple[float, ...], header_row: int) -> None:
        headings = [column.heading for column in sheet.columns]
        page.set_row(header_row, height([*zip(headings, widths, strict=True)], HEADING_LETTER) + EDGES)
        for place, heading in enumerate(headings):
            page.write_string(header_row, place, heading, self._formats["heading"])
        row = header_row + 1
        for number, cells in enumerate(sheet.rows):
            for part in [cells] if sheet.grouped else continued(cells, widths):
                self._row(page, row, sheet, number, part, widths)
                row += 1
        if sheet.rows and not sheet.grouped:
            page.autofilter(header_row, 0, row - 1, len(widths) - 1)
        for note in sheet.notes:
            self._across(page, row, note, "note", widths, NOTE_LETTER)
            row += 1
        page.print_area(0, 0, row - 1, len(widths) - 1)

    def _row(
        self, page: Any, row: int, sheet: Sheet, number: int, cells: tuple[Cell, ...], widths: tuple[float, ...]
    ) -> None:
        told = _without_repetition(sheet, number, cells)
        rooms = _rooms(sheet, told, widths)
        page.set_row(row, height([*zip(told, rooms, strict=True)]))
        for place, cell in enumerate(told):
            if rooms[place] > widths[place]:
                page.merge_range(row, place, row, len(widths) - 1, "", self._formats["text"])
                page.write_string(row, place, str(cell), self._formats["text"])
                return
            _write(page, row, place, cell, self._formats, _kind(sheet, number, place))

    def _across(self, page: Any, row: int, text: str, kind: str, widths: tuple[float, ...], letter: float) -> None:
        """One text over the table's whole width, on as many lines as it needs."""
        page.set_row(row, height([(text, sum(widths))], letter))
        if len(widths) > 1:
            page.merge_range(row, 0, row, len(widths) - 1, "", self._formats[kind])
        page.write_string(row, 0, text, self._formats[kind])


@contextmanager
def printed_book(language: Language, title: str, made_at: dt.datetime) -> Iterator[tuple[Book, BytesIO]]:
    from xlsxwriter import Workbook

    buffer = BytesIO()
    with Workbook(buffer, TEXT_ONLY) as book:
        book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
        yield Book(book, language), buffer


def room(sheet: Sheet) -> float:
    """Pixels that a table may be wide."""
    return (A4_INCHES[sheet.landscape] - 2 * SIDES) * 96 * SPARE


def fitted(sheet: Sheet) -> tuple[float, ...]:
    """The columns' widths; those that grow share what the page has left."""
    left = room(sheet) - sum(pixels(column.width) for column in sheet.columns)
    growing = sum(column.grows for column in sheet.columns)
    more = max(0.0, left / CHARACTER / growing) if growing else 0.0
    return tuple(column.width + more * column.grows for column in sheet.columns)


def _without_repetition(sheet: Sheet, number: int, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Cells that repeat the one above are blank but not merged: a page may end among them and cut a merged cell's words."""
    return tuple(
        None if place < sheet.grouped and not _begins(sheet, number, place) else cell
        for place, cell in enumerate(cells)
    )


def _begins(sheet: Sheet, number: int, place: int) -> bool:
    """Whether a group of this column begins with this row; so it does behind the last."""
    rows = sheet.rows
    return number in (0, len(rows)) or rows[number - 1][: place + 1] != rows[number][: place + 1]


def _rooms(sheet: Sheet, cells: tuple[Cell, ...], widths: tuple[float, ...]) -> list[float]:
    """On a grouped sheet the last text of a row has the room of the empty cells behind it."""
    rooms = [*widths]
    last = max(place for place, cell in enumerate(cells) if cell not in (None, ""))
    if sheet.grouped and last >= sheet.grouped and isinstance(cells[last], str):
        rooms[last] = sum(widths[last:])
    return rooms


def _kind(sheet: Sheet, number: int, place: int) -> str:
    if place < sheet.grouped:
        return f"group{_begins(sheet, number, place):d}{_begins(sheet, number + 1, place):d}"
    if number in sheet.totals:
        return "total"
    return "short" if sheet.columns[place].width <= SHORT else "text"


def _formats(book: Any, language: Language) -> dict[str, Any]:
    body = {"font_name": FONTS[language.code], "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
    framed = body | {"border": 1, "border_color": FRAME}
    bold = {"font_name": HEADING_FONTS[language.code], "bold": language.code == "en"}
    filled = framed | bold | {"bg_color": PALE}
    return {
        "title": book.add_format(body | bold | {"font_size": 16, "font_color": RED, "align": "center"}),
        "remark": book.add_format(body | {"font_size": 10, "font_color": GREY, "align": "center"}),
        "note": book.add_format(body | {"font_size": 10, "font_color": GREY}),
        "heading": book.add_format(filled | {"align": "center"}),
        "text": book.add_format(framed),
        "short": book.add_format(framed | {"align": "center"}),
        **{
            f"group{begins:d}{ends:d}": book.add_format(
                body | {"border_color": FRAME, "left": 1, "right": 1, "top": begins, "bottom": ends}
            )
            for begins in (0, 1)
            for ends in (0, 1)
        },
        "number": book.add_format(framed | {"align": "center", "num_format": "General"}),
        "day": book.add_format(framed | {"align": "center", "num_format": "yyyy-mm-dd"}),
        "total": book.add_format(filled),
        "total_number": book.add_format(filled | {"align": "center"}),
    }


def _set_up_print(page: Any, sheet: Sheet, heading: Heading, header_row: int) -> None:
    if sheet.landscape:
        page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=SIDES, right=SIDES, top=HEAD, bottom=FOOT)
    page.fit_to_pages(1, 0)
    page.repeat_rows(header_row)
    page.center_horizontally()
    about = "  ".join(filter(None, (heading.title, sheet.name))).replace("&", "&&")
    page.set_footer(f"&L&9{about}&R&9&P / &N", {"margin": 0.35})
    page.freeze_panes(header_row + 1, 0)
    page.hide_gridlines(1)


def _write(page: Any, row: int, place: int, cell: Cell, formats: dict[str, Any], kind: str) -> None:
    match cell:
        case None | "":
            page.write_blank(row, place, None, formats[kind])
        case str():
            page.write_string(row, place, cell, formats[kind])
        case dt.date():
            page.write_datetime(row, place, cell, formats["day"])
        case _:
            page.write_number(row, place, cell, formats["total_number" if kind == "total" else "number"])
