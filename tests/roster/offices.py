"""An office with two branches and our cast, and rosters as it would write them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from domain.roster import RosterReading, read_roster
from domain.roster_cells import Cell, Range, Sheet
from domain.roster_rows import RosterRow, RowStatus
from domain.roster_units import Known

FILES = Path(__file__).with_name("files")
BRANCH, OTHER_BRANCH = "变电检修党支部", "输电运检党支部"
UNITS = Sheet(
    "组织",
    [
        ["名称", "类别", "上级"],
        ["示例公司党委", "党委", ""],
        [BRANCH, "党支部", "示例公司党委"],
        [OTHER_BRANCH, "党支部", "示例公司党委"],
        ["第一党小组", "党小组", BRANCH],
    ],
)
Person = Mapping[str, Cell]


def person(name: str, number: Cell, stage: str = "正式党员", backbone: str = "是", **more: Cell) -> dict[str, Cell]:
    return {"姓名": name, "工号": number, "所在党支部": BRANCH, "政治面貌": stage, "是否骨干": backbone, **more}


LI_MING = person("李明", "000101", "入党积极分子", 专业="继电保护", 岗位="技术员")
WANG_FANG = person("王芳", "000102")
ZHAO_QIANG = person("赵强", "000103") | {"所在党支部": OTHER_BRANCH}
CHEN_JING = person("陈静", "000104", backbone="否")
ZHOU_WEI = person("周伟", "000105")
PAIRED: dict[str, Cell] = {
    "培养方向": "把骨干培养成党员",
    "导师姓名": "王芳",
    "导师工号": "000102",
    "培养目标": "按期列为发展对象",
}
ROTATING: dict[str, Cell] = {"轮岗岗位": "值班员", "轮岗单位": OTHER_BRANCH, "轮岗起止": "2026-10-01至2026-12-31"}


def people_sheet(*people: Person, title: tuple[str, ...] = (), merged: tuple[Range, ...] = ()) -> Sheet:
    headers = list(dict.fromkeys(header for one in people for header in one))
    rows: list[list[Cell]] = [[line] for line in title]
    rows.append([*headers])
    rows += [[one.get(header, "") for header in headers] for one in people]
    return Sheet("人员", rows, merged)


def read(*people: Person, known: Known | None = None, columns: Mapping[str, str] | None = None) -> RosterReading:
    return read_roster([people_sheet(*people), UNITS], known or Known(), columns)


def first(*people: Person, known: Known | None = None) -> RosterRow:
    """The row of the first person, the others being there to be looked up."""
    return next(row for row in read(*people, known=known).rows if row.status is not RowStatus.SKIPPED)


def codes(row: RosterRow) -> list[str]:
    return [problem.code for problem in row.problems]
