"""Each thing that hangs on a person, handed on or brought to an end, and the same taken back.

An act returns what the audit keeps of it, with which `BACK` undoes it within the minute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.actors import Actor
from domain.calendar import ONE_DAY
from domain.duties import SubjectKind
from domain.handovers import NOBODY, Tie, TieKind
from domain.needs import NeedState
from domain.pairings import PairingState
from domain.refusals import Refusal
from domain.rotations import require_leader
from services import (
    access,
    audit,
    need_undoing,
    needs,
    notices,
    pairing_courses,
    pairing_notices,
    rotation_courses,
    rotation_notices,
)
from services import roles as role_services
from services.calendar import today_of_person
from services.duties import plan_subject
from services.rotation_planning import plan_of, put_host
from storage import accounts, pairings, people, roles, rotations
from storage import needs as need_rows
from storage.database import Reader, Writer

Done = dict[str, Any]
"""What was done, as JSON holds it: `act` and `id`, and how it was before."""
Back = Callable[[Writer, Actor, Mapping[str, Any], datetime], None]
"""Takes an act back; the moment at which it was done finds what was to be told of it."""


def hand_on(tx: Writer, actor: Actor, person_id: int, tie: Tie, successor: int) -> list[Done]:
    done: Done | list[Done] | None
    match tie.kind:
        case TieKind.GUIDES:
            done = _guide(tx, actor, tie.id, person_id, successor)
        case TieKind.HOSTS:
            done = _host(tx, actor, tie.id, successor)
        case TieKind.LEADS_ROTATION:
            done = _lead(tx, actor, tie.id, successor)
        case TieKind.ROLE:
            done = _role(tx, actor, tie.id, successor)
        case _:
            done = [_need(tx, actor, one.id, person_id, successor) for one in need_rows.owned_by(tx, person_id)]
    return done if isinstance(done, list) else [done]


def bring_to_end(tx: Writer, actor: Actor, tie: Tie, reason: str) -> list[Done]:
    """What is the leaving person's own; for whom he stands in another does, who is found in a minute."""
    if tie.kind is TieKind.STANDS_IN:
        return []
    if tie.kind is TieKind.OWN_PAIRING:
        pairing = pairings.lock(tx, tie.id)
        assert pairing is not None
        pairing_courses.break_off(tx, actor, pairing, reason)
        return [{"act": tie.kind, "id": tie.id, "state": pairing.state}]
    if tie.kind is TieKind.OWN_ROTATION:
        rotation = rotations.lock(tx, tie.id)
        assert rotation is not None
        rotation_courses.break_off(tx, actor, rotation, reason)
        return [{"act": tie.kind, "id": tie.id, "state": rotation.state}]
    need = need_rows.lock(tx, tie.id)
    assert need is not None
    need_undoing.take_back(tx, actor, need)
    return [{"act": tie.kind, "id": tie.id, "state": need.state}]


def move(tx: Writer, actor: Actor, person_id: int, unit_id: int) -> Done:
    """To another unit, with everything: what is owed follows the days of the new one from now on."""
    person = people.get(tx, person_id)
    assert person is not None
    people.update_fields(tx, person_id, unit_id=unit_id)
    new, old = {"unit_id": unit_id}, {"unit_id": person.unit_id}
    audit.record(tx, actor, "person:moved", f"person:{person_id}", old=old, new=new, about=person_id)
    _plan_anew(tx, actor, person_id)
    return {"act": "moved", "id": person_id, "from": person.unit_id}


def _plan_anew(tx: Writer, actor: Actor, person_id: int) -> None:
    for pairing in pairings.live_of_mentee(tx, person_id):
        plan_subject(tx, actor, SubjectKind.PAIRING, pairing.id)
    for rotation in rotations.of_person(tx, person_id):
        plan_subject(tx, actor, SubjectKind.ROTATION, rotation.id)


def _guide(tx: Writer, actor: Actor, pairing_id: int, leaving: int, successor: int) -> Done:
    pairing = pairings.get(tx, pairing_id)
    assert pairing is not None
    pairing_courses.swap_mentor(tx, actor, pairing_id, leaving, successor or None)
    draft = pairing.state is PairingState.DRAFT
    return {"act": TieKind.GUIDES, "id": pairing_id, "from": leaving, "to": successor, "draft": draft}


def _host(tx: Writer, actor: Actor, rotation_id: int, successor: int) -> Done:
    rotation = rotations.lock(tx, rotation_id)
    assert rotation is not None
    put_host(tx, actor, rotation, successor)
    return {"act": TieKind.HOSTS, "id": rotation_id, "host_id": rotation.host_id, "host_name": rotation.host_name}


def _lead(tx: Writer, actor: Actor, rotation_id: int, successor: int) -> Done:
    rotation = rotations.lock(tx, rotation_id)
    assert rotation is not None
    leader = people.get(tx, successor) if successor != NOBODY else None
    if leader is not None:
        require_leader(leader, plan_of(rotation).person_id)
    new: dict[str, object] = {"leader_id": leader.id if leader else None}
    rotations.update_fields(tx, rotation_id, **new)
    old = {"leader_id": rotation.leader_id}
    audit.record(
        tx, actor, "rotation:leader_named", f"rotation:{rotation_id}", old=old, new=new, about=rotation.person_id
    )
    if leader is not None:
        rotation_notices.tell(tx, actor, rotation_id, rotation_notices.Notice.ARRANGED, [leader.id])
    return {"act": TieKind.LEADS_ROTATION, "id": rotation_id, "leader_id": rotation.leader_id}


def _role(tx: Writer, actor: Actor, role_id: int, successor: int) -> Done:
    """The successor first, so that the last administrator may hand over; who holds it already keeps what he has."""
    held, _ = role_services.holding(tx, actor, role_id)
    there = any((one.kind, one.unit_id) == (held.kind, held.unit_id) for one in roles.of_holder(tx, successor, None))
    given = 0
    if successor != NOBODY and not there:
        given = role_services.grant(tx, actor, successor, held.unit_id, held.kind, held.title)
    role_services.end(tx, actor, role_id)
    return {"act": TieKind.ROLE, "id": role_id, "holder": held.person_id, "given": given, "to": successor}


def _need(tx: Writer, actor: Actor, need_id: int, owner_id: int, successor: int) -> Done:
    """Refusal `successor_may_not_know`: a need is seen to by one of those who may know of it."""
    need = need_rows.lock(tx, need_id)
    assert need is not None
    if successor != NOBODY:
        _require_knows(tx, actor, successor, need_id)
        notices.tell(
            tx, actor, successor, "need.asked", key=f"need:{need_id}:owned:{actor.now.isoformat()}", need=need_id
        )
    needs.change(tx, actor, need, "need:hand_on", owner_id=successor or None)
    return {"act": TieKind.NEEDS, "id": need_id, "owner_id": owner_id}


def _require_knows(tx: Writer, actor: Actor, successor: int, need_id: int) -> None:
    person = people.get(tx, successor)
    reader = replace(actor, person_id=successor, account_id=None, roles=accounts.roles(tx, successor, None))
    try:
        access.need(tx, reader, need_id)
    except Refusal:
        raise Refusal("successor_may_not_know", name=person.name if person else "") from None


def _guide_back(tx: Writer, actor: Actor, done: Mapping[str, Any], at: datetime) -> None:
    pairing = pairings.lock(tx, done["id"])
    assert pairing is not None
    today = today_of_person(tx, actor, pairing.mentee_id)
    if done["to"]:
        pairings.drop_mentor(tx, pairing.id, done["to"])
    if done["draft"]:
        pairings.add_mentor(tx, pairing.id, done["from"], today)
    else:
        pairings.restore_mentor(tx, pairing.id, done["from"], today - ONE_DAY)
    pairing_notices.take_back(tx, actor, pairing.id, at)


def _rotation_back(*names: str) -> Back:
    def back(tx: Writer, actor: Actor, done: Mapping[str, Any], at: datetime) -> None:
        rotations.update_fields(tx, done["id"], **{name: done[name] for name in names})
        plan_subject(tx, actor, SubjectKind.ROTATION, done["id"])
        rotation_notices.take_back(tx, actor, done["id"], at)

    return back


def _role_back(tx: Writer, actor: Actor, done: Mapping[str, Any], _: datetime) -> None:
    if done["given"]:
        roles.end(tx, done["given"], actor.now)
        notices.take_back(tx, actor, f"role:{done['given']}:given:{done['to']}")
    roles.reinstate(tx, done["id"])
    notices.take_back_all(tx, actor, f"role:{done['id']}:ended:")


def _need_back(tx: Writer, actor: Actor, done: Mapping[str, Any], _: datetime) -> None:
    need_rows.update_fields(tx, done["id"], owner_id=done["owner_id"])
    notices.take_back_all(tx, actor, f"need:{done['id']}:owned:")


def _own_pairing_back(tx: Writer, actor: Actor, done: Mapping[str, Any], at: datetime) -> None:
    pairings.update_fields(tx, done["id"], state=done["state"], ended_at=None, end_reason=None)
    plan_subject(tx, actor, SubjectKind.PAIRING, done["id"])
    pairing_notices.take_back(tx, actor, done["id"], at)


def _own_rotation_back(tx: Writer, actor: Actor, done: Mapping[str, Any], at: datetime) -> None:
    rotations.update_fields(tx, done["id"], state=done["state"], cancel_reason=None, closed_at=None)
    plan_subject(tx, actor, SubjectKind.ROTATION, done["id"])
    rotation_notices.take_back(tx, actor, done["id"], at)


def _own_need_back(tx: Writer, actor: Actor, done: Mapping[str, Any], at: datetime) -> None:
    need = need_rows.lock(tx, done["id"])
    assert need is not None
    need_undoing.ask_again(tx, actor, need, at)
    need_rows.update_fields(tx, need.id, state=NeedState(done["state"]), closed_at=None)


def _moved_back(tx: Writer, actor: Actor, done: Mapping[str, Any], _: datetime) -> None:
    people.update_fields(tx, done["id"], unit_id=done["from"])
    _plan_anew(tx, actor, done["id"])


BACK: dict[str, Back] = {
    TieKind.GUIDES: _guide_back,
    TieKind.HOSTS: _rotation_back("host_id", "host_name"),
    TieKind.LEADS_ROTATION: _rotation_back("leader_id"),
    TieKind.ROLE: _role_back,
    TieKind.NEEDS: _need_back,
    TieKind.OWN_PAIRING: _own_pairing_back,
    TieKind.OWN_ROTATION: _own_rotation_back,
    TieKind.OWN_NEED: _own_need_back,
    "moved": _moved_back,
}
_NOTICE: Mapping[str, str] = {
    TieKind.GUIDES: pairing_notices.NOTICE,
    TieKind.OWN_PAIRING: pairing_notices.NOTICE,
    TieKind.HOSTS: rotation_notices.NOTICE,
    TieKind.LEADS_ROTATION: rotation_notices.NOTICE,
    TieKind.OWN_ROTATION: rotation_notices.NOTICE,
    TieKind.ROLE: "role",
    TieKind.NEEDS: "need",
    TieKind.OWN_NEED: "need",
}


def told_under(done: Mapping[str, Any]) -> list[str]:
    """What the keys begin with under which people are to be told of an act."""
    if done["act"] not in _NOTICE:
        return []
    ids = [done["id"], *([done["given"]] if done.get("given") else [])]
    return [f"{_NOTICE[done['act']]}:{one}:" for one in ids]


def concerned(tx: Reader, tie: Tie, successor: int) -> list[int]:
    """Who is to be told once a tie is handed on to somebody, or brought to an end."""
    told = [successor] if successor != NOBODY else []
    if tie.kind in (TieKind.GUIDES, TieKind.OWN_PAIRING):
        pairing = pairings.get(tx, tie.id)
        return told if pairing is None else [*told, *pairing_notices.everyone(tx, pairing)]
    if _NOTICE.get(tie.kind) == rotation_notices.NOTICE:
        rotation = rotations.get(tx, tie.id)
        return told if rotation is None else [*told, *rotation_notices.everyone(tx, rotation)]
    return told
