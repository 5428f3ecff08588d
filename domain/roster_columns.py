"""The columns of a roster and the headers by which offices call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from domain.people import folded
from domain.refusals import Refusal
from domain.roster_cells import Row, folded_cell, free_text


class Column(StrEnum):
    NAME = "name"
    STAFF_NO = "staff_no"
    UNIT = "unit"
    GROUP = "group"
    STAGE = "stage"
    BACKBONE = "backbone"
    SPECIALTY = "specialty"
    POST = "post"
    TRACK = "track"
    MENTOR_NAME = "mentor_name"
    MENTOR_NO = "mentor_no"
    STARTS_ON = "starts_on"
    OUTCOME = "outcome"
    DIRECTION = "direction"
    MEASURE = "measure"
    CADENCE = "cadence"
    REPORT_DAY = "report_day"
    AGREED_ON = "agreed_on"
    OUTCOME_DUE = "outcome_due"
    ROTATION_POST = "rotation_post"
    ROTATION_UNIT = "rotation_unit"
    ROTATION_TEAM = "rotation_team"
    ROTATION_HOST = "rotation_host"
    ROTATION_FROM = "rotation_from"  # 轮岗起止 holds both days in one cell
    ROTATION_TO = "rotation_to"  # only where somebody names a column of its own for it
    REMARK = "remark"


# The first header of each column is the one our own workbooks carry.
HEADERS: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("姓名", "人员姓名", "党员/骨干姓名"),
    Column.STAFF_NO: ("工号", "员工编号", "人员编号"),
    Column.UNIT: ("所在党支部", "支部名称", "党支部", "所属支部"),
    Column.GROUP: ("党小组", "所在小组", "小组", "党小组名称"),
    Column.STAGE: ("政治面貌", "人员类别", "发展阶段", "面貌"),
    Column.BACKBONE: ("是否骨干", "业务骨干", "骨干(是/否)", "骨干"),
    Column.SPECIALTY: ("专业", "所学专业", "主专业", "从事专业"),
    Column.POST: ("岗位", "现岗位", "职务/岗位", "岗位名称"),
    Column.TRACK: ("培养方向", "双培养类型", "双培养方向", "培养类别"),
    Column.MENTOR_NAME: ("导师姓名", "培养联系人", "导师", "结对导师"),
    Column.MENTOR_NO: ("导师工号", "联系人工号", "导师编号", "导师员工编号"),
    Column.STARTS_ON: ("培养起始日期", "结对日期", "培养开始时间", "起始日期"),
    Column.OUTCOME: ("培养目标", "定成效", "预期成效", "目标(定成效)"),
    Column.DIRECTION: ("具体方向", "定方向", "培养内容", "方向"),
    Column.MEASURE: ("衡量标准", "衡量办法", "评价标准", "如何衡量"),
    Column.CADENCE: ("汇报周期", "汇报频次", "多久汇报一次", "周期"),
    Column.REPORT_DAY: ("汇报日", "汇报时间", "哪天汇报", "每期汇报日"),
    Column.AGREED_ON: ("签订日期", "协议签订日期", "纸质协议日期", "签字日期"),
    Column.OUTCOME_DUE: ("目标完成时间", "完成时限", "目标完成日期", "计划完成时间"),
    Column.ROTATION_POST: ("轮岗岗位", "轮训岗位", "轮岗到", "拟轮岗位"),
    Column.ROTATION_UNIT: ("轮岗单位", "接收单位", "轮岗党支部", "轮岗支部"),
    Column.ROTATION_TEAM: ("轮岗班组", "轮岗部门/班组", "班组", "接收班组"),
    Column.ROTATION_HOST: ("带教人", "轮岗带教人", "带教师傅", "带教"),
    Column.ROTATION_FROM: ("轮岗起止", "轮岗时间", "轮岗起止时间", "轮训起止"),
    Column.REMARK: ("备注", "说明", "其他"),
}
COLUMN_OF = {folded(header): column for column, headers in HEADERS.items() for header in headers}

SEARCHED_ROWS = 100  # a header below that is none
_LIKENESS = 0.4  # under it a question would only puzzle


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A header that is none of ours: left alone, and offered once with the column it most resembles."""

    header: str
    nearest: Column | None


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns mean below one header row, from left to right; None is left alone."""

    order: tuple[Column | None, ...]
    headings: Mapping[Column, str]
    unknown: tuple[UnknownColumn, ...]


def named_columns(columns: Mapping[str, str]) -> dict[str, Column]:
    """What each header means; an answer of the caller's goes before our own headers for the same column.

    Refuses `roster_column_key` for a key that is none.
    """
    answered = {folded(header): _column(header, key) for header, key in columns.items()}
    taken = set(answered.values())
    return {header: column for header, column in COLUMN_OF.items() if column not in taken} | answered


def _column(header: str, key: str) -> Column:
    try:
        return Column(key.split(",", maxsplit=1)[0].strip())
    except ValueError:
        raise Refusal("roster_column_key", header=header, key=key, keys="、".join(Column)) from None


def is_header(row: Row, named: Mapping[str, Column]) -> bool:
    """A name or a staff number stands in it, and three columns in all, or those two alone."""
    found = {named[text] for text in map(folded_cell, row) if text in named}
    identity = found & {Column.NAME, Column.STAFF_NO}
    return len(identity) == 2 or (len(identity) == 1 and len(found) >= 3)


def find_header(sheet: str, rows: Sequence[Row], named: Mapping[str, Column]) -> int:
    """Index of the first header row, beneath whatever title lines. Refuses `workbook_no_header`."""
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        if is_header(row, named):
            return index
    raise Refusal("workbook_no_header", sheet=sheet)


def layout_of(row: Row, named: Mapping[str, Column]) -> Layout:
    """Of two headers for one column the first holds; the other is named as unknown."""
    order: list[Column | None] = []
    headings: dict[Column, str] = {}
    unknown: list[UnknownColumn] = []
    for cell in row:
        text = folded_cell(cell)
        column = named.get(text)
        heading = " ".join(free_text(cell).split())
        if text and (column is None or column in headings):
            unknown.append(UnknownColumn(heading, column or nearest_column(text)))
            column = None
        if column:
            headings[column] = heading
        order.append(column)
    return Layout(tuple(order), headings, tuple(unknown))


def nearest_column(text: str) -> Column | None:
    likeness = {header: SequenceMatcher(None, header, text[:40]).ratio() for header in COLUMN_OF}
    nearest = max(likeness, key=lambda header: likeness[header])
    return COLUMN_OF[nearest] if likeness[nearest] >= _LIKENESS else None
