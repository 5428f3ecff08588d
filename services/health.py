"""How the deployment stands, for those who run it: no reports, no texts, only what needs a hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import local_day
from domain.health import Finding, Found, Outage, Told, findings, is_lying, is_news
from domain.roles import RoleKind
from services import access, deployment, digests
from services.delivery import Skip
from services.holiday_calendar import calendar_around
from storage import accounts, inbox, outages, outbox, settings, units
from storage.accounts import Unreachable
from storage.database import Reader, Writer
from storage.inbox import Parked

SCREEN = "health.digest"
WALK, TOLD = "health_walk", "health_told"
"""The settings that hold the day of the last look, and what was said when."""
LOOKED_BACK = timedelta(days=30)
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait, and since when the first of them does."""

    number: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """`missing_year` is the first year whose holiday notice this version lacks; lists are cut to the newest few."""

    updates: Waiting
    notices: Waiting
    parked: tuple[Parked, ...]
    unreachable: tuple[Unreachable, ...]
    outages: tuple[Outage, ...]
    backed_up_at: datetime | None
    missing_year: int | None
    administrators: int

    def lying(self, now: datetime) -> list[Parked]:
        return [one for one in self.parked if is_lying(one.at, now)]


def report(tx: Reader, actor: Actor) -> Report:
    access.need_role(actor, RoleKind.ADMINISTRATOR)
    open_updates, first_update = inbox.backlog(tx)
    due, _, first_notice = outbox.backlog(tx, actor.now)
    return Report(
        updates=Waiting(open_updates - 1 if open_updates else 0, first_update),
        notices=Waiting(due, first_notice),
        parked=tuple(inbox.parked(tx)),
        unreachable=tuple(accounts.unreachable(tx)),
        outages=tuple(outages.since(tx, actor.now - LOOKED_BACK, limit=SHOWN)),
        backed_up_at=deployment.backed_up_at(tx),
        missing_year=calendar_around(actor.today).missing_notice(actor.today),
        administrators=len(accounts.administrators(tx)),
    )


def tell_administrators(tx: Writer, actor: Actor) -> bool:
    """On the days of digests, once: what is new of what needs a hand, to each administrator."""
    root = units.root(tx)
    due = None if root is None else digests.last_due(tx, root, actor.now)
    if root is None or due is None:
        return False
    day = local_day(due, ZoneInfo(root.zone))
    if settings.get(tx, WALK) == day.isoformat():
        return False
    settings.put(tx, WALK, day.isoformat())
    told = _told(settings.get(tx, TOLD) or {})
    found = {one.kind: one for one in _findings(tx, actor.now)}
    fresh = [kind for kind, one in found.items() if is_news(one, told.get(kind), day)]
    settings.put(tx, TOLD, _written({**_still(told, found), **{kind: Told(day, found[kind].cases) for kind in fresh}}))
    for telegram_id in accounts.administrators(tx) if fresh else ():
        outbox.add(
            tx, key=f"health:{day.isoformat()}:{telegram_id}", kind=SCREEN, payload={"kinds": fresh},
            telegram_id=telegram_id, not_before=actor.now, now=actor.now,
        )  # fmt: skip
    return False


def load_digest(tx: Reader, actor: Actor, kinds: list[str]) -> tuple[Report, frozenset[Finding]] | Skip:
    """What of it still needs a hand when it is sent, for somebody who is still an administrator."""
    if not actor.has(RoleKind.ADMINISTRATOR):
        return Skip("no_administrator")
    standing = frozenset(one.kind for one in _findings(tx, actor.now)) & {Finding(kind) for kind in kinds}
    return (report(tx, actor), standing) if standing else Skip("no_news")


def _findings(tx: Reader, now: datetime) -> list[Found]:
    return list(
        findings(
            parked=[one.update_id for one in inbox.parked(tx) if is_lying(one.at, now)],
            unreachable=[one.account_id for one in accounts.unreachable(tx)],
            backed_up_at=deployment.backed_up_at(tx),
            administrators=len(accounts.administrators(tx)),
            now=now,
        )
    )


def _still(told: Mapping[Finding, Told], found: Mapping[Finding, Found]) -> dict[Finding, Told]:
    """What was mended meanwhile is news when it comes again; a case that is over is one no longer."""
    return {kind: Told(one.on, one.cases & found[kind].cases) for kind, one in told.items() if kind in found}


def _told(kept: Mapping[str, Mapping[str, object]]) -> dict[Finding, Told]:
    return {
        Finding(kind): Told(date.fromisoformat(str(one["on"])), frozenset(one["cases"]))  # type: ignore[call-overload] # JSON
        for kind, one in kept.items()
    }


def _written(told: Mapping[Finding, Told]) -> dict[str, dict[str, object]]:
    return {kind: {"on": one.on.isoformat(), "cases": sorted(one.cases)} for kind, one in told.items()}
