"""A month's summary as the draft of a paper to file or to send up: a .docx that says what the chat says, section by section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from domain.summaries import MonthSummary
from locales import Language
from reports import words
from reports.official_paper import TITLE_ROOM, OfficialPaper, breadth
from reports.summary_lines import Section, Topic, listed, preface, sections, title
from reports.summary_workbook import file_name as workbook_name

PLACES = {"zh_Hans": ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")}
"""How headings are numbered; by figures where nothing is named."""
LISTED = {Topic.ROTATIONS: 8, Topic.NEXT_MONTH: 8}
"""Of what only the calendar brings a paper names so many; the workbook beside it has them all."""
ENDED = re.compile(r"[。！？；…：.!?;:][”’）)\"']*$")


def document(summary: MonthSummary | Sequence[MonthSummary], language: Language) -> bytes:
    """The bytes of a .docx file; several units follow each other, each on a page of its own."""
    summaries = listed(summary)
    paper = OfficialPaper(language)
    for each in summaries:
        _write(paper, each, language)
    return paper.saved(title(summaries[0], language), summaries[0].made_at)


def file_name(summary: MonthSummary | Sequence[MonthSummary], language: Language) -> str:
    return workbook_name(summary, language).removesuffix(".xlsx") + ".docx"


def _write(paper: OfficialPaper, summary: MonthSummary, language: Language) -> None:
    paper.title(*_title(summary, language))
    for remark in preface(summary, language):
        paper.note(remark)
    paper.space()
    for place, section in enumerate(sections(summary, language)):
        paper.heading(language.text("{place}. {title}", place=_place(place, language), title=section.title))
        for line in _paragraphs(section, language):
            paper.paragraph(line)
    paper.signature(summary.unit, summary.made_at.astimezone(ZoneInfo(summary.zone)).date())


def _title(summary: MonthSummary, language: Language) -> tuple[str, ...]:
    """On one line, or broken after the unit's name where it would break by itself in the midst of a word."""
    whole = title(summary, language)
    if breadth(whole) <= TITLE_ROOM:
        return (whole,)
    month, edition = language.month(summary.month), words.edition(language, summary.edition)
    return summary.unit, language.text("Summary of {month} ({edition})", month=month, edition=edition)


def _place(place: int, language: Language) -> str:
    named = PLACES.get(language.code, ())
    return named[place] if place < len(named) else str(place + 1)


def _paragraphs(section: Section, language: Language) -> list[str]:
    """The numbers first, then the lines, numbered where there are several."""
    most = LISTED.get(section.topic, len(section.lines))
    lines = [_sentence(line, language) for line in section.lines[:most]]
    if len(lines) > 1:
        lines = [language.text("{number}. {line}", number=n, line=line) for n, line in enumerate(lines, 1)]
    if left := len(section.lines) - len(lines):
        lines.append(language.plural("{number} more is in the workbook.", "{number} more are in the workbook.", left))
    return [_sentence(section.head, language), *lines] if section.head else lines


def _sentence(line: str, language: Language) -> str:
    """A paper's sentences end with a stop."""
    return line if ENDED.search(line) else language.text("{sentence}.", sentence=line)
