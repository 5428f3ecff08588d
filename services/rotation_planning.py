"""Arranging a rotation, from a roster or in chat, and changing its days; two of one person never overlap."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

from domain.actors import Actor
from domain.duties import SubjectKind
from domain.people import Person, folded
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.rotations import (
    LIVE,
    Plan,
    Rotation,
    RotationState,
    first_state,
    require_days,
    require_free,
    require_leader,
)
from domain.wording import fitting
from services import access, audit
from services.calendar import today_in_unit
from services.duties import plan_subject
from services.rotation_access import Side, opened, taken_up
from services.rotation_notices import Notice, everyone, tell
from storage import people, rotations, units
from storage.database import Reader, Writer

LONGEST_NAME = 100
LONGEST_GOALS = 1000


def arrange(tx: Writer, actor: Actor, plan: Plan) -> int:
    """A secretary's plan for someone of theirs; the person, host and leading backbone are told."""
    access.person(tx, actor, plan.person_id, RoleKind.SECRETARY)
    if plan.ends_on < today_in_unit(tx, actor, plan.unit_id):
        raise Refusal("rotation_past", last=plan.ends_on)
    rotation_id = _create(tx, actor, plan)
    _tell(tx, actor, rotation_id, Notice.ARRANGED)
    return rotation_id


def create_from_roster(tx: Writer, actor: Actor, plan: Plan) -> int:
    """A row of a roster whose import is its own gate; one that lies behind comes in as closed, and nobody is told.
    Of the others person and host hear; the secretary has the roster.
    """
    rotation_id = _create(tx, actor, plan)
    rotation = rotations.get(tx, rotation_id)
    if rotation is not None and rotation.state in LIVE:
        told = [rotation.person_id, *([rotation.host_id] if rotation.host_id else [])]
        tell(tx, actor, rotation_id, Notice.ARRANGED, told)
    return rotation_id


def _create(tx: Writer, actor: Actor, plan: Plan) -> int:
    plan = checked(plan)
    person = _locked(tx, plan.person_id)
    require_free(person.name, plan.starts_on, plan.ends_on, rotations.of_person(tx, person.id))
    _require_others(tx, plan)
    state = first_state(plan.starts_on, plan.ends_on, today_in_unit(tx, actor, plan.unit_id))
    rotation_id = rotations.add(tx, plan, state, actor.now)
    audit.record(
        tx, actor, "rotation:arranged", f"rotation:{rotation_id}", new={**asdict(plan), "state": state},
        about=plan.person_id,
    )  # fmt: skip
    if state in LIVE:
        plan_subject(tx, actor, SubjectKind.ROTATION, rotation_id)
    return rotation_id


def reschedule(tx: Writer, actor: Actor, rotation_id: int, starts_on: date, ends_on: date) -> None:
    """Other days, before or while it lasts."""
    rotation = opened(tx, actor, rotation_id)[0]
    amend(tx, actor, rotation_id, replace(plan_of(rotation), starts_on=starts_on, ends_on=ends_on))


def amend(tx: Writer, actor: Actor, rotation_id: int, plan: Plan) -> None:
    """Another plan for the same person; one that has begun cannot be moved into the future."""
    plan = checked(plan)
    person = _locked(tx, opened(tx, actor, rotation_id)[0].person_id)
    rotation = taken_up(tx, actor, rotation_id, Side.SECRETARY)
    today = today_in_unit(tx, actor, rotation.unit_id)
    if rotation.state not in (RotationState.PLANNED, RotationState.IN_POST):
        raise Refusal("rotation_state", state=rotation.state, wanted=RotationState.PLANNED)
    if plan.ends_on < today:
        raise Refusal("rotation_past", last=plan.ends_on)
    if rotation.state is RotationState.IN_POST and plan.starts_on > today:
        raise Refusal("rotation_begun", first=rotation.starts_on)
    others = (one for one in rotations.of_person(tx, person.id) if one.id != rotation_id)
    require_free(person.name, plan.starts_on, plan.ends_on, others)
    _require_others(tx, replace(plan, person_id=person.id))
    new = {**asdict(replace(plan, person_id=person.id)), "state": first_state(plan.starts_on, plan.ends_on, today)}
    rotations.update_fields(tx, rotation_id, **new)
    audit.record(
        tx, actor, "rotation:amended", f"rotation:{rotation_id}",
        old={**asdict(plan_of(rotation)), "state": rotation.state}, new=new, about=rotation.person_id,
    )  # fmt: skip
    plan_subject(tx, actor, SubjectKind.ROTATION, rotation_id)
    _tell(tx, actor, rotation_id, Notice.RESCHEDULED)


def name_host(tx: Writer, actor: Actor, rotation_id: int, host_id: int) -> None:
    """Put a person of the roster where only a name stood; the host sees this rotation from now on."""
    put_host(tx, actor, taken_up(tx, actor, rotation_id, Side.SECRETARY), host_id)


def put_host(tx: Writer, actor: Actor, rotation: Rotation, host_id: int) -> None:
    """Another host for a rotation that is locked, without asking who may."""
    rotation_id = rotation.id
    host = people.get(tx, host_id)
    if host is None or not people.is_present(tx, host_id):
        raise Refusal("gone")
    if rotation.state not in LIVE:
        raise Refusal("rotation_state", state=rotation.state, wanted=RotationState.IN_POST)
    _require_others(tx, replace(plan_of(rotation), host_id=host_id))
    rotations.update_fields(tx, rotation_id, host_id=host_id, host_name=host.name)
    audit.record(
        tx, actor, "rotation:host_named", f"rotation:{rotation_id}",
        old={"host_id": rotation.host_id, "host_name": rotation.host_name}, new={"host_id": host_id},
        about=rotation.person_id,
    )  # fmt: skip
    plan_subject(tx, actor, SubjectKind.ROTATION, rotation_id)
    tell(tx, actor, rotation_id, Notice.ARRANGED, [host_id])


def namesake(tx: Reader, name: str) -> Person | None:
    """The one person of the roster who bears exactly this name: offered as a link, never taken for granted."""
    root = units.root(tx)
    if root is None or not name:
        return None
    found = people.found(tx, folded(name), within=[root.id])
    bearers = [person for person in found if folded(person.name) == folded(name)]
    return bearers[0] if len(bearers) == 1 else None


def checked(plan: Plan) -> Plan:
    """The plan with its texts trimmed and not too long, and days in their order."""
    require_days(plan.starts_on, plan.ends_on)
    return replace(
        plan,
        post=fitting(plan.post, LONGEST_NAME),
        team=_kept(plan.team, LONGEST_NAME),
        specialty=_kept(plan.specialty, LONGEST_NAME),
        host_name=_kept(plan.host_name, LONGEST_NAME),
        goals=_kept(plan.goals, LONGEST_GOALS),
    )


def _kept(text: str, limit: int) -> str:
    return fitting(text, limit) if text.strip() else ""


def _locked(tx: Writer, person_id: int) -> Person:
    person = people.lock(tx, person_id)
    if person is None or not people.is_present(tx, person_id):
        raise Refusal("person_gone", name=person.name if person else "")
    return person


def _require_others(tx: Reader, plan: Plan) -> None:
    if plan.host_id == plan.person_id:
        raise Refusal("rotation_hosts_self")
    leader = people.get(tx, plan.leader_id) if plan.leader_id is not None else None
    if leader is not None:
        require_leader(leader, plan.person_id)


def plan_of(rotation: Rotation) -> Plan:
    """What is planned now."""
    names = Plan.__dataclass_fields__
    return Plan(**{name: getattr(rotation, name) for name in names})


def _tell(tx: Writer, actor: Actor, rotation_id: int, what: Notice) -> None:
    rotation = rotations.get(tx, rotation_id)
    assert rotation is not None
    tell(tx, actor, rotation_id, what, everyone(tx, rotation))
