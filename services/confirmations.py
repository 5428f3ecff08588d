"""确认上报: a secretary lets the month of his unit go up, with a few words if he likes, and may think again until the
summary above has left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import Month
from domain.confirmations import WORDS_LIMIT, Confirmation
from domain.periods import locks_at
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.summary_days import draft_on
from domain.units import Unit, UnitKind
from domain.wording import fitting
from services import audit, calendar
from storage import confirmations, people, units
from storage.database import Reader, Writer

ABOVE = frozenset({UnitKind.GENERAL_BRANCH, UnitKind.COMMITTEE})


@dataclass(frozen=True, slots=True)
class Answering:
    """Where a unit's month stands on its way up, for one of its own secretaries.

    `leaves_on` is the day on which the summary of the unit above leaves at the latest, `left_at` when it did.
    """

    unit_id: int
    unit: str
    above: str
    month: Month
    zone: str
    said: Confirmation
    leaves_on: date
    left_at: datetime | None
    locked: bool

    @property
    def is_settled(self) -> bool:
        return self.locked or self.said.has_gone_up(self.left_at)


def unit_above(tx: Reader, unit_id: int) -> Unit | None:
    """The nearest unit over this one that has a summary of its own."""
    return next((unit for unit in units.above(tx, unit_id)[1:] if unit.kind in ABOVE), None)


def answering(tx: Reader, actor: Actor, unit_id: int, month: Month) -> Answering | None:
    """None for whoever is not a secretary of this very unit, and where nobody was asked."""
    unit, above = units.get(tx, unit_id), unit_above(tx, unit_id)
    if unit is None or above is None or unit_id not in actor.units(RoleKind.SECRETARY):
        return None
    said = confirmations.get(tx, unit_id, str(month))
    return None if said is None else _answering(tx, actor, unit, above, said)


def confirm(tx: Writer, actor: Actor, unit_id: int, month: Month, words: str | None = None) -> Answering:
    """Let the month go up; `words` replace what was added before, None leaves it and an empty string takes it out.

    Saying the same again changes nothing. Refusals: `not_yours`, `month_has_gone_up` (unit, above), `text_too_long`.
    """
    open_one = _open(tx, actor, unit_id, month)
    remark = open_one.said.remark if words is None else _fitting(words)
    if open_one.said.confirmed_at is None or remark != open_one.said.remark:
        _put(tx, actor, open_one, remark, actor.now)
    return _again(tx, actor, open_one)


def take_back(tx: Writer, actor: Actor, unit_id: int, month: Month) -> Answering:
    """Unsay it: the words stay with the secretary, and nobody else reads them. Refusals as those of `confirm`."""
    open_one = _open(tx, actor, unit_id, month)
    if open_one.said.confirmed_at is not None:
        _put(tx, actor, open_one, open_one.said.remark, None)
    return _again(tx, actor, open_one)


def named_in(tx: Reader, unit_id: int, words: str) -> list[str]:
    """People of the unit whose names stand in the words: above the branch nobody is named."""
    return people.named_in(tx, unit_id, words)


def _open(tx: Writer, actor: Actor, unit_id: int, month: Month) -> Answering:
    """As it stands, with everything locked that decides whether it may still change."""
    above = unit_above(tx, unit_id)
    if above is not None and unit_id in actor.units(RoleKind.SECRETARY):
        units.lock(tx, above.id)
        confirmations.lock(tx, unit_id, str(month))
    return refuse_settled(tx, actor, unit_id, month)


def refuse_settled(tx: Reader, actor: Actor, unit_id: int, month: Month) -> Answering:
    """How it stands, while it may still change. Refusals as those of `confirm`."""
    found = answering(tx, actor, unit_id, month)
    if found is None:
        raise Refusal("not_yours")
    if found.is_settled:
        raise Refusal("month_has_gone_up", unit=found.unit, above=found.above)
    return found


def _answering(tx: Reader, actor: Actor, unit: Unit, above: Unit, said: Confirmation) -> Answering:
    month, zone = Month.parse(said.month), ZoneInfo(unit.zone)
    days = calendar.of_unit(tx, above.id, month.first)
    leaves_on = draft_on(above.kind, month, days)
    assert leaves_on is not None  # those above have a day of their own
    locks = locks_at(month, calendar.of_unit(tx, unit.id, month.first), zone)
    left_at = confirmations.left_at(tx, above.id, said.month)
    return Answering(
        unit.id, unit.name, above.name, month, unit.zone, said, leaves_on, left_at, locked=actor.now >= locks
    )


def _put(tx: Writer, actor: Actor, was: Answering, remark: str, confirmed_at: datetime | None) -> None:
    by = None if confirmed_at is None else actor.person_id
    month = str(was.month)
    confirmations.put(tx, was.unit_id, month, remark=remark, confirmed_at=confirmed_at, confirmed_by=by)
    verb = "confirmation:take_back" if confirmed_at is None else "confirmation:confirm"
    old, new = {"month": month, "remark": was.said.said}, {"month": month, "remark": remark if confirmed_at else ""}
    audit.record(tx, actor, verb, f"unit:{was.unit_id}", old=old, new=new)


def _again(tx: Reader, actor: Actor, was: Answering) -> Answering:
    found = answering(tx, actor, was.unit_id, was.month)
    assert found is not None
    return found


def _fitting(words: str) -> str:
    return fitting(words, WORDS_LIMIT) if words else ""
