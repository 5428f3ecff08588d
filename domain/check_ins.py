"""汇报: what a person reports for a period, how it stands, and who may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

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
    """In which capacity someone meets a report: his own, that of his mentee, of whom he hosts, or of his branch."""

    AUTHOR = "author"
    MENTOR = "mentor"
    HOST = "host"
    SECRETARY = "secretary"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as Telegram holds it; `kind` is photo, document or voice, `size` in bytes."""

    kind: str
    file_id: str
    name: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class CheckIn:
    """`standing` is None for a reader who may not know that support was asked of the secretary alone."""

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
    chat_id: int | None
    message_id: int | None


def fitting_text(text: str) -> str:
    """The text without what is invisible around it. Refusals: `text_missing`, `text_too_long` (length, limit)."""
    kept = text.replace("\x00", "").strip()
    if not kept:
        raise Refusal("text_missing")
    if len(kept) > TEXT_LIMIT:
        raise Refusal("text_too_long", length=len(kept), limit=TEXT_LIMIT)
    return kept


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


def chosen_at_first(due: Iterable[tuple[int, datetime | None]], now: datetime) -> list[int]:
    """Of what can be reported on (id and due moment), what is due within a week or overdue; else everything."""
    everything = list(due)
    soon = [duty_id for duty_id, moment in everything if moment is not None and moment <= now + SOON]
    return soon or [duty_id for duty_id, _ in everything]
