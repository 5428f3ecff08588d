"""A month's summary as a chat message of at most 4096 UTF-16 units, and as nameless plain text to forward."""

from __future__ import annotations

from html import escape

from domain.summaries import MonthSummary
from locales import Language
from reports.summary_lines import Section, more, preface, sections, title

LIMIT = 4096
"""What Telegram takes in one message, in UTF-16 units; counted here with the markup, which is on the safe side."""


def chat_text(summary: MonthSummary, language: Language) -> str:
    """Telegram HTML. Where room is scarce whole lines make way for "… and N more"; no line is cut."""
    parts = sections(summary, language)
    shown = [len(part.lines) for part in parts]
    opening = "\n".join([f"<b>{_html(title(summary, language))}</b>", *map(_html, preface(summary, language))])
    while utf16_length(text := _joined(opening, parts, shown, language)) > LIMIT and any(shown):
        longest = max(range(len(parts)), key=lambda i: sum(map(len, parts[i].lines[: shown[i]])))
        shown[longest] -= 1
    return text


def plain_text(summary: MonthSummary, language: Language) -> str:
    """The whole summary without a person in it, for a paper, a mail or another messenger."""
    summary = summary.without_names()
    opening = [title(summary, language), *preface(summary, language)]
    blocks = ["\n".join(opening), *(_plain_block(part) for part in sections(summary, language))]
    return "\n\n".join(blocks)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _joined(opening: str, parts: tuple[Section, ...], shown: list[int], language: Language) -> str:
    blocks = (_chat_block(part, number, language) for part, number in zip(parts, shown, strict=True))
    return "\n\n".join((opening, *blocks))


def _chat_block(part: Section, shown: int, language: Language) -> str:
    lines = [f"<b>{_html(part.title)}</b>", _html(part.head), *(f"· {_html(line)}" for line in part.lines[:shown])]
    if hidden := len(part.lines) - shown:
        lines.append(more(hidden, language))
    return "\n".join(filter(None, lines))


def _plain_block(part: Section) -> str:
    return "\n".join(filter(None, (part.title, part.head, *(f"· {line}" for line in part.lines))))


def _html(text: str) -> str:
    return escape(text, quote=False)
