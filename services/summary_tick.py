"""Summaries by themselves: drafts on their working day or once all beneath have confirmed, finals when the month locks, and word of them to their readers.

The steps run in this order. When `announce_summaries` runs, all that is due at the moment is stored, so that a reader
hears of all their units at once; whatever was down meanwhile, only the newest month is drafted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import Month, local_day
from domain.confirmations import HELD
from domain.summaries import Edition, MonthSummary
from domain.summary_days import final_at, is_told_unasked, newest_drafted_month
from domain.units import Unit
from services import audit, calendar, group_chats, notices
from services.confirmations import unit_above
from services.summaries import is_blank, month_summary, without_details
from storage import confirmations, people, summaries, units
from storage.database import Reader, Writer
from storage.summaries import Unannounced

UNITS = 20
"""Summaries made in one transaction; each takes some twenty queries."""
FIRST_ZONE = timedelta(hours=14)
"""Where on earth a month begins first, ahead of UTC."""


def store_drafts(tx: Writer, actor: Actor) -> bool:
    """Make the drafts whose time has come; a month that has locked meanwhile gets its final at once."""
    due = _undrafted(tx, actor.now)
    for unit, month in islice(due, UNITS):
        units.lock(tx, unit.id)  # nobody beneath confirms or takes back while it is made
        locks = final_at(month, calendar.of_unit(tx, unit.id, month.first), ZoneInfo(unit.zone))
        edition = Edition.FINAL if actor.now >= locks else Edition.DRAFT
        made = month_summary(tx, unit.id, month, actor.now, edition)
        has_news = _is_told(tx, unit, month) and not is_blank(made)
        _store(tx, actor, made, has_news=has_news)
        if has_news and edition is Edition.DRAFT and unit_above(tx, unit.id):
            confirmations.ask(tx, unit.id, str(month), actor.now)
    return next(due, None) is not None


def store_finals(tx: Writer, actor: Actor) -> bool:
    """Make the finals of drafted months that have locked; only one that says something else than its draft is told."""
    due = _unlocked(tx, actor.now)
    for unit, month in islice(due, UNITS):
        draft = summaries.stored(tx, unit.id, str(month), Edition.DRAFT)
        made = month_summary(tx, unit.id, month, actor.now, Edition.FINAL)
        is_new = draft is None or not without_details(made).says_the_same(draft)
        _store(tx, actor, made, has_news=is_new and _is_told(tx, unit, month))
    return next(due, None) is not None


def announce_summaries(tx: Writer, actor: Actor) -> bool:
    """One notice a reader and edition, for all their units."""
    rows = summaries.unannounced(tx)
    if not rows:
        return False
    for (month, edition, person_id), unit_ids in _by_reader(tx, rows).items():
        notices.tell(
            tx, actor, person_id, "summary.ready", key=f"summary:{month}:{edition}:{person_id}:{unit_ids[0]}",
            unasked=True, month=month, units=unit_ids, edition=edition,
        )  # fmt: skip
    summaries.mark_announced(tx, [row.id for row in rows], actor.now)
    return False


STEPS = (store_drafts, store_finals, announce_summaries)


def _undrafted(tx: Reader, now: datetime) -> Iterator[tuple[Unit, Month]]:
    """The units whose newest drafted month is not stored, and those beneath which all have confirmed ahead of the day."""
    last = _last_month(now)
    without_last = summaries.without_any(tx, str(last))
    ahead = confirmations.complete(tx, str(last), now - HELD) if without_last else set()
    without_earlier = {unit.id for unit in summaries.without_any(tx, str(last.previous))} if without_last else set()
    for unit in without_last:
        days = calendar.of_unit(tx, unit.id, last.first)
        month = last if unit.id in ahead else newest_drafted_month(unit.kind, now, days, ZoneInfo(unit.zone))
        if month == last or (month == last.previous and unit.id in without_earlier):
            yield unit, month


def _unlocked(tx: Reader, now: datetime) -> Iterator[tuple[Unit, Month]]:
    """The units with a draft and no final of a month that has locked."""
    last = _last_month(now)
    for month in (last.previous, last):
        for unit in summaries.without_final(tx, str(month)):
            if final_at(month, calendar.of_unit(tx, unit.id, month.first), ZoneInfo(unit.zone)) <= now:
                yield unit, month


def _is_told(tx: Reader, unit: Unit, month: Month) -> bool:
    begun = people.begun_at(tx)
    return is_told_unasked(month, None if begun is None else local_day(begun, ZoneInfo(unit.zone)))


def _last_month(now: datetime) -> Month:
    return Month.of((now.astimezone(UTC) + FIRST_ZONE).date()).previous


def _store(tx: Writer, actor: Actor, made: MonthSummary, *, has_news: bool) -> None:
    announced_at = None if has_news else actor.now
    if summaries.store(tx, without_details(made), announced_at=announced_at):
        group_chats.tell_summary(tx, actor, made)
        audit.record(tx, actor, "summary:store", f"unit:{made.unit_id}", new={"month": made.month, "as": made.edition})


def _by_reader(tx: Reader, rows: list[Unannounced]) -> dict[tuple[str, Edition, int], list[int]]:
    readers: dict[int, list[int]] = defaultdict(list)
    for unit_id, person_id in summaries.readers(tx, sorted({row.unit_id for row in rows})):
        readers[unit_id].append(person_id)
    told: dict[tuple[str, Edition, int], list[int]] = defaultdict(list)
    for row in rows:
        for person_id in dict.fromkeys(readers[row.unit_id]):
            told[row.month, row.edition, person_id].append(row.unit_id)
    return told
