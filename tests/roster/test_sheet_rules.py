"""Title lines, repeated headers, merged cells, totals and notes; the sheets 组织 and 书记."""

from __future__ import annotations

import pytest

from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.roster import read_roster
from domain.roster_cells import Cell, Sheet
from domain.roster_rows import RowStatus
from domain.roster_units import Known, RosterUnit
from domain.units import UnitKind
from tests.roster.offices import BRANCH, CHEN_JING, LI_MING, UNITS, WANG_FANG, ZHAO_QIANG, codes, people_sheet, read

HEADER: list[Cell] = ["姓 名", "员工\n编号", "支部\n名称", "发展阶段", "骨干\n(是/否)"]


def statuses(rows: list[list[Cell]], merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()) -> str:
    """o, p and - for ok, problem and skipped, row by row."""
    reading = read_roster([Sheet("台账", rows, merged), UNITS], Known())
    return "".join(
        {RowStatus.OK: "o", RowStatus.PROBLEM: "p", RowStatus.SKIPPED: "-"}[row.status] for row in reading.rows
    )


def row_of(name: str, number: Cell, branch: str = BRANCH) -> list[Cell]:
    return [name, number, branch, "正式党员", "是"]


def test_only_people_count() -> None:
    rows: list[list[Cell]] = [
        ["示例公司“双培养”台账（2026年11月）"],
        ["填报单位：党群工作部", "", "", "填报日期：2026年11月20日"],
        HEADER,
        row_of("李明", "000101"),
        [],
        ["", "  ", ""],
        HEADER,
        row_of("王芳", "000102"),
        ["合 计", "", "", 2.0],
        ["共2人"],
        ["注：1. 本表由各党支部填报。"],
        ["审核人：", "陈静", "填表人：", "周伟"],
        ["以上同志均已核对无误，如有变动请及时告知党群工作部，联系电话见通知，谢谢支持与配合"],
    ]
    assert statuses(rows) == "---o---o-----"


def test_a_name_alone_is_a_person_with_problems() -> None:
    assert statuses([HEADER, ["李明"]]) == "-p"


def test_a_merged_cell_holds_for_all_its_rows_and_no_further() -> None:
    rows = [HEADER, row_of("李明", "101"), row_of("王芳", "102", ""), [], row_of("赵强", "103", "")]
    assert statuses(rows, (((1, 2), (3, 2)),)) == "-oo-p"


def test_a_merged_title_says_nothing_about_people() -> None:
    assert statuses([["台账"], HEADER, row_of("李明", "101")], (((0, 0), (0, 25)),)) == "--o"


def test_ranges_without_end_are_refused() -> None:
    endless = (((1, 2), (1_048_575, 16_383)),) * 2_000
    with pytest.raises(Refusal, match="workbook_unreadable"):
        statuses([HEADER, *(row_of("李明", "101") for _ in range(50))], endless)


def test_a_sheet_without_header_is_refused() -> None:
    with pytest.raises(Refusal, match="workbook_no_header"):
        statuses([["hello"], ["李明", "000101"]])


def test_of_two_headers_for_one_column_the_first_holds() -> None:
    reading = read(LI_MING | {"人员姓名": "林一"})
    assert reading.rows[1].values.name == "李明"
    assert [column.header for column in reading.unknown_columns] == ["人员姓名"]


def units(*lines: list[Cell], known: Known | None = None) -> tuple[RosterUnit, ...]:
    sheet = Sheet("组织", [["名称", "类别", "上级"], ["公司党委", "党委", ""], *lines])
    return read_roster([people_sheet(LI_MING), sheet], known or Known()).units


def test_groups_may_share_a_name_beneath_different_branches() -> None:
    lines: list[list[Cell]] = [["甲支部", "党支部", "公司党委"], ["乙支部", "党支部", "公司党委"]]
    groups: list[list[Cell]] = [["第一党小组", "党小组", "甲支部"], ["第一党小组", "党小组", "乙支部"]]
    assert [unit.kind for unit in units(*lines, *groups)].count(UnitKind.GROUP) == 2


REFUSED: list[tuple[list[Cell], str]] = [
    (["甲支部", "党支部", "输电总支"], "roster_unit_parent"),
    (["甲支部", "党支部", ""], "roster_unit_parent"),
    (["甲支部", "支部", "公司党委"], "roster_unit_unclear"),
    (["", "党支部", "公司党委"], "roster_unit_unclear"),
    (["第一党小组", "党小组", "公司党委"], "roster_unit_parent"),
]


@pytest.mark.parametrize(("line", "code"), REFUSED)
def test_a_unit_needs_its_place(line: list[Cell], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        units(line)


def test_two_branches_of_one_name_are_refused() -> None:
    general: list[list[Cell]] = [["一总支", "党总支", "公司党委"], ["二总支", "党总支", "公司党委"]]
    one: list[Cell] = ["甲支部", "党支部", "一总支"]
    assert len(units(*general, one, one)) == 4
    with pytest.raises(Refusal, match="roster_unit_twice"):
        units(*general, one, ["甲支部", "党支部", "二总支"])


def test_a_known_branch_cannot_come_again_beneath_another() -> None:
    known = Known(units=(RosterUnit("甲支部", UnitKind.BRANCH, "老党委"),))
    with pytest.raises(Refusal, match="roster_unit_twice"):
        units(["甲支部", "党支部", "公司党委"], known=known)


def test_secretaries_are_found_among_the_people() -> None:
    sheet = Sheet(
        "书记",
        [
            ["组织", "职务", "姓名", "工号"],
            [BRANCH, "支部书记", "陈静", 104.0],
            ["示例公司党委", "党委组织干事", "王芳", ""],
            ["外星支部", "站长", "林一", ""],
            [BRANCH, "组织委员", "王芳", "000101"],
        ],
    )
    chen_jing, officer, nobody, mistaken = read_roster(
        [people_sheet(LI_MING, WANG_FANG, CHEN_JING, ZHAO_QIANG), UNITS, sheet], Known()
    ).secretaries
    assert (chen_jing.role, chen_jing.staff_no, chen_jing.problems) == (RoleKind.SECRETARY, "000104", ())
    assert (officer.role, officer.staff_no, officer.problems) == (RoleKind.OFFICER, "000102", ())
    assert nobody.problems == ("person_unknown", "title_unknown", "unit_unknown")
    assert mistaken.problems == ("person_mismatch",)


def test_rows_are_counted_as_the_spreadsheet_shows_them() -> None:
    reading = read_roster([people_sheet(LI_MING, title=("台账", "")), UNITS], Known())
    assert [(row.row, codes(row)) for row in reading.rows if row.status is RowStatus.OK] == [(4, [])]
