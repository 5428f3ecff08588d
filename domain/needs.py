"""需要支持: the five kinds of support the programme names, who may know of a need, and how it ends."""

from __future__ import annotations

from enum import StrEnum


class NeedKind(StrEnum):
    """制度建设、工作开展及人力、财力、物力."""

    INSTITUTION = "institution"
    WORK = "work"
    PEOPLE = "people"
    FUNDS = "funds"
    MATERIAL = "material"


class NeedAudience(StrEnum):
    MENTOR_AND_SECRETARY = "mentor_and_secretary"
    SECRETARY_ONLY = "secretary_only"


class NeedState(StrEnum):
    """Solved is what the one who asked says, never the one who answered."""

    OPEN = "open"
    ANSWERED = "answered"
    SOLVED = "solved"
    WITHDRAWN = "withdrawn"
