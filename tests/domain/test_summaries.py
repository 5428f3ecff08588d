"""What a month's summary may hold, and what it must not let out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from domain.confirmations import UnitWords
from domain.nameless import personal_in
from domain.summaries import Burden, Edition, MonthSummary, ReportCounts
from domain.units import UnitKind
from tests.domain.any_summary import summaries
from tests.reports.months import BRANCH, OWN_HIGHLIGHT, branch_month, committee_month, quiet_month

patient = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@patient
@given(summaries())
def test_what_is_stored_is_read_back_exactly(summary: MonthSummary) -> None:
    assert MonthSummary.from_json(summary.to_json()) == summary


@patient
@given(summaries())
def test_without_names_nobody_is_in_it_and_the_numbers_stay(summary: MonthSummary) -> None:
    bare = summary.without_names()
    assert not any(personal_in(bare))
    assert bare.reports_total == summary.reports_total
    assert len(bare.needs_open) == len(summary.needs_open)
    assert bare.without_names() == bare


def test_the_names_of_a_branch_and_peoples_own_words_are_gone_from_what_is_forwarded() -> None:
    text = branch_month().without_names().to_json()
    assert not [word for word in ("李明", "王芳", "陈静", "孙倩", "试验台", "定值单") if word in text]


def test_a_summary_written_before_a_field_existed_is_still_read() -> None:
    text = branch_month().to_json().replace('"provisional":false,', "")
    assert MonthSummary.from_json(text) == branch_month()


@pytest.mark.parametrize("kind", [UnitKind.GENERAL_BRANCH, UnitKind.COMMITTEE])
def test_names_are_refused_above_the_branch(kind: UnitKind) -> None:
    with pytest.raises(ValueError, match="above the branch"):
        replace(branch_month(), kind=kind)
    assert not any(personal_in(replace(branch_month().without_names(), kind=kind)))


def test_a_signed_highlight_may_go_up_with_its_author() -> None:
    assert OWN_HIGHLIGHT in committee_month().highlights
    assert any(personal_in(committee_month()))


def test_counts_must_add_up() -> None:
    assert ReportCounts(20, 18, 2, 1, 1, 3) + ReportCounts(1, 1) == ReportCounts(21, 19, 2, 1, 1, 3)
    with pytest.raises(ValueError, match="add up"):
        ReportCounts(due=20, handed_in=18, not_handed_in=1)
    with pytest.raises(ValueError, match="add up"):
        ReportCounts(due=1, handed_in=1, late=2)


def test_the_month_before_is_there_only_if_a_unit_has_one() -> None:
    assert branch_month().reports_before == ReportCounts(19, 17, 3, 2, 0, 0)
    assert quiet_month().reports_before is None


def test_a_final_has_news_only_if_more_than_its_date_changed() -> None:
    draft = branch_month()
    assert replace(draft, edition=Edition.FINAL, made_at=quiet_month().made_at).says_the_same(draft)
    assert not replace(draft, highlights=()).says_the_same(draft)


def test_what_readers_said_themselves_is_no_news_and_words_from_beneath_are() -> None:
    draft = committee_month()
    assert replace(draft, remark="补充一句。", unconfirmed=(BRANCH,)).says_the_same(draft)
    assert not replace(draft, words=(UnitWords(BRANCH, "下月开展练兵。"),)).says_the_same(draft)


def test_the_burden_is_an_average_to_one_decimal() -> None:
    assert (Burden(46, 20).average, Burden(0, 0).average) == (2.3, 0.0)


def test_units_stand_in_the_order_given() -> None:
    assert [row.unit for row in committee_month().reports][1] == BRANCH
