"""A rotation being arranged in chat, kept as a draft until it is settled with one tap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from domain.actors import Actor
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.rotations import Plan, require_days, require_free, require_leader
from domain.units import Unit, UnitKind
from services import access, dialogue
from services.calendar import today_in_unit
from services.rotation_planning import arrange, namesake
from storage import people, rotations, units
from storage.database import Reader, Writer

KIND = "rotation"
PAGE = 8
UNSET = date(1970, 1, 1)
"""Stands for days that were not asked for yet."""


class Step(StrEnum):
    UNIT = "unit"
    POST = "post"
    DAYS = "days"
    HOST = "host"
    LEADER = "leader"
    SPECIALTY = "specialty"
    GOALS = "goals"
    PREVIEW = "preview"


_ORDER = tuple(Step)


@dataclass(frozen=True, slots=True)
class Drafted:
    """`mark` tells this form from an earlier one whose buttons are still there; `returns`: the question came from the
    preview and leads back to it.
    """

    mark: int
    plan: Plan
    step: Step
    returns: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the screens of the dialogue show. `units` is one page of the branches to choose from."""

    drafted: Drafted
    person: Person
    unit: str
    host: str
    leader: str
    link: Person | None
    same_unit: bool
    same_post: bool
    units: tuple[Unit, ...] = ()
    page: int = 0
    more: bool = False


def begin(tx: Writer, actor: Actor, person_id: int) -> Drafted:
    person = access.person(tx, actor, person_id, RoleKind.SECRETARY)
    plan = Plan(person.id, person.unit_id, "", UNSET, UNSET)
    return _kept(tx, actor, Drafted(int(actor.now.timestamp()), plan, Step.UNIT))


def current(tx: Reader, actor: Actor) -> Drafted:
    """Refused to whoever is no longer secretary over the person."""
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None:
        raise Refusal("gone")
    access.person(tx, actor, draft.payload["plan"]["person_id"], RoleKind.SECRETARY)
    payload: Mapping[str, Any] = draft.payload
    days = {name: date.fromisoformat(payload["plan"][name]) for name in ("starts_on", "ends_on")}
    plan = Plan(**{**payload["plan"], **days})
    return Drafted(payload["mark"], plan, Step(draft.step), returns=payload["returns"])


def sheet(tx: Reader, actor: Actor, page: int = 0) -> Sheet:
    drafted = current(tx, actor)
    plan = drafted.plan
    known = people.many(tx, [one for one in (plan.person_id, plan.host_id, plan.leader_id) if one is not None])
    person, unit = known[plan.person_id], units.get(tx, plan.unit_id)
    found = branches(tx) if drafted.step is Step.UNIT else []
    return Sheet(
        drafted=drafted,
        person=person,
        unit=unit.name if unit else "",
        host=known[plan.host_id].name if plan.host_id in known else plan.host_name,
        leader=known[plan.leader_id].name if plan.leader_id in known else "",
        link=namesake(tx, plan.host_name) if plan.host_id is None else None,
        same_unit=plan.unit_id == person.unit_id,
        same_post=plan.unit_id == person.unit_id and plan.post == person.post,
        units=tuple(found[page * PAGE : (page + 1) * PAGE]),
        page=page,
        more=len(found) > (page + 1) * PAGE,
    )


def branches(tx: Reader) -> list[Unit]:
    """Where one can go: every branch of the organisation, in its own order."""
    root = units.root(tx)
    return [] if root is None else units.beneath(tx, root.id, UnitKind.BRANCH)


def choose_unit(tx: Writer, actor: Actor, unit_id: int) -> Drafted:
    if units.get(tx, unit_id) is None:
        raise Refusal("gone")
    return _put(tx, actor, Step.UNIT, unit_id=unit_id)


def set_post(tx: Writer, actor: Actor, post: str, team: str) -> Drafted:
    return _put(tx, actor, Step.POST, post=post, team=team)


def set_days(tx: Writer, actor: Actor, starts_on: date, ends_on: date) -> Drafted:
    """Looked at now, so that nobody fills in a form in vain."""
    plan = current(tx, actor).plan
    require_days(starts_on, ends_on)
    if ends_on < today_in_unit(tx, actor, plan.unit_id):
        raise Refusal("rotation_past", last=ends_on)
    person = people.get(tx, plan.person_id)
    assert person is not None
    require_free(person.name, starts_on, ends_on, rotations.of_person(tx, person.id))
    return _put(tx, actor, Step.DAYS, starts_on=starts_on, ends_on=ends_on)


def set_host(tx: Writer, actor: Actor, host_id: int | None, host_name: str = "") -> Drafted:
    """Someone of the roster, or a name alone, or nobody yet."""
    plan = current(tx, actor).plan
    if host_id == plan.person_id:
        raise Refusal("rotation_hosts_self")
    return _put(tx, actor, Step.HOST, host_id=host_id, host_name=host_name)


def set_leader(tx: Writer, actor: Actor, leader_id: int | None) -> Drafted:
    leader = None if leader_id is None else people.get(tx, leader_id)
    if leader is not None:
        require_leader(leader, current(tx, actor).plan.person_id)
    return _put(tx, actor, Step.LEADER, leader_id=leader.id if leader else None)


def set_specialty(tx: Writer, actor: Actor, specialty: str) -> Drafted:
    return _put(tx, actor, Step.SPECIALTY, specialty=specialty)


def set_goals(tx: Writer, actor: Actor, goals: str) -> Drafted:
    return _put(tx, actor, Step.GOALS, goals=goals)


def go_to(tx: Writer, actor: Actor, step: Step) -> Drafted:
    """Back to one question, from the preview."""
    return _kept(tx, actor, replace(current(tx, actor), step=step, returns=True))


def submit(tx: Writer, actor: Actor, mark: int) -> int:
    drafted = current(tx, actor)
    if drafted.mark != mark:
        raise Refusal("gone")
    dialogue.drop(tx, actor, KIND)
    return arrange(tx, actor, drafted.plan)


def discard(tx: Writer, actor: Actor) -> None:
    dialogue.drop(tx, actor, KIND)


def _put(tx: Writer, actor: Actor, answered: Step, **values: Any) -> Drafted:
    """Keep an answer and go on to the next question, or back to the preview it came from."""
    drafted = current(tx, actor)
    step = Step.PREVIEW if drafted.returns else _ORDER[_ORDER.index(answered) + 1]
    return _kept(tx, actor, replace(drafted, plan=replace(drafted.plan, **values), step=step))


def _kept(tx: Writer, actor: Actor, drafted: Drafted) -> Drafted:
    if drafted.step is Step.PREVIEW:
        drafted = replace(drafted, returns=True)
    plan = {name: getattr(drafted.plan, name) for name in Plan.__dataclass_fields__}
    days = {name: plan[name].isoformat() for name in ("starts_on", "ends_on")}
    dialogue.begin(tx, actor, KIND, drafted.step, mark=drafted.mark, returns=drafted.returns, plan={**plan, **days})
    return drafted
