"""Facts of the deployment that services need: what the bot is called, whether detail files may go through Telegram."""

from __future__ import annotations

from datetime import datetime

from storage import settings
from storage.database import Reader, Writer


def remember(tx: Writer, *, bot_username: str, detail_files: bool) -> None:
    settings.put(tx, "bot_username", bot_username)
    settings.put(tx, "detail_files_in_chat", detail_files)


def bot_username(tx: Reader) -> str:
    return str(settings.get(tx, "bot_username") or "")


def detail_files_in_chat(tx: Reader) -> bool:
    """Whether workbooks with details may be sent in chat (DETAIL_FILES_IN_CHAT)."""
    kept = settings.get(tx, "detail_files_in_chat")
    return True if kept is None else bool(kept)


def note_backup(tx: Writer, made_at: datetime) -> None:
    """A backup was written and read back."""
    settings.put(tx, "backed_up_at", made_at.isoformat())


def backed_up_at(tx: Reader) -> datetime | None:
    kept = settings.get(tx, "backed_up_at")
    return None if kept is None else datetime.fromisoformat(kept)
