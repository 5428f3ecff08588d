"""Support that was asked for where word of it reaches nobody: those above learn that somebody waits, and not what for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import local_day
from domain.digests import Matter, need_turns
from domain.needs import Need, NeedState
from domain.roles import LEADERS, RoleKind
from domain.units import Unit
from services import access, needs, notices, secretaries
from storage import accounts, referrals, units
from storage import needs as rows
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Unheard:
    """`unit` is the branch of whoever asked; `led`: it has a secretary besides, who cannot be reached."""

    unit: Unit
    led: bool
    matter: Matter


def beneath(tx: Reader, actor: Actor) -> Iterator[Unheard]:
    """What the actor is to see to, being the nearest above whom word reaches. What was passed up is heard there."""
    led = actor.units(*LEADERS)
    for need in rows.open_beneath(tx, led) if led else ():
        if need.state is NeedState.OPEN and not referrals.of_need(tx, need.id) and not _is_heard(tx, actor, need):
            branch = access.branch_of(tx, need.person_id)
            if actor.person_id in _nearest(tx, actor, branch.id, need.person_id):
                yield Unheard(branch, _is_led(tx, branch.id, need.person_id), _matter(actor, need))


def _is_led(tx: Reader, branch_id: int, asker_id: int) -> bool:
    return any(one != asker_id for one in accounts.holders(tx, [branch_id], RoleKind.SECRETARY))


def _matter(actor: Actor, need: Need) -> Matter:
    turns = need_turns(local_day(need.opened_at, ZoneInfo(actor.zone)), None)
    return Matter(need.opened_at + notices.HOLD, turns=turns)


def _is_heard(tx: Reader, actor: Actor, need: Need) -> bool:
    """By whoever may know of it, or sees to it already."""
    owner = () if need.owner_id is None else (need.owner_id,)
    told = needs.mentors_told(tx, actor, need.person_id, need.audience)
    leading = secretaries.of_need(tx, need.person_id, need.audience, actor.today)
    hearing = (*owner, *leading, *told)
    return any(access.uses_telegram(tx, one, actor.now) for one in hearing)


def _nearest(tx: Reader, actor: Actor, unit_id: int, asker_id: int) -> list[int]:
    """Those who lead the nearest unit above in which anybody who leads can be reached, but for the one who asked. In the branch
    itself nobody else is to learn that something was told to its secretary.
    """
    for unit in units.above(tx, unit_id)[1:]:
        holders = [one for one in accounts.holders(tx, [unit.id], *LEADERS) if one != asker_id]
        if hearing := [one for one in holders if access.uses_telegram(tx, one, actor.now)]:
            return hearing
    return []
