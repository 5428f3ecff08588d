"""What holds for whatever anybody may write: normal forms are stable, dates come back, reading never breaks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.people import folded, spelled, staff_key
from domain.refusals import Refusal
from domain.roster import RosterReading, read_roster, values_in_normal_form
from domain.roster_cells import Cell, Range, Sheet, free_text, staff_number
from domain.roster_columns import COLUMN_OF
from domain.roster_dates import read_date, read_span
from domain.roster_rows import RowStatus
from domain.roster_units import Known
from tests.roster.offices import BRANCH, LI_MING, UNITS, WANG_FANG

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2199, 12, 31))
NOTATIONS = (
    "{0:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{0.year}.{0.month}.{0.day}", "{0.year}年{0.month}月{0.day}日",
    "{0:%Y%m%d}", " {0.year} 年 {0.month} 月 {0.day} 日 ", "{0:%Y-%m-%d} 00:00:00", "{0:%Y/%m/%d}（星期五）",
)  # fmt: skip
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [*COLUMN_OF, *map(str, LI_MING.values()), *map(str, WANG_FANG.values()), BRANCH, "合计", "注：", ""]
    ),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)
PLACES = st.tuples(st.integers(0, 30), st.integers(0, 30))
RANGES: st.SearchStrategy[tuple[Range, ...]] = st.lists(st.tuples(PLACES, PLACES), max_size=4).map(tuple)
WIDE = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


@given(st.text())
def test_the_normal_form_is_stable(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert free_text(free_text(text)) == free_text(text)
    assert spelled(spelled(text)) == spelled(text)
    assert folded(spelled(text)) == folded(text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" 李  明 ", "李明"), ("Chen　 Jing", "Chen Jing"), ("Ｌü Lei", "Lü Lei"), ("第 2 党小组", "第2党小组"),
        ("Group 1", "Group 1"), ("GIS 班", "GIS班"), ("阿依古丽 · 买买提", "阿依古丽·买买提"),
    ],
)  # fmt: skip
def test_only_the_words_of_an_alphabet_are_kept_apart(written: str, kept: str) -> None:
    assert spelled(written) == kept


@given(st.text("0012aB０Ａ \u3000"))
def test_the_key_of_a_number_is_stable(text: str) -> None:
    assert staff_key(staff_key(text)) == staff_key(text)


@given(st.integers(0, 10**6), st.integers(0, 8))
def test_leading_zeros_never_make_another_person(number: int, width: int) -> None:
    assert staff_key(staff_number(float(number), width)) == staff_key(str(number))


@given(DAYS, st.sampled_from(NOTATIONS), st.booleans())
def test_a_day_is_read_from_every_notation(day: dt.date, notation: str, wide: bool) -> None:  # noqa: FBT001 - drawn by hypothesis or pytest
    written = notation.format(day)
    assert read_date(written.translate(WIDE) if wide else written) == day


@given(DAYS)
def test_a_day_is_read_from_every_kind_of_cell(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    moment = dt.datetime.combine(day, dt.time(8, 30))
    cells: list[Cell] = [day, moment, serial, float(serial), serial + 0.5, float(f"{day:%Y%m%d}"), str(serial)]
    assert {read_date(cell) for cell in cells} == {day}


@given(DAYS, DAYS, st.sampled_from(NOTATIONS[:5]), st.sampled_from(("至", "-", "—", "——", "~", "～", " 至 ")))
def test_a_span_is_read_however_it_is_joined(first: dt.date, last: dt.date, notation: str, joiner: str) -> None:
    assert read_span(notation.format(first) + joiner + notation.format(last)) == (first, last)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans()))
def test_no_cell_breaks_a_date(cell: Cell) -> None:
    found = read_date(cell)
    assert found is None or found.year in range(1900, 2200)


def reading_or_code(sheets: list[Sheet]) -> RosterReading | str:
    try:
        return read_roster(sheets, Known())
    except Refusal as refusal:
        return refusal.code


@settings(max_examples=300)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=12), RANGES)
def test_a_sheet_of_anything_is_read_or_refused(rows: list[list[Cell]], merged: tuple[Range, ...]) -> None:
    header: list[Cell] = ["姓名", "工号", "所在党支部", "政治面貌", "培养起始日期", "轮岗起止", "备注", "导师"]
    reading = reading_or_code([Sheet("人员", [header, *rows], merged), UNITS])
    if isinstance(reading, str):
        assert reading == "workbook_unreadable"
        return
    assert [row.row for row in reading.rows] == list(range(1, len(rows) + 2))
    for row in reading.rows:
        assert bool(row.problems) == (row.status is RowStatus.PROBLEM)
        assert bool(values_in_normal_form(row)) == (row.status is RowStatus.OK)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8), st.sampled_from(["人员", "组织", "书记"]))
def test_any_sheets_are_read_or_refused(rows: list[list[Cell]], name: str) -> None:
    reading = reading_or_code([Sheet(name, rows), Sheet("书记", rows), Sheet("人员", rows)])
    assert not isinstance(reading, str) or reading.startswith(("workbook_", "roster_"))
