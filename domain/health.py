"""What an administrator is to hear of the deployment, and how often: new things once, what stays wrong now and then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

LONG_ENOUGH = timedelta(minutes=10)
"""A shorter interruption loses nobody anything: what was said meanwhile is answered right after it."""
TOLD_AGAIN_AFTER, PARKED_KEPT = timedelta(days=1), timedelta(days=30)
"""What was set aside is told at once, again if it is still there after a day, and forgotten in the end."""
OLDEST_BACKUP = timedelta(hours=36)
"""A nightly backup that failed once is noticed on the same day."""


class OutageKind(StrEnum):
    """What did not work: the program itself, its database, or Telegram."""

    SERVICE = "service"
    DATABASE = "database"
    TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True)
class Outage:
    kind: OutageKind
    began_at: datetime
    ended_at: datetime


class Finding(StrEnum):
    PARKED = "parked"
    UNREACHABLE = "unreachable"
    BACKUP = "backup"
    LONE_ADMINISTRATOR = "lone_administrator"


AGAIN_AFTER: Mapping[Finding, timedelta] = {
    Finding.BACKUP: timedelta(days=7),
    Finding.LONE_ADMINISTRATOR: timedelta(days=30),
}
"""What only an administrator can mend is said again as long as it stays; of the others each new case is said once."""


@dataclass(frozen=True, slots=True)
class Found:
    """`cases` tell one standing trouble from the next: ids of updates, of accounts, or nothing where there is but one."""

    kind: Finding
    cases: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    on: date
    cases: frozenset[int] = frozenset()


def is_lying(set_aside_at: datetime, now: datetime) -> bool:
    """Whether what was set aside, and told at once, has been there long enough to be told again."""
    return now - set_aside_at >= TOLD_AGAIN_AFTER


def findings(
    *, parked: Collection[int], unreachable: Collection[int], backed_up_at: datetime | None, administrators: int, now: datetime
) -> Iterator[Found]:  # fmt: skip
    """What is not as it should be; `parked` are ids of updates that were told of a day ago, `unreachable` those of accounts."""
    if parked:
        yield Found(Finding.PARKED, frozenset(parked))
    if unreachable:
        yield Found(Finding.UNREACHABLE, frozenset(unreachable))
    if backed_up_at is None or now - backed_up_at > OLDEST_BACKUP:
        yield Found(Finding.BACKUP)
    if administrators < 2:
        yield Found(Finding.LONE_ADMINISTRATOR)


def is_news(found: Found, told: Told | None, today: date) -> bool:
    """Whether it was not said yet, has a case that was not, or has stayed long enough to be said again."""
    if told is None or not found.cases <= told.cases:
        return True
    again = AGAIN_AFTER.get(found.kind)
    return again is not None and today - told.on >= again
