"""A month's summary as a workbook that prints on A4 as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.summaries import MonthSummary
from locales import Language
from reports.printed_sheet import Heading, printed_book
from reports.summary_lines import listed, preface, title
from reports.summary_sheets import sheets


def workbook(summary: MonthSummary | Sequence[MonthSummary], language: Language) -> bytes:
    """The bytes of an .xlsx file; several units share its sheets."""
    summaries = listed(summary)
    heading = Heading(_heading(summaries, language), language.clauses(preface(summaries[0], language)))
    with printed_book(language, heading.title, summaries[0].made_at) as (book, buffer):
        for place, sheet in enumerate(sheets(summaries, language)):
            book.add(sheet, heading, first=place == 0)
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
