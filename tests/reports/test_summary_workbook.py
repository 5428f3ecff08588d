"""The workbook holds the object's numbers, stays text where people wrote text, and prints on A4 as it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import astuple, replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from domain.summaries import MonthSummary
from domain.summary_lines import Highlight
from locales import Language, available, language
from reports.printed_sheet import fitted, room
from reports.row_heights import pixels
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


def overview(summary: MonthSummary | Sequence[MonthSummary], speech: Language) -> list[Sequence[object]]:
    """The figures' rows of the first sheet, with the part's name on each."""
    part: object = ""
    rows: list[Sequence[object]] = []
    for row in next(iter(read(summary, speech).values())):
        part = row[0] or part
        if not isinstance(row[2], str):
            rows.append([part, *row[1:]])
    return rows


def matters(summary: MonthSummary | Sequence[MonthSummary], speech: Language, kind: str) -> Rows:
    [sheet] = [rows for name, rows in read(summary, speech).items() if name == speech.text("Matters")]
    return [row for row in sheet if row[0] == speech.text(kind)]


@both
@all_months
def test_every_number_of_the_object_stands_in_the_overview(month: MonthSummary, speech: Language) -> None:
    rows = overview(month, speech)
    wanted = [figure for part in figures(month, speech).values() for figure in part]
    assert [(row[1], row[2]) for row in rows] == [(figure.label, figure.number) for figure in wanted]
    assert len(month.outcomes_reached) == rows[0][2]
    assert len(month.needs_open) == rows[2][2]


@both
@pytest.mark.parametrize("month", [branch_month(), committee_month()], ids=["branch", "committee"])
def test_behind_the_figures_stands_every_matter(month: MonthSummary, speech: Language) -> None:
    reached, overdue, needs = len(month.outcomes_reached), len(month.outcomes_overdue), month.needs_open
    states = [row[1] for row in matters(month, speech, "Outcome")]
    assert [states.count(speech.text(state)) for state in ("reached", "overdue")] == [reached, overdue]
    assert states.count(speech.text("due next month")) == len(month.next_month.outcomes)
    assert len(matters(month, speech, "Support")) == len(needs) + len(month.needs_answered)
    assert len(matters(month, speech, "Highlight")) == len(month.highlights)
    assert len(matters(month, speech, "Pairing")) == len(month.details.pairings)
    part = month.rotations
    wanted = month.details.rotations or (*part.starting, *part.ending, *month.next_month.rotations)
    assert len(matters(month, speech, "Rotation")) == len(wanted)


def test_a_rotation_that_begins_and_ends_in_the_month_stands_once() -> None:
    short = replace(
        committee_month().rotations.starting[0], starts_on=dt.date(2026, 10, 5), ends_on=dt.date(2026, 10, 9)
    )
    part = replace(committee_month().rotations, starting=(short, short), ending=(short, short))
    assert len(matters(replace(committee_month(), rotations=part), ZH, "Rotation")) == 3


def test_days_are_days_and_can_be_sorted() -> None:
    [first, *_] = matters(branch_month(), ZH, "Outcome")
    assert first[:8] == [
        "预期成效", "已达成", "独立完成110千伏间隔保护校验", "工作负责人签字的校验报告2份", "把党员培养成骨干", "",
        dt.date(2026, 10, 23), dt.date(2026, 10, 20),
    ]  # fmt: skip
    page = openpyxl.load_workbook(BytesIO(workbook(branch_month(), ZH)))["事项"]
    assert page.auto_filter.ref == "A3:J14"
    assert page.freeze_panes == "A4"


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
    rows = overview(month, ZH)
    reports = [int(str(row[2]).split(".")[0]) for row in rows if row[0] == "汇报"]
    due, handed_in, late, excused, missing, coming = reports
    text = chat_text(month, ZH)
    given = f"已交{handed_in}份（其中补交{late}份）" if late else f"已交{handed_in}份"
    parts = {
        f"应交{due}份": due, given: handed_in, f"免交{excused}份": excused, f"未交{missing}份": missing,
        f"未到期{coming}份": coming,
    }  # fmt: skip
    assert ("，".join(part for part, number in parts.items() if number) or "没有应交的汇报") in text
    reached, overdue = (int(str(row[2]).split(".")[0]) for row in rows if row[0] == "预期成效")
    outcomes = {f"达成成效{reached}项": reached, f"逾期{overdue}项": overdue}
    assert ("，".join(part for part, number in outcomes.items() if number) or "本月没有达成或逾期的成效") in text


def test_only_sheets_with_rows_are_there_and_the_first_says_so() -> None:
    def notes(month: MonthSummary) -> list[object]:
        return [row[0] for row in read(month, ZH)["小结"][-2:]]

    assert list(read(branch_month(), ZH)) == ["小结", "事项", "汇报明细"]
    assert notes(branch_month()) == ["数字对应的具体事项见“事项”表。", "汇报内容见“汇报明细”表。"]
    assert list(read(quiet_month(), ZH)) == ["小结"]
    assert notes(quiet_month()) == ["本月没有需要列出的具体事项。", "本表不含汇报明细。"]
    assert list(read(committee_month(), ZH)) == ["小结", "各单位汇报", "事项"]
    assert notes(committee_month())[1] == "汇报内容由各党支部留存，本表只有汇总数字。"
    assert list(read(committee_month(), EN))[-1] == "Matters"


def test_the_branchs_details_say_who_and_for_which_days() -> None:
    rows = read(branch_month(), ZH)["汇报明细"]
    assert [row[0] for row in rows] == ["李明", "郑国华"]
    assert [row[2] for row in rows] == ["10-12至10-18", "10-19至10-25"]


def test_a_report_longer_than_a_page_goes_on_in_the_next_row_without_losing_a_word() -> None:
    text = "跟着王芳师傅做了110千伏间隔保护校验，学会看定值单。\n" * 70
    [report, other] = branch_month().details.reports
    details = replace(branch_month().details, reports=(replace(report, text=text), other))
    book = workbook(replace(branch_month(), details=details), ZH)
    page = openpyxl.load_workbook(BytesIO(book))["汇报明细"]
    rows = [*page.iter_rows(min_row=4, values_only=True)]
    assert "\n".join(str(row[-1]) for row in rows[:-1]) == text.rstrip("\n")
    assert [row[0] for row in rows if row[0]] == ["李明", "郑国华"]
    assert len(rows) > 4
    assert max(height.height for height in page.row_dimensions.values()) <= 250


@both
def test_above_the_branch_there_are_neither_names_nor_columns_for_them(speech: Language) -> None:
    month = replace(committee_month(), highlights=())
    cells = [str(cell) for rows in read(month, speech).values() for row in rows for cell in row]
    assert not [cell for cell in cells if re.search("王芳|陈静|孙倩|郑国华|[%％]", cell)]
    headings = {column.heading for sheet in sheets([month], speech) for column in sheet.columns}
    assert speech.text("Person") not in headings


def test_a_formula_that_a_person_wrote_stays_text() -> None:
    evil = tuple(Highlight(text, BRANCH) for text in ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "https://example.org"))
    book = openpyxl.load_workbook(BytesIO(workbook(replace(branch_month(), highlights=evil), ZH)))
    cells = [row[2] for row in book["事项"].iter_rows() if row[0].value == "亮点"]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(h.text, "s", None) for h in evil]


@both
@pytest.mark.parametrize(
    "months",
    [[branch_month()], [committee_month()], [branch_month(), quiet_month()]],
    ids=["branch", "committee", "two"],
)
def test_every_sheet_prints_at_its_true_size_on_a4(months: list[MonthSummary], speech: Language) -> None:
    for sheet in sheets(months, speech):
        assert sum(map(pixels, fitted(sheet))) <= room(sheet) + 1, sheet.name
    pages: list[Any] = openpyxl.load_workbook(BytesIO(workbook(months, speech))).worksheets
    for page in pages:
        assert int(page.page_setup.paperSize) == 9
        assert page.sheet_properties.pageSetUpPr.fitToPage
        # One page wide is the format's default and therefore not written; 0 lets it be as long as it is.
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)
        assert page.print_title_rows == "$3:$3"
        assert page.print_area.startswith(f"'{page.title}'!$A$1:") or page.print_area.startswith("$A$1:")
        assert page.oddFooter.right.text == "&P / &N"


def test_the_file_is_named_for_its_unit_and_month() -> None:
    assert file_name(branch_month(), ZH) == "变电检修党支部2026-10小结.xlsx"
    assert file_name(replace(branch_month(), unit="一/二\\部"), EN) == "一-二-部 2026-10 summary.xlsx"
    assert file_name([branch_month(), quiet_month()], ZH) == "变电检修党支部、客户服务党支部2026-10小结.xlsx"


def test_who_answers_for_two_branches_gets_them_in_one_workbook() -> None:
    other = replace(branch_month(), unit_id=12, unit="客户服务党支部")
    months = [branch_month(), other]
    assert {row[0] for row in read(months, ZH)["小结"]} >= {BRANCH, "客户服务党支部"}
    assert [row[3] for row in read(months, ZH)["小结"] if row[1] == "预期成效"] == [2, 2]
    assert [row[0] for row in read(months, ZH)["汇报明细"]] == [BRANCH] * 4
    assert len(matters(months, ZH, "Outcome")) == 8
