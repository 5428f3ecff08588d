"""How many lines a cell's words take at a column's width, and rows that no page could hold continued in further rows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from reports.sheet import Cell
from reports.wrapping import PIECE

LETTER = 14
"""Pixels of a sheet's letters, 10.5 points (五号)."""
CHARACTER, BETWEEN = 7, 5
"""Pixels of a column's width: for each character, and once more for its edges."""
LINE, EDGES = 15, 4
"""In points. Every row gets its height from us, because not every viewer measures for itself."""
MOST_LINES = 16
"""A taller row would leave half a page empty before it; 409 points is the most that a row can have at all."""


def pixels(columns: float) -> float:
    return CHARACTER * columns + BETWEEN


def breadth(text: str, letter: float = LETTER) -> float:
    """In pixels; Latin letters and digits take half of an ideograph, as they do in 宋体 and, on average, in Calibri."""
    return (len(text) - len(text.encode("ascii", "ignore")) / 2) * letter


@lru_cache(maxsize=2048)
def lines(text: str, columns: float, letter: float = LETTER) -> tuple[str, ...]:
    """As a cell of this width breaks them, rather more than fewer; joined they are the text again."""
    room = CHARACTER * columns - 3
    if "\n" not in text and breadth(text, letter) <= room:
        return (text,)
    broken = [""]
    for piece in _pieces(text, letter, room):
        if broken[-1].endswith("\n") or (broken[-1] and breadth(broken[-1] + piece.rstrip(), letter) > room):
            broken.append(piece)
        else:
            broken[-1] += piece
    return tuple(broken)


def _pieces(text: str, letter: float, room: float) -> Iterator[str]:
    for piece in re.findall(r"\n|[^\n]+", text):
        for word in PIECE.findall(piece):
            yield from [word] if breadth(word, letter) <= room else word


def height(cells: Sequence[tuple[Cell, float]], letter: float = LETTER) -> float:
    """In points: for the fullest of the cells, each with its column's width."""
    longest = max((len(lines(cell, columns, letter)) for cell, columns in cells if isinstance(cell, str)), default=1)
    return math.ceil(longest * LINE * letter / LETTER) + EDGES


def continued(row: tuple[Cell, ...], widths: Sequence[float]) -> Iterator[tuple[Cell, ...]]:
    """The row, and as many more as its longest text needs; these hold nothing but the texts' going on."""
    parts = [_parts(cell, columns) for cell, columns in zip(row, widths, strict=True)]
    for i in range(max(map(len, parts))):
        yield tuple(cells[i] if i < len(cells) else None for cells in parts)


def _parts(cell: Cell, columns: float) -> list[Cell]:
    if not isinstance(cell, str):
        return [cell]
    told = lines(cell, columns)
    return ["".join(told[i : i + MOST_LINES]).rstrip("\n") for i in range(0, len(told), MOST_LINES)]
