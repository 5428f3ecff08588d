"""How long answering took: told in round figures, and of nobody in particular."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answer_times import FEWEST_PEOPLE, minutes_taken, typical
from locales import language
from reports.words import time_taken

ASKED = datetime(2026, 10, 16, 1, tzinfo=UTC)
TIMES = st.dictionaries(st.integers(5, 5000), st.integers(1, 40), min_size=1, max_size=12)


@given(counted=TIMES, people=st.integers(0, 50))
def test_it_is_the_median_of_all_answers_or_nothing(counted: dict[int, int], people: int) -> None:
    each = [minutes for minutes, answers in counted.items() for _ in range(answers)]
    assert typical(counted, people) == (median_low(each) if people >= FEWEST_PEOPLE else None)


def test_without_an_answer_there_is_none() -> None:
    assert typical({}, 0) is None
    assert typical({}, FEWEST_PEOPLE) is None


@given(st.integers(0, 60 * 24 * 60))
def test_a_longer_wait_is_never_told_as_a_shorter_one(minutes: int) -> None:
    taken = [minutes_taken(ASKED, ASKED + timedelta(minutes=each)) for each in (minutes, minutes + 1)]
    assert taken == sorted(taken)
    assert taken[0] >= 5


@pytest.mark.parametrize(("minutes", "chinese", "english"), [
    (0, "5分钟", "5 minutes"),
    (38, "40分钟", "40 minutes"),
    (58, "1小时", "1 hour"),
    (62, "1小时", "1 hour"),
    (155, "2.5小时", "2.5 hours"),
    (23 * 60 + 50, "1天", "1 day"),
    (40 * 60, "1.5天", "1.5 days"),
    (70 * 24 * 60, "31天", "31 days"),
])  # fmt: skip
def test_it_is_told_as_it_is_spoken(minutes: int, chinese: str, english: str) -> None:
    taken = minutes_taken(ASKED, ASKED + timedelta(minutes=minutes))
    assert (time_taken(language("zh_Hans"), taken), time_taken(language("en"), taken)) == (chinese, english)
