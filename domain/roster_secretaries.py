"""The sheet 书记 of a roster: who leads which unit, and in which post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.people import folded
from domain.roles import RoleKind
from domain.roster_cells import Sheet, staff_number
from domain.roster_people import Candidate, Directory
from domain.roster_units import Organisation, table_of

SECRETARY_SHEET = "书记"
_HEADERS = {
    "组织": "unit", "组织名称": "unit", "职务": "title", "姓名": "name", "工号": "staff_no", "员工编号": "staff_no",
}  # fmt: skip
_SECRETARY_TITLES = frozenset(
    ("书记", "副书记", "支部书记", "支部副书记", "总支书记", "总支副书记", "党委书记", "党委副书记", "组织委员")
)
_OFFICER_TITLES = frozenset(("党委组织干事", "组织干事"))


@dataclass(frozen=True, slots=True)
class RosterSecretary:
    """A line of 书记; without problems `role` is known and `staff_no` is that of a person of the file or a known one."""

    row: int
    unit: str
    title: str
    name: str
    staff_no: str
    role: RoleKind | None
    problems: tuple[str, ...]


def role_of(title: str) -> RoleKind | None:
    if title in _OFFICER_TITLES:
        return RoleKind.OFFICER
    return RoleKind.SECRETARY if title in _SECRETARY_TITLES else None


def read_secretaries(
    sheet: Sheet | None, organisation: Organisation, directory: Directory, width: int
) -> Iterator[RosterSecretary]:
    for row, texts in table_of(sheet, _HEADERS) if sheet else ():
        unit, title, name = (texts.get(key, "") for key in ("unit", "title", "name"))
        staff_no = staff_number(texts.get("staff_no", ""), width)
        person, code = _person(name, staff_no, directory)
        codes = (
            None if folded(unit) in organisation.offices else "unit_unknown",
            None if role_of(title) else "title_unknown",
            code,
        )
        yield RosterSecretary(
            row, unit, title, person.name if person else name, person.staff_no if person else staff_no,
            role_of(title), tuple(sorted(code for code in codes if code)),
        )  # fmt: skip


def _person(name: str, staff_no: str, directory: Directory) -> tuple[Candidate | None, str | None]:
    found = directory.numbered(staff_no) if staff_no else directory.named(name)
    meant = [one for one in found if not name or folded(one.name) == folded(name)]
    if len(meant) == 1 and meant[0].staff_no:
        return meant[0], None
    if len(meant) > 1:
        return None, "person_ambiguous"
    return None, "person_mismatch" if found else "person_unknown"
