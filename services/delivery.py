"""Whether a row of the outbox may go now: is it still true, is it a quiet hour, is the week's budget spent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from services import access
from storage.database import Reader
from storage.outbox import Waiting


@dataclass(frozen=True, slots=True)
class Skip:
    """Not said, and why: unreachable, muted, already done, budget, withdrawn …"""

    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Go:
    recipient: Actor


def decide(tx: Reader, row: Waiting, now: datetime) -> Go | Wait | Skip:
    """What becomes of a row whose time has come. The screen's own load looks again whether it is still true."""
    if row.person_id is None:
        assert row.telegram_id is not None
        return Go(access.identify(tx, row.telegram_id, now, ""))
    recipient = access.recipient(tx, row.person_id, now)
    if recipient is None:
        return Skip("no_account")
    if not recipient.agreed:
        return Skip("not_agreed")
    return Go(recipient)
