"""Who reads which summary: secretaries and officers those of their units and of all beneath; names stay in the branch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.actors import DEFAULT_ZONE, Actor
from domain.calendar import Month
from domain.nameless import nameless
from domain.periods import locks_on
from domain.refusals import Refusal
from domain.roles import LEADERS, RoleKind
from domain.summaries import NAMED_KINDS, Edition, MonthSummary
from domain.summary_days import newest_drafted_month
from domain.units import Unit, UnitKind
from services import access, calendar, confirmations, deployment
from services.confirmations import Answering
from services.delivery import Skip
from services.summaries import shown, with_details, without_details
from storage import summaries, units
from storage.confirmations import left_at
from storage.database import Reader

TOLD_KINDS = (UnitKind.COMMITTEE, UnitKind.GENERAL_BRANCH, UnitKind.BRANCH)
FIRST_MONTH = Month(2020, 1)
PAGE = 8
OWN = 0
"""Stands in a button for all the units whose secretary or officer one is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A month of one unit, or of all one's own (`unit_id` is OWN), and where one can go from there."""

    month: Month
    unit_id: int
    summaries: tuple[MonthSummary, ...]
    previous: Month | None
    next: Month | None
    others: bool
    detail_files: bool
    answering: tuple[Answering, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One page of the units whose summaries one may read."""

    month: Month
    units: tuple[Unit, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Ready:
    """What a notice brings: one edition of all units that a reader answers for; `locks` is the day the month locks."""

    name: str
    month: Month
    edition: Edition
    summaries: tuple[MonthSummary, ...]
    locks: date
    detail_files: bool
    answering: tuple[Answering, ...] = ()


def asked(tx: Reader, actor: Actor, words: str) -> tuple[Month, int]:
    """What `2026-10 变电检修党支部` asks for, both parts optional.

    Refusals: `summary_no_role`, `no_such_month`, `no_such_unit` (unit), `several_units` (unit).
    """
    own = own_units(tx, actor)
    month, rest = _month_in(unicodedata.normalize("NFKC", words).split(), actor.today)
    unit_id = _only(units_to_read(tx, actor, closed=True), rest) if rest else OWN
    return month or usual_month(tx, own, actor), unit_id


def usual_month(tx: Reader, own: Sequence[Unit], actor: Actor) -> Month:
    """The newest month of which one of these units has its draft, on its day or, all having confirmed, ahead of it."""
    last = Month.of(actor.today).previous
    if any(left_at(tx, unit.id, str(last)) for unit in own):
        return last
    found = [
        newest_drafted_month(unit.kind, actor.now, calendar.of_unit(tx, unit.id, actor.today), ZoneInfo(unit.zone))
        for unit in own
    ]
    return max((month for month in found if month), default=last)


def own_units(tx: Reader, actor: Actor) -> list[Unit]:
    """The units whose secretary or officer one is, in the organisation's own order. Refusal `summary_no_role`."""
    own = [unit for unit in access.led_units(tx, actor) if unit.kind in TOLD_KINDS]
    if not own:
        raise Refusal("summary_no_role")
    return _in_order(own)


def reading(tx: Reader, actor: Actor, month: str, unit_id: int) -> Reading:
    """Refusals: `summary_no_role`, `not_yours`, `no_such_month`."""
    chosen, own = _month(month, actor.today), own_units(tx, actor)
    read = own if unit_id == OWN else [access.unit(tx, actor, unit_id, *LEADERS)]
    return Reading(
        month=chosen,
        unit_id=unit_id,
        summaries=tuple(_readable(actor, shown(tx, unit.id, chosen, actor.now)) for unit in read),
        previous=chosen.previous if chosen > FIRST_MONTH else None,
        next=chosen.next if chosen.next <= Month.of(actor.today) else None,
        others=len(own) > 1 or own[0].kind is not UnitKind.BRANCH,
        detail_files=deployment.detail_files_in_chat(tx),
        answering=_answering(tx, actor, (unit.id for unit in read), chosen),
    )


def for_detail_file(tx: Reader, actor: Actor, month: str, unit_id: int) -> Reading:
    """Refusal `detail_files_kept_out` where such files do not go through Telegram."""
    found = reading(tx, actor, month, unit_id)
    if not found.detail_files:
        raise Refusal("detail_files_kept_out")
    return found


def choice(tx: Reader, actor: Actor, month: str, page: int) -> Choice:
    found = units_to_read(tx, actor)
    pages = -(-len(found) // PAGE)
    page = min(page, pages - 1)
    return Choice(_month(month, actor.today), tuple(found[page * PAGE : (page + 1) * PAGE]), page, pages)


def ready(tx: Reader, actor: Actor, month: str, unit_ids: Sequence[int], edition: str) -> Ready | Skip:
    """What was announced, for the units that the reader still answers for; a draft that went late is the final by now."""
    own = [unit_id for unit_id in unit_ids if unit_id in actor.units(*LEADERS)]
    editions = (Edition.FINAL, Edition(edition))
    stored = [_first_stored(tx, unit_id, month, editions) for unit_id in own]
    told = tuple(_readable(actor, with_details(tx, one, actor.now)) for one in stored if one is not None)
    if not told:
        return Skip("not_yours")
    locks = locks_on(Month.parse(month), calendar.of_unit(tx, told[0].unit_id, Month.parse(month).first))
    files = deployment.detail_files_in_chat(tx)
    asked = _answering(tx, actor, (one.unit_id for one in told), Month.parse(month))
    return Ready(actor.name, Month.parse(month), told[0].edition, told, locks, files, asked)


def _answering(tx: Reader, actor: Actor, unit_ids: Iterable[int], month: Month) -> tuple[Answering, ...]:
    """Those of the units that the actor himself lets go up."""
    found = (confirmations.answering(tx, actor, unit_id, month) for unit_id in unit_ids)
    return tuple(each for each in found if each is not None)


def _first_stored(tx: Reader, unit_id: int, month: str, editions: Sequence[Edition]) -> MonthSummary | None:
    found = (summaries.stored(tx, unit_id, month, edition) for edition in editions)
    return next((one for one in found if one is not None), None)


def exported(tx: Reader, month: str, name: str, now: datetime) -> tuple[Month, list[int]]:
    """For whoever runs the program itself: the units of that name, or all. Refusals as those of `asked`."""
    readable = [unit for unit in units.everything(tx) if unit.kind in TOLD_KINDS]
    chosen = _month(month, now.astimezone(ZoneInfo(DEFAULT_ZONE)).date())
    return chosen, [_only(readable, name)] if name else [unit.id for unit in _in_order(readable)]


def _readable(actor: Actor, made: MonthSummary) -> MonthSummary:
    """As it stands for the unit's own secretary; for those above without names, but for signed highlights."""
    if made.kind not in NAMED_KINDS or made.unit_id in actor.units(RoleKind.SECRETARY):
        return made
    return replace(nameless(without_details(made)), highlights=made.highlights)


def units_to_read(tx: Reader, actor: Actor, *, closed: bool = False) -> list[Unit]:
    """All units of one's scope, in the organisation's own order."""
    found = {
        unit.id: unit for own in own_units(tx, actor) for unit in units.beneath(tx, own.id, *TOLD_KINDS, closed=closed)
    }  # fmt: skip
    return _in_order(found.values())


def _in_order(found: Iterable[Unit]) -> list[Unit]:
    return sorted(found, key=lambda unit: (TOLD_KINDS.index(unit.kind), unit.position, unit.id))


def _only(readable: Sequence[Unit], name: str) -> int:
    """The one unit that is meant by a name or a part of it."""
    found = [unit for unit in readable if unit.name == name] or [unit for unit in readable if name in unit.name]
    if len(found) != 1:
        raise Refusal("several_units" if found else "no_such_unit", unit=name)
    return found[0].id


def _month_in(words: list[str], today: date) -> tuple[Month | None, str]:
    """The month with which the words begin, such as 2026-10, 2026年10月, 202610 or 10月, and what follows it."""
    first = words[0] if words else ""
    whole = re.fullmatch(r"(\d{4})(?:[-/.年])?(\d{1,2})月?", first)
    short = re.fullmatch(r"(\d{1,2})月", first)
    if whole:
        return _month(f"{whole[1]}-{whole[2]:0>2}", today), " ".join(words[1:])
    if short:
        this_year = f"{today.year}-{short[1]:0>2}"
        written = this_year if this_year <= str(Month.of(today)) else f"{today.year - 1}-{short[1]:0>2}"
        return _month(written, today), " ".join(words[1:])
    return None, " ".join(words)


def _month(text: str, today: date) -> Month:
    """A month that has begun. Refusal `no_such_month`."""
    try:
        month = Month.parse(text)
    except ValueError:
        raise Refusal("no_such_month") from None
    if not FIRST_MONTH <= month <= Month.of(today):
        raise Refusal("no_such_month")
    return month
