"""What a secretary added stands in her branch's summary whatever its form, and as the branch's word in those above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import docx
import pytest
from python_calamine import CalamineWorkbook

from domain.confirmations import WORDS_LIMIT, UnitWords
from domain.summaries import Edition, MonthSummary, NextMonth, RotationPart
from locales import Language, available, language
from reports.summary_document import document
from reports.summary_picture import picture
from reports.summary_text import LIMIT, chat_text, plain_text, utf16_length
from reports.summary_workbook import workbook
from tests.reports.months import BRANCH, branch_month, committee_month

ZH = language("zh_Hans")
SHORT = replace(
    committee_month(), outcomes_reached=(), outcomes_overdue=(), highlights=(), needs_open=(), reports=(),
    next_month=NextMonth("2026-11"), rotations=RotationPart(),
)  # fmt: skip
"""A month of which every form has room for every line."""
LONG = "本月特点：" + "抢修任务集中，学用结合紧。" * 30


def drawn(month: MonthSummary, speech: Language) -> str:
    """A picture's lines are broken anywhere, so they are read as one."""
    return "".join(
        element.text or "" for element in ET.fromstring(picture(month, speech)).iter() if element.tag.endswith("text")
    )


def cells(month: MonthSummary, speech: Language) -> str:
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(month, speech)))
    return "\n".join(
        str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    )


def written(month: MonthSummary, speech: Language) -> str:
    return "\n".join(line.text for line in docx.Document(BytesIO(document(month, speech))).paragraphs)


Form = Callable[[MonthSummary, Language], str]
every_form = pytest.mark.parametrize("form", [chat_text, plain_text, drawn, cells, written])
both = pytest.mark.parametrize("speech", [language(code) for code in available()], ids=available())


@every_form
@both
def test_her_words_stand_whole_in_the_branchs_summary(form: Form, speech: Language) -> None:
    month = replace(branch_month(), remark=LONG[:WORDS_LIMIT])
    assert LONG[:WORDS_LIMIT] in form(month, speech)


@every_form
@both
def test_above_they_stand_as_the_branchs(form: Form, speech: Language) -> None:
    told = form(SHORT, speech)
    for said in SHORT.words:
        assert speech.text("{what}: {about}", what=said.unit, about=said.text) in told


@every_form
@both
def test_who_has_not_confirmed_is_marked_in_every_form(form: Form, speech: Language) -> None:
    marked = speech.text("not confirmed by the secretary: {units}", units=speech.names(committee_month().unconfirmed))
    assert marked.casefold() in form(committee_month(), speech).casefold()


def test_a_short_month_tells_them_in_the_chat() -> None:
    text = chat_text(SHORT, ZH)
    assert "<b>书记确认与补充</b>\n书记未确认：物资供应党支部、离退休党支部\n· 变电检修党支部：本月抢修任务集中" in text


def test_where_all_have_confirmed_without_a_word_nothing_is_said_of_it() -> None:
    assert "书记确认与补充" not in plain_text(replace(committee_month(), words=(), unconfirmed=()), ZH)


def test_a_confirmed_month_says_so_in_its_title() -> None:
    assert chat_text(replace(branch_month(), edition=Edition.CONFIRMED), ZH).startswith(
        f"<b>{BRANCH}2026年10月小结（已确认）</b>"
    )


def test_forty_branches_words_still_fit_the_chat_and_all_stand_in_the_paper() -> None:
    words = tuple(UnitWords(f"第{number}党支部", LONG[:WORDS_LIMIT]) for number in range(40))
    month = replace(committee_month(), words=words)
    assert utf16_length(chat_text(month, ZH)) <= LIMIT
    paper = written(month, ZH)
    assert all(f"{said.unit}：{said.text}" in paper for said in words)


def test_lines_of_chinese_run_together_without_a_gap() -> None:
    said = "本月特点：\n抢修任务集中。\n下月打算：练兵 2 次，\nGIS 试验一次。"
    told = written(replace(SHORT, words=(UnitWords(BRANCH, said),)), ZH)
    assert "本月特点：抢修任务集中。下月打算：练兵 2 次，GIS 试验一次" in told
