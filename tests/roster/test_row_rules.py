"""What an office may write in a row, what is wrong with it, and that all of it is said at once."""

from __future__ import annotations

import datetime as dt

import pytest

from domain.pairings import Track
from domain.people import Stage
from domain.periods import CadenceKind
from domain.refusals import Refusal
from domain.roster import values_in_normal_form
from domain.roster_cells import Cell
from domain.roster_columns import Column
from domain.roster_rows import RowStatus
from domain.roster_units import Known, KnownPerson, RosterUnit
from domain.units import UnitKind
from tests.roster.offices import (
    BRANCH,
    CHEN_JING,
    LI_MING,
    OTHER_BRANCH,
    PAIRED,
    ROTATING,
    UNITS,
    WANG_FANG,
    ZHAO_QIANG,
    ZHOU_WEI,
    codes,
    first,
    people_sheet,
    person,
    read,
)

PAIRED_LI_MING = LI_MING | PAIRED


def test_a_full_row_says_who_is_paired_with_whom() -> None:
    row = first(
        PAIRED_LI_MING | ROTATING | {"汇报周期": "双周", "汇报日": "星期五", "党小组": "第一党小组"},
        WANG_FANG,
    )
    assert row.status is RowStatus.OK
    said = row.values
    assert (said.stage, said.backbone, said.track) == (Stage.ACTIVIST, True, Track.BACKBONE_TO_MEMBER)
    assert (said.mentor_name, said.mentor_no) == ("王芳", "000102")
    assert (said.cadence, said.report_day) == (CadenceKind.FORTNIGHTLY, "fri")
    assert (said.rotation_from, said.rotation_to) == (dt.date(2026, 10, 1), dt.date(2026, 12, 31))


WRONG: list[tuple[dict[str, Cell], list[str]]] = [
    ({"姓名": ""}, ["name_missing"]),
    ({"工号": " "}, ["staff_no_missing"]),
    ({"工号": "102"}, ["staff_no_duplicate"]),
    ({"所在党支部": ""}, ["unit_missing"]),
    ({"所在党支部": "外星支部"}, ["unit_unknown"]),
    ({"所在党支部": "示例公司党委"}, ["unit_unknown"]),
    ({"政治面貌": ""}, ["stage_unknown"]),
    ({"政治面貌": "民主人士"}, ["stage_unknown"]),
    ({"是否骨干": "大概是"}, ["backbone_unknown"]),
    ({"是否骨干": "否"}, ["track_mismatch"]),
    ({"政治面貌": "正式党员"}, ["track_mismatch"]),
    ({"培养方向": "重点培养"}, ["track_unknown"]),
    ({"培养方向": "把党员培养成骨干"}, ["track_mismatch"]),
    ({"导师姓名": "", "导师工号": ""}, ["mentor_missing"]),
    ({"导师姓名": "林一", "导师工号": ""}, ["mentor_unknown"]),
    ({"导师工号": "999999"}, ["mentor_unknown"]),
    ({"导师姓名": "赵强"}, ["mentor_mismatch"]),
    ({"导师姓名": "李明", "导师工号": "000101"}, ["mentor_is_self"]),
    ({"培养目标": ""}, ["outcome_missing"]),
    ({"汇报周期": "随时"}, ["cadence_unknown"]),
    ({"汇报周期": "每周", "汇报日": "25日"}, ["report_day_unknown"]),
    ({"汇报周期": "每月", "汇报日": "周五"}, ["report_day_unknown"]),
    ({"培养起始日期": "年底前"}, ["date_invalid"]),
    ({"签订日期": "2026年13月40日"}, ["date_invalid"]),
    ({"培养起始日期": "2026-10-01", "目标完成时间": "2026-09-30"}, ["dates_reversed"]),
    ({"轮岗岗位": "值班员"}, ["rotation_incomplete"]),
    (ROTATING | {"轮岗起止": "下半年"}, ["date_invalid"]),
    (ROTATING | {"轮岗起止": "2026-10-01"}, ["date_invalid"]),
    (ROTATING | {"轮岗起止": "2026.12.31-2026.10.01"}, ["dates_reversed"]),
    (ROTATING | {"轮岗单位": "外星支部"}, ["rotation_unit_unknown"]),
    ({"备注": "长" * 1001}, ["text_too_long"]),
    ({"所在党支部": "外星支部", "政治面貌": "团员", "姓名": ""}, ["name_missing", "stage_unknown", "unit_unknown"]),
]


@pytest.mark.parametrize(("change", "wanted"), WRONG, ids=",".join)
def test_what_is_wrong_has_a_code_and_its_row_no_values(change: dict[str, Cell], wanted: list[str]) -> None:
    row = first(PAIRED_LI_MING | change, WANG_FANG, ZHAO_QIANG)
    assert codes(row) == wanted
    assert row.status is RowStatus.PROBLEM
    assert values_in_normal_form(row) == {}


RIGHT: list[dict[str, Cell]] = [
    {"姓名": " 李　明\u200b"},
    {"工号": 101.0},
    {"工号": "１０１"},
    {"所在党支部": "变电检修 党支部"},
    {"是否骨干": "√"},
    {"是否骨干": True},
    {"是否骨干": "有"},
    {"导师姓名": ""},
    {"导师工号": ""},
    {"导师工号": 102.0},
    {"汇报周期": "每月", "汇报日": "25号"},
    {"汇报日": "每周五"},
    {"备注": "长" * 1000},
    {"培养起始日期": 46235.0, "目标完成时间": dt.datetime(2027, 3, 31)},  # noqa: DTZ001 - cells have no zone
    ROTATING | {"轮岗起止": "2026年10月1日—2026年12月31日"},
    ROTATING | {"轮岗起止": "2026-10-01-2026-12-31"},
]


@pytest.mark.parametrize("change", RIGHT, ids=str)
def test_what_is_right_in_an_office_is_read(change: dict[str, Cell]) -> None:
    row = first(PAIRED_LI_MING | change, WANG_FANG, ZHAO_QIANG, CHEN_JING)
    assert codes(row) == []
    said = values_in_normal_form(row)
    assert (said["name"], said["staff_no"], said["unit"]) == ("李明", "000101", BRANCH)
    assert (said["mentor_name"], said["mentor_no"], said["backbone"]) == ("王芳", "000102", True)


def test_a_mentor_who_is_no_full_member_cannot_lead() -> None:
    row = first(PAIRED_LI_MING, person("王芳", "000102", "预备党员"))
    assert codes(row) == ["mentor_not_eligible"]


def test_a_mentor_who_is_no_backbone_can_only_lead_to_the_party() -> None:
    guided_by_chen_jing = PAIRED | {"导师姓名": "陈静", "导师工号": "000104"}
    into_backbone = {"培养方向": "把党员培养成骨干"}
    assert codes(first(LI_MING | guided_by_chen_jing, CHEN_JING)) == []
    assert codes(first(WANG_FANG | guided_by_chen_jing | into_backbone, CHEN_JING)) == ["mentor_not_eligible"]


def test_two_of_one_name_need_the_number() -> None:
    namesake = person("王芳", "000202")
    assert codes(first(PAIRED_LI_MING | {"导师工号": ""}, WANG_FANG, namesake)) == ["mentor_ambiguous"]
    assert codes(first(PAIRED_LI_MING, WANG_FANG, namesake)) == []


def test_a_mentor_may_be_known_without_being_in_the_file() -> None:
    known = Known(people=(KnownPerson("王芳", "102", Stage.FULL_MEMBER, backbone=True),))
    row = first(PAIRED_LI_MING, known=known)
    assert codes(row) == []
    assert row.values.mentor_no == "102"


def test_the_file_knows_better_than_what_was_known() -> None:
    known = Known(people=(KnownPerson("王芳", "000102", Stage.PROBATIONARY_MEMBER, backbone=False),))
    assert codes(first(PAIRED_LI_MING, WANG_FANG, known=known)) == []


def test_a_known_branch_needs_no_line_in_the_sheet() -> None:
    known = Known(units=(RosterUnit("外星支部", UnitKind.BRANCH, "示例公司党委"),))
    assert codes(first(LI_MING | {"所在党支部": "外星支部"}, known=known)) == []


def test_a_known_pairing_that_reached_its_aim_is_no_mistake() -> None:
    known = Known(pairings=frozenset({("101", Track.BACKBONE_TO_MEMBER)}))
    grown = PAIRED_LI_MING | {"政治面貌": "正式党员"}
    row = first(grown, WANG_FANG, known=known)
    assert (codes(row), row.outgrown) == ([], True)
    assert codes(first(grown, WANG_FANG)) == ["track_mismatch"]


def test_the_duplicate_names_the_other_row() -> None:
    first_row, second_row = read(LI_MING, WANG_FANG | {"工号": "101"}).rows[1:]
    assert [row.problems[0].fields["rows"] for row in (first_row, second_row)] == ["3", "2"]


def test_numbers_are_filled_to_the_width_most_of_them_have() -> None:
    rows = read(LI_MING, WANG_FANG, ZHAO_QIANG, ZHOU_WEI | {"工号": 7.0}, CHEN_JING | {"工号": "A12"}).rows
    assert [row.values.staff_no for row in rows[4:]] == ["000007", "A12"]


def test_free_text_is_kept_as_it_was_written_and_means_nothing() -> None:
    formula = '=HYPERLINK("http://example.invalid","点我")'
    row = first(LI_MING | {"备注": f" {formula}\r\n第二行\u200b 😀 ", "岗位": "专责<b>", "专业": "+86"})
    assert row.values.remark == f"{formula}\n第二行 😀"
    assert (row.values.post, row.values.specialty) == ("专责<b>", "+86")


def test_an_unknown_group_is_offered_as_new() -> None:
    reading = read(LI_MING | {"党小组": "第一党小组"}, WANG_FANG | {"党小组": "第九党小组"})
    assert reading.new_groups == ((BRANCH, "第九党小组"),)


def test_an_unknown_header_is_asked_about_once_and_can_be_answered() -> None:
    odd = LI_MING | {"所在班子": "运行", "座位": "3"}
    asked = read(odd).unknown_columns
    assert [column.header for column in asked] == ["所在班子", "座位"]
    answered = read(odd, columns={"座 位": "remark", "所在班子": "rotation_team"})
    assert answered.unknown_columns == ()
    assert (answered.rows[1].values.remark, answered.rows[1].values.rotation_team) == ("3", "运行")


def test_the_nearest_column_is_the_question() -> None:
    assert read(LI_MING | {"导师工号码": ""}).unknown_columns[0].nearest is Column.MENTOR_NO


def test_a_column_that_does_not_exist_cannot_be_the_answer() -> None:
    with pytest.raises(Refusal, match="roster_column_key"):
        read(LI_MING, columns={"座位": "seat"})


def test_the_day_of_a_rotation_may_have_a_column_of_its_own() -> None:
    apart = {"轮岗岗位": "值班员", "轮岗单位": OTHER_BRANCH, "从": "2026-10-01", "到": "2026-12-31"}
    columns = {"从": "rotation_from", "到": "rotation_to"}
    row = read(LI_MING | apart, columns=columns).rows[1]
    assert (row.values.rotation_from, row.values.rotation_to) == (dt.date(2026, 10, 1), dt.date(2026, 12, 31))
    assert codes(read(LI_MING | apart | {"到": ""}, columns=columns).rows[1]) == ["rotation_incomplete"]


def test_the_sheet_of_units_is_no_sheet_of_people() -> None:
    from domain.roster import read_roster

    assert len(read_roster([UNITS, people_sheet(LI_MING)], Known()).rows) == 2
    with pytest.raises(Refusal, match="workbook_no_header"):
        read_roster([UNITS], Known())
