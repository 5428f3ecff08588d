"""Inviting people: a code that works once, for seven working days, and that only its receiver ever sees again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.actors import Actor
from domain.calendar import ONE_DAY, instant_at, local_day
from domain.invites import VALID_WORKING_DAYS
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import LEADERS, RoleKind
from domain.units import Unit
from services import access, audit, calendar, codes, deployment, people
from storage import invites, roles, units
from storage import people as rows
from storage.database import Reader, Writer


@dataclass(frozen=True, slots=True)
class Made:
    """What goes to the person invited. The code stands nowhere else: lost, it is replaced by a new one."""

    invite_id: int
    person_id: int
    name: str
    unit: str
    code: str
    link: str
    expires_on: date


def link(tx: Reader, code: str) -> str:
    """Opens the chat with the bot and hands it the code; empty until the bot has been started once."""
    username = deployment.bot_username(tx)
    return f"https://t.me/{username}?start={code}" if username else ""


def make(tx: Writer, actor: Actor, person_id: int) -> Made:
    """Invite somebody anew; an invite made before ends, a phone tied before stays until the new one is used."""
    person = people.reach(tx, actor, person_id)
    if not _may_invite(tx, actor, person_id):
        raise Refusal("invited_from_above")
    return _made(tx, actor, person)


def make_for_unit(tx: Writer, actor: Actor, unit_id: int) -> list[Made]:
    """Invite everyone of a unit and beneath it who has no account yet."""
    reachable_unit(tx, actor, unit_id)
    wanted = invites.without_account(tx, unit_id)
    found = rows.many(tx, wanted)
    return [_made(tx, actor, found[person_id]) for person_id in wanted if _may_invite(tx, actor, person_id)]


def waiting(tx: Reader, unit_id: int) -> int:
    """How many of a unit and beneath have no account."""
    return len(invites.without_account(tx, unit_id))


def reachable_unit(tx: Reader, actor: Actor, unit_id: int) -> Unit:
    """A unit whose people the actor may invite."""
    if actor.has(RoleKind.ADMINISTRATOR):
        found = units.get(tx, unit_id)
        if found is None:
            raise Refusal("gone")
        return found
    return access.unit(tx, actor, unit_id, *LEADERS)


def repeat(tx: Writer, actor: Actor, person_id: int, code: str) -> Made:
    """The invite just shown, once more for a slip: only who still has its code can ask for it."""
    person = people.reach(tx, actor, person_id)
    found = invites.by_hash(tx, codes.hashed(tx, code))
    if found is None or found.person_id != person_id or not found.is_live(actor.now):
        raise Refusal("gone")
    return _shown(tx, found.id, person, code, found.expires_at)


def _made(tx: Writer, actor: Actor, person: Person) -> Made:
    rows.lock(tx, person.id)
    invites.revoke_open(tx, person.id, actor.now)
    code = codes.new()
    expires_at = _expiry(tx, actor, person)
    invite_id = invites.add(
        tx, person.id, codes.hashed(tx, code), created_by=actor.account_id, now=actor.now, expires_at=expires_at
    )
    audit.record(
        tx, actor, "invite:made", f"invite:{invite_id}", new={"expires_at": expires_at}, about=person.id
    )  # fmt: skip
    return _shown(tx, invite_id, person, code, expires_at)


def _shown(tx: Reader, invite_id: int, person: Person, code: str, expires_at: datetime) -> Made:
    unit = units.get(tx, person.unit_id)
    assert unit is not None
    last_day = local_day(expires_at, ZoneInfo(unit.zone)) - ONE_DAY
    place = units.full_names(tx, [unit.id])[unit.id]
    return Made(invite_id, person.id, person.name, place, code, link(tx, code), last_day)


def _expiry(tx: Reader, actor: Actor, person: Person) -> datetime:
    """The midnight that ends the seventh working day after today, in the person's unit."""
    unit = units.get(tx, person.unit_id)
    assert unit is not None
    zone = ZoneInfo(unit.zone)
    today = local_day(actor.now, zone)
    last_day = calendar.of_unit(tx, unit.id, today).add_working_days(today, VALID_WORKING_DAYS)
    return instant_at(last_day + ONE_DAY, time(0), zone)


def _may_invite(tx: Reader, actor: Actor, person_id: int) -> bool:
    """Whoever holds a code becomes that person, so nobody makes one for a role that reaches beyond their own."""
    if actor.has(RoleKind.ADMINISTRATOR):
        return True
    held = roles.of_holder(tx, person_id, None)
    mine = actor.units(*LEADERS)
    return all(one.unit_id is not None and units.is_beneath(tx, one.unit_id, mine) for one in held)
