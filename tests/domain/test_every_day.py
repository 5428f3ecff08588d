"""Every day of two quarters beside a table worked out by hand: who works, what falls due, who is prompted, what locks.

A cell is the day of the month; `-` a day off; W F M a weekly, fortnightly, monthly report due; w f m a prompt for
one; d a digest; b the draft for branches, g for those above; L the month before locks. All report for a pairing
active since 2026-09-02: on Fridays, every other Friday, and on the 31st.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

import pytest

from domain.calendar import Month
from domain.periods import Cadence, CadenceKind, locks_on, periods_between
from domain.reminders import is_digest_day, prompt_days
from domain.summary_days import draft_on
from domain.units import UnitKind
from tests.state_council import CALENDAR

TABLE = {
    "2026-09": """
                     1b     2     3gd     4Ww     5-  6-
        7wLd     8   9f           10d     11WwFf  12- 13-
        14wfd    15  16           17d     18Ww    19- 20w
        21d      22f 23           24WwFfd 25-     26- 27-
        28wfmd   29  30WwfMm
    """,
    "2026-10": """
                                  1-      2-      3-   4-
        5-       6-  7-           8wmbd   9WwFf   10wfg 11-
        12d      13L 14           15d     16Ww    17- 18-
        19wd     20  21f          22d     23WwFf  24- 25-
        26wfd    27  28m          29d     30WwMm  31-
    """,
    "2026-11": """
                                                      1-
        2wmbd    3   4gf          5d      6WwFfL  7-  8-
        9wfd     10  11           12d     13Ww    14- 15-
        16wd     17  18f          19d     20WwFf  21- 22-
        23wfd    24  25           26md    27Ww    28- 29-
        30wMmd
    """,
    "2027-01": """
                                          1-      2-  3-
        4wfmbd   5   6g           7d      8WwL    9-  10-
        11wd     12  13f          14d     15WwFf  16- 17-
        18wfd    19  20           21d     22Ww    23- 24-
        25wd     26  27fm         28d     29WwFfMm 30- 31-
    """,
    "2027-02": """
        1wfmbd   2   3g           4Wwfd   5-      6-  7-
        8-       9-  10-          11wdL   12WwFf  13- 14-
        15wfd    16  17           18d     19Ww    20- 21-
        22wd     23  24fm         25d     26WwFfMm 27- 28-
    """,
    "2027-03": """
        1wfmbd   2   3g           4d      5WwL    6-  7-
        8wd      9   10f          11d     12WwFf  13- 14-
        15wfd    16  17           18d     19Ww    20- 21-
        22wd     23  24f          25d     26WwFf  27- 28-
        29wfmd   30  31Mm
    """,
}
ACTIVE_SINCE = date(2026, 9, 2)
CADENCES = {
    "w": Cadence(CadenceKind.WEEKLY, 4),
    "f": Cadence(CadenceKind.FORTNIGHTLY, 4),
    "m": Cadence(CadenceKind.MONTHLY, 31),
}
DIGEST_WEEKDAYS = frozenset({0, 3})


def _found_marks() -> dict[date, set[str]]:
    marks: dict[date, set[str]] = defaultdict(set)
    for letter, cadence in CADENCES.items():
        for period in periods_between(date(2026, 8, 1), date(2027, 4, 30), cadence, ACTIVE_SINCE, CALENDAR):
            assert period.due_day is not None
            marks[period.due_day].add(letter.upper())
            for day in prompt_days(cadence.kind, period.first, period.due_day, CALENDAR):
                marks[day].add(letter)
    for number in range(8):
        month = Month(2026, 8).plus(number)
        marks[locks_on(month, CALENDAR)].add("L")
        for kind, letter in ((UnitKind.BRANCH, "b"), (UnitKind.GENERAL_BRANCH, "g"), (UnitKind.COMMITTEE, "g")):
            draft = draft_on(kind, month, CALENDAR)
            assert draft is not None
            marks[draft].add(letter)
    return marks


FOUND = _found_marks()


def _rows() -> list[tuple[date, bool, str]]:
    return [
        (date.fromisoformat(f"{month}-{int(number):02d}"), not off, letters)
        for month, text in TABLE.items()
        for number, off, letters in re.findall(r"([0-9]+)(-?)([A-Za-z]*)", text)
    ]


@pytest.mark.parametrize(("day", "works", "letters"), _rows(), ids=str)
def test_the_day_is_as_the_table_says(day: date, works: bool, letters: str) -> None:  # noqa: FBT001 - a column
    digest = {"d"} if is_digest_day(day, DIGEST_WEEKDAYS, CALENDAR) else set()
    assert CALENDAR.is_working_day(day) is works
    assert FOUND[day] | digest == set(letters)


def test_the_table_holds_every_day_of_both_quarters() -> None:
    days = [day for day, _, _ in _rows()]
    for text in TABLE:
        month = Month.parse(text)
        assert [day.day for day in days if Month.of(day) == month] == list(range(1, month.last.day + 1))
