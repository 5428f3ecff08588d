"""汇报: what a person reports for a period, how it stands, and who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.calendar import ONE_DAY, instant_at
from domain.duties import DEFAULT_ZONE, Duty
from domain.refusals import Refusal

TEXT_LIMIT = 2000
FILES_LIMIT = 10
FILE_BYTES = 20 * 1024 * 1024
"""What a bot may fetch again from Telegram; a larger file could never be handed on."""
DOCUMENT_ENDINGS = frozenset(
    {"pdf", "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "dps", "txt", "csv", "jpg", "jpeg", "png", "heic"}
)
SOON = timedelta(days=7)


class Standing(StrEnum):
    """How it stands, as the one who reports sees it."""

    ON_TRACK = "on_track"
    BEHIND = "behind"
    NEEDS_SUPPORT = "needs_support"
    REACHED = "reached"


class Capacity(StrEnum):
    """In which capacity someone meets a report: his own, that of his mentee, of whom he hosts, or of his branch; `ABOVE`
    the branch only a need is met that was passed up.
    """

    AUTHOR = "author"
    MENTOR = "mentor"
    HOST = "host"
    SECRETARY = "secretary"
    ABOVE = "above"


class Source(StrEnum):
    """From what a secretary entered a report for somebody (代录)."""

    PAPER = "paper"
    SPOKEN = "spoken"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as Telegram holds it; `kind` is photo, document or voice, `size` in bytes."""

    kind: str
    file_id: str
    name: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class CheckIn:
    """`standing` is None for a reader who may not know that support was asked of the secretary alone. `entered_by` is
    the person who entered it for the author (代录), from what and as given on which day stands beside it.
    """

    id: int
    person_id: int
    month: str
    text: str
    standing: Standing | None
    submitted_at: datetime
    late: bool
    revision: int
    edited_at: datetime | None
    withdrawn_at: datetime | None
    entered_by: int | None
    source: Source | None
    given_on: date | None
    chat_id: int | None
    message_id: int | None

    @property
    def counts_from(self) -> datetime:
        """The moment by which late is told."""
        return handed_in_at(self.given_on, self.submitted_at)


def handed_in_at(given_on: date | None, entered_at: datetime, zone: ZoneInfo = DEFAULT_ZONE) -> datetime:
    """What was given to the secretary in time is in time, however late she enters it."""
    return entered_at if given_on is None else min(entered_at, instant_at(given_on, time(), zone))


def require_given(day: date, today: date) -> None:
    """Refusal `given_in_future` (day)."""
    if day > today:
        raise Refusal("given_in_future", day=day)


def require_attachable(file: Attachment, already: int) -> None:
    """Refusals: `file_kind`, `file_ending` (name), `file_too_large` (megabytes), `too_many_files` (limit)."""
    if file.kind not in ("photo", "document", "voice"):
        raise Refusal("file_kind")
    if file.kind == "document" and file.name.rpartition(".")[2].lower() not in DOCUMENT_ENDINGS:
        raise Refusal("file_ending", name=file.name)
    if file.size > FILE_BYTES:
        raise Refusal("file_too_large", megabytes=FILE_BYTES // 1024 // 1024)
    if already >= FILES_LIMIT:
        raise Refusal("too_many_files", limit=FILES_LIMIT)


def chosen_at_first(subjects: Sequence[Duty], now: datetime) -> list[int]:
    """Of what can be reported on, what is due within a week or overdue; else everything. Where something of a pairing or
    a rotation is due today or overdue, a later report on it is still to come.
    """
    soon = [one for one in subjects if one.due_at is not None and one.due_at <= now + SOON] or list(subjects)
    owed = [one for one in soon if one.due_at is not None and one.due_at <= now + ONE_DAY]
    settled = {(one.subject_kind, one.subject_id) for one in owed}
    return [one.id for one in soon if one in owed or (one.subject_kind, one.subject_id) not in settled]


def require_unlocked(subjects: Iterable[Duty], now: datetime) -> None:
    """Refusal `report_locked` (month) once the month of one of its duties stands."""
    for one in subjects:
        if now >= one.closes_at:
            raise Refusal("report_locked", month=one.month)
