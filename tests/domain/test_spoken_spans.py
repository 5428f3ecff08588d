"""Days and spans as people write them, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.day_spans import read_span
from domain.spoken_days import read_day

MONDAY = date(2026, 10, 12)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-05-08", date(2026, 5, 8)),
        ("2026/5/8", date(2026, 5, 8)),
        ("20260508", date(2026, 5, 8)),
        ("2026年5月8日", date(2026, 5, 8)),
        ("10月20日", date(2026, 10, 20)),
        ("今天", MONDAY),
        ("后天", date(2026, 10, 14)),
        ("周五", date(2026, 10, 16)),
        ("下周三", date(2026, 10, 21)),
        ("tomorrow", date(2026, 10, 13)),
        ("day after tomorrow", date(2026, 10, 14)),
        ("Fri", date(2026, 10, 16)),
        ("Wednesday", date(2026, 10, 14)),
        ("next Wed", date(2026, 10, 21)),
        ("20 October", date(2026, 10, 20)),
        ("8 May", date(2026, 5, 8)),
        ("Oct 20, 2027", date(2027, 10, 20)),
        ("20th Oct 2027", date(2027, 10, 20)),
    ],
)
def test_a_day_is_understood(words: str, day: date) -> None:
    assert read_day(words, MONDAY) == day


@pytest.mark.parametrize("words", ["", "soon", "以后", "13月1日", "30 Feb", "Frid", "99 Oct", "😀", "周八"])
def test_what_is_no_day_is_not_guessed(words: str) -> None:
    assert read_day(words, MONDAY) is None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("10月20日 10月30日", (10, 20), (10, 30)),
        ("10月20日至10月30日", (10, 20), (10, 30)),
        ("10月20日至30日", (10, 20), (10, 30)),
        ("从10月20日到30号", (10, 20), (10, 30)),
        ("2026-10-20 - 2026-10-30", (10, 20), (10, 30)),
        ("明天 下周五", (10, 13), (10, 23)),
        ("明天到下周五", (10, 13), (10, 23)),
        ("20 Oct to 30 Oct", (10, 20), (10, 30)),
        ("20 Oct 30 Oct", (10, 20), (10, 30)),
        ("from tomorrow until next Fri", (10, 13), (10, 23)),
        ("明天", (10, 13), (10, 13)),
        ("本周", (10, 12), (10, 18)),
        ("next week", (10, 19), (10, 25)),
    ],
)
def test_a_span_is_understood(words: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert read_span(words, MONDAY) == (date(2026, *first), date(2026, *last))


def test_a_span_runs_over_the_new_year() -> None:
    assert read_span("12月20日 1月5日", date(2026, 6, 25)) == (date(2026, 12, 20), date(2027, 1, 5))


@pytest.mark.parametrize("words", ["", "病假", "10月20日 以后", "to", "明天 明天 明天"])
def test_what_is_no_span_is_not_guessed(words: str) -> None:
    assert read_span(words, MONDAY) is None


@given(day=DAYS, today=DAYS)
def test_a_full_date_means_itself_whatever_today_is(day: date, today: date) -> None:
    for words in (f"{day}", f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"):
        assert read_day(words, today) == day


@given(today=DAYS, ahead=st.integers(0, 150))
def test_month_and_day_mean_the_nearest(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert read_day(f"{day.month}月{day.day}日", today) == day
    assert read_day(f"{day.day} {day:%B}", today) == day


@given(words=st.text(max_size=40), today=DAYS)
def test_anything_at_all_can_be_asked(words: str, today: date) -> None:
    read_span(words, today)


@given(today=DAYS, number=st.integers(0, 6))
def test_a_weekday_lies_in_its_week(today: date, number: int) -> None:
    monday = today - timedelta(days=today.weekday())
    assert read_day("周" + "一二三四五六日"[number], today) == monday + timedelta(days=number)
    assert read_day("下周" + "一二三四五六日"[number], today) == monday + timedelta(days=number + 7)
