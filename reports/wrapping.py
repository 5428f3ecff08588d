"""Lines of mixed Chinese and Latin text measured and broken for a picture, and freed of what its font cannot draw."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

NARROW = frozenset(" !'(),.:;I[]`fijlrt|·")
WIDE = frozenset("%&@GMOQWmw—")
NEVER_FIRST = "，。、；：！？）》」』”’…—·,.;:!?)]}%"
NEVER_LAST = "（《「『“‘([{"
PIECE = re.compile(
    rf"[{re.escape(NEVER_LAST)}]*(?:[0-9A-Za-z_+/&@#-]+[\u4e00-\u9fff]?|.)[{re.escape(NEVER_FIRST)}]*", re.DOTALL
)
FIRST_SYMBOL_BEYOND_TEXT = 0x1F000
"""Emoji and other pictographs begin here; the ideographs of the supplementary planes begin at U+20000."""
FIRST_SUPPLEMENTARY_IDEOGRAPH = 0x20000


def drawable(text: str) -> str:
    """Without control characters (XML forbids them), emoji, joiners and variation selectors; white space is one space."""
    return " ".join("".join(c if _is_drawn(c) else " " if c.isspace() else "" for c in text).split())


def _is_drawn(character: str) -> bool:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Zl", "Zp"):
        return False
    return not FIRST_SYMBOL_BEYOND_TEXT <= ord(character) < FIRST_SUPPLEMENTARY_IDEOGRAPH


def width(text: str, size: float) -> float:
    """In pixels at a font size; generous for Latin letters, so that nothing runs over its edge."""
    return sum(map(_em, text)) * size


@lru_cache(4096)  # most texts are of a few thousand signs, each of which is measured many times
def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA" and character != "·":
        return 1.0
    if character in NARROW:
        return 0.36
    if character in WIDE:
        return 0.95
    return 0.66 if character.isupper() else 0.57


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Break between ideographs and between words; closing marks stay with what they close."""
    lines = [""]
    for piece in _pieces(drawable(text), size, room):
        if lines[-1] and width(lines[-1] + piece.rstrip(), size) > room:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return [line.rstrip() for line in lines]


def _pieces(text: str, size: float, room: float) -> Iterator[str]:
    for piece in PIECE.findall(text):
        if width(piece, size) <= room:
            yield piece
        else:
            yield from piece


def clipped(text: str, size: float, room: float, most: int) -> list[str]:
    """At most so many lines; the last one shows that there is more."""
    lines = wrapped(text, size, room)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened("".join(lines[most - 1 :]), size, room)]


def shortened(text: str, size: float, room: float) -> str:
    """One line, for a name that has one line's place; the end shows that there is more."""
    text = drawable(text)
    if width(text, size) <= room:
        return text
    reached = [em * size for em in accumulate(map(_em, text))]
    return f"{text[: bisect_right(reached, room - size)]}…"
