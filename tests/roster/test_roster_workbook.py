"""What we write in the import's own format, the import reads as the same; and the template is ready to be filled in."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from domain.pairings import Track
from domain.people import Stage, folded, spelled
from domain.periods import CadenceKind
from domain.roster import RosterReading, read_roster
from domain.roster_cell_reading import LONGEST_TEXT
from domain.roster_cells import free_text
from domain.roster_columns import HEADERS, Column
from domain.roster_rows import RosterValues, RowStatus
from domain.roster_units import Known, RosterUnit
from domain.units import UnitKind
from reports.roster_workbook import (
    COLUMNS,
    PEOPLE_WIDTHS,
    REPEATED,
    problems_workbook,
    roster_template,
    roster_workbook,
)
from reports.row_heights import pixels
from reports.workbook_reading import read_workbook
from tests.roster.offices import BRANCH, OTHER_BRANCH
from tests.roster.test_expected_rows import reading

UNITS = (
    RosterUnit("示例公司党委", UnitKind.COMMITTEE, ""),
    RosterUnit(BRANCH, UnitKind.BRANCH, "示例公司党委"),
    RosterUnit(OTHER_BRANCH, UnitKind.BRANCH, "示例公司党委"),
    RosterUnit("第一党小组", UnitKind.GROUP, BRANCH),
)
MENTOR = RosterValues(
    name="王芳", staff_no="0000000102", unit=BRANCH, stage=Stage.FULL_MEMBER, backbone=True, specialty="继电保护"
)  # fmt: skip
TEXTS = st.text(max_size=30).map(free_text) | st.sampled_from(
    [
        "=1+1",
        "+86",
        "@全体",
        "http://example.invalid",
        "第一行\n第二行",
        "<b>",
        "😀👨‍👩‍👧",
        "1",
        "2026-10-01",
        "_x000D_",
        "长" * LONGEST_TEXT,
    ]
)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2199, 12, 31))
SPANS = st.tuples(DAYS, DAYS).map(sorted)
STAGES = st.sampled_from([stage for stage in Stage if stage is not Stage.FULL_MEMBER])
CADENCES = st.sampled_from(CadenceKind)


@st.composite
def plain_people(draw: st.DrawFn) -> RosterValues:
    """Somebody without pairing or rotation."""
    number = draw(st.integers(1000, 10**9))
    return RosterValues(
        name=draw(st.text(min_size=1, max_size=8).map(spelled).filter(_is_name)),
        staff_no=f"{number:010}",
        unit=draw(st.sampled_from((BRANCH, OTHER_BRANCH))),
        group=draw(st.sampled_from(("", "第一党小组"))),
        stage=draw(STAGES),
        backbone=True,
        specialty=draw(TEXTS),
        post=draw(TEXTS),
        remark=draw(TEXTS),
    )


def _is_name(text: str) -> bool:
    """Not what stands at the foot of a list, nor what a header says."""
    headers = {folded(header) for headers in HEADERS.values() for header in headers}
    return bool(text) and ":" not in text and not text.startswith(("合计", "总计", "注", "共")) and text not in headers


@st.composite
def people(draw: st.DrawFn) -> RosterValues:

    said = draw(plain_people())
    if draw(st.booleans()):
        cadence = draw(st.none() | CADENCES)
        weekday, monthday = st.sampled_from(("mon", "fri", "sun")), st.integers(1, 31).map(str)
        started, due = draw(SPANS)
        said = said._replace(
            track=Track.BACKBONE_TO_MEMBER,
            mentor_name=MENTOR.name,
            mentor_no=MENTOR.staff_no,
            starts_on=started,
            outcome=draw(TEXTS.filter(bool)),
            direction=draw(TEXTS),
            measure=draw(TEXTS),
            cadence=cadence,
            report_day=draw(st.none() | (monthday if cadence is CadenceKind.MONTHLY else weekday)),
            agreed_on=draw(st.none() | DAYS),
            outcome_due=due,
        )
    if draw(st.booleans()):
        first, last = draw(SPANS)
        said = said._replace(
            rotation_post=draw(TEXTS.filter(bool)),
            rotation_unit=OTHER_BRANCH,
            rotation_team=draw(TEXTS),
            rotation_host=draw(TEXTS),
            rotation_from=first,
            rotation_to=last,
        )
    return said


def read_again(content: bytes) -> RosterReading:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(content)
        return read_roster(read_workbook(path, ("组织", "书记")), Known())


@settings(max_examples=25)
@given(st.lists(people(), max_size=6, unique_by=lambda one: one.staff_no))
def test_what_is_written_is_read_as_the_same(said: list[RosterValues]) -> None:
    found = read_again(roster_workbook([MENTOR, *said], UNITS, ()))
    assert [row.values for row in found.rows[1:]] == [MENTOR, *said]
    assert all(row.status is RowStatus.OK for row in found.rows[1:])
    assert [(unit.name, unit.kind, unit.parent) for unit in found.units] == [
        (unit.name, unit.kind, unit.parent) for unit in UNITS
    ]


def test_a_whole_roster_comes_back() -> None:
    once = reading("roster-clean")
    said = [row.values for row in once.rows if row.status is RowStatus.OK]
    again = read_again(roster_workbook(said, once.units, once.secretaries))
    assert [row.values for row in again.rows[1:]] == said
    assert (again.units, again.secretaries) == (once.units, once.secretaries)
    assert again.unknown_columns == ()


def test_the_empty_template_can_be_imported_and_says_nothing() -> None:
    found = read_again(roster_template(UNITS))
    assert [row.status for row in found.rows] == [RowStatus.SKIPPED]
    assert len(found.units) == len(UNITS)


def test_the_template_offers_the_choices_and_prints_on_a4() -> None:
    book = load_workbook(BytesIO(roster_template(UNITS)))
    page, choices = book["人员"], book["选项"]
    assert choices.sheet_state == "hidden"
    assert [cell.value for cell in choices["A"]][:2] == [BRANCH, OTHER_BRANCH]
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists["C2"] == "选项!$A$1:$A$2"
    assert {cell.value for cell in choices["B"]} >= {"群众", "正式党员"}
    assert len(lists) == 6
    assert page["A1"].comment is not None
    assert (page.freeze_panes, page.print_title_rows) == ("A2", "$1:$1")
    assert (page.page_setup.orientation, int(page.page_setup.paperSize or 0), page.page_setup.scale) == (
        "landscape",
        9,
        None,
    )


def test_a_template_without_branches_has_lists_for_the_rest() -> None:
    page = load_workbook(BytesIO(roster_template(())))["人员"]
    assert len(page.data_validations.dataValidation) == 4


def test_every_header_is_one_that_the_import_knows_best() -> None:
    page = load_workbook(BytesIO(roster_workbook([], (), ())))["人员"]
    assert [cell.value for cell in page[1]] == [HEADERS[column][0] for column in Column if column in HEADERS]


def test_the_list_of_problems_is_a_plain_table() -> None:
    line = ("台账", 12, "导师姓名", "=有几位同志都叫王芳，请补填导师工号。")
    page = load_workbook(
        BytesIO(problems_workbook("问题", ("表", "行", "列", "怎么办"), [line], (12, 8, 16, 60)))
    ).active
    assert page is not None
    assert [tuple(row) for row in page.iter_rows(values_only=True)] == [("表", "行", "列", "怎么办"), line]
    assert page["D2"].data_type == "s"


def test_the_roster_prints_at_true_size_with_name_and_number_on_each_page() -> None:
    page: Any = load_workbook(BytesIO(roster_workbook([], [], []))).worksheets[0]
    begins = [0, *(one.id for one in page.col_breaks.brk), len(COLUMNS)]
    assert page.print_title_cols == "$A:$B"
    assert not page.sheet_properties.pageSetUpPr.fitToPage
    for first, last in pairwise(begins):
        widths = [PEOPLE_WIDTHS[place] for place in {*range(REPEATED), *range(first, last)}]
        assert sum(map(pixels, widths)) <= (11.69 - 2 * 0.4) * 96
