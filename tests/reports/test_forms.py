"""Forms to print: one A4 page whatever stands in them, with what is known in its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.pairings import LONGEST_TEXT, MOST_OUTCOMES, Track
from domain.periods import Cadence, CadenceKind
from domain.rotations import Capability, Evaluation
from locales import Language, available, language
from reports.form_page import CELL_MM, INSET_MM, PITCH, POINTS_A_MM, ROOM_MM, Form, fitted, page
from reports.forms import (
    PairingSheet,
    PlannedOutcome,
    ReportSheet,
    RotationSheet,
    evaluation_form,
    pairing_form,
    report_form,
)
from reports.wrapping import wrapped

ZH, EN = language("zh_Hans"), language("en")
both = pytest.mark.parametrize("speech", [language(code) for code in available()], ids=available())
NOW = dt.datetime(2026, 10, 12, 1, tzinfo=dt.UTC)
BRANCH = "变电检修党支部"
OUTCOME = PlannedOutcome("独立完成110千伏间隔保护校验", "签字的校验报告2份", dt.date(2026, 12, 31))
PAIRING = PairingSheet(
    BRANCH, "培养联系人", "李明", ("王芳",), Track.BACKBONE_TO_MEMBER, "继电保护", (OUTCOME,),
    Cadence(CadenceKind.WEEKLY, 4), "周五", dt.date(2026, 10, 12),
)  # fmt: skip
REPORT = ReportSheet(BRANCH, "郑国华", ("结对：继电保护；10月16日（星期五）截止",))
ROTATION = RotationSheet(
    BRANCH, "李明", "调控中心党支部", "继电保护班", "继电保护工", "继电保护", dt.date(2026, 10, 12), dt.date(2026, 12, 31),
    "吴刚", "赵强", "会看动作报告", Evaluation("独立校验10千伏保护", Capability.GUIDED, "肯学。"),
)  # fmt: skip


def forms(speech: Language) -> list[Form]:
    """Empty, filled, and overfull."""
    much = "长" * LONGEST_TEXT
    full = replace(
        PAIRING, mentee="阿卜杜热合曼·麦麦提明", direction=much,
        outcomes=(PlannedOutcome(much, much, dt.date(2026, 12, 31)),) * MOST_OUTCOMES,
    )  # fmt: skip
    over = replace(
        ROTATION,
        goals=much,
        post=much,
        host_unit=much,
        evaluation=Evaluation(much, Capability.GUIDED, much),
        comments=(much,) * 3,
    )
    return [
        *(pairing_form(sheet, speech) for sheet in (PairingSheet(), PAIRING, full)),
        *(report_form(sheet, speech) for sheet in (ReportSheet(), REPORT, replace(REPORT, subjects=(much,) * 9))),
        *(evaluation_form(sheet, speech) for sheet in (RotationSheet(), ROTATION, over)),
    ]


def opened(form: Form, speech: Language = ZH) -> Any:
    return docx.Document(BytesIO(page(form, speech, NOW)))


def cells(form: Form, speech: Language = ZH) -> list[str]:
    """What stands in the table, each merged cell once."""
    [table] = opened(form, speech).tables
    return ["\n".join(line.text for line in cell.paragraphs) for row in table.rows for cell in dict.fromkeys(row.cells)]


@both
def test_every_form_stays_on_one_page(speech: Language) -> None:
    for form in forms(speech):
        assert form.height <= ROOM_MM
        paper = opened(form, speech)
        section, [table] = paper.sections[0], paper.tables
        room = section.page_height - section.top_margin - section.bottom_margin
        assert {row.height_rule for row in table.rows} == {WD_ROW_HEIGHT_RULE.EXACTLY}
        heights = [
            *(row.height for row in table.rows),
            *(line.paragraph_format.line_spacing for line in paper.paragraphs),
        ]
        assert sum(heights) <= room
        assert not paper.element.body.findall(f".//{qn('w:br')}")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=3000)
"""Without control characters, which no document can hold."""


@given(WORDS, st.sampled_from([2, 4, 5, 10]), st.sampled_from([11, 18, 34, 46]))
@settings(max_examples=60, deadline=None)
def test_words_of_any_length_fit_their_cell_or_are_marked_as_shortened(text: str, span: int, height: int) -> None:
    size, shown = fitted(text, span, height)
    room = (span * CELL_MM - 2 * INSET_MM) * POINTS_A_MM
    lines = [part for line in shown.split("\n") for part in wrapped(line, size, room)]
    assert len(lines) * size * PITCH <= (height - INSET_MM) * POINTS_A_MM or len(lines) == 1
    assert shown.split() == text.split() or shown.endswith("…")


def test_a_pairings_form_says_who_what_until_when_and_how_often() -> None:
    text = cells(pairing_form(PAIRING, ZH))
    for label, value in (
        ("培养对象", "李明"),
        ("起始日期", "2026年10月12日"),
        ("培养联系人", "王芳"),
        ("培养方向", "■ 把骨干培养成党员　□ 把党员培养成骨干"),
        ("方向", "继电保护"),
        ("汇报周期", "■ 每周　□ 每两周　□ 每月　汇报日：周五"),
    ):
        assert text[text.index(label) + 1] == value
    first = text.index("1")
    assert text[first : first + 4] == ["1", OUTCOME.what, OUTCOME.measure, "2026年12月31日"]
    assert text[first + 4 : first + 8] == ["2", "", "", ""]
    assert [one for one in text if one.endswith("签字")] == [
        "培养对象\n签字",
        "导师签字",
        "第二导师\n签字",
        "支部书记\n签字",
    ]


def test_a_report_form_asks_what_was_done_used_and_missing() -> None:
    text = cells(report_form(REPORT, ZH))
    assert text[text.index("姓名") + 1] == "郑国华"
    assert text[text.index("汇报事项") + 1] == REPORT.subjects[0]
    assert [text[text.index(label) + 1] for label in ("做了什么", "用上了什么", "还缺什么")] == [""] * 3
    assert text[text.index("进展情况") + 1] == "□ 按计划推进　□ 进度稍慢　□ 需要支持　□ 已达成"
    notes = [line.text for line in opened(report_form(REPORT, ZH)).paragraphs]
    assert "党支部：变电检修党支部" in notes
    assert any("不代替思想汇报" in note for note in notes)


def test_an_evaluation_form_carries_what_was_found_already() -> None:
    text = cells(evaluation_form(ROTATION, ZH))
    assert text[text.index("时间") + 1] == "2026年10月12日至2026年12月31日"
    assert text[text.index("能独立承担的工作") + 1] == "独立校验10千伏保护"
    assert text[text.index("总体情况") + 1] == "□ 能独立承担　■ 需在指导下完成　□ 还需锻炼"
    assert text[text.index("带教人评语") + 1] == "肯学。"
    assert "导师点评" not in text
    commented = cells(evaluation_form(replace(ROTATION, comments=("王芳：同意", "姚丽：安全规程再学一遍")), ZH))
    assert commented[commented.index("导师点评") + 1] == "王芳：同意\n姚丽：安全规程再学一遍"
    assert "■" not in "".join(cells(evaluation_form(RotationSheet(), ZH)))


def test_the_forms_in_english() -> None:
    assert "□ on plan　□ a little behind　□ needs support　□ reached" in cells(report_form(ReportSheet(), EN), EN)
    text = cells(pairing_form(PAIRING, EN), EN)
    assert "■ backbone into Party member　□ Party member into backbone" in text
    assert "■ weekly　□ every two weeks　□ monthly, on 周五" in text


@pytest.mark.parametrize("word", ["=1+1", "<b>x</b>&amp;", "{name}%s", "\x00\x0b\ufffe口令", "</w:t>"])
def test_what_people_wrote_stays_text(word: str) -> None:
    sheet = replace(PAIRING, mentee=word, direction=word, outcomes=(PlannedOutcome(word, word, None),), unit=word)
    shown = "".join(sign for sign in word if sign not in "\x00\x0b\ufffe")
    text = ["".join(one.split()) for one in cells(pairing_form(sheet, ZH))]
    assert text.count(shown) == 4
    paper = opened(pairing_form(sheet, ZH))
    assert not list(paper.element.iter(qn("w:hyperlink"), qn("w:fldChar"), qn("w:fldSimple")))
    assert (paper.core_properties.author, paper.core_properties.comments) == ("", "")
