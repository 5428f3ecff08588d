"""Giving and ending roles: by an administrator, or by the secretary or officer above the unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.actors import Actor
from domain.refusals import Refusal
from domain.roles import LEADERS, TITLES, RoleKind
from domain.units import Unit
from services import audit, check_in_drafts, contacts, notices, people, stand_in_followers, stand_ins
from services.hearing import Hearing, just_now
from storage import accounts, drafts, invites, roles, units
from storage import audit as records
from storage import people as rows
from storage.database import Reader, Writer
from storage.roles import Holding

__all__ = [
    "Holding", "UnitRoles", "administrators", "end", "give", "give_administrator", "grant", "hearing", "holding", "may_change",
    "of_unit", "revoke", "take_back_end", "title_at", "told", "tops", "unit_named",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitRoles:
    """A unit's leaders, what lies beneath it, and what the reader may do here."""

    unit: Unit
    above_id: int | None
    holders: tuple[Holding, ...]
    beneath: tuple[Unit, ...]
    titles: tuple[str, ...]
    may_change: bool
    """Whether the reader may name its leaders and reorganise it."""
    uninvited: int
    contact: str
    """Whom to ask about personal data; empty where that is the secretary."""
    may_bind: bool
    """Whether the reader may bind its group chat."""


def tops(tx: Reader, actor: Actor) -> list[Unit]:
    """Where the actor begins: the root for an administrator, else the units they lead."""
    found = units.many(tx, people.scope(tx, actor))
    return sorted(found, key=lambda unit: (unit.position, unit.id))


def beneath(tx: Reader, tops: Sequence[Unit]) -> list[Unit]:
    """These units and all beneath them."""
    found = {unit.id: unit for top in tops for unit in (top, *units.beneath(tx, top.id))}
    return list(found.values())


def of_unit(tx: Reader, actor: Actor, unit_id: int) -> UnitRoles:
    unit = _visible(tx, actor, unit_id)
    seen_above = unit.parent_id is not None and units.is_beneath(tx, unit.parent_id, people.scope(tx, actor))
    return UnitRoles(
        unit=unit,
        above_id=unit.parent_id if seen_above else None,
        holders=tuple(roles.at_unit(tx, unit_id)),
        beneath=tuple(units.children(tx, unit_id)),
        titles=tuple(TITLES[unit.kind]) if may_change(tx, actor, unit) else (),
        may_change=may_change(tx, actor, unit),
        uninvited=len(invites.without_account(tx, unit_id)),
        contact=contacts.of_unit(tx, unit_id),
        may_bind=unit_id in actor.units(RoleKind.SECRETARY),
    )


def administrators(tx: Reader, actor: Actor) -> list[Holding]:
    _need_administrator(actor)
    return roles.of_kind(tx, RoleKind.ADMINISTRATOR)


def holding(tx: Reader, actor: Actor, role_id: int) -> tuple[Holding, Unit | None]:
    """A role that the actor may end, with its unit; refuses what is not theirs to change."""
    held = roles.get(tx, role_id)
    if held is None:
        raise Refusal("gone")
    _require_may_change(tx, actor, held.unit_id)
    return held, units.get(tx, held.unit_id) if held.unit_id is not None else None


def title_at(tx: Reader, unit_id: int, position: int) -> str:
    """A title of a unit by its place in the list, as a button names it."""
    unit = units.get(tx, unit_id)
    titles = [] if unit is None else list(TITLES[unit.kind])
    if not 0 <= position < len(titles):
        raise Refusal("gone")
    return titles[position]


def may_change(tx: Reader, actor: Actor, unit: Unit) -> bool:
    """Whoever leads a unit above may; one's own unit's leaders are named from above."""
    if actor.has(RoleKind.ADMINISTRATOR):
        return True
    return unit.parent_id is not None and units.is_beneath(tx, unit.parent_id, actor.units(*LEADERS))


def may_end(tx: Reader, actor: Actor, unit: Unit | None) -> bool:
    """Whether a role at this unit, or an administrator's, is the actor's to end."""
    return actor.has(RoleKind.ADMINISTRATOR) if unit is None else may_change(tx, actor, unit)


def give(tx: Writer, actor: Actor, person_id: int, unit_id: int, title: str) -> int:
    """Make somebody secretary or officer of a unit, under one of its titles; refuses `holds_role` for the same twice."""
    unit = _visible(tx, actor, unit_id)
    if not may_change(tx, actor, unit) or title not in TITLES[unit.kind]:
        raise Refusal("not_yours")
    people.reach(tx, actor, person_id)
    return grant(tx, actor, person_id, unit_id, TITLES[unit.kind][title], title)


def give_administrator(tx: Writer, actor: Actor, person_id: int) -> int:
    _need_administrator(actor)
    return grant(tx, actor, person_id, None, RoleKind.ADMINISTRATOR, "")


def grant(tx: Writer, actor: Actor, person_id: int, unit_id: int | None, kind: RoleKind, title: str) -> int:
    """Write a role down without asking who may: for those who have asked already, such as a roster's import."""
    person = rows.lock(tx, person_id)
    if person is None or not rows.is_present(tx, person_id):
        raise Refusal("gone")
    if any(held.kind is kind and held.unit_id == unit_id for held in roles.of_holder(tx, person_id, None)):
        raise Refusal("holds_role", name=person.name)
    role_id = roles.add(tx, kind, unit_id=unit_id, title=title, person_id=person_id, now=actor.now)
    new = {"kind": kind, "unit": unit_id, "title": title, "person": person_id}
    audit.record(tx, actor, "role:given", f"role:{role_id}", new=new, about=person_id)
    if person_id != actor.person_id:
        key = f"role:{role_id}:given:{person_id}"
        notices.tell(tx, actor, person_id, "roles.given", key=key, role_id=role_id)
    return role_id


def end(tx: Writer, actor: Actor, role_id: int) -> Holding:
    """End a role at once; the last administrator stays."""
    standing = roles.lock_administrators(tx)
    held, _ = holding(tx, actor, role_id)
    if standing == [role_id]:
        raise Refusal("last_administrator")
    revoke(tx, actor, held)
    return held


def revoke(tx: Writer, actor: Actor, held: Holding) -> None:
    """End a role without asking who may."""
    roles.end(tx, held.id, actor.now)
    _end_dialogues(tx, held)
    if held.kind is RoleKind.SECRETARY and held.person_id is not None:
        stand_ins.look_again(tx, actor, [held.person_id])
    old = {"kind": held.kind, "unit": held.unit_id, "title": held.title, "person": held.person_id}
    audit.record(tx, actor, "role:ended", f"role:{held.id}", old=old, about=held.person_id)
    post = {"title": held.title, "role": held.kind, "unit_id": held.unit_id}
    if held.person_id is None:
        _tell_account(tx, actor, held, post)
    elif held.person_id != actor.person_id and not notices.take_back(
        tx, actor, f"role:{held.id}:given:{held.person_id}"
    ):
        key = f"role:{held.id}:ended:{held.person_id}:{actor.now.isoformat()}"
        notices.tell(tx, actor, held.person_id, "roles.ended", key=key, post=post)


def _tell_account(tx: Writer, actor: Actor, held: Holding, post: Mapping[str, object]) -> None:
    """An administrator's account without a person hears of it in its chat."""
    account = accounts.by_id(tx, held.account_id or 0)
    if account is not None and account.id != actor.account_id:
        key = f"role:{held.id}:ended:account:{account.id}:{actor.now.isoformat()}"
        notices.tell_chat(tx, actor, account.telegram_id, "roles.ended", key=key, post=post)


def take_back_end(tx: Writer, actor: Actor, role_id: int) -> Holding:
    """The role stands again, for whoever ended it and within the minute. Refusals: `not_yours`, `too_late_to_undo`,
    `holds_role` where it was given again.
    """
    held, last = roles.ended(tx, role_id), records.last(tx, f"role:{role_id}")
    if held is None or last is None:
        raise Refusal("gone")
    _require_may_change(tx, actor, held.unit_id)
    if last.verb != "role:ended" or last.actor != actor.mark or actor.now - last.at > notices.HOLD:
        raise Refusal("too_late_to_undo")
    if any(one.kind is held.kind and one.unit_id == held.unit_id for one in _of_holder(tx, held)):
        raise Refusal("holds_role", name=held.name)
    roles.reinstate(tx, role_id)
    notices.take_back_all(tx, actor, f"role:{role_id}:ended:")
    audit.record(tx, actor, "role:end_undone", f"role:{role_id}", about=held.person_id)
    return held


def _of_holder(tx: Reader, held: Holding) -> list[Holding]:
    return roles.of_holder(tx, held.person_id, held.account_id)


def _require_may_change(tx: Reader, actor: Actor, unit_id: int | None) -> None:
    if unit_id is None:
        _need_administrator(actor)
    elif not may_change(tx, actor, _visible(tx, actor, unit_id)):
        raise Refusal("not_yours")


def hearing(tx: Reader, actor: Actor, role_id: int) -> Hearing:
    """Who hears in a minute that a role was given or ended; an account without a person by the name it goes by."""
    held = roles.ended(tx, role_id)
    if held is None or held.person_id is not None or held.account_id == actor.account_id:
        followed = [] if held is None else stand_in_followers.told_of_post(tx, actor, held)
        return just_now(tx, actor, f"role:{role_id}:", also=followed)
    return Hearing((held.name,) if held.name else (), unnamed=not held.name)


def _end_dialogues(tx: Writer, held: Holding) -> None:
    """What a leader had begun ends with the role; a report of one's own does not."""
    account = None if held.person_id is None else accounts.by_person(tx, held.person_id)
    if account is not None:
        drafts.drop_all_but(tx, account.telegram_id, check_in_drafts.KIND)


def told(tx: Reader, role_id: int) -> tuple[Holding, Unit | None] | None:
    """A role as its holder is told of it; None when it ended meanwhile."""
    held = roles.get(tx, role_id)
    return None if held is None else (held, units.get(tx, held.unit_id) if held.unit_id else None)


def unit_named(tx: Reader, unit_id: int | None) -> str:
    return units.full_names(tx, [unit_id]).get(unit_id, "") if unit_id else ""


def _visible(tx: Reader, actor: Actor, unit_id: int) -> Unit:
    unit = units.get(tx, unit_id)
    if unit is None or not units.is_beneath(tx, unit_id, people.scope(tx, actor)):
        raise Refusal("not_yours")
    return unit


def _need_administrator(actor: Actor) -> None:
    if not actor.has(RoleKind.ADMINISTRATOR):
        raise Refusal("not_yours")
