"""All of one's own reports as a workbook that reads well and prints on A4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from locales import N_, Language
from reports.printed_sheet import Heading, printed_book
from reports.sheet import Sheet, columns_of, without_empty_columns, yes

COLUMNS = (
    (N_("Handed in"), 10.5),
    (N_("Late"), 5),
    (N_("Items"), 18),
    (N_("How it stands"), 10.5),
    (N_("Report"), 38),
    (N_("Files"), 12),
    (N_("Entered for the person"), 12),
    (N_("Answers"), 26),
)


@dataclass(frozen=True, slots=True)
class Row:
    """`handed_in` is the day, on the clocks of the unit's zone; `entered` from what a secretary entered it, if one did."""

    handed_in: dt.date
    late: bool
    subjects: str
    standing: str
    text: str
    files: str
    entered: str
    answers: str


def my_reports(rows: Sequence[Row], language: Language, made_at: dt.datetime) -> bytes:
    """The bytes of an .xlsx file; what a person wrote stays text, whatever it looks like."""
    told = [(day, yes(late, language), *rest) for day, late, *rest in map(astuple, rows)]
    columns = columns_of(language, *COLUMNS, growing=("Report",))
    sheet = without_empty_columns(Sheet(language.text("My reports"), columns, tuple(told)))
    with printed_book(language, sheet.name, made_at) as (book, buffer):
        book.add(sheet, Heading())
    return buffer.getvalue()
