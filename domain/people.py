"""People, and how names and staff numbers are compared."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


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
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):  # nearly all are: nothing is to be done
        return text
    seen = "".join(unicodedata.normalize("NFKC", text).split())
    if not seen.isprintable():  # the quick question first: most texts have nothing invisible
        seen = "".join(c for c in seen if unicodedata.category(c) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", seen)  # what was removed may have kept a letter from its accent


def staff_key(staff_no: str) -> str:
    """Two staff numbers are the same person's when their keys are equal: leading zeros do not count."""
    return folded(staff_no).upper().lstrip("0") or "0"
