"""The workbook holds the object's numbers, stays text where people wrote text, and prints on A4 as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from domain.summaries import Highlight, MonthSummary
from locales import Language, available, language
from reports.summary_figures import figures
from reports.summary_sheets import sheets
from reports.summary_text import chat_text
from reports.summary_workbook import file_name, workbook
from tests.reports.months import BRANCH, branch_month, committee_month, quiet_month

ZH, EN = language("zh_Hans"), language("en")
both = pytest.mark.parametrize("speech", [language(code) for code in available()], ids=available())
all_months = pytest.mark.parametrize(
    "month", [branch_month(), quiet_month(), committee_month()], ids=["much", "little", "many"]
)
Rows = Sequence[Sequence[object]]
FIRST_ROW = 3


def read(summary: MonthSummary | Sequence[MonthSummary], speech: Language) -> dict[str, Rows]:
    """What another program reads: the rows of every sheet beneath its header."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(summary, speech)))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)[FIRST_ROW:] for name in book.sheet_names
    }


@both
@all_months
def test_every_number_of_the_object_stands_in_the_overview(month: MonthSummary, speech: Language) -> None:
    rows = next(iter(read(month, speech).values()))
    wanted = [figure for part in figures(month, speech).values() for figure in part]
    assert [(row[1], row[2]) for row in rows[: len(wanted)]] == [(figure.label, figure.number) for figure in wanted]
    assert len(month.outcomes_reached) == rows[0][2]
    assert len(month.needs_open) == rows[2][2]


@both
def test_every_units_reports_stand_beside_the_month_before(speech: Language) -> None:
    month = committee_month()
    *rows, total = read(month, speech)[speech.text("Reports by unit")]
    assert [row[0] for row in rows] == [row.unit for row in month.reports]
    for row, wanted in zip(rows, month.reports, strict=True):
        assert tuple(row[1:7]) == astuple(wanted.counts)
        assert tuple(row[7:13]) == (astuple(wanted.before) if wanted.before else ("",) * 6)
    assert tuple(total[1:7]) == astuple(month.reports_total)


@all_months
def test_the_chat_tells_the_same_numbers(month: MonthSummary) -> None:
    overview = read(month, ZH)["小结"]
    reports = [int(str(row[2]).split(".")[0]) for row in overview if row[0] == "汇报" and row[2] != ""]
    due, handed_in, late, excused, missing, coming = reports
    text = chat_text(month, ZH)
    told = f"应交{due}份，已交{handed_in}份（其中补交{late}份），免交{excused}份，未交{missing}份"
    assert told + (f"，未到期{coming}份" if coming else "") in text
    reached, overdue = (int(str(row[2]).split(".")[0]) for row in overview if row[0] == "预期成效")
    assert f"达成{reached}项，逾期{overdue}项" in text


def test_the_sheets_have_their_names_and_the_branchs_details() -> None:
    book = read(branch_month(), ZH)
    assert list(book) == [
        "小结", "各单位汇报", "预期成效", "需要支持情况", "轮岗", "结对", "亮点", "汇报明细", "结对明细", "轮岗明细"
    ]  # fmt: skip
    assert [row[1] for row in book["汇报明细"]] == ["李明", "郑国华"]
    assert list(read(committee_month(), EN))[-1] == "Highlights"


@both
def test_above_the_branch_there_are_neither_names_nor_columns_for_them(speech: Language) -> None:
    cells = [str(cell) for rows in read(committee_month(), speech).values() for row in rows for cell in row]
    assert not [cell for cell in cells if re.search("王芳|陈静|孙倩|郑国华|[%％]", cell)]
    headings = {column.heading for sheet in sheets([committee_month()], speech) for column in sheet.columns}
    assert speech.text("Asked by") not in headings


def test_a_formula_that_a_person_wrote_stays_text() -> None:
    evil = tuple(Highlight(text, BRANCH) for text in ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "https://example.org"))
    book = openpyxl.load_workbook(BytesIO(workbook(replace(branch_month(), highlights=evil), ZH)))
    cells = [book["亮点"].cell(row=4 + i, column=1) for i in range(len(evil))]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(h.text, "s", None) for h in evil]


@both
def test_it_prints_on_a4_with_header_and_page_numbers(speech: Language) -> None:
    pages: list[Any] = openpyxl.load_workbook(BytesIO(workbook(branch_month(), speech))).worksheets
    for page in pages:
        assert int(page.page_setup.paperSize) == 9
        assert page.sheet_properties.pageSetUpPr.fitToPage
        # One page wide is the format's default and therefore not written; 0 lets it be as long as it is.
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)
        assert page.print_title_rows == "$3:$3"
        assert page.oddFooter.right.text == "&P / &N"


def test_the_file_is_named_for_its_unit_and_month() -> None:
    assert file_name(branch_month(), ZH) == "变电检修党支部2026-10小结.xlsx"
    assert file_name(replace(branch_month(), unit="一/二\\部"), EN) == "一-二-部 2026-10 summary.xlsx"
    assert file_name([branch_month(), quiet_month()], ZH) == "变电检修党支部、客户服务党支部2026-10小结.xlsx"


def test_who_answers_for_two_branches_gets_them_in_one_workbook() -> None:
    other = replace(branch_month(), unit_id=12, unit="客户服务党支部")
    book = read([branch_month(), other], ZH)
    assert {row[0] for row in book["小结"]} == {BRANCH, "客户服务党支部"}
    assert [row[0] for row in book["汇报明细"]] == [BRANCH] * 2 + ["客户服务党支部"] * 2
    assert [(row[0], row[1], row[2]) for row in book["各单位汇报"]][1] == (BRANCH, "合计", 20)
