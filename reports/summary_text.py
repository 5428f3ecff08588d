"""A month's summary as a chat message of at most 4096 UTF-16 units, and as nameless plain text to forward."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from domain.summaries import MonthSummary
from locales import Language
from reports.summary_lines import Section, listed, more, preface, sections, title

LIMIT = 4096
"""What Telegram takes in one message, in UTF-16 units; counted here with the markup, which is on the safe side."""


def chat_text(summary: MonthSummary | Sequence[MonthSummary], language: Language, limit: int = LIMIT) -> str:
    """Telegram HTML, of several units in one message. Where room is scarce whole lines make way for "… and N more",
    in the end whole units; no line is cut.
    """
    pages = [_Page(each, language) for each in listed(summary)]
    while utf16_length(text := _joined(pages, language)) > limit and any(page.shown for page in pages):
        max(pages, key=_Page.longest).drop_a_line()
    for kept in range(len(pages) - 1, 0, -1):
        if utf16_length(text) <= limit:
            break
        text = "\n\n".join((_joined(pages[:kept], language), more(len(pages) - kept, language)))
    return text


def plain_text(summary: MonthSummary | Sequence[MonthSummary], language: Language) -> str:
    """The whole summary without a person in it, for a paper, a mail or another messenger."""
    return "\n\n\n".join(_plain(each.without_names(), language) for each in listed(summary))


def _plain(summary: MonthSummary, language: Language) -> str:
    opening = "\n".join((title(summary, language), *preface(summary, language)))
    return "\n\n".join((opening, *(_plain_block(part) for part in sections(summary, language))))


class _Page:
    """One unit's part of the message; `shown` says how many lines of each section still stand."""

    def __init__(self, summary: MonthSummary, language: Language) -> None:
        self.opening = "\n".join((f"<b>{_html(title(summary, language))}</b>", *map(_html, preface(summary, language))))
        self.parts = sections(summary, language)
        self.lengths = [sum(map(len, part.lines)) for part in self.parts]
        self.counts = [len(part.lines) for part in self.parts]

    @property
    def shown(self) -> int:
        return sum(self.counts)

    def longest(self) -> int:
        return max(self.lengths)

    def drop_a_line(self) -> None:
        """The last one of the section that takes most room."""
        i = max(range(len(self.parts)), key=self.lengths.__getitem__)
        self.counts[i] -= 1
        self.lengths[i] -= len(self.parts[i].lines[self.counts[i]])

    def text(self, language: Language) -> str:
        blocks = (_chat_block(part, shown, language) for part, shown in zip(self.parts, self.counts, strict=True))
        return "\n\n".join((self.opening, *blocks))


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _joined(pages: Sequence[_Page], language: Language) -> str:
    return "\n\n\n".join(page.text(language) for page in pages)


def _chat_block(part: Section, shown: int, language: Language) -> str:
    lines = [f"<b>{_html(part.title)}</b>", _html(part.head), *(f"· {_html(line)}" for line in part.lines[:shown])]
    if hidden := len(part.lines) - shown:
        lines.append(more(hidden, language))
    return "\n".join(filter(None, lines))


def _plain_block(part: Section) -> str:
    return "\n".join(filter(None, (part.title, part.head, *(f"· {line}" for line in part.lines))))


def _html(text: str) -> str:
    return escape(text, quote=False)
