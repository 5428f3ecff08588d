"""What administrators hear, and how often."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.health import AGAIN_AFTER, OLDEST_BACKUP, Finding, Found, Told, findings, is_news

NOW = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
TODAY = date(2026, 10, 12)
ids = st.frozensets(st.integers(1, 99), max_size=6)
kinds = st.sampled_from(Finding)


def kinds_of(**changed: object) -> set[Finding]:
    well = {"parked": [], "unreachable": [], "backed_up_at": NOW, "administrators": 2, "now": NOW}
    return {one.kind for one in findings(**{**well, **changed})}  # type: ignore[arg-type]


def test_where_all_is_well_nothing_is_found() -> None:
    assert kinds_of() == set()


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"parked": [7]}, Finding.PARKED),
        ({"unreachable": [7]}, Finding.UNREACHABLE),
        ({"backed_up_at": None}, Finding.BACKUP),
        ({"backed_up_at": NOW - OLDEST_BACKUP - timedelta(seconds=1)}, Finding.BACKUP),
        ({"administrators": 1}, Finding.LONE_ADMINISTRATOR),
        ({"administrators": 0}, Finding.LONE_ADMINISTRATOR),
    ],
)
def test_each_trouble_is_found_alone(changed: dict[str, object], kind: Finding) -> None:
    assert kinds_of(**changed) == {kind}


def test_a_backup_of_last_night_is_young_enough() -> None:
    assert kinds_of(backed_up_at=NOW - OLDEST_BACKUP) == set()


@given(kinds, ids)
def test_what_was_never_said_is_news(kind: Finding, cases: frozenset[int]) -> None:
    assert is_news(Found(kind, cases), None, TODAY)


@given(kinds, ids, ids, st.integers(0, 400))
def test_a_case_that_was_not_told_is_news_at_once(
    kind: Finding, told: frozenset[int], more: frozenset[int], days: int
) -> None:
    fresh = more - told
    found = Found(kind, told | fresh)
    news = is_news(found, Told(TODAY - timedelta(days=days), told), TODAY)
    again = AGAIN_AFTER.get(kind)
    assert news is (bool(fresh) or (again is not None and timedelta(days=days) >= again))


@given(ids, st.integers(0, 400))
def test_who_cannot_be_reached_is_not_repeated(cases: frozenset[int], days: int) -> None:
    assert not is_news(Found(Finding.UNREACHABLE, cases), Told(TODAY - timedelta(days=days), cases), TODAY)
