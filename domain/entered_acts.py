"""代录 of single acts: what somebody without Telegram said on paper, in person or by telephone, entered in his name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.check_in_drafts import Entered
from domain.check_ins import Attachment, Source, require_attachable
from domain.duties import Leave
from domain.rotation_comments import About
from domain.rotations import Capability

NOBODY = 0
"""In the place of a person: the host of a rotation of whom only the name is known."""


class Noun(StrEnum):
    """On what it is an act."""

    OUTCOME = "outcome"
    REPORT = "report"
    REVIEW = "review"
    NEED = "need"
    PAIRING = "pairing"
    ROTATION = "rotation"
    DUTY = "duty"
    LEAVE = "leave"


class Act(StrEnum):
    CLAIM = "claim"
    NOTE = "note"
    COMMENT = "comment"
    ASK_TO_ADD = "ask_to_add"
    HIGHLIGHT = "highlight"
    SIGN = "sign"
    BE_UNNAMED = "be_unnamed"
    KEEP_PRIVATE = "keep_private"
    SOLVE = "solve"
    NOT_YET = "not_yet"
    SHARE = "share"
    WITHDRAW = "withdraw"
    ASK_CHANGE = "ask_change"
    HANDOVER = "handover"
    MIDTERM = "midterm"
    FINAL = "final"
    EVALUATE = "evaluate"
    ON_MIDTERM = "on_midterm"
    ON_FINAL = "on_final"
    ON_EVALUATION = "on_evaluate"
    SKIP = "skip"
    PAUSE = "pause"


ACTS: Mapping[Noun, tuple[Act, ...]] = {
    Noun.OUTCOME: (Act.CLAIM,),
    Noun.REPORT: (Act.NOTE, Act.COMMENT, Act.ASK_TO_ADD, Act.HIGHLIGHT),
    Noun.REVIEW: (Act.SIGN, Act.BE_UNNAMED, Act.KEEP_PRIVATE),
    Noun.NEED: (Act.SOLVE, Act.NOT_YET, Act.SHARE, Act.WITHDRAW),
    Noun.PAIRING: (Act.ASK_CHANGE,),
    Noun.ROTATION: (
        Act.HANDOVER,
        Act.MIDTERM,
        Act.FINAL,
        Act.EVALUATE,
        Act.ON_MIDTERM,
        Act.ON_FINAL,
        Act.ON_EVALUATION,
    ),
    Noun.DUTY: (Act.SKIP,),
    Noun.LEAVE: (Act.PAUSE,),
}
REMARKS: Mapping[About, Act] = {
    About.MIDTERM: Act.ON_MIDTERM,
    About.FINAL: Act.ON_FINAL,
    About.EVALUATION: Act.ON_EVALUATION,
}
"""What a mentor at home says of a rotation."""
WORDED = frozenset({Act.COMMENT, Act.ASK_TO_ADD, Act.ASK_CHANGE, *ACTS[Noun.ROTATION]})
"""Acts that need words; the others are a tap for whoever does them himself."""


def noun_of(act: Act) -> Noun:
    return next(noun for noun, acts in ACTS.items() if act in acts)


class Step(StrEnum):
    """What an entry still lacks."""

    WORDS = "words"
    CAPABILITY = "capability"
    SOURCE = "source"
    GIVEN_ON = "given_on"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Drafted:
    """An entry being made. `mark` tells its buttons from those of an earlier one; `pause` are the days of a pause."""

    mark: int
    act: Act
    subject_id: int
    entered: Entered
    words: str = ""
    paper: Attachment | None = None
    capability: Capability | None = None
    pause: Leave | None = None

    @property
    def step(self) -> Step:
        if self.act in WORDED and not self.words:
            return Step.WORDS
        if self.act is Act.EVALUATE and self.capability is None:
            return Step.CAPABILITY
        if self.entered.source is None:
            return Step.SOURCE
        return Step.GIVEN_ON if self.entered.given_on is None else Step.PREVIEW

    def with_paper(self, file: Attachment) -> Drafted:
        require_attachable(file, 0)
        return replace(self, paper=file)


@dataclass(frozen=True, slots=True)
class EnteredAct:
    """What was entered: for whom, by whom, from what, and as given on which day. `person_id` is None for who is only a name."""

    id: int
    person_id: int | None
    person: str
    act: Act
    noun: Noun
    subject_id: int
    source: Source
    given_on: date
    secretary_id: int
    secretary: str
    entered_at: datetime
    paper: Attachment | None = None
