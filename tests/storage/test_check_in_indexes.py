"""Reports, reviews and needs are found by an index, whoever asks, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from domain.entered_acts import Noun
from storage import check_ins, entered_acts, entering, guidance, needs, referrals, reviews, unsaid
from storage.database import Database, Writer
from tests.services.duty_cast import START
from tests.storage.plans import scans

TODAY = date(2026, 10, 12)
STATEMENTS: dict[str, Callable[[Writer], object]] = {
    "a report": lambda tx: check_ins.get(tx, 1),
    "a report by its message": lambda tx: check_ins.by_message(tx, 1000, 7),
    "a person's reports": lambda tx: check_ins.of_person(tx, 1, limit=6),
    "how many": lambda tx: check_ins.count(tx, 1),
    "how many were entered": lambda tx: check_ins.count_entered(tx, 1),
    "for whom to enter": lambda tx: entering.owing(tx, [3], START),
    "what it is about": lambda tx: check_ins.subjects_of(tx, 1),
    "its files": lambda tx: check_ins.files_of(tx, 1),
    "its versions": lambda tx: check_ins.versions_of(tx, 1),
    "its reviews": lambda tx: reviews.of_check_in(tx, 1),
    "a review": lambda tx: reviews.get(tx, 1),
    "what waits for a guide": lambda tx: reviews.waiting(tx, 1, TODAY, START),
    "the reports of a branch": lambda tx: reviews.of_branches(tx, [3], offset=0, limit=8),
    "a need": lambda tx: needs.get(tx, 1),
    "the needs of a report": lambda tx: needs.of_check_in(tx, 1),
    "a person's needs": lambda tx: needs.of_person(tx, 1),
    "the needs of a branch": lambda tx: needs.open_beneath(tx, [3]),
    "the needs of mentees": lambda tx: needs.open_of_mentees(tx, 1, TODAY),
    "the needs passed up to a unit": lambda tx: needs.passed_to(tx, [3]),
    "the needs that somebody sees to": lambda tx: needs.owned_by(tx, 1),
    "what was done for people": lambda tx: needs.helped(tx, START, offset=0, limit=8),
    "where a need was passed up to": lambda tx: referrals.of_need(tx, 1),
    "who guides": lambda tx: guidance.mentors_of(tx, 1, TODAY),
    "who hosts": lambda tx: guidance.hosts_of(tx, 1),
    "what was entered of needs": lambda tx: entered_acts.of_subjects(tx, Noun.NEED, [1, 2]),
    "what was entered for a person": lambda tx: entered_acts.of_person(tx, 1),
    "how much was entered for a person": lambda tx: entered_acts.count(tx, 1),
    "an entry": lambda tx: entered_acts.get(tx, 1),
    "what waits for a word": lambda tx: unsaid.words(tx, [3], START, TODAY),
    "what waits for an evaluation": lambda tx: unsaid.evaluations(tx, [3], TODAY),
    "who wants each at once": lambda tx: guidance.wanting_each_at_once(tx, [1, 2]),
}


@pytest.mark.parametrize("what", STATEMENTS)
async def test_an_index_carries_it(database: Database, what: str) -> None:
    assert await scans(database, STATEMENTS[what]) == []
