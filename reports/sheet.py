"""A sheet of a workbook as plain rows, before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from locales import Language

Cell = str | int | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters of the sheet's font, an ideograph counting two; one that grows takes what the page has left."""

    heading: str
    width: float
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    landscape: bool = True
    totals: frozenset[int] = frozenset()
    """Which rows are sums."""
    grouped: int = 0
    """In how many of the first columns what is equal beneath each other stands once: to be read rather than sorted."""
    notes: tuple[str, ...] = ()
    """Sentences beneath the table."""


def beneath(above: Sheet, below: Sheet) -> Sheet:
    """The rows of two sheets with the same columns on one; the notes of the first serve both."""
    totals = above.totals | {len(above.rows) + place for place in below.totals}
    return replace(above, rows=above.rows + below.rows, totals=totals)


def without_empty_columns(sheet: Sheet, home: str = "") -> Sheet:
    """Above the branch there are no names, so there is no column for them either; nor for a unit that is always `home`."""
    if not sheet.rows:
        return sheet
    told = ({row[i] for row in sheet.rows} - {None, "", home} for i in range(len(sheet.columns)))
    kept = [i for i, cells in enumerate(told) if cells]
    rows = tuple(tuple(row[i] for i in kept) for row in sheet.rows)
    return replace(sheet, columns=tuple(sheet.columns[i] for i in kept), rows=rows)


def columns_of(
    language: Language, *columns: tuple[str, float], growing: Collection[str] = ()
) -> tuple[Column, ...]:  # fmt: skip
    return tuple(Column(language.text(heading), width, heading in growing) for heading, width in columns)


def yes(fact: object, language: Language) -> str | None:
    return language.text("yes") if fact else None
