"""Cutting a message that is longer than Telegram takes, at line ends, with its tags closed and opened again."""

from __future__ import annotations

import re

LIMIT = 4096
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
_ROOM = 64
"""For the tags that are closed at a cut."""


def units(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def pieces(html: str, limit: int = LIMIT) -> list[str]:
    """The message in as few parts as its lines allow. A single line beyond the limit is cut between characters."""
    if units(html) <= limit:
        return [html]
    parts: list[str] = []
    open_tags: list[str] = []
    current = ""
    for line in _lines(html, limit - _ROOM):
        if current and units(current) + units(line) + 1 > limit - _ROOM:
            parts.append(current + "".join(f"</{tag}>" for tag in reversed(open_tags)))
            current = "".join(f"<{tag}>" for tag in open_tags)
        current = f"{current}\n{line}" if current and not current.endswith(">") else current + line
        open_tags = _left_open(open_tags, line)
    return [*parts, current]


def _lines(html: str, limit: int) -> list[str]:
    return [part for line in html.split("\n") for part in _short(line, limit)]


def _short(line: str, limit: int) -> list[str]:
    """Cut where no entity (`&amp;`) and no tag is torn apart."""
    if units(line) <= limit:
        return [line]
    tokens = re.findall(r"&[a-z#0-9]+;|<[^>]*>|.", line)
    parts, current, size = [], "", 0
    for token in tokens:
        if size + units(token) > limit:
            parts.append(current)
            current, size = "", 0
        current += token
        size += units(token)
    return [*parts, current]


def _left_open(open_tags: list[str], line: str) -> list[str]:
    left = list(open_tags)
    for closing, tag in _TAG.findall(line):
        if not closing:
            left.append(tag)
        elif tag in left:
            left.reverse()
            left.remove(tag)
            left.reverse()
    return left
