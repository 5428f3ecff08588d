"""All of one's own reports as a workbook that reads well and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from io import BytesIO
from typing import Any

from locales import Language
from reports.roster_workbook import A4, AS_WRITTEN

WIDTHS = (22, 24, 12, 60, 18, 36)
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True}


@dataclass(frozen=True, slots=True)
class Row:
    handed_in: str
    subjects: str
    standing: str
    text: str
    files: str
    answers: str


def my_reports(rows: Sequence[Row], language: Language) -> bytes:
    """The bytes of an .xlsx file; what a person wrote stays text, whatever it looks like."""
    from xlsxwriter import Workbook

    buffer = BytesIO()
    with Workbook(buffer, AS_WRITTEN) as book:
        page = _page(book, language)
        words = book.add_format(_FONT | {"border": 1})
        for place, row in enumerate(rows, start=1):
            for column, value in enumerate(astuple(row)):
                page.write_string(place, column, value, words)
    return buffer.getvalue()


def _headings(language: Language) -> tuple[str, ...]:
    return (
        language.text("Handed in"),
        language.text("Items"),
        language.text("How it stands"),
        language.text("Report"),
        language.text("Files"),
        language.text("Answers"),
    )


def _page(book: Any, language: Language) -> Any:
    page = book.add_worksheet(language.text("My reports"))
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.set_footer("&R&9&P / &N")
    heading = book.add_format(_FONT | {"bold": True, "bg_color": "#F6E9CF", "border": 1})
    for column, (title, width) in enumerate(zip(_headings(language), WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, title, heading)
    return page
