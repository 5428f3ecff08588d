"""Runs as a process of its own: looks through a workbook's XML as a stream, then parses it within its limits.

Called with the file, seconds, and the names of wanted sheets. It imports nothing of ours, so that it
starts at once and holds little.
"""

from __future__ import annotations

import json
import math
import re
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

ROOM, MORE_ROOM = 200 << 20, 340 << 20  # bytes of address space, some 20 MB of which are never filled
MANY_ROWS = 50_000  # so many people are no trick and need more room: 100,000 some 220 MB
MOST_ROWS = 200_000
MOST_COLUMNS = 200
_CHUNK = 1 << 18
_OVERLAP = 64  # longer than anything we look for, so that no chunk's edge hides it
_BATCH = 2_000
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FAR_CELL = re.compile(  # a cell below row 200,000, or right of GR, the 200th column
    rb"r\s*=\s*[\"'](?:[A-Za-z]{1,3}0*(?P<row>(?!200000\D)[2-9]\d{5}|\d{7,})"
    rb"|(?:[A-Za-z]{3}|[Gg][S-Zs-z]|[H-Zh-z][A-Za-z])\d)"
)


class Refused(Exception):
    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


def look_through(path: str) -> int:
    """Rows of the tallest sheet. Refuses declarations, and sheets too tall or too wide to make room for."""
    tallest = 0
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                is_sheet = member.filename.startswith("xl/worksheets/")
                rows = sum(_look_at(chunk, overlap, is_sheet=is_sheet) for chunk, overlap in _chunks(archive, member))
                tallest = max(tallest, rows)
    if tallest > MOST_ROWS:
        raise Refused("workbook_too_many_rows", limit=MOST_ROWS)
    return tallest


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """Each with the end of the one before in front of it, which is also given by itself."""
    overlap = b""
    with archive.open(member) as unpacked:
        while chunk := unpacked.read(_CHUNK):
            yield overlap + chunk, overlap
            overlap = (overlap + chunk)[-_OVERLAP:]


def _look_at(chunk: bytes, overlap: bytes, *, is_sheet: bool) -> int:
    """The number of rows that begin in the chunk."""
    if b"\0" in chunk or _DECLARATION.search(chunk):  # a NUL betrays an encoding in which a declaration could hide
        raise Refused("workbook_unsafe")
    if not is_sheet:
        return 0
    far = _FAR_CELL.search(chunk)
    if far and far["row"]:
        raise Refused("workbook_too_many_rows", limit=MOST_ROWS)
    if far:
        raise Refused("workbook_too_many_columns", limit=MOST_COLUMNS)
    return _rows(chunk) - _rows(overlap)


def _rows(chunk: bytes) -> int:
    """Also those with a name space before them; a few too many do no harm."""
    return chunk.count(b"<row") + chunk.count(b":row")


class Places(dict[object, int]):
    """The table of distinct values: each is written once and then meant by its place."""

    def __init__(self) -> None:
        super().__init__()
        self.fresh: list[object] = []

    def __missing__(self, value: object) -> int:
        place = self[value] = len(self)
        self.fresh.append(_plain(value))
        return place

    def taken(self) -> list[object]:
        fresh, self.fresh = self.fresh, []
        return fresh


def _plain(value: object) -> object:
    """A date or a moment becomes a list of one; a time or a duration has no meaning here but its text."""
    if isinstance(value, date | datetime):
        return [value.isoformat()]
    if isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)


def lines_of(path: str, wanted: Sequence[str]) -> Iterator[object]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # parses nothing before the limits are set

    workbook = CalamineWorkbook.from_path(path)
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    first = next((name for name in names if _folded(name) not in wanted), None)
    asked = [name for name in names if _folded(name) in wanted]
    places = Places()
    for name in (*asked, first) if first is not None else asked:
        yield from _sheet(workbook.get_sheet_by_name(name), places, is_last=name == first)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _sheet(sheet: Any, places: Places, *, is_last: bool) -> Iterator[object]:
    _, left = sheet.start or (0, 0)
    bottom, right = sheet.end or (0, 0)
    if bottom >= MOST_ROWS:
        raise Refused("workbook_too_many_rows", limit=MOST_ROWS)
    if right >= MOST_COLUMNS:
        raise Refused("workbook_too_many_columns", limit=MOST_COLUMNS)
    yield {"sheet": sheet.name, "merged": sheet.merged_cell_ranges or [], "last": is_last}
    margin = [places[""]] * left  # rows come from the sheet's first, but columns from the first that is used
    rows = iter(sheet.iter_rows())
    while batch := [_row(row, places, margin) for row in islice(rows, _BATCH)]:
        yield {"values": places.taken(), "rows": batch}


def _row(row: list[Any], places: Places, margin: list[int]) -> list[int]:
    """Without the empty cells at its end. TRUE becomes text, since Python takes it for the number 1."""
    length = len(row)
    while length and row[length - 1] == "":
        length -= 1
    if bool in map(type, row):
        row = [str(value).upper() if isinstance(value, bool) else value for value in row]
    said = [places[value] for value in row[:length]]
    return margin + said if said else said


def limit(room: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (room, MORE_ROOM))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def write(lines: Iterable[object]) -> None:
    for line in lines:
        sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def main(path: str, seconds: str, *wanted: str) -> None:
    limit(ROOM, int(seconds))
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # its type is wider than what it is
    try:
        if look_through(path) > MANY_ROWS:
            limit(MORE_ROOM, int(seconds))
        write(lines_of(path, wanted))
    except Refused as refused:
        write([{"refusal": refused.code, "fields": refused.fields}])


if __name__ == "__main__":
    main(*sys.argv[1:])
