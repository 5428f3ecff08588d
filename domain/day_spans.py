"""From a day to a day, as people write it: 10月20日 10月30日, 明天到下周五, 下周, 20 Oct to 30 Oct."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from domain.people import folded
from domain.spoken_days import read_day

_WEEKS = {
    "本周": 0, "这周": 0, "这个星期": 0, "本星期": 0, "thisweek": 0,
    "下周": 1, "下个星期": 1, "下星期": 1, "nextweek": 1,
}  # fmt: skip
_BETWEEN = re.compile(r"\s*[至到~～—–]+\s*|\s+(?:-|to|until|till)\s+|\s+", re.IGNORECASE)
_FROM = re.compile(r"^\s*(?:从|自|from\s)\s*", re.IGNORECASE)
_ONLY_DAY = re.compile(r"(\d{1,2})[日号]", re.ASCII)


def read_span(text: str, today: date) -> tuple[date, date] | None:
    """First and last day, both included; one day alone is both. None when it is not clear.

    A week is what is left of it from today on. The order is not checked here.
    """
    words = _FROM.sub("", text)
    week = _WEEKS.get(folded(words).lower())
    if week is not None:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=week)
        return max(monday, today), monday + timedelta(days=6)
    alone = read_day(words, today)
    if alone is not None:
        return alone, alone
    return next(_readings(words, today), None)


def _readings(words: str, today: date) -> Iterator[tuple[date, date]]:
    for cut in _BETWEEN.finditer(words):
        first, rest = read_day(words[: cut.start()], today), words[cut.end() :]
        last = None if first is None else _last(rest, first, today)
        if first is not None and last is not None:
            yield first, last


def _last(words: str, first: date, today: date) -> date | None:
    """The last day; one that names no month or year follows the first."""
    alone = _ONLY_DAY.fullmatch(folded(words))
    found = read_day(f"{first.month}月{alone[1]}日", first) if alone else read_day(words, today)
    if found is not None and found < first:
        return read_day(words, first) if not alone else found
    return found
