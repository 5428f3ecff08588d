"""What people write: trimmed, neither missing nor too long, and on one line where there is but one."""

from __future__ import annotations

import re

from domain.refusals import Refusal

_BREAK_IN_CHINESE = re.compile(
    r"(?<=[\u3001-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3001-\u9fff\uff00-\uffef])|(?<=[、。，；：！？）》」”])\s*\n\s*"
)


def fitting(text: str, limit: int) -> str:
    """The text without what is invisible around it. Refusals: `text_missing`, `text_too_long` (length, limit)."""
    kept = text.replace("\x00", "").strip()
    if not kept:
        raise Refusal("text_missing")
    if len(kept) > limit:
        raise Refusal("text_too_long", length=len(kept), limit=limit)
    return kept


def one_line(text: str) -> str:
    """Lines and spaces run together; between Chinese signs and after their stops, which no space divides, nothing is put in place of a break."""
    return " ".join(_BREAK_IN_CHINESE.sub("", text).split())
