"""Word to the administrators that the State Council's notice of a year is not in the program's calendar yet."""

from __future__ import annotations

from domain.actors import Actor
from services.holiday_calendar import calendar_around
from storage import accounts, outbox, settings
from storage.database import Writer

TOLD = "missing_notice_told"
"""The setting that holds the last year of which the administrators were told."""
SCREEN = "holidays.missing_notice"


def tell_of_missing_notice(tx: Writer, actor: Actor) -> bool:
    """From December on, once for each year: until a newer release knows its days they are provisional (暂定)."""
    year = calendar_around(actor.today).missing_notice(actor.today)
    if year is None or settings.get(tx, TOLD) == year:
        return False
    for telegram_id in accounts.administrators(tx):
        outbox.add(
            tx, key=f"missing_notice:{year}:{telegram_id}", kind=SCREEN, payload={"year": year},
            telegram_id=telegram_id, not_before=actor.now, now=actor.now,
        )  # fmt: skip
    settings.put(tx, TOLD, year)
    return False
