"""组织调整: a unit is renamed, split or merged on its day, entered from above; what was summed up before keeps its names.

A change for today is done a minute after it was entered, so every change can be taken back until then; one between branches
waits until the month before is final (`unit_change_days`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from domain.actors import Actor
from domain.calendar import ONE_DAY
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import LEADERS
from domain.rotations import LIVE
from domain.unit_changes import (
    NAME_LIMIT,
    Plan,
    UnitChange,
    UnitChangeKind,
    require_day,
    require_mergeable,
    require_open,
)
from domain.units import Unit
from domain.wording import fitting
from services import audit, handover_acts, handovers, last_acts, notices
from services import roles as role_services
from services.calendar import today_in_unit
from services.notices import HOLD
from services.unit_change_days import carried_out_on, finishes_first, has_finished
from storage import accounts, people, roles, unit_changes, units
from storage.database import Reader, Writer

DONE = "unit_change.done"
AT_A_TIME = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """`asked_for` is the day that was named, `plan` has the one on which it is done, and who goes into a new unit. `people`
    belong to the unit; `ending` are the names of those whose posts end.
    """

    plan: Plan
    asked_for: date
    unit: Unit
    into: Unit | None
    people: int
    ending: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A change as it is shown: the units' names as they are now."""

    change: UnitChange
    unit: str
    into: str


def opened(tx: Reader, actor: Actor, unit_id: int) -> Unit:
    """A unit that the actor may reorganise: from above, or as an administrator. Refusals: `not_yours`, `unit_closed`."""
    unit = units.get(tx, unit_id)
    if unit is None or not role_services.may_change(tx, actor, unit):
        raise Refusal("not_yours")
    require_open(unit)
    return unit


def pending(tx: Reader, actor: Actor, unit_id: int) -> list[Told]:
    opened(tx, actor, unit_id)
    return [_told(tx, one) for one in unit_changes.pending(tx, unit_id)]


def members(tx: Reader, actor: Actor, unit_id: int) -> list[Person]:
    return people.present(tx, opened(tx, actor, unit_id).id)


def targets(tx: Reader, actor: Actor, unit_id: int) -> list[Unit]:
    """Into which a unit can go: the others of its kind that the actor may reorganise too."""
    unit = opened(tx, actor, unit_id)
    return [one for one in units.everything(tx) if one.kind is unit.kind and _can_merge(tx, actor, unit, one)]


def _can_merge(tx: Reader, actor: Actor, unit: Unit, into: Unit) -> bool:
    return into.id != unit.id and unit.parent_id is not None and role_services.may_change(tx, actor, into)


def checked(tx: Reader, actor: Actor, plan: Plan) -> Plan:
    """The plan with its name trimmed, and for the day on which it can be done. Refusals: `unit_day_past`, `unit_change_pending`, `unit_name_taken`,
    `units_do_not_merge`, `unit_nobody_chosen`, and those of texts.
    """
    unit = opened(tx, actor, plan.unit_id)
    require_day(plan.on_day, today_in_unit(tx, actor, unit.id))
    if unit_changes.pending(tx, unit.id):
        raise Refusal("unit_change_pending", unit=unit.name)
    kept = named(tx, actor, unit.id, plan.name) if plan.kind is not UnitChangeKind.MERGE else ""
    if plan.kind is UnitChangeKind.SPLIT:
        _require_people(tx, unit, plan)
    if plan.kind is UnitChangeKind.MERGE:
        _require_target(tx, actor, unit, plan)
    return replace(plan, name=kept, on_day=carried_out_on(tx, plan, unit))


def named(tx: Reader, actor: Actor, unit_id: int, name: str) -> str:
    """A name that no unit beside this one bears. Refusal `unit_name_taken`."""
    unit, kept = opened(tx, actor, unit_id), fitting(name, NAME_LIMIT)
    if units.named(tx, unit.parent_id, kept) is not None:
        raise Refusal("unit_name_taken", name=kept)
    return kept


def _require_people(tx: Reader, unit: Unit, plan: Plan) -> None:
    present = {person.id for person in people.present(tx, unit.id)}
    if not plan.people or not present.issuperset(plan.people):
        raise Refusal("unit_nobody_chosen")


def _require_target(tx: Reader, actor: Actor, unit: Unit, plan: Plan) -> None:
    into = opened(tx, actor, plan.other_id or 0)
    require_mergeable(unit, into)
    if clash := _clash(tx, unit, into):
        raise Refusal("unit_name_taken", name=clash)


def _clash(tx: Reader, unit: Unit, into: Unit) -> str:
    """A name that both bear beneath them; empty where there is none."""
    names = [unit.name, *(child.name for child in units.children(tx, unit.id))]
    return next((name for name in names if units.named(tx, into.id, name) is not None), "")


def preview(tx: Reader, actor: Actor, plan: Plan) -> Preview:
    unit, merges = opened(tx, actor, plan.unit_id), plan.kind is UnitChangeKind.MERGE
    return Preview(
        plan=checked(tx, actor, plan),
        asked_for=plan.on_day,
        unit=unit,
        into=units.get(tx, plan.other_id) if plan.other_id else None,
        people=len(people.present(tx, unit.id)),
        ending=tuple(held.name for held in roles.at_unit(tx, unit.id)) if merges else (),
    )


def enter(tx: Writer, actor: Actor, plan: Plan) -> int:
    units.lock(tx, plan.unit_id)
    plan = checked(tx, actor, plan)
    unit = opened(tx, actor, plan.unit_id)
    change_id = unit_changes.add(tx, plan, unit.name, actor.account_id, actor.now)
    new = {"unit": unit.id, "kind": plan.kind, "on": plan.on_day, "name": plan.name, "other": plan.other_id}
    audit.record(tx, actor, "unit_change:entered", f"unit_change:{change_id}", new=new)
    return change_id


def cancel(tx: Writer, actor: Actor, change_id: int) -> UnitChange:
    """Refusal `already_done` once it was done or cancelled."""
    change = unit_changes.get(tx, change_id)
    if change is None or change.done_at is not None:
        raise Refusal("already_done")
    opened(tx, actor, change.plan.unit_id)
    if not unit_changes.settle(tx, change_id, cancelled_at=actor.now):
        raise last_acts.refusal(tx, actor, f"unit_change:{change_id}", "already_done", "unit_change:cancelled")
    audit.record(tx, actor, "unit_change:cancelled", f"unit_change:{change_id}")
    return change


def entered(tx: Reader, actor: Actor, change_id: int) -> Told:
    """A change as whoever entered it sees it until it is done."""
    change = unit_changes.get(tx, change_id)
    if change is None:
        raise Refusal("gone")
    opened(tx, actor, change.plan.unit_id)
    return _told(tx, change)


def told(tx: Reader, actor: Actor, change_id: int) -> Told | None:
    """Word of a change to whoever leads one of its units."""
    change = unit_changes.get(tx, change_id)
    if change is None or change.done_at is None:
        return None
    led = actor.units(*LEADERS)
    concerned = any(units.is_beneath(tx, one, led) for one in (change.plan.unit_id, change.plan.other_id) if one)
    return _told(tx, change) if concerned else None


def _told(tx: Reader, change: UnitChange) -> Told:
    unit = units.get(tx, change.plan.unit_id)
    into = units.get(tx, change.plan.other_id) if change.plan.other_id else None
    return Told(change, unit.name if unit else "", into.name if into else "")


def apply_unit_changes(tx: Writer, actor: Actor) -> bool:
    """A step of the tick: what was entered for a day that has come and waits for nothing. Tells whether more is there."""
    return _apply_ready(tx, actor, finishing=False)


def apply_branch_changes(tx: Writer, actor: Actor) -> bool:
    """The same for what waits for a month to be final: a step that comes after the finals."""
    return _apply_ready(tx, actor, finishing=True)


def _apply_ready(tx: Writer, actor: Actor, *, finishing: bool) -> bool:
    ready = [
        change
        for change in unit_changes.due(tx, actor.today + ONE_DAY)
        if change.entered_at + HOLD <= actor.now and _is_ready(tx, actor, change.plan, finishing=finishing)
    ]
    for change in ready[:AT_A_TIME]:
        if unit_changes.settle(tx, change.id, done_at=actor.now):
            _apply(tx, actor, change)
    return len(ready) > AT_A_TIME


def _is_ready(tx: Reader, actor: Actor, plan: Plan, *, finishing: bool) -> bool:
    unit = units.get(tx, plan.unit_id)
    if unit is None or plan.on_day > today_in_unit(tx, actor, plan.unit_id):
        return False
    if finishes_first(tx, plan, unit) is not finishing:
        return False
    return not finishing or has_finished(tx, plan, unit, actor.now)


def _apply(tx: Writer, actor: Actor, change: UnitChange) -> None:
    """What has become impossible since it was entered is recorded as such and changes nothing."""
    units.lock(tx, change.plan.unit_id)
    unit = units.get(tx, change.plan.unit_id)
    hearers = accounts.holders(tx, [change.plan.unit_id], *LEADERS)
    if unit is None or unit.closed_on is not None or not _DO[change.plan.kind](tx, actor, change, unit):
        audit.record(tx, actor, "unit_change:failed", f"unit_change:{change.id}")
        return
    audit.record(
        tx,
        actor,
        "unit_change:done",
        f"unit_change:{change.id}",
        old={"name": unit.name},
        new={"name": change.plan.name},
    )
    others = accounts.holders(tx, [change.plan.other_id], *LEADERS) if change.plan.other_id else []
    above = accounts.holders(tx, [unit.parent_id], *LEADERS) if unit.parent_id else []
    for hearer in dict.fromkeys(filter(None, [*hearers, *others, *above, change.enterer])):
        notices.tell(tx, actor, hearer, DONE, key=f"unit_change:{change.id}:{hearer}", change=change.id)


def _rename(tx: Writer, _actor: Actor, change: UnitChange, unit: Unit) -> bool:
    if units.named(tx, unit.parent_id, change.plan.name) is not None:
        return False
    units.rename(tx, unit.id, change.plan.name)
    return True


def _split(tx: Writer, actor: Actor, change: UnitChange, unit: Unit) -> bool:
    if units.named(tx, unit.parent_id, change.plan.name) is not None:
        return False
    new_id = units.add(tx, unit.kind, change.plan.name, unit.parent_id, position=unit.position, zone=unit.zone)
    unit_changes.update_other(tx, change.id, new_id)
    here = {person.id for person in people.present(tx, unit.id)}
    for person_id in (one for one in change.plan.people if one in here):
        _move(tx, actor, person_id, unit.id, new_id)
    return True


def _merge(tx: Writer, actor: Actor, change: UnitChange, unit: Unit) -> bool:
    into = units.get(tx, change.plan.other_id or 0)
    if into is None or into.closed_on is not None or _clash(tx, unit, into):
        return False
    for held in roles.at_unit(tx, unit.id):
        role_services.revoke(tx, actor, held)
    members = unit_changes.members(tx, unit.id)
    unit_changes.update_people(tx, change.id, members)
    for person_id in members:
        _move(tx, actor, person_id, unit.id, into.id)
    for child in units.children(tx, unit.id):
        units.put_beneath(tx, child.id, into.id)
    unit_changes.move_rotations(tx, unit.id, into.id, sorted(LIVE))
    units.put_beneath(tx, unit.id, into.id)
    units.close(tx, unit.id, change.plan.on_day)
    return True


def _move(tx: Writer, actor: Actor, person_id: int, old_id: int, new_id: int) -> None:
    handover_acts.move(tx, actor, person_id, new_id)
    if people.is_present(tx, person_id):
        key = f"handover:{person_id}:moved:{actor.now.isoformat()}:{person_id}"
        notices.tell(tx, actor, person_id, handovers.MOVED, key=key, person=person_id, unit=new_id, old=old_id)


_DO: dict[UnitChangeKind, Callable[[Writer, Actor, UnitChange, Unit], bool]] = {
    UnitChangeKind.RENAME: _rename,
    UnitChangeKind.SPLIT: _split,
    UnitChangeKind.MERGE: _merge,
}
