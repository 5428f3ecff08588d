"""Writes the roster in the import's own format, an empty template of it, and the list of what is wrong in an upload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

from domain.pairings import Track
from domain.people import Stage
from domain.periods import CadenceKind
from domain.roster_choices import CADENCE_WORDS, KIND_WORDS, STAGE_WORDS, TRACK_WORDS, report_day_word
from domain.roster_columns import HEADERS, Column
from domain.roster_rows import RosterValues
from domain.roster_secretaries import SECRETARY_SHEET, RosterSecretary
from domain.roster_units import UNIT_SHEET, RosterUnit
from domain.units import UnitKind
from reports.roster_notes import NOTES
from reports.row_heights import height

PEOPLE_SHEET = "人员"
CHOICE_SHEET = "选项"
UNIT_COLUMNS = ("名称", "类别", "上级")
SECRETARY_COLUMNS = ("组织", "职务", "姓名", "工号")
COLUMNS = tuple(HEADERS)
A4 = 9
TEMPLATE_ROWS = 2000
AS_WRITTEN = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
"""Rows go to disk as they come; what a person wrote stays what he wrote: `=1+1` is no formula, an address no link."""
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_WIDE = {
    Column.UNIT: 20, Column.TRACK: 18, Column.OUTCOME: 32, Column.DIRECTION: 18, Column.MEASURE: 24,
    Column.ROTATION_UNIT: 20, Column.ROTATION_FROM: 24, Column.REMARK: 24,
}  # fmt: skip
_USUAL_WIDTH = 12
PEOPLE_WIDTHS = [_WIDE.get(column, _USUAL_WIDTH) for column in COLUMNS]
REPEATED = 2
"""Name and number stand on every page."""
BEGIN_A_PAGE = (Column.TRACK, Column.DIRECTION, Column.ROTATION_POST)
ONE_LINE, TALLEST = height(()), 400


def roster_workbook(
    people: Iterable[RosterValues], units: Sequence[RosterUnit], secretaries: Sequence[RosterSecretary]
) -> bytes:
    """The bytes of an .xlsx file; read again it says exactly the same."""
    with _book() as (book, buffer):
        page = _people_page(book)
        formats = _formats(book)
        for row, person in enumerate(people, start=1):
            _row(page, row, [_said(person, column) for column in COLUMNS], PEOPLE_WIDTHS, formats)
        _unit_page(book, units)
        _table(book, SECRETARY_SHEET, SECRETARY_COLUMNS, (_secretary(line) for line in secretaries))
    return buffer.getvalue()


def roster_template(units: Sequence[RosterUnit]) -> bytes:
    """Headers with notes, lists to choose from, and the organisation as it is known."""
    with _book() as (book, buffer):
        page = _people_page(book)
        for column, note in NOTES.items():
            page.write_comment(0, COLUMNS.index(column), note, {"x_scale": 2, "y_scale": 1.2, "author": ""})
        _unit_page(book, units)
        _table(book, SECRETARY_SHEET, SECRETARY_COLUMNS, ())
        _offer_choices(book, page, [unit.name for unit in units if unit.kind is UnitKind.BRANCH])
    return buffer.getvalue()


def problems_workbook(
    sheet: str, headings: Sequence[str], lines: Iterable[Sequence[str | int]], widths: Sequence[int]
) -> bytes:
    """A plain table of what is wrong and what to do about it, in the words that are given."""
    with _book() as (book, buffer):
        _table(book, sheet, headings, lines, widths)
    return buffer.getvalue()


@contextmanager
def _book() -> Iterator[tuple[Any, BytesIO]]:
    from xlsxwriter import Workbook

    buffer = BytesIO()
    with Workbook(buffer, AS_WRITTEN) as book:
        yield book, buffer


def _formats(book: Any) -> dict[type, Any]:
    """Text format keeps the leading zeros of a number that is typed over one of ours."""
    return {
        str: book.add_format(_FONT | {"num_format": "@", "text_wrap": True}),
        int: book.add_format(_FONT),
        date: book.add_format(_FONT | {"num_format": "yyyy-mm-dd"}),
    }


def _page(book: Any, name: str, headings: Sequence[str], widths: Sequence[int]) -> Any:
    page = book.add_worksheet(name)
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.set_footer(f"&L&9{name.replace('&', '&&')}&R&9&P / &N")
    heading = book.add_format(_FONT | {"bold": True, "bg_color": "#F6E9CF", "border": 1, "text_wrap": True})
    text = _formats(book)[str]
    for place, (title, width) in enumerate(zip(headings, widths, strict=True)):
        page.set_column(place, place, width, text)
        page.write_string(0, place, title, heading)
    return page


def _people_page(book: Any) -> Any:
    """Printed at true size on several pages beside each other, each with name and number; the columns of a matter together."""
    page = _page(book, PEOPLE_SHEET, [HEADERS[column][0] for column in COLUMNS], PEOPLE_WIDTHS)
    page.repeat_columns(0, REPEATED - 1)
    page.set_v_pagebreaks([COLUMNS.index(column) for column in BEGIN_A_PAGE])
    return page


def _unit_page(book: Any, units: Sequence[RosterUnit]) -> None:
    lines = ((unit.name, KIND_WORDS[unit.kind], unit.parent) for unit in units)
    _table(book, UNIT_SHEET, UNIT_COLUMNS, lines)


def _secretary(line: RosterSecretary) -> tuple[str, ...]:
    return line.unit, line.title, line.name, line.staff_no


def _table(
    book: Any,
    name: str,
    headings: Sequence[str],
    lines: Iterable[Sequence[str | int]],
    widths: Sequence[int] | None = None,
) -> None:
    widths = widths or [30] * len(headings)
    page = _page(book, name, headings, widths)
    page.fit_to_pages(1, 0)
    formats = _formats(book)
    for row, line in enumerate(lines, start=1):
        _row(page, row, line, widths, formats)


def _row(
    page: Any, row: int, values: Sequence[str | int | date | None], widths: Sequence[int], formats: dict[type, Any]
) -> None:
    """Higher where words need more than a line: not every viewer measures for itself."""
    needed = height([*zip(values, widths, strict=True)])
    if needed > ONE_LINE:
        page.set_row(row, min(needed, TALLEST))
    for place, value in enumerate(values):
        _write(page, row, place, value, formats)


def _write(page: Any, row: int, place: int, value: str | int | date | None, formats: dict[type, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.write_string(row, place, value, formats[str])
    elif isinstance(value, date):
        page.write_datetime(row, place, value, formats[date])
    else:
        page.write_number(row, place, value, formats[int])


def _said(person: RosterValues, column: Column) -> str | date | None:
    """The value in the words in which it is read again."""
    value = getattr(person, column.value)
    if column is Column.ROTATION_FROM:
        return f"{person.rotation_from}至{person.rotation_to}" if person.rotation_from and person.rotation_to else None
    if column is Column.BACKBONE:
        return {True: "是", False: "否", None: None}[value]
    if column is Column.REPORT_DAY:
        return report_day_word(value) if value else None
    return _word(value)


def _word(value: str | date | None) -> str | date | None:
    match value:
        case Stage():
            return STAGE_WORDS[value]
        case Track():
            return TRACK_WORDS[value]
        case CadenceKind():
            return CADENCE_WORDS[value]
    return value


def _offer_choices(book: Any, page: Any, branches: list[str]) -> None:
    """On a hidden sheet, since a list inside a validation may have no more than 255 characters."""
    offered = {
        Column.UNIT: branches,
        Column.STAGE: [*STAGE_WORDS.values()],
        Column.BACKBONE: ["是", "否"],
        Column.TRACK: [*TRACK_WORDS.values()],
        Column.CADENCE: [*CADENCE_WORDS.values()],
        Column.ROTATION_UNIT: branches,
    }
    choices = book.add_worksheet(CHOICE_SHEET)
    choices.hide()
    longest = max(map(len, offered.values()))
    for row in range(longest):
        for place, words in enumerate(offered.values()):
            if row < len(words):
                choices.write_string(row, place, words[row])
    for place, (column, words) in enumerate(offered.items()):
        if words:
            _validate(
                page, COLUMNS.index(column), f"={CHOICE_SHEET}!${'ABCDEF'[place]}$1:${'ABCDEF'[place]}${len(words)}"
            )


def _validate(page: Any, place: int, source: str) -> None:
    page.data_validation(
        1, place, TEMPLATE_ROWS, place,
        {"validate": "list", "source": source, "error_title": "请从列表中选择", "error_message": "请从下拉列表中选择。"},
    )  # fmt: skip
