"""Reads an uploaded .xlsx without trusting it: cheap looks at the file first, then a child process with little room.

The parent sees no XML at all. The child (`workbook_child.py`) looks through it as a stream, then parses it, and
writes plain cells as lines of JSON, which can do no harm when they are read.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from domain.refusals import Refusal
from domain.roster_cells import Cell, Range, Sheet
from reports.workbook_envelope import check_envelope

Sheets = Callable[[], tuple[Sheet, ...]]
_SECONDS = 30
_CHILD = Path(__file__).with_name("workbook_child.py")


def read_workbook(path: Path, wanted: Sequence[str] = ()) -> tuple[Sheet, ...]:
    """Those sheets of `wanted` that are there, in the file's order, and then the first that is none of them.

    Blocks for up to half a minute: call it outside any unit. Refuses with codes `workbook_…` whatever is no
    workbook, too large, or meant to do harm.
    """
    with begun(path, wanted) as sheets:
        return tuple(replace(sheet, rows=list(sheet.rows)) for sheet in sheets())


@contextlib.contextmanager
def begun(path: Path, wanted: Sequence[str] = ()) -> Iterator[Sheets]:
    """The same, while something else is done: the child begins at once, and is waited for when the sheets are asked for.

    The last one's rows can be read once, and come while they are read.
    """
    check_envelope(path)
    command = [sys.executable, "-I", str(_CHILD), str(path.resolve()), str(_SECONDS), *wanted]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and script; the file's name is never a command
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            yield lambda: _sheets(_said(child))
        finally:
            child.kill()


def _said(child: subprocess.Popen[bytes]) -> Iterator[Mapping[str, Any]]:
    """Its lines. Refuses when one of them says so, and when it does not come to a good end in time."""
    assert child.stdout is not None
    end = threading.Timer(_SECONDS, child.kill)
    end.start()
    try:
        for said in (json.loads(line) for line in child.stdout if line.endswith(b"\n")):
            if "refusal" in said:
                raise Refusal(said["refusal"], **said["fields"])
            yield said
        child.wait()
        if end.finished.is_set():
            raise Refusal("workbook_too_slow", seconds=_SECONDS)
    finally:
        end.cancel()
    if child.returncode != 0:  # out of room, or the parser gave up: both are the file's doing
        raise Refusal("workbook_unreadable")


def _sheets(lines: Iterator[Mapping[str, Any]]) -> tuple[Sheet, ...]:
    """Each line opens a sheet, or adds values to the table of distinct values and rows of places in it."""
    table: list[Cell] = []
    sheets: list[Sheet] = []
    rows: list[list[Cell]] = []
    for said in lines:
        if "sheet" not in said:
            rows += _rows(said, table)
            continue
        rows = []
        merged = tuple(_range(ends) for ends in said["merged"])
        if said["last"]:
            return (*sheets, Sheet(said["sheet"], (row for more in lines for row in _rows(more, table)), merged))
        sheets.append(Sheet(said["sheet"], rows, merged))
    return tuple(sheets)


def _rows(said: Mapping[str, Any], table: list[Cell]) -> list[list[Cell]]:
    table += [_value(value) for value in said["values"]]
    return [[table[place] for place in row] for row in said["rows"]]


def _range(ends: list[list[int]]) -> Range:
    (top, left), (bottom, right) = ends
    return (top, left), (bottom, right)


def _value(value: Cell | list[str]) -> Cell:
    """A list of one is a date or a moment."""
    if not isinstance(value, list):
        return value
    return datetime.fromisoformat(value[0]) if "T" in value[0] else date.fromisoformat(value[0])
