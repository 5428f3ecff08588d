"""Cells of an uploaded sheet as plain data, and the normal forms in which they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from domain.people import folded, spelled

Cell = str | int | float | bool | date
Row = Sequence[Cell]
Range = tuple[tuple[int, int], tuple[int, int]]

_KEPT = 4096  # branches, stages, specialties come again and again; names do not
_REPEATED = 64  # longer text is seldom said twice
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")  # U+200D stays: it joins emoji


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows from A1 on, shorter ones filled up in the mind; merged ranges count rows and columns from zero, ends included.

    The rows may still be arriving, and are gone through once.
    """

    name: str
    rows: Iterable[Row]
    merged: tuple[Range, ...] = ()


def cell_text(cell: Cell) -> str:
    """A number loses the `.0` that spreadsheets give it; a date is ISO, with its time only when it has one."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ").removesuffix(" 00:00:00")
    return str(cell)


def folded_cell(cell: Cell) -> str:
    text = cell_text(cell)
    if text.isascii() and text.isalnum():  # a staff number, as a rule: nothing is to be done, and no two are the same
        return text
    return _folded(text) if len(text) < _REPEATED else folded(text)


def spelled_cell(cell: Cell) -> str:
    text = cell_text(cell)
    return _spelled(text) if len(text) < _REPEATED else spelled(text)


def free_text(cell: Cell) -> str:
    """Inner spaces and line breaks are the writer's own; what cannot be seen is dropped."""
    text = cell_text(cell)
    return _visible(text) if len(text) < _REPEATED else _visible.__wrapped__(text)


@lru_cache(maxsize=_KEPT)
def _folded(text: str) -> str:
    return folded(text)


@lru_cache(maxsize=_KEPT)
def _spelled(text: str) -> str:
    return spelled(text)


@lru_cache(maxsize=_KEPT)
def _visible(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBLE.sub("", lines).strip()


def usual_width(numbers: Iterable[Cell]) -> int:
    """The length most staff numbers of a column have; of two equally frequent ones the longer."""
    lengths = Counter(len(text) for text in map(folded_cell, numbers) if text)
    return max(lengths, key=lambda length: (lengths[length], length), default=0)


def staff_number(cell: Cell, width: int) -> str:
    """As text, with the leading zeros a spreadsheet has taken away; a number with letters stays as it is."""
    return filled(folded_cell(cell), width)


def filled(text: str, width: int) -> str:
    return text.zfill(width) if text.isascii() and text.isdigit() else text


def is_blank(cell: Cell) -> bool:
    return cell == "" or (isinstance(cell, str) and not free_text(cell))
