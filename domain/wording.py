"""What people write: trimmed, and neither missing nor too long."""

from __future__ import annotations

from domain.refusals import Refusal


def fitting(text: str, limit: int) -> str:
    """The text without what is invisible around it. Refusals: `text_missing`, `text_too_long` (length, limit)."""
    kept = text.replace("\x00", "").strip()
    if not kept:
        raise Refusal("text_missing")
    if len(kept) > limit:
        raise Refusal("text_too_long", length=len(kept), limit=limit)
    return kept
