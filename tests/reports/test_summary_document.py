"""The draft paper says what the object says, in the layout of GB/T 9704, without red head or seal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings

from domain.summaries import MonthSummary
from domain.summary_lines import Highlight
from locales import Language, available, language
from reports.official_paper import breadth, signature_indents
from reports.summary_document import LISTED, document, file_name
from reports.summary_lines import preface, sections
from reports.summary_text import chat_text
from tests.domain.any_summary import summaries
from tests.reports.months import BRANCH, branch_month, committee_month, quiet_month

ZH, EN = language("zh_Hans"), language("en")
both = pytest.mark.parametrize("speech", [language(code) for code in available()], ids=available())
all_months = pytest.mark.parametrize(
    "month", [branch_month(), quiet_month(), committee_month()], ids=["much", "little", "many"]
)
patient = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def opened(summary: MonthSummary | Sequence[MonthSummary], speech: Language = ZH) -> Any:
    return docx.Document(BytesIO(document(summary, speech)))


def read(summary: MonthSummary | Sequence[MonthSummary], speech: Language = ZH) -> list[str]:
    """What another program reads, line by line, without the empty ones."""
    return [line.text for line in opened(summary, speech).paragraphs if line.text]


def printable(line: str) -> str:
    return "".join(
        sign for sign in line if sign >= " " and sign not in "\ufffe\uffff" and not "\ud800" <= sign <= "\udfff"
    )


def said(line: str) -> str:
    """Without its number and its stop."""
    return re.sub(r"^\d+\. ?", "", line).rstrip("。.")


@both
@all_months
def test_it_says_every_line_of_the_object_in_its_order(month: MonthSummary, speech: Language) -> None:
    title, *rest = read(month, speech)
    assert month.unit in title
    if speech.month(month.month) not in title:
        assert speech.month(month.month) in rest.pop(0)
    wanted = [*preface(month, speech)]
    for section in sections(month, speech):
        named = section.lines[: LISTED.get(section.topic, len(section.lines))]
        wanted += [section.title, *filter(None, (section.head,)), *named]
        if left := len(section.lines) - len(named):
            wanted.append(
                speech.plural("{number} more is in the workbook.", "{number} more are in the workbook.", left)
            )
    *body, unit, _ = rest
    assert unit == month.unit
    assert len(body) == len(wanted)
    for line, part in zip(body, wanted, strict=True):
        assert part.rstrip("。.") in line


@all_months
def test_chat_and_paper_tell_the_same_numbers(month: MonthSummary) -> None:
    text, paper = chat_text(month, ZH), "\n".join(read(month))
    for pattern in (
        r"达成成效\d+项(?:，逾期\d+项)?|逾期\d+项|没有达成或逾期的成效",
        r"解决困难\d+件[^。\n]*|已答复\d+件[^。\n]*|\d+件待协调|没有待协调的困难",
        r"应交\d+份[^。；\n]*|没有应交的汇报",
    ):
        assert re.findall(pattern, paper)[:1] == re.findall(pattern, text)[:1] != []
    assert not month.outcomes_reached or f"达成成效{len(month.outcomes_reached)}项" in paper


def test_chen_jings_paper_is_numbered_and_signed() -> None:
    lines = read(branch_month())
    assert lines[:4] == [
        "变电检修党支部2026年10月小结（初稿）",
        "数据截至2026年11月2日（星期一）09:00",
        "一、预期成效",
        "达成成效2项，逾期1项。",
    ]
    assert lines[4].startswith("1.独立完成110千伏间隔保护校验（工作负责人签字的校验报告2份）：李明，")
    assert lines[-4:] == ["十、书记补充", "本月抢修任务集中，两位同志的汇报经支部同意顺延。", BRANCH, "2026年11月2日"]
    assert read(branch_month(), EN)[:4] == [
        BRANCH, "Summary of October 2026 (draft)", "As of Monday, 2 November 2026, 09:00", "1. Outcomes"
    ]  # fmt: skip


def test_the_committees_paper_names_nobody_but_the_one_who_signed() -> None:
    paper = "\n".join(read(committee_month()))
    assert not [name for name in ("王芳", "陈静", "孙倩", "郑国华") if name in paper]
    assert paper.count("李明") == 1


def test_page_and_lines_are_those_of_the_standard() -> None:
    paper = opened(branch_month())
    page = paper.sections[0]
    millimetres = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.left_margin,
        page.right_margin,
        page.bottom_margin,
    )
    assert [round(each.mm) for each in millimetres] == [210, 297, 37, 28, 26, 35]
    body = next(line for line in paper.paragraphs if line.text.startswith("达成"))
    assert font(body) == ("仿宋_GB2312", 16)
    assert body.paragraph_format.line_spacing.pt == pytest.approx(28.95, abs=0.05)
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"
    title, note, heading = paper.paragraphs[0], paper.paragraphs[1], paper.paragraphs[3]
    assert [font(line) for line in (title, note, heading)] == [
        ("方正小标宋简体", 22), ("楷体_GB2312", 16), ("黑体", 16)
    ]  # fmt: skip
    assert not title.runs[0].bold


def font(line: Any) -> tuple[str, float]:
    """The font of its Chinese signs, and its size."""
    run = line.runs[0]
    assert run.font.name == run._r.rPr.rFonts.get(qn("w:eastAsia"))
    return run.font.name, run.font.size.pt


def test_pages_are_numbered_at_the_outer_edge() -> None:
    page = opened(branch_month()).sections[0]
    for footer, side in ((page.footer, "rightChars"), (page.even_page_footer, "leftChars")):
        [line] = footer.paragraphs
        assert [run.text for run in line.runs] == ["— ", "", " —"]
        assert [field.text for field in line._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert line._p.pPr.ind.get(qn(f"w:{side}")) == "100"
        assert font(line) == ("宋体", 14)


def test_the_signature_never_stands_alone_on_a_page() -> None:
    *_, text, _, _, _ = lines = opened(branch_month()).paragraphs
    assert text.text == "本月抢修任务集中，两位同志的汇报经支部同意顺延。"
    assert [line.paragraph_format.keep_with_next for line in lines[-4:]] == [True, True, True, None]


def test_there_is_no_red_head_and_no_seal() -> None:
    paper = opened(branch_month())
    assert not list(paper.element.iter(qn("w:drawing"), qn("w:pict"), qn("w:color"), qn("w:pBdr")))
    assert (paper.core_properties.author, paper.core_properties.comments) == ("", "")
    assert paper.core_properties.title == "变电检修党支部2026年10月小结（初稿）"


def test_a_computer_without_the_fonts_is_told_what_to_take() -> None:
    package = opened(branch_month()).part.package
    [table] = [part.blob.decode() for part in package.iter_parts() if part.partname == "/word/fontTable.xml"]
    assert re.search('w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>', table)


def test_a_long_name_gets_a_line_of_its_own() -> None:
    month = replace(quiet_month(), unit="青江供电公司变电检修中心继电保护专业党支部")
    assert read(month)[:2] == [month.unit, "2027年1月小结（定稿）"]


def test_several_units_each_begin_a_page() -> None:
    paper = opened([branch_month(), quiet_month()])
    begins = [line.text for line in paper.paragraphs if line.paragraph_format.page_break_before]
    assert begins == ["客户服务党支部2027年1月小结（定稿）"]
    assert file_name([branch_month(), quiet_month()], ZH) == "变电检修党支部、客户服务党支部2026-10小结.docx"


@pytest.mark.parametrize(
    ("name", "date", "indents"), [(20, 7, (2, 13)), (9, 7, (2, 2)), (7, 7, (4, 2)), (5, 7.5, (6.5, 2))]
)
def test_the_day_begins_two_characters_right_of_the_name(
    name: float, date: float, indents: tuple[float, float]
) -> None:
    assert signature_indents(name, date) == indents
    from_name, from_date = indents
    assert (from_name + name) - (from_date + date) == 2


def test_figures_take_half_a_sign() -> None:
    assert breadth("2026年11月2日") == 6.5


def test_what_no_paper_can_print_is_left_out() -> None:
    month = replace(branch_month(), highlights=(Highlight("口\x00袋\x0b卡\ufffe<b>&", BRANCH),))
    assert "口袋 卡<b>&。" in "\n".join(read(month))


@patient
@given(summaries())
def test_any_summary_becomes_a_paper_with_all_its_lines(summary: MonthSummary) -> None:
    paper = [said(line) for line in read(summary, EN)]
    wanted = [printable(line) for part in sections(summary, EN) for line in part.lines]
    assert [line for line in wanted if said(line) and said(line) not in paper] == []


def test_it_is_dated_where_the_unit_is() -> None:
    month = replace(quiet_month(), made_at=dt.datetime(2027, 1, 31, 17, tzinfo=dt.UTC))
    assert read(month)[-1] == "2027年2月1日"
