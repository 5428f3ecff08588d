"""Days as people write them in chat: 5月8日, 明天, 下周三, 月底, Friday, 8 May, beside every notation of a roster."""

from __future__ import annotations

import re
from datetime import date, timedelta

from domain.calendar import Month
from domain.people import folded
from domain.roster_dates import read_date

_NEAR = {
    "大后天": 3, "后天": 2, "明天": 1, "明日": 1, "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2,
    "dayaftertomorrow": 2, "tomorrow": 1, "today": 0, "yesterday": -1,
}  # fmt: skip
_WEEKS = {
    "上上": -2,
    "上": -1,
    "上个": -1,
    "本": 0,
    "这": 0,
    "这个": 0,
    "": 0,
    "下": 1,
    "下个": 1,
    "下下": 2,
    "下下个": 2,
}
_WEEKDAY = re.compile(r"(上上|上个?|本|这个?|下下个?|下个?|)(?:周|星期|礼拜)([一二三四五六日天])")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?(?:\(?(?:星期|周)[一二三四五六日天]\)?)?", re.ASCII)
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_WEEKDAY = re.compile(r"(this|next|)(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_ENGLISH_DAY = re.compile(rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_MONTH}),?(?P<year>\d{{4}})?", re.ASCII)
_AMERICAN_DAY = re.compile(rf"{_MONTH}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,(?P<year>\d{{4}}))?", re.ASCII)
_ENDS = {"本月底": 0, "月底": 0, "这个月底": 0, "下月底": 1, "下个月底": 1}


def read_day(text: str, today: date) -> date | None:
    """The day that is meant, seen from `today`; None when it is not clear.

    A day without a year is the one nearest to `today`, so that in December 1月8日 is next year's.
    """
    word = folded(text).lower().rstrip("前止。.,，")
    if word in _NEAR:
        return today + timedelta(days=_NEAR[word])
    if word in _ENDS:
        return Month.of(today).plus(_ENDS[word]).last
    if word in ("年底", "今年底", "年末"):
        return date(today.year, 12, 31)
    weekday = _WEEKDAY.fullmatch(word)
    if weekday:
        monday = today - timedelta(days=today.weekday())
        day = "一二三四五六日天".index(weekday[2])
        return monday + timedelta(weeks=_WEEKS[weekday[1]], days=min(day, 6))
    parts = _MONTH_AND_DAY.fullmatch(word)
    if parts:
        return _nearest(int(parts[1]), int(parts[2]), today)
    return _english(word, today) or read_date(word)


def _english(word: str, today: date) -> date | None:
    """`Fri` is the coming one, today included; `next Fri` is that of the week after this."""
    weekday = _ENGLISH_WEEKDAY.fullmatch(word)
    if weekday:
        number = _ENGLISH_WEEKDAYS.index(weekday[2])
        if weekday[1] == "next":
            return today + timedelta(days=7 - today.weekday() + number)
        return today + timedelta(days=(number - today.weekday()) % 7)
    found = _ENGLISH_DAY.fullmatch(word) or _AMERICAN_DAY.fullmatch(word)
    if found is None:
        return None
    month, number = _MONTHS.index(found["month"]) + 1, int(found["day"])
    return _day(int(found["year"]), month, number) if found["year"] else _nearest(month, number, today)


def _nearest(month: int, number: int, today: date) -> date | None:
    found = (_day(today.year + years, month, number) for years in (-1, 0, 1))
    return min((day for day in found if day), key=lambda day: abs(day - today), default=None)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
