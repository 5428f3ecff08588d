"""The tie between a Telegram account and a person."""

from __future__ import annotations

from datetime import datetime

from storage import accounts
from storage.database import Writer


def mark_unreachable(tx: Writer, account_id: int, now: datetime) -> None:
    """Telegram says that the person blocked the bot or is gone."""
    accounts.update_fields(tx, account_id, unreachable_since=now)


def mark_reachable(tx: Writer, account_id: int) -> None:
    accounts.update_fields(tx, account_id, unreachable_since=None)
