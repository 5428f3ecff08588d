"""Support that was asked for where word of it reaches nobody: those above learn that somebody waits, and not what for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import local_day
from domain.digests import Matter, need_turns
from domain.needs import Need, NeedState
from domain.roles import LEADERS
from domain.units import Unit
from services import access, needs, notices, secretaries
from storage import accounts, referrals, units
from storage import needs as rows
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Unheard:
    """`unit` is the branch of whoever asked."""

    unit: Unit
    matter: Matter


def beneath(tx: Reader, actor: Actor) -> Iterator[Unheard]:
    """What the actor is to see to, being the nearest above whom word reaches. What was passed up is heard there."""
    led = actor.units(*LEADERS)
    for need in rows.open_beneath(tx, led) if led else ():
        if need.state is NeedState.OPEN and not referrals.of_need(tx, need.id) and not _is_heard(tx, actor, need):
            branch = access.branch_of(tx, need.person_id)
            if actor.person_id in _nearest(tx, actor, branch.id):
                day = local_day(need.opened_at, ZoneInfo(actor.zone))
                yield Unheard(branch, Matter(need.opened_at + notices.HOLD, turns=need_turns(day, None)))


def _is_heard(tx: Reader, actor: Actor, need: Need) -> bool:
    """By whoever may know of it, or sees to it already."""
    owner = () if need.owner_id is None else (need.owner_id,)
    told = needs.mentors_told(tx, actor, need.person_id, need.audience)
    hearing = (*owner, *secretaries.of_person(tx, need.person_id), *told)
    return any(access.uses_telegram(tx, one, actor.now) for one in hearing)


def _nearest(tx: Reader, actor: Actor, unit_id: int) -> list[int]:
    """Those who lead the nearest unit, this one or one above it, in which anybody who leads can be reached."""
    for unit in units.above(tx, unit_id):
        holders = accounts.holders(tx, [unit.id], *LEADERS)
        if hearing := [one for one in holders if access.uses_telegram(tx, one, actor.now)]:
            return hearing
    return []
