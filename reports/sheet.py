"""A sheet of a workbook as plain rows, before anything is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from locales import Language

Cell = str | int | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in characters of the sheet's font, an ideograph counting two."""

    heading: str
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    landscape: bool = True
    totals: frozenset[int] = frozenset()
    """Which rows are sums."""


def beneath(above: Sheet, below: Sheet) -> Sheet:
    """The rows of two sheets with the same columns on one."""
    totals = above.totals | {len(above.rows) + place for place in below.totals}
    return replace(above, rows=above.rows + below.rows, totals=totals)


def without_empty_columns(sheet: Sheet) -> Sheet:
    """Above the branch there are no names, so there is no column for them either."""
    if not sheet.rows:
        return sheet
    kept = [i for i in range(len(sheet.columns)) if any(row[i] not in (None, "") for row in sheet.rows)]
    rows = tuple(tuple(row[i] for i in kept) for row in sheet.rows)
    return replace(sheet, columns=tuple(sheet.columns[i] for i in kept), rows=rows)


def columns_of(language: Language, *columns: tuple[str, float]) -> tuple[Column, ...]:
    return tuple(Column(language.text(heading), width) for heading, width in columns)


def yes(fact: object, language: Language) -> str | None:
    return language.text("yes") if fact else None
