"""组织调整: a unit's new name, what is split off from it, or what it goes into; from which day; seen before it is entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.actors import Actor
from domain.refusals import Refusal
from domain.spoken_days import read_day
from domain.unit_changes import Plan, UnitChangeKind
from handlers import unit_picker
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import unit_changes as views
from services import dialogue, unit_changes
from services.delivery import Skip
from services.dialogue import Draft
from storage.database import Reader, Writer

KIND = "unit_change"
"""The draft that holds what is to be done; its step says what the next message is: a `name`, a `day`, or nothing."""
NAME, DAY, OPEN = "name", "day", "open"


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    unit_changes.opened(tx, actor, said.number())
    return show("unit_change.kinds", unit=said.number())


def choose_kind(tx: Writer, actor: Actor, said: Said) -> Answer:
    unit_id, how = said.number(), said.one_of(UnitChangeKind, 1)
    unit_changes.opened(tx, actor, unit_id)
    held = {"unit": unit_id, "how": how, "name": "", "other": None, "people": [], "day": None, "page": 0}
    if how is UnitChangeKind.MERGE:
        dialogue.begin(tx, actor, KIND, OPEN, **held)
        return _targets(tx, actor, unit_id, 0)
    return _go(tx, actor, held, NAME, "unit_change.ask_name")


def turn_targets(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _targets(tx, actor, said.number(), said.number(1))


def _targets(tx: Writer, actor: Actor, unit_id: int, page: int) -> Answer:
    answer = show("unit_change.targets", unit=unit_id, page=page)
    return unit_picker.listed(tx, actor, answer, "unit_change.into:{unit}", unit_changes.targets(tx, actor, unit_id))


def choose_target(tx: Writer, actor: Actor, said: Said) -> Answer:
    held = _draft(tx, actor)
    held["other"] = unit_changes.opened(tx, actor, said.number()).id
    return _go(tx, actor, held, DAY, "unit_change.ask_day")


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    held = dict(draft.payload)
    if draft.step == NAME:
        held["name"] = unit_changes.named(tx, actor, int(held["unit"]), said.text)
        if held["how"] == UnitChangeKind.SPLIT:
            return _go(tx, actor, held, OPEN, "unit_change.people")
        return _go(tx, actor, held, DAY, "unit_change.ask_day")
    if draft.step == DAY:
        day = read_day(said.text, actor.today)
        if day is None:
            raise Refusal("not_a_day")
        return _dated(tx, actor, held, day, fresh=True)
    return _go(tx, actor, held, OPEN, "unit_change.page" if held["day"] else "unit_change.kinds")


def pick(tx: Writer, actor: Actor, said: Said) -> Answer:
    """A tap on somebody takes them along, another one leaves them."""
    held, person_id = _draft(tx, actor), said.number()
    chosen = set(held["people"])
    if person_id not in {one.id for one in unit_changes.members(tx, actor, int(held["unit"]))}:
        raise Refusal("not_yours")
    held["people"] = sorted(chosen ^ {person_id})
    return _go(tx, actor, held, OPEN, "unit_change.people")


def turn_people(tx: Writer, actor: Actor, said: Said) -> Answer:
    held = _draft(tx, actor)
    held["page"] = said.number()
    return _go(tx, actor, held, OPEN, "unit_change.people")


def picked(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    held = _draft(tx, actor)
    if not held["people"]:
        raise Refusal("unit_nobody_chosen")
    return _go(tx, actor, held, DAY, "unit_change.ask_day")


def today(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return _dated(tx, actor, _draft(tx, actor), actor.today, fresh=False)


def _dated(tx: Writer, actor: Actor, held: dict[str, Any], day: date, *, fresh: bool) -> Answer:
    held["day"] = day.isoformat()
    unit_changes.checked(tx, actor, _plan(held))
    return _go(tx, actor, held, OPEN, "unit_change.page", fresh=fresh)


def confirm(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    held = _draft(tx, actor)
    if held["day"] is None:
        raise Refusal("gone")
    change_id = unit_changes.enter(tx, actor, _plan(held))
    dialogue.drop(tx, actor, KIND)
    return show("unit_change.entered", change=change_id)


def cancel(tx: Writer, actor: Actor, said: Said) -> Answer:
    change = unit_changes.cancel(tx, actor, said.number())
    return show("unit_change.kinds", unit=change.plan.unit_id, cancelled=True)


def stop(tx: Writer, actor: Actor, said: Said) -> Answer:
    dialogue.drop(tx, actor, KIND)
    return show("roles.unit", unit_id=said.number())


def _draft(tx: Reader, actor: Actor) -> dict[str, Any]:
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None:
        raise Refusal("gone")
    return dict(draft.payload)


def _go(tx: Writer, actor: Actor, held: Mapping[str, Any], step: str, screen: str, *, fresh: bool = False) -> Answer:
    dialogue.begin(tx, actor, KIND, step, **held)
    return show(screen, fresh=fresh or screen.startswith("unit_change.ask"), **held)


def _plan(held: Mapping[str, Any]) -> Plan:
    other = None if held["other"] is None else int(held["other"])
    day, people = date.fromisoformat(held["day"]), tuple(int(one) for one in held["people"])
    return Plan(int(held["unit"]), UnitChangeKind(held["how"]), day, held["name"], other, people)


def load_kinds(tx: Reader, actor: Actor, *, unit: int, cancelled: bool = False, **_: Any) -> views.Kinds:
    opened, pending = unit_changes.opened(tx, actor, unit), unit_changes.pending(tx, actor, unit)
    return views.Kinds(opened, pending, bool(unit_changes.targets(tx, actor, unit)), cancelled)


def load_targets(tx: Reader, actor: Actor, *, unit: int, page: int) -> views.Targets:
    return views.Targets(unit_changes.opened(tx, actor, unit), unit_changes.targets(tx, actor, unit), page)


def load_ask(tx: Reader, actor: Actor, *, unit: int, how: str, **_: Any) -> views.Asking:
    return views.Asking(unit_changes.opened(tx, actor, unit), UnitChangeKind(how))


def load_people(
    tx: Reader, actor: Actor, *, unit: int, name: str, people: list[int], page: int, **_: Any
) -> views.People:
    opened, members = unit_changes.opened(tx, actor, unit), unit_changes.members(tx, actor, unit)
    return views.People(opened, name, members, frozenset(people), page)


def load_page(tx: Reader, actor: Actor, **held: Any) -> unit_changes.Preview:
    return unit_changes.preview(tx, actor, _plan(held))


def load_entered(tx: Reader, actor: Actor, *, change: int) -> unit_changes.Told:
    return unit_changes.entered(tx, actor, change)


def load_done(tx: Reader, actor: Actor, *, change: int) -> unit_changes.Told | Skip:
    return unit_changes.told(tx, actor, change) or Skip("not_yours")


AREA = Area(
    presses={
        "unit_change.begin": begin,
        "unit_change.kind": choose_kind,
        "unit_change.targets": turn_targets,
        "unit_change.into": choose_target,
        "unit_change.pick": pick,
        "unit_change.people": turn_people,
        "unit_change.picked": picked,
        "unit_change.today": today,
        "unit_change.confirm": confirm,
        "unit_change.cancel": cancel,
        "unit_change.stop": stop,
    },
    steps={KIND: hear},
    screens={
        "unit_change.kinds": Screen(load_kinds, views.kinds),
        "unit_change.targets": Screen(load_targets, views.targets),
        "unit_change.ask_name": Screen(load_ask, views.ask_name),
        "unit_change.ask_day": Screen(load_ask, views.ask_day),
        "unit_change.people": Screen(load_people, views.people),
        "unit_change.page": Screen(load_page, views.page),
        "unit_change.entered": Screen(load_entered, views.entered),
        "unit_change.done": Screen(load_done, views.done),
    },
)
