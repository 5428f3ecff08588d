"""A month's summary as a picture for the phone: an SVG page for the studio to render."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from domain.summaries import MonthSummary
from locales import Language
from reports import words
from reports.easel import DEEP_RED, GOLD, LONGEST, MARGIN, PAGE, PALE_GOLD, PAPER, RED, SMALL, Box, Easel, Words
from reports.report_bars import report_bars, report_table
from reports.studio import FONT
from reports.summary_figures import Figure, figures
from reports.summary_lines import Section, Topic, corrections, listed, more, preface, sections
from reports.wrapping import wrapped

if TYPE_CHECKING:
    from jinja2 import Template

TALLEST = 3000
"""Pixels: chats shrink a taller picture until it cannot be read."""
REFUSED_ABOVE = 8900
"""Telegram takes no photo whose width and height exceed 10,000 together."""
LINES = (6, 4, 3, 2, 1)
"""How many lines a section may have, from plenty to scarce; the page takes the first that is not too tall."""
WHOLE = 20
"""Lines for what the secretary wrote for all to read: more than its 300 characters take."""
WORDS_ONLY = (Topic.HIGHLIGHTS, Topic.REPORTS, Topic.CONFIRMED, Topic.REMARK)


def picture(summary: MonthSummary | Sequence[MonthSummary], language: Language) -> str:
    """The SVG, of several units beneath each other. It has no font but the studio's, no emoji, and tells how many lines it left out."""
    summaries = listed(summary)
    for lines in LINES:
        easel = laid_out(summaries, language, lines)
        if easel.y <= TALLEST:
            break
    for kept in range(len(summaries) - 1, 0, -1):
        if easel.y <= REFUSED_ABOVE:
            break
        easel = laid_out(summaries[:kept], language, LINES[-1])
        easel.paragraph(more(len(summaries) - kept, language), SMALL, RED)
    return _template().render(easel=easel, page=PAGE, height=round(easel.y), font=FONT, paper=PAPER)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("reports", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("summary.svg.jinja")


def laid_out(summaries: Sequence[MonthSummary], language: Language, lines: int) -> Easel:
    easel = Easel()
    for summary in summaries:
        _heading(easel, summary, language)
        numbers = figures(summary, language)
        for section in sections(summary, language):
            with easel.card(section.title, _beside_title(section.topic, numbers.get(section.topic, ()), language)):
                if section.topic is Topic.REPORTS:
                    _reports(easel, summary, numbers[Topic.REPORTS], language)
                longest = WHOLE if section.topic is Topic.REMARK else LONGEST
                _paragraphs(easel, _told(section, summary, language), lines, longest, language)
        easel.y += 16
    return easel


def _heading(easel: Easel, summary: MonthSummary, language: Language) -> None:
    """The red band with its golden edge: unit, month, edition and what the figures stand on."""
    top, left, room = easel.y, MARGIN + 10, PAGE - 2 * MARGIN - 20
    y = top + 100
    for line in wrapped(summary.unit, 54, room):
        easel.words.append(Words(left, y, line, 54, "#ffffff", bold=True))
        y += 70
    month = language.text("Summary of {month}", month=language.month(summary.month))
    easel.words.append(Words(left, y, month, 42, PALE_GOLD))
    easel.chip(words.edition(language, summary.edition), PAGE - MARGIN - 10, y - 40)
    y += 52
    for remark in preface(summary, language):
        for line in wrapped(remark, SMALL, room):
            easel.words.append(Words(left, y, line, SMALL, PALE_GOLD))
            y += 42
    easel.cards += (Box(0, top, PAGE, y - top, DEEP_RED), Box(0, y, PAGE, 8, GOLD))
    easel.y = y + 36


def _beside_title(topic: Topic, numbers: tuple[Figure, ...], language: Language) -> list[tuple[str, str]]:
    if topic in WORDS_ONLY:
        return []
    if topic is Topic.PAIRINGS:
        return [(f"{sum(figure.number for figure in numbers):,}", language.text("pairs"))]
    return [(f"{figure.number:,}", figure.label) for figure in numbers]


def _reports(easel: Easel, summary: MonthSummary, numbers: tuple[Figure, ...], language: Language) -> None:
    report_table(easel, numbers, language)
    if len(summary.reports) > 1:
        report_bars(easel, summary.reports, language)


def _told(section: Section, summary: MonthSummary, language: Language) -> tuple[str, ...]:
    """The rows of reports are bars here, so their sentences are left out; numbers stand beside the titles, other heads do not."""
    if section.topic is Topic.REPORTS:
        return tuple(corrections(summary, language))
    return (section.head, *section.lines) if section.topic is Topic.CONFIRMED and section.head else section.lines


def _paragraphs(easel: Easel, lines: tuple[str, ...], most: int, longest: int, language: Language) -> None:
    """A single line more takes no more room than saying that there is one."""
    shown = lines if len(lines) <= most + 1 else lines[:most]
    for line in shown:
        easel.paragraph(line, dotted=True, longest=longest)
    if hidden := len(lines) - len(shown):
        easel.paragraph(more(hidden, language), SMALL, RED)
