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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from domain.refusals import Refusal
from domain.roster_cells import Cell, Range, Sheet
from reports.workbook_envelope import check_envelope

Sheets = Callable[[], tuple[Sheet, ...]]
_SECONDS = 30
_CHILD = Path(__file__).with_name("workbook_child.py")


def read_workbook(path: Path, wanted: Sequence[str] = ()) -> tuple[Sheet, ...]:
    """The first sheet that is not in `wanted`, and those of `wanted` that are there, in the file's order.

    Blocks for up to half a minute: call it outside any unit. Refuses with codes `workbook_…` whatever is no
    workbook, too large, or meant to do harm.
    """
    with begun(path, wanted) as sheets:
        return sheets()


@contextlib.contextmanager
def begun(path: Path, wanted: Sequence[str] = ()) -> Iterator[Sheets]:
    """The child begins at once, and something else can be done until the sheets are asked for, which waits for them."""
    check_envelope(path)
    command = [sys.executable, "-I", str(_CHILD), str(path.resolve()), str(_SECONDS), *wanted]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and script; the file's name is never a command
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            yield lambda: tuple(_sheets(_said(child)))
        finally:
            child.kill()


def _said(child: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """Its whole lines; refuses when it does not come to a good end in time."""
    assert child.stdout is not None
    end = threading.Timer(_SECONDS, child.kill)
    end.start()
    try:
        yield from (line for line in child.stdout if line.endswith(b"\n"))
        child.wait()
        if end.finished.is_set():
            raise Refusal("workbook_too_slow", seconds=_SECONDS)
    finally:
        end.cancel()
    if child.returncode != 0:  # out of room, or the parser gave up: both are the file's doing
        raise Refusal("workbook_unreadable")


@dataclass(slots=True)
class _Arriving:
    name: str
    merged: tuple[Range, ...]
    rows: list[list[Cell]] = field(default_factory=list)


def _sheets(lines: Iterable[bytes]) -> list[Sheet]:
    """Each line opens a sheet, adds values to the table of distinct values, adds rows of places in it, or refuses."""
    values: list[Cell] = []
    sheets: list[_Arriving] = []
    for line in lines:
        said = json.loads(line)
        if "refusal" in said:
            raise Refusal(said["refusal"], **said["fields"])
        if "sheet" in said:
            sheets.append(_Arriving(said["sheet"], tuple(_range(ends) for ends in said["merged"])))
        else:
            values += [_value(value) for value in said["values"]]
            sheets[-1].rows += [[values[place] for place in row] for row in said["rows"]]
    return [Sheet(sheet.name, sheet.rows, sheet.merged) for sheet in sheets]


def _range(ends: list[list[int]]) -> Range:
    (top, left), (bottom, right) = ends
    return (top, left), (bottom, right)


def _value(value: Cell | list[str]) -> Cell:
    """A list of one is a date or a moment."""
    if not isinstance(value, list):
        return value
    return datetime.fromisoformat(value[0]) if "T" in value[0] else date.fromisoformat(value[0])
