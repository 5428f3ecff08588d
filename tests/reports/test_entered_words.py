"""代录: what a secretary entered in somebody's name is marked in the sheets of her branch's month."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from domain.reviews import ReviewKind
from locales import language
from reports.summary_workbook import workbook
from tests.reports.months import branch_details, branch_month, committee_month

MARKS = {"zh_Hans": "（代录）", "en": " (entered by the secretary)"}


def read(book: bytes, place: int) -> str:
    return str(CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(place).to_python())


@pytest.mark.parametrize("code", MARKS)
def test_outcomes_needs_and_reviews_say_so(code: str) -> None:
    made, details, mark = branch_month(), branch_details(), MARKS[code]
    outcome = replace(made.outcomes_reached[0], by_hand=True)
    need = replace(made.needs_open[0], by_hand=True)
    report = replace(details.reports[0], review=ReviewKind.NOTED, review_by_hand=True)
    month = replace(
        made, outcomes_reached=(outcome,), needs_open=(need,), details=replace(details, reports=(report,)),
    )  # fmt: skip
    book = workbook(month, language(code))
    matters, reports = (read(book, place) for place in (1, 2))
    assert f"{outcome.person}{mark}" in matters
    assert f"{need.asker}{mark}" in matters
    assert mark in reports


@pytest.mark.parametrize("code", MARKS)
def test_above_the_branch_nothing_is_marked(code: str) -> None:
    assert MARKS[code] not in read(workbook(committee_month(), language(code)), 1)
