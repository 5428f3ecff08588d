"""Word to the administrators of what the program could not do, once for each update or notice."""

from __future__ import annotations

from datetime import datetime

from storage import accounts, outbox
from storage.database import Writer

PARKED = "fault.parked"


def report(tx: Writer, what: str, number: int, fault: str, now: datetime) -> None:
    """Tell every administrator that an `update` or a `notice` was set aside, by its id and never with its text."""
    for telegram_id in accounts.administrators(tx):
        outbox.add(
            tx,
            key=f"{what}:{number}:parked:{telegram_id}",
            kind=PARKED,
            payload={"what": what, "number": number, "fault": fault},
            telegram_id=telegram_id,
            not_before=now,
            now=now,
        )
