"""负担自查 says how long answering took in every form of a summary, and nothing where nothing may be told."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from python_calamine import CalamineWorkbook

from domain.summaries import Burden, MonthSummary
from locales import language
from reports.summary_document import document
from reports.summary_picture import picture
from reports.summary_text import chat_text
from reports.summary_workbook import workbook
from tests.reports.months import branch_month, committee_month

SENTENCES = {
    "zh_Hans": "收到提醒到提交汇报，一般用时2.5小时（中位数）",
    "en": "reports came 2.5 hours after the reminder (median)",
}


def forms(month: MonthSummary, code: str) -> dict[str, str]:
    """All that each form says, without the breaks of its lines."""
    speech = language(code)
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(month, speech)))
    paper = docx.Document(BytesIO(document(month, speech)))
    said = {
        "chat": chat_text(month, speech),
        "picture": picture(month, speech),
        "workbook": str(book.get_sheet_by_index(0).to_python()),
        "document": "\n".join(line.text for line in paper.paragraphs),
    }
    return {form: text.lower() for form, text in said.items()}


@pytest.mark.parametrize("code", SENTENCES)
@pytest.mark.parametrize("made", [branch_month(), committee_month()], ids=["branch", "committee"])
def test_all_forms_tell_it_alike(made: MonthSummary, code: str) -> None:
    told = forms(replace(made, burden=Burden(46, 20, answered_in=150)), code)
    hours = "2.5小时" if code == "zh_Hans" else "2.5 hours"
    assert {form: hours in text for form, text in told.items()} == dict.fromkeys(told, True)
    assert SENTENCES[code].lower() in told["chat"]


@pytest.mark.parametrize("code", SENTENCES)
def test_of_few_people_no_form_tells_anything(code: str) -> None:
    told = forms(replace(branch_month(), burden=Burden(46, 20)), code)
    assert not [form for form, text in told.items() if "中位数" in text or "(median)" in text]
