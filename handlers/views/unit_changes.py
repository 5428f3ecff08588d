"""组织调整 as it is asked, seen before it is entered, entered, and told once it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.calendar import Month
from domain.people import Person
from domain.unit_changes import Plan, UnitChangeKind
from domain.units import Unit
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, turns
from locales import N_
from services.people import PAGE
from services.unit_changes import Preview, Told

KINDS: dict[UnitChangeKind, str] = {
    UnitChangeKind.RENAME: N_("Another name"),
    UnitChangeKind.SPLIT: N_("Split off a new unit"),
    UnitChangeKind.MERGE: N_("Merge into another unit"),
}
REFUSALS: dict[str, str] = {
    "unit_day_past": N_(
        "{day} has passed; what was reported by then keeps the old name. Please choose today or a later day."
    ),
    "unit_closed": N_("{unit} was merged into another unit; please choose that one."),
    "unit_change_pending": N_("A change of {unit} has been entered already. Please cancel that first."),
    "unit_name_taken": N_(
        "There is already a unit called {name} there. Please choose another name, or rename that one first."
    ),
    "units_do_not_merge": N_("{unit} cannot go into {into}: both must be of the same kind and still exist."),
    "unit_nobody_chosen": N_(
        "Nobody has been chosen for the new unit, or somebody chosen does not belong here any more."
    ),
}


@dataclass(frozen=True, slots=True)
class Kinds:
    unit: Unit
    pending: Sequence[Told]
    can_merge: bool
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Targets:
    unit: Unit
    units: Sequence[Unit]
    page: int


@dataclass(frozen=True, slots=True)
class Asking:
    unit: Unit
    kind: UnitChangeKind


@dataclass(frozen=True, slots=True)
class People:
    unit: Unit
    name: str
    members: Sequence[Person]
    chosen: frozenset[int]
    page: int


def kinds(data: Kinds, say: Say) -> Message:
    unit = data.unit
    text = lines(
        say("Cancelled: everything stays as it is. Nobody was told.") if data.cancelled else None,
        bold(say("Reorganise {unit}", unit=unit.name)),
        *(
            say("Entered for {day}: {what}", day=say.date(one.change.plan.on_day), what=_told(one, say))
            for one in data.pending
        ),
        None if data.pending else say("Summaries made before keep the old names."),
    )
    shown = [kind for kind in KINDS if kind is not UnitChangeKind.MERGE or data.can_merge]
    rows = [[button(say.plain(KINDS[kind]), "unit_change.kind", unit.id, kind)] for kind in shown]
    rows = [] if data.pending else rows
    rows += [[button(say.plain("Cancel this change"), "unit_change.cancel", one.change.id)] for one in data.pending]
    return Message(text, [*rows, [_back(unit, say)]])


def _back(unit: Unit, say: Say) -> Button:
    return button(say.plain("Back to {name}", name=unit.name), "unit_change.stop", unit.id)


def _told(told: Told, say: Say) -> Html:
    return _what(told.change.plan, told.change.was, told.into, say)


def _what(plan: Plan, was: str, into: str, say: Say) -> Html:
    if plan.kind is UnitChangeKind.RENAME:
        return say("{was} becomes {name}", was=was, name=plan.name)
    if plan.kind is UnitChangeKind.MERGE:
        return say("{was} goes into {into}", was=was, into=into)
    return say.many(
        "{name} is split off from {was} with one person",
        "{name} is split off from {was} with {number} people",
        len(plan.people),
        name=plan.name,
        was=was,
    )


def targets(data: Targets, say: Say) -> Message:
    first = data.page * PAGE
    shown = data.units[first : first + PAGE]
    rows = [[button(unit.name, "unit_change.into", unit.id)] for unit in shown]
    ways = turns(say, data.page, "unit_change.targets", data.unit.id, more=len(data.units) > first + PAGE)
    return Message(say("Into which unit does {unit} go?", unit=data.unit.name), [*rows, *ways, [_back(data.unit, say)]])


def ask_name(data: Asking, say: Say) -> Message:
    if data.kind is UnitChangeKind.SPLIT:
        text = say("What is the unit called that is split off from {unit}?", unit=data.unit.name)
    else:
        text = say("What is {unit} to be called?", unit=data.unit.name)
    return Message(text, [[_back(data.unit, say)]])


def ask_day(data: Asking, say: Say) -> Message:
    text = say("From which day? Tap “Today” or write a later day, such as 2027-01-01.")
    return Message(text, [[button(say.plain("Today"), "unit_change.today")], [_back(data.unit, say)]])


def people(data: People, say: Say) -> Message:
    first = data.page * PAGE
    shown = data.members[first : first + PAGE]
    rows = [[button(_person(one, data, say), "unit_change.pick", one.id)] for one in shown]
    text = say("Who goes into {name}? Tap the names; {number} chosen so far.", name=data.name, number=len(data.chosen))
    done = [[button(say.plain("That is all"), "unit_change.picked")]] if data.chosen else []
    ways = turns(say, data.page, "unit_change.people", more=len(data.members) > first + PAGE)
    return Message(text, [*rows, *ways, *done, [_back(data.unit, say)]])


def _person(person: Person, data: People, say: Say) -> str:
    return say.plain("✓ {name}", name=person.name) if person.id in data.chosen else person.name


def page(data: Preview, say: Say) -> Message:
    plan = data.plan
    text = lines(
        bold(_what(plan, data.unit.name, data.into.name if data.into else "", say)),
        say("From {day}.", day=say.date(plan.on_day)),
        _waiting(data, say),
        *_consequences(data, say),
        say("Summaries made before keep the old names."),
    )
    return Message(text, [[button(say.plain("Enter it"), "unit_change.confirm")], [_back(data.unit, say)]])


def _waiting(data: Preview, say: Say) -> Html | None:
    """Why not from the day that was asked for."""
    if data.plan.on_day == data.asked_for:
        return None
    return say(
        "On that day the summary of {month} is final. Until then everybody reports where they are now, "
        "and whoever leads them finishes the month.",
        month=say.language.month(Month.of(data.asked_for).previous),
    )


def _consequences(data: Preview, say: Say) -> list[Html]:
    if data.plan.kind is UnitChangeKind.RENAME:
        return []
    if data.plan.kind is UnitChangeKind.SPLIT:
        return [say("Their pairings, reports and needs go along. Name a secretary for the new unit then.")]
    told = [say("People who go along with pairings, reports and needs: {number}.", number=data.people)]
    if data.ending:
        told.append(say("The posts of {names} in {unit} end.", names=say.names(data.ending), unit=data.unit.name))
    return told


def entered(data: Told, say: Say) -> Message:
    text = lines(
        say("Entered for {day}: {what}", day=say.date(data.change.plan.on_day), what=_told(data, say)),
        say("It takes effect on that day, a minute from now at the earliest; until then it can be cancelled."),
    )
    return Message(text, [[button(say.plain("Cancel this change"), "unit_change.cancel", data.change.id)]])


def done(data: Told, say: Say) -> Message:
    plan = data.change.plan
    if plan.kind is UnitChangeKind.RENAME:
        return Message(say("{was} is called {name} from now on.", was=data.change.was, name=plan.name))
    if plan.kind is UnitChangeKind.MERGE:
        return Message(say("{was} has gone into {into}, with all its people.", was=data.change.was, into=data.into))
    text = say(
        "{name} has been split off from {was}. Please name a secretary for it.", name=plan.name, was=data.change.was
    )
    return Message(text, [[button(say.plain("Open {unit}", unit=data.into), "roles.unit", plan.other_id)]])
