"""The summary as it is read in the chat, and as it is forwarded."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from domain.needs import NeedState
from domain.summaries import MonthSummary
from domain.summary_lines import Highlight
from locales import Language, available, language
from reports.summary_lines import more, sections
from reports.summary_text import LIMIT, chat_text, plain_text, utf16_length
from tests.domain.any_summary import summaries
from tests.reports.months import BRANCH, TEST_BENCH, branch_month, committee_month, quiet_month

ZH, EN = language("zh_Hans"), language("en")
both = pytest.mark.parametrize("speech", [language(code) for code in available()], ids=available())
patient = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def test_chen_jing_reads_her_branchs_month() -> None:
    text = chat_text(branch_month(), ZH)
    assert text.startswith("<b>变电检修党支部2026年10月小结（初稿）</b>\n数据截至2026年11月2日（星期一）09:00")
    assert "达成成效2项，逾期1项" in text
    assert (
        "· 物力——继电保护试验台不够用，三个班组轮着等：待协调，李明同志提出，陈静同志负责，已提出12天，承诺11月6日（星期五）前解决"
        in text
    )
    assert (
        "· 本月开始：李明到调控中心党支部继电保护班任继电保护工（继电保护），10月12日（星期一）至12月31日（星期四）"
        in text
    )
    assert "应交20份，已交18份（其中补交2份），免交1份，未交1份，未到期3份；上月：应交19份" in text
    assert "平均每人收到主动提醒2.3条（共46条，20人）" in text


def test_an_answer_that_is_not_confirmed_says_why_the_need_is_still_open() -> None:
    answered = replace(TEST_BENCH, state=NeedState.ANSWERED, answered_on=dt.date(2026, 10, 30), age_days=0)
    text = chat_text(replace(branch_month(), needs_open=(answered, replace(TEST_BENCH, age_days=0))), ZH)
    assert "已答复，待本人确认，李明同志提出" in text
    assert "陈静同志负责，刚提出，承诺11月6日" in text
    assert text.index("刚提出") < text.index("待本人确认"), "what still waits for somebody comes first"


def test_the_same_month_in_english() -> None:
    text = chat_text(branch_month(), EN)
    assert text.startswith(
        "<b>变电检修党支部: summary of October 2026 (draft)</b>\nAs of Monday, 2 November 2026, 09:00"
    )
    assert "20 due, 18 handed in (2 of them late), 1 excused, 1 not handed in, 3 not due yet" in text


def test_outcomes_come_first_and_reports_and_burden_last() -> None:
    text = chat_text(branch_month(), ZH)
    titles = ["预期成效", "需要支持", "轮岗与跨专业学习", "亮点", "结对", "下月安排", "点评", "汇报", "负担自查"]
    places = [text.index(f"<b>{title}</b>") for title in titles]
    assert places == sorted(places)


@both
def test_there_are_no_percentages(speech: Language) -> None:
    assert not [
        s for s in (branch_month(), committee_month(), quiet_month()) if re.search(r"[%％]", plain_text(s, speech))
    ]


@both
def test_the_committee_reads_no_name_but_a_signed_one(speech: Language) -> None:
    text = chat_text(committee_month(), speech)
    assert not [name for name in ("王芳", "陈静", "孙倩", "郑国华") if name in text]
    assert text.count("李明") == 1


@both
def test_what_is_forwarded_has_no_name_and_no_markup(speech: Language) -> None:
    text = plain_text(branch_month(), speech)
    assert not [word for word in ("李明", "王芳", "陈静", "孙倩", "郑国华", "试验台", "<b>") if word in text]


def test_zhou_weis_long_month_fits_and_says_what_is_left_out() -> None:
    text = chat_text(committee_month(), ZH)
    assert utf16_length(text) <= LIMIT
    assert "达成成效28项，逾期5项" in text
    assert re.search(r"……还有\d+条", text)
    assert utf16_length(plain_text(committee_month(), ZH)) > LIMIT


def test_markup_that_a_person_wrote_is_shown_as_he_wrote_it() -> None:
    summary = replace(branch_month(), highlights=(Highlight("<b>5 > 3</b> & so on\nsecond line", BRANCH),))
    assert "&lt;b&gt;5 &gt; 3&lt;/b&gt; &amp; so on second line" in chat_text(summary, ZH)
    assert "<b>5 > 3</b> & so on second line" in plain_text(summary, ZH)


def test_one_endless_line_makes_way_and_the_others_stay() -> None:
    summary = replace(branch_month(), highlights=(Highlight("学" * 5000, BRANCH), Highlight("口袋卡", BRANCH)))
    text = chat_text(summary, ZH)
    assert utf16_length(text) <= LIMIT
    assert "学学学" not in text
    assert "讲一次班组安全微党课" in text


def whole_lines(summary: MonthSummary, speech: Language) -> set[str]:
    return {line for part in sections(summary, speech) for line in part.lines}


@patient
@given(summaries())
def test_no_line_is_ever_cut(summary: MonthSummary) -> None:
    text = plain_text(summary, EN)
    allowed = whole_lines(summary.without_names(), EN)
    assert {line[2:] for line in text.split("\n") if line.startswith("· ")} <= allowed
    assert utf16_length(chat_text(replace(summary, unit="变电检修党支部"), EN)) <= LIMIT


def test_one_more_and_many_more() -> None:
    assert (more(1, ZH), more(3, EN)) == ("……还有1条", "… and 3 more")


def test_who_answers_for_several_units_gets_one_message() -> None:
    text = chat_text([branch_month(), quiet_month()], ZH)
    assert text.index("<b>变电检修党支部2026年10月小结（初稿）</b>") < text.index(
        "<b>客户服务党支部2027年1月小结（定稿）</b>"
    )
    crowd = chat_text([replace(quiet_month(), unit=f"第{i}党支部") for i in range(40)], ZH)
    assert utf16_length(crowd) <= LIMIT
    assert re.search(r"第0党支部.*……还有\d+条$", crowd, re.DOTALL)
