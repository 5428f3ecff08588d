"""When the program, its database or Telegram did not work: found out, kept, and told to the administrators once over."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.actors import DEFAULT_ZONE
from domain.health import LONG_ENOUGH, Outage, OutageKind
from domain.quiet_hours import DEFAULT_QUIET_HOURS, outside_quiet_hours
from storage import accounts, outages, outbox, settings
from storage.database import Writer

ALIVE = "alive_at"
"""The setting that holds when some process last did its work."""
SCREEN = "health.outage"


def beat(tx: Writer, now: datetime, *, looks_back: bool) -> None:
    """Leave word of being alive. Looking back, where nobody had for long, the program had stood still."""
    last = settings.get(tx, ALIVE)
    settings.put(tx, ALIVE, now.isoformat())
    if looks_back and last is not None:
        record(tx, Outage(OutageKind.SERVICE, datetime.fromisoformat(last), now))


def record(tx: Writer, outage: Outage) -> bool:
    """Keep an interruption that is over and tell the administrators in daytime; a short one is none."""
    if outage.ended_at - outage.began_at < LONG_ENOUGH:
        return False
    outage_id = outages.add(tx, outage)
    payload = {
        "kind": outage.kind,
        "began_at": outage.began_at.isoformat(),
        "ended_at": outage.ended_at.isoformat(),
    }
    not_before = outside_quiet_hours(outage.ended_at, ZoneInfo(DEFAULT_ZONE), DEFAULT_QUIET_HOURS)
    for telegram_id in accounts.administrators(tx):
        outbox.add(
            tx, key=f"outage:{outage_id}:{telegram_id}", kind=SCREEN, payload=payload, telegram_id=telegram_id,
            not_before=not_before, now=outage.ended_at,
        )  # fmt: skip
    return True
