"""Files that must not be opened are refused at once, and neither we nor the child grow over them."""

from __future__ import annotations

import io
import os
import resource
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.people import Stage
from domain.refusals import Refusal
from domain.roster import read_roster
from domain.roster_cells import Sheet
from domain.roster_rows import RosterValues, RowStatus
from domain.roster_units import Known, RosterUnit
from domain.units import UnitKind
from reports.roster_workbook import roster_workbook
from reports.workbook_reading import read_workbook
from tests.roster.offices import BRANCH, FILES

SECONDS, MEGABYTES = 10, 200
HOSTILE = {
    "bomb": "workbook_bomb",
    "docx-renamed": "workbook_not_a_workbook",
    "empty": "workbook_empty",
    "encrypted": "workbook_encrypted",
    "entities": "workbook_unsafe",
    "no-header": "workbook_no_header",
    "old-xls": "workbook_old_format",
    "random": "workbook_unreadable",
    "text": "workbook_not_a_workbook",
    "traversal": "workbook_unsafe",
    "truncated": "workbook_unreadable",
    "wide": "workbook_bomb",
    "xxe": "workbook_unsafe",
}
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SPACE}" xmlns:r="{RELATIONS}"><sheets><sheet name="s" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
    f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}

NOISE = {"docProps/noise.bin": os.urandom(1 << 19).hex()}  # so that the ratio alone does not decide


@dataclass
class Growth:
    """The highest sum of this process's growth and its children's size, in MB, looked at every few milliseconds."""

    megabytes: float = 0


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def children() -> list[int]:
    """Those that run a program of their own: before that a child borrows our memory and would count it twice."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    pids = [int(pid) for task in tasks if task.exists() for pid in task.read_text().split()]
    return [pid for pid in pids if command_line(pid) != command_line(os.getpid())]


@contextmanager
def watched() -> Iterator[Growth]:
    growth, over = Growth(), threading.Event()
    before = resident(os.getpid())
    others = set(children())

    def look() -> None:
        while not over.wait(0.002):
            ours = resident(os.getpid()) - before + sum(resident(pid) for pid in children() if pid not in others)
            growth.megabytes = max(growth.megabytes, ours / 2**20)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield growth
    finally:
        over.set()
        thread.join()


def refusal(path: Path) -> str:
    """The code with which the file is refused, within time and room."""
    started = time.monotonic()
    with watched() as growth, pytest.raises(Refusal) as refused:
        read_roster(read_workbook(path), Known())
    assert time.monotonic() - started < SECONDS
    assert growth.megabytes < MEGABYTES
    return refused.value.code


def workbook(path: Path, sheet: str, **more: str) -> Path:
    """A workbook with one sheet of the given XML between its `sheetData` tags."""
    whole = f'<worksheet xmlns="{SPACE}"><sheetData>{sheet}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (PARTS | {"xl/worksheets/sheet1.xml": whole} | more).items():
            archive.writestr(name, part)
    return path


def text_cell(text: str, at: str = "") -> str:
    return f'<c{f" r={chr(34)}{at}{chr(34)}" if at else ""} t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(("name", "code"), HOSTILE.items())
def test_a_hostile_file_is_refused(name: str, code: str) -> None:
    assert refusal(FILES / "bad-uploads" / f"{name}.xlsx") == code


def test_a_million_blank_rows_are_refused(tmp_path: Path) -> None:
    rows = (f'<row r="{row}">{text_cell(" ", f"A{row}")}</row>' for row in range(1, 1_048_577))
    assert refusal(workbook(tmp_path / "tall.xlsx", "".join(rows))) == "workbook_too_many_rows"


FAR: list[tuple[str, str]] = [
    (f'<row r="1">{text_cell("x", "XFD1")}</row>', "workbook_too_many_columns"),
    (f"<row r='1'>{text_cell('x', 'gs1')}</row>", "workbook_too_many_columns"),
    (f'<row r="200001">{text_cell("x", "A200001")}</row>', "workbook_too_many_rows"),
    (f"<row>{text_cell('x')}</row>" * 200_001, "workbook_too_many_rows"),
    (f'<row r="1">{text_cell("x") * 201}</row>', "workbook_too_many_columns"),
]


@pytest.mark.parametrize(("sheet", "code"), FAR, ids=lambda value: str(value)[:40])
def test_a_cell_far_out_is_refused_before_room_is_made_for_it(tmp_path: Path, sheet: str, code: str) -> None:
    assert refusal(workbook(tmp_path / "far.xlsx", sheet, **NOISE)) == code


def test_the_last_row_and_the_last_column_that_are_allowed_are_read(tmp_path: Path) -> None:
    low = f'<row r="1">{text_cell("上", "A1")}</row><row r="200000">{text_cell("下", "A200000")}</row>'
    (tall,) = read_workbook(workbook(tmp_path / "tall.xlsx", low))
    rows = list(tall.rows)
    assert (len(rows), rows[-1]) == (200_000, ["下"])
    (wide,) = read_workbook(workbook(tmp_path / "wide.xlsx", f'<row r="1">{text_cell("右", "GR1")}</row>'))
    [row] = wide.rows
    assert (len(row), row[-1]) == (200, "右")


def test_a_file_that_fills_its_room_ends_with_its_child(tmp_path: Path) -> None:
    """190 MB of different strings: honest in size and ratio, and too much."""
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    more = {"xl/_rels/workbook.xml.rels": relations}
    path = workbook(tmp_path / "strings.xlsx", '<row><c t="s"><v>1</v></c></row>', **more)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sharedStrings.xml", "w") as part:
        part.write(f'<sst xmlns="{SPACE}">'.encode())
        for _ in range(800_000):
            part.write(f"<si><t>{os.urandom(8).hex()}{'空' * 66}</t></si>".encode())
        part.write(b"</sst>")
    assert refusal(path) == "workbook_unreadable"


def test_a_declaration_is_found_wherever_it_stands(tmp_path: Path) -> None:
    """Also across the edge of two looks, in another part, and in an encoding of two bytes."""
    for padding in range((1 << 18) - 12, (1 << 18) + 12, 3):
        part = {"docProps/app.xml": "<!--" + "x" * (padding - 7) + "--><!DOCTYPE a><a/>"}
        assert refusal(workbook(tmp_path / "late.xlsx", "", **NOISE, **part)) == "workbook_unsafe"
    path = workbook(tmp_path / "wide.xlsx", "")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("docProps/app.xml", "<!DOCTYPE a><a/>".encode("utf-16"))
    assert refusal(path) == "workbook_unsafe"


def test_an_archive_with_a_huge_directory_is_refused_unread(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/media/{number:060}", b"")
    path = tmp_path / "many.xlsx"
    path.write_bytes(buffer.getvalue())
    assert refusal(path) == "workbook_bomb"


def test_a_file_of_more_than_twenty_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\0" * (20 << 20))
    assert refusal(path) == "workbook_too_large"


def test_a_plain_workbook_is_read_with_its_kinds_of_cells(tmp_path: Path) -> None:
    sheet = (
        f'<row r="2">{text_cell("姓名&#10; 二", "B2")}<c r="C2"><v>433</v></c><c r="D2" t="b"><v>1</v></c>'
        f'<c r="E2" t="str"><f>1+1</f><v>2</v></c></row>'
    )
    (found,) = read_workbook(workbook(tmp_path / "plain.xlsx", sheet))
    assert found == Sheet("s", [[], ["", "姓名\n 二", 433, "TRUE", "2"]], ())


@pytest.mark.long
def test_a_hundred_thousand_people_are_read_in_bounded_room(tmp_path: Path) -> None:
    branch, one = (
        RosterUnit(BRANCH, UnitKind.BRANCH, ""),
        RosterValues(unit=BRANCH, stage=Stage.ACTIVIST, backbone=True),
    )
    said = (one._replace(name=f"李明{number}", staff_no=f"{number:07}", remark="无") for number in range(100_000))
    path = tmp_path / "many.xlsx"
    path.write_bytes(roster_workbook(said, (), ()))
    with watched() as growth:
        rows = read_roster(read_workbook(path, ("组织", "书记")), Known(units=(branch,))).rows
    assert sum(row.status is RowStatus.OK for row in rows) == 100_000
    assert growth.megabytes < 400
