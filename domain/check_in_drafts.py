"""A report being written: what has been said so far and what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.check_ins import TEXT_LIMIT, Attachment, Source, Standing, require_attachable
from domain.needs import NeedAudience, NeedKind
from domain.wording import fitting


@dataclass(frozen=True, slots=True)
class NeedAsked:
    """The support that a report asks for; without words of its own the report's are taken."""

    kind: NeedKind | None = None
    audience: NeedAudience | None = None
    text: str | None = None


class Step(StrEnum):
    """What a report still lacks."""

    SOURCE = "source"
    GIVEN_ON = "given_on"
    SUBJECTS = "subjects"
    TEXT = "text"
    STANDING = "standing"
    NEED_KIND = "need_kind"
    NEED_AUDIENCE = "need_audience"
    NEED_TEXT = "need_text"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Entered:
    """代录: for whom a secretary writes the report, from what, and the day on which it was given to her."""

    person_id: int
    source: Source | None = None
    given_on: date | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A report being written. `mark` tells its buttons from those of an earlier one; `parts` are the messages
    (their Telegram ids and words) that became its text; `subjects_settled` once it is clear what it is for. `pending` and
    `pending_for` are what the next report begins with, should this one be given up for it.
    """

    mark: int
    offered: tuple[int, ...]
    chosen: tuple[int, ...]
    subjects_settled: bool
    chat_id: int
    parts: tuple[tuple[int, str], ...] = ()
    files: tuple[Attachment, ...] = ()
    standing: Standing | None = None
    need: NeedAsked = NeedAsked()
    pending: str = ""
    entered: Entered | None = None
    pending_for: int | None = None

    @property
    def text(self) -> str:
        return "\n".join(words for _, words in self.parts)

    @property
    def message_id(self) -> int | None:
        """The message whose later editing is an edit of the report; there is none when several were joined."""
        return self.parts[0][0] or None if len(self.parts) == 1 else None

    @property
    def step(self) -> Step:
        if self.entered is not None and self.entered.source is None:
            return Step.SOURCE
        if self.entered is not None and self.entered.given_on is None:
            return Step.GIVEN_ON
        if not self.subjects_settled:
            return Step.SUBJECTS
        if not self.parts:
            return Step.TEXT
        if self.standing is None:
            return Step.STANDING
        return self._need_step if self.standing is Standing.NEEDS_SUPPORT else Step.PREVIEW

    @property
    def _need_step(self) -> Step:
        if self.need.kind is None:
            return Step.NEED_KIND
        if self.need.audience is None:
            return Step.NEED_AUDIENCE
        unsaid = self.need.audience is NeedAudience.SECRETARY_ONLY and self.need.text is None
        return Step.NEED_TEXT if unsaid else Step.PREVIEW

    def with_words(self, message_id: int, words: str) -> Drafted:
        """Another message of text joins the report. Refusals: `text_missing`, `text_too_long`."""
        joined = replace(self, parts=(*self.parts, (message_id, fitting(words, TEXT_LIMIT))), subjects_settled=True)
        fitting(joined.text, TEXT_LIMIT)
        return joined

    def with_edited(self, message_id: int, words: str) -> Drafted | None:
        """A message of the report was edited; None when it is not one of its own."""
        if message_id not in (known for known, _ in self.parts):
            return None
        new = tuple((known, fitting(words, TEXT_LIMIT) if known == message_id else old) for known, old in self.parts)
        edited = replace(self, parts=new)
        fitting(edited.text, TEXT_LIMIT)
        return edited

    def with_file(self, file: Attachment) -> Drafted:
        require_attachable(file, len(self.files))
        return replace(self, files=(*self.files, file), subjects_settled=True)

    def toggled(self, duty_id: int) -> Drafted:
        """Tick or untick a subject; what is not offered is ignored."""
        kept = set(self.chosen) ^ ({duty_id} & set(self.offered))
        return replace(self, chosen=tuple(one for one in self.offered if one in kept))
