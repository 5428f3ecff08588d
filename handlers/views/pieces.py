"""Cutting a message that is longer than Telegram takes, at line ends, with its tags closed and opened again."""

from __future__ import annotations

import re
from collections.abc import Iterator

LIMIT = 4096
_TOKEN = re.compile(r"&#?\w+;|</?[a-z]+[^<>]*>|.", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")
_HALF = 0.5
"""A cut at a line end is preferred unless it would leave more than half of a piece empty."""


def units(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 code units; markup is counted too, which errs on the safe side."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(html: str, limit: int = LIMIT) -> list[str]:
    """The message in parts that each stand alone. A line is cut only where no line end is near; nothing is lost but
    the line end at which a cut was made.
    """
    if units(html) <= limit:
        return [html]
    return [piece for piece in _cut(_TOKEN.findall(html), limit) if _TAG.sub("", piece).strip()]


def _cut(signs: list[str], limit: int) -> Iterator[str]:
    opened: list[str] = []
    while signs:
        count = _fitting(signs, opened, limit)
        head, signs = signs[:count], signs[count:]
        begun = "".join(opened)
        opened = _left_open(opened, head)
        yield begun + "".join(head) + _closing(opened)
        if signs and signs[0] == "\n":
            signs = signs[1:]


def _fitting(signs: list[str], opened: list[str], limit: int) -> int:
    """How many signs go into one piece together with the tags that it must open and close."""
    size, line_end, now_open = units("".join(opened)), 0, list(opened)
    for position, sign in enumerate(signs):
        size += units(sign)
        now_open = _left_open(now_open, [sign]) if sign[0] == "<" else now_open
        if size + units(_closing(now_open)) > limit:
            return line_end if line_end > position * _HALF else max(position, 1)
        line_end = position if sign == "\n" else line_end
    return len(signs)


def _left_open(opened: list[str], signs: list[str]) -> list[str]:
    left = list(opened)
    for sign in signs:
        tag = _TAG.fullmatch(sign)
        if tag and not tag[1]:
            left.append(sign)
        elif tag and left and _name(left[-1]) == tag[2]:
            left.pop()
    return left


def _closing(opened: list[str]) -> str:
    return "".join(f"</{_name(tag)}>" for tag in reversed(opened))


def _name(tag: str) -> str:
    found = _TAG.fullmatch(tag)
    assert found is not None
    return found[2]
