"""A month's summary as a workbook that prints on A4 as it is."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from domain.summaries import MonthSummary
from locales import Language
from reports.sheet import Cell, Sheet
from reports.summary_lines import listed, preface, title
from reports.summary_sheets import sheets

A4 = 9
FONTS = {"zh_Hans": "宋体", "en": "Calibri"}
HEADING_FONTS = {"zh_Hans": "黑体", "en": "Calibri"}
TEXT_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What a person wrote stays what he wrote: `=1+1` is no formula and an address no link."""
HEADER_ROW = 2
RED, PALE = "#8C1515", "#F6E9CF"


def workbook(summary: MonthSummary | Sequence[MonthSummary], language: Language) -> bytes:
    """The bytes of an .xlsx file; several units share its sheets."""
    from xlsxwriter import Workbook

    summaries = listed(summary)
    heading = _heading(summaries, language)
    remark = language.clauses(preface(summaries[0], language))
    buffer = BytesIO()
    with Workbook(buffer, TEXT_ONLY) as book:
        formats = _formats(book, language)
        book.set_properties({"title": heading, "created": summaries[0].made_at.replace(tzinfo=None)})
        for sheet in sheets(summaries, language):
            page = book.add_worksheet(sheet.name)
            _set_up_print(page, sheet, heading)
            _fill(page, sheet, formats, heading, remark)
    return buffer.getvalue()


def _heading(summaries: Sequence[MonthSummary], language: Language) -> str:
    if len(summaries) == 1:
        return title(summaries[0], language)
    return title(replace(summaries[0], unit=_units(summaries, language)), language)


def _units(summaries: Sequence[MonthSummary], language: Language) -> str:
    """The names of two, or the first and how many more: a heading and a file name have one line."""
    first = summaries[0].unit
    if len(summaries) < 3:
        return language.names(each.unit for each in summaries)
    return language.text("{unit} and others ({number} units)", unit=first, number=len(summaries))


def file_name(summary: MonthSummary | Sequence[MonthSummary], language: Language) -> str:
    """Without what a file system might take for a folder or refuse."""
    summaries = listed(summary)
    unit = _units(summaries, language)[:80]
    name = language.text("{unit} {month} summary", unit=unit, month=summaries[0].month)
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", name) + ".xlsx"


def _formats(book: Any, language: Language) -> dict[str, Any]:
    body = {"font_name": FONTS[language.code], "font_size": 11, "valign": "vcenter"}
    framed = body | {"border": 1, "border_color": "#B9AE9C", "text_wrap": True}
    heading = {"font_name": HEADING_FONTS[language.code], "bold": language.code == "en"}
    return {
        "title": book.add_format(body | heading | {"font_size": 16, "font_color": RED}),
        "remark": book.add_format(body | {"font_size": 10, "font_color": "#666666"}),
        "heading": book.add_format(framed | heading | {"bg_color": PALE, "align": "center"}),
        "text": book.add_format(framed),
        "number": book.add_format(framed | {"align": "center", "num_format": "General"}),
        "day": book.add_format(framed | {"align": "center", "num_format": "yyyy-mm-dd"}),
        "total": book.add_format(framed | heading | {"bg_color": PALE}),
        "total_number": book.add_format(framed | heading | {"bg_color": PALE, "align": "center"}),
    }


def _set_up_print(page: Any, sheet: Sheet, heading: str) -> None:
    if sheet.landscape:
        page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_ROW)
    page.center_horizontally()
    page.set_footer(f"&L&9{heading.replace('&', '&&')}  {sheet.name}&R&9&P / &N")
    page.freeze_panes(HEADER_ROW + 1, 0)
    page.hide_gridlines(1)


def _fill(page: Any, sheet: Sheet, formats: dict[str, Any], heading: str, remark: str) -> None:
    page.write_string(0, 0, f"{heading} · {sheet.name}", formats["title"])
    page.set_row(0, 28)
    page.write_string(1, 0, remark, formats["remark"])
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(HEADER_ROW, place, column.heading, formats["heading"])
    page.set_row(HEADER_ROW, _heading_height(sheet))
    for number, row in enumerate(sheet.rows):
        total = number in sheet.totals
        page.set_row(HEADER_ROW + 1 + number, _height(sheet, row))
        for place, cell in enumerate(row):
            _write(page, HEADER_ROW + 1 + number, place, cell, formats, "total" if total else "")


def _heading_height(sheet: Sheet) -> float:
    """In points: headings are bold, and break between words."""
    return max(34, 15 * max(len(_wrapped(column.heading, column.width / 1.25)) for column in sheet.columns) + 6)


def _wrapped(heading: str, width: float) -> list[str]:
    return textwrap.wrap(heading, max(1, int(width)), break_long_words=not heading.isascii())


def _height(sheet: Sheet, row: tuple[Cell, ...]) -> float:
    """In points: as many lines as the fullest cell needs, because viewers do not all measure for themselves."""
    needed = (
        _lines(cell, column.width) for cell, column in zip(row, sheet.columns, strict=True) if isinstance(cell, str)
    )
    return min(15 * max(needed, default=1) + 5, 400)


def _lines(text: str, width: float) -> int:
    return sum(1 + int(_breadth(line) / (width - 1)) for line in text.split("\n"))


def _breadth(text: str) -> float:
    return sum(1.0 if character.isascii() else 2.1 for character in text)


def _write(page: Any, row: int, place: int, cell: Cell, formats: dict[str, Any], kind: str) -> None:
    match cell:
        case None | "":
            page.write_blank(row, place, None, formats[kind or "text"])
        case str():
            page.write_string(row, place, cell, formats[kind or "text"])
        case dt.date():
            page.write_datetime(row, place, cell, formats["day"])
        case _:
            page.write_number(row, place, cell, formats["total_number" if kind else "number"])
