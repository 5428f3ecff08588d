"""Runs as a process of its own: looks through a workbook's XML as a stream, then parses it within its limits.

Called with the file, bytes of room, seconds, and the names of wanted sheets. It imports nothing of ours, so that it
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

MOST_ROWS = 200_000
MOST_COLUMNS = 200
_CHUNK = 1 << 18
_OVERLAP = 64  # longer than anything we look for, so that no chunk's edge hides it
_BATCH = 2_000
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_FAR_CELL = re.compile(  # a cell below row 200,000, or right of GR, the 200th column
    rb"\sr\s*=\s*[\"'](?:[A-Z]{1,3}0*(?P<row>(?!200000\D)[2-9]\d{5}|\d{7,})|(?:[A-Z]{3}|G[S-Z]|[H-Z][A-Z])\d)",
    re.IGNORECASE,
)


class Refused(Exception):
    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


def look_through(path: str) -> None:
    """Refuses declarations, and sheets that are too tall or too wide, before the parser makes room for them."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                is_sheet = member.filename.startswith("xl/worksheets/")
                rows = sum(_look_at(chunk, overlap, is_sheet=is_sheet) for chunk, overlap in _chunks(archive, member))
                if rows > MOST_ROWS:
                    raise Refused("workbook_too_many_rows", limit=MOST_ROWS)


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
    return len(_ROW.findall(chunk)) - len(_ROW.findall(overlap))


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
    places = Places()
    for name in names:
        if name == first or _folded(name) in wanted:
            yield from _sheet(workbook.get_sheet_by_name(name), places)


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _sheet(sheet: Any, places: Places) -> Iterator[object]:
    if sheet.total_height > MOST_ROWS:
        raise Refused("workbook_too_many_rows", limit=MOST_ROWS)
    if sheet.total_width > MOST_COLUMNS:
        raise Refused("workbook_too_many_columns", limit=MOST_COLUMNS)
    yield {"sheet": sheet.name, "merged": sheet.merged_cell_ranges or []}
    rows = iter(sheet.iter_rows())
    while batch := [_row(row, places) for row in islice(rows, _BATCH)]:
        yield {"values": places.taken(), "rows": batch}


def _row(row: list[Any], places: Places) -> list[int]:
    """Without the empty cells at its end. TRUE becomes text, since Python takes it for the number 1."""
    length = len(row)
    while length and row[length - 1] == "":
        length -= 1
    if bool in map(type, row):
        row = [str(value).upper() if isinstance(value, bool) else value for value in row]
    return [places[value] for value in row[:length]]


def limit(room: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def write(lines: Iterable[object]) -> None:
    for line in lines:
        sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def main(path: str, room: str, seconds: str, *wanted: str) -> None:
    limit(int(room), int(seconds))
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # its type is wider than what it is
    try:
        look_through(path)
        write(lines_of(path, wanted))
    except Refused as refused:
        write([{"refusal": refused.code, "fields": refused.fields}])


if __name__ == "__main__":
    main(*sys.argv[1:])
