"""People, and how names and staff numbers are compared."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

FIRST_CHINESE = "\u2e80"
"""Here begin the scripts that are written without spaces between words."""


class Stage(StrEnum):
    """Where a person stands on the way into the Party (细则, the five stages, and 群众 before them)."""

    NON_PARTY_PUBLIC = "non_party_public"
    APPLICANT = "applicant"
    ACTIVIST = "activist"
    DEVELOPMENT_TARGET = "development_target"
    PROBATIONARY_MEMBER = "probationary_member"
    FULL_MEMBER = "full_member"

    @property
    def is_member(self) -> bool:
        return self in (Stage.PROBATIONARY_MEMBER, Stage.FULL_MEMBER)


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    staff_no: str
    unit_id: int
    stage: Stage
    backbone: bool
    specialty: str
    post: str


def folded(text: str) -> str:
    """Width folded (NFKC), all white space and invisible characters removed: names, numbers, headers, choices."""
    if _is_plain(text):
        return text
    seen = "".join(unicodedata.normalize("NFKC", text).split())
    if not seen.isprintable():  # the quick question first: most texts have nothing invisible
        seen = "".join(c for c in seen if unicodedata.category(c) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", seen)  # what was removed may have kept a letter from its accent


def _is_plain(text: str) -> bool:
    """One word in normal form, as nearly all are: nothing is to be done."""
    return text.isalnum() and unicodedata.is_normalized("NFKC", text)


def spelled(text: str) -> str:
    """The normal form in which a name is kept: folded, but the words of an alphabet stay apart by one space."""
    if _is_plain(text):
        return text
    words = [word for word in map(folded, text.split()) if word]
    joined = "".join(f" {word}" if _needs_space(before, word) else word for before, word in pairwise(["", *words]))
    return unicodedata.normalize("NFKC", joined)


def _needs_space(before: str, word: str) -> bool:
    return bool(before) and before[-1] < FIRST_CHINESE and word[0] < FIRST_CHINESE


def staff_key(staff_no: str) -> str:
    """Two staff numbers are the same person's when their keys are equal: leading zeros do not count."""
    return folded(staff_no).upper().lstrip("0") or "0"
