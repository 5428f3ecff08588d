"""The ways in which offices write a date, read without guessing: a day that is not clear is no date."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache

from domain.people import folded
from domain.roster_cells import Cell, cell_text

_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of the 1900 calendar as it counts from March 1900 on
_SERIALS = range(18_264, 109_575)  # 1950 to 2199
_YEARS = range(1900, 2200)
_LONGEST = 100  # no date is written longer than that

_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号]?|\d{8})"
_PARTS = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?", re.ASCII
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_CLOCK = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$", re.ASCII)
_SPAN = re.compile(rf"({_DAY})(?:至|到|[-–—~〜∼]+)({_DAY})", re.ASCII)


def read_date(cell: Cell) -> date | None:
    """2026-08-14, 2026/8/14, 2026.8.14, 2026年8月14日, 20260814, a date cell or its serial number; else None."""
    if isinstance(cell, datetime):
        return _in_range(cell.date())
    if isinstance(cell, date):
        return _in_range(cell)
    if isinstance(cell, int | float):
        return None if isinstance(cell, bool) else _number(cell)
    return _written_day(cell) if len(cell) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _written_day(text: str) -> date | None:
    return _text(_CLOCK.sub("", unicodedata.normalize("NFKC", text).strip()))


def read_span(cell: Cell) -> tuple[date, date] | None:
    """Two dates joined by 至, -, — or ~."""
    found = _SPAN.fullmatch(folded(cell_text(cell)))
    if not found:
        return None
    first, last = _text(found[1]), _text(found[2])
    return (first, last) if first and last else None


def _text(text: str) -> date | None:
    plain = folded(text)
    if plain.isascii() and plain.isdigit() and len(plain) in (5, 6):
        return _number(int(plain))
    found = _PARTS.fullmatch(plain) or _COMPACT.fullmatch(plain)
    return _day(*(int(part) for part in found.groups())) if found else None


def _number(number: float) -> date | None:
    if not math.isfinite(number):
        return None
    if int(number) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(number))
    found = _COMPACT.fullmatch(str(int(number)))
    return _day(*(int(part) for part in found.groups())) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        return None


def _in_range(day: date) -> date | None:
    return day if day.year in _YEARS else None
