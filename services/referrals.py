"""上报: a branch passes a need up in its own words, sees where it is, and may take it back until somebody acts; and what was
done for people, without their names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import local_day
from domain.needs import WORDS_LIMIT, Need, NeedKind, NeedState
from domain.refusals import Refusal
from domain.roles import LEADERS
from domain.units import Unit
from domain.wording import fitting
from services import access, audit, last_acts, needs, notices
from storage import audit as records
from storage import needs as rows
from storage import referrals
from storage.database import Reader, Writer

PASSED, RECALLED = "referral.passed", "referral.recalled"
SHOWN_FOR = timedelta(days=366)
ON_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Way:
    need: Need
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was passed up in these words and then taken back, and by whom."""

    kind: NeedKind
    unit: str
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Helped:
    """One thing that was done for somebody; `answer` only where the one who asked let it be read."""

    kind: NeedKind
    state: NeedState
    unit: str
    asked_on: date
    days: int
    answer: str


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Helped, ...]
    number: int
    more: bool


def ways(tx: Reader, actor: Actor, need_id: int) -> Way:
    """Refusal `nobody_above` where no unit above has anybody who could see to it."""
    need, capacity = access.need(tx, actor, need_id)
    found = needs.ways_up(tx, actor, need, capacity)
    if not found:
        raise Refusal("nobody_above")
    return Way(need, tuple(found))


def to_unit(tx: Reader, actor: Actor, need_id: int, unit_id: int) -> Unit:
    """A unit to which the actor may pass the need up. Refusals: `not_yours`, `nobody_above`."""
    found = next((unit for unit in ways(tx, actor, need_id).units if unit.id == unit_id), None)
    if found is None:
        raise Refusal("not_yours")
    return found


def pass_up(tx: Writer, actor: Actor, need_id: int, unit_id: int, words: str) -> int:
    """The turn is theirs from now on: nobody here is down for it any more."""
    need = needs.helped(tx, actor, need_id)
    unit = to_unit(tx, actor, need_id, unit_id)
    assert actor.person_id is not None
    referral_id = referrals.add(tx, need_id, unit.id, fitting(words, WORDS_LIMIT), actor.person_id, actor.now)
    needs.change(tx, actor, need, "need:pass_up", owner_id=None, promised_on=None, state=NeedState.OPEN)
    audit.record(
        tx,
        actor,
        "referral:pass",
        f"referral:{referral_id}",
        new={"unit": unit.id, "words": words},
        about=need.person_id,
    )
    for hearer in needs.who_helps(tx, need, unit.id):
        if hearer != actor.person_id:
            notices.tell(tx, actor, hearer, PASSED, key=f"referral:{referral_id}:{hearer}", need=need_id)
    needs.tell_news(tx, actor, need)
    return referral_id


def recall(tx: Writer, actor: Actor, need_id: int) -> None:
    """Take the last step up back. Refusals: `not_yours`, `acted_on` once somebody above has taken it on or answered."""
    need = needs.helped(tx, actor, need_id)
    last = needs.card(tx, actor, need_id).recallable
    if last is None:
        raise Refusal("acted_on" if referrals.of_need(tx, need_id) else "not_yours")
    referrals.withdraw(tx, last.id, actor.now)
    for hearer, kind in notices.take_back_all(tx, actor, f"referral:{last.id}:").items():
        if kind == PASSED:
            key = f"referral:{last.id}:{RECALLED}:{hearer}"
            notices.tell(tx, actor, hearer, RECALLED, key=key, unasked=True, referral=last.id)
    audit.record(
        tx,
        actor,
        "referral:recall",
        f"referral:{last.id}",
        old={"unit": last.unit_id, "words": last.words},
        about=need.person_id,
    )
    needs.change(tx, actor, need, "need:recall", owner_id=actor.person_id)
    needs.tell_news(tx, actor, need)


def recalled(tx: Reader, reader: Actor, referral_id: int) -> Recalled | None:
    """Word to those a need was passed up to that it no longer is; not where it came to them again."""
    found = referrals.taken_back(tx, referral_id)
    if found is None or found.unit_id not in reader.units(*LEADERS):
        return None
    need = rows.get(tx, found.need_id)
    if need is None or any(one.unit_id == found.unit_id for one in referrals.of_need(tx, need.id)):
        return None
    by = last_acts.name_of(tx, records.last(tx, f"referral:{referral_id}"))
    return Recalled(need.kind, access.branch_of(tx, need.person_id).name, found.words, by)


def helped(tx: Reader, actor: Actor, page: int) -> Page:
    """为大家办的实事: what was answered or solved within a year, for everybody in the organisation, and of nobody by name."""
    found = rows.helped(tx, actor.now - SHOWN_FOR, offset=page * ON_A_PAGE, limit=ON_A_PAGE + 1)
    shown = found[:ON_A_PAGE]
    names = {unit_id: access.branch_over(tx, unit_id).name for unit_id in {row.unit_id for row in shown}}
    zone = ZoneInfo(actor.zone)
    return Page(tuple(_line(row, names[row.unit_id], zone) for row in shown), page, len(found) > ON_A_PAGE)


def _line(row: rows.HelpedRow, unit: str, zone: ZoneInfo) -> Helped:
    asked_on = local_day(row.opened_at, zone)
    helped_at: datetime = row.helped_at
    return Helped(
        NeedKind(row.kind), NeedState(row.state), unit, asked_on, (local_day(helped_at, zone) - asked_on).days,
        row.answer if row.shared_at else "",
    )  # fmt: skip
