"""The only door: whatever a person asks for is loaded here, by role and scope. Deny by default."""

from __future__ import annotations

from datetime import datetime

from domain.actors import DEFAULT_ZONE, Actor
from domain.consents import ConsentKind
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.units import Unit
from storage import accounts, people, units
from storage.database import Reader

NEEDED = {ConsentKind.USE, ConsentKind.PARTY_DATA, ConsentKind.TRANSFER_ABROAD}


def identify(tx: Reader, telegram_id: int, now: datetime, spoken: str) -> Actor:
    """Who is behind a Telegram id; a stranger comes back without an account. `spoken` is Telegram's language code."""
    account = accounts.by_telegram(tx, telegram_id)
    if account is None:
        return Actor(now=now, locale=spoken, telegram_id=telegram_id)
    return _actor(tx, account, now, spoken)


def recipient(tx: Reader, person_id: int, now: datetime) -> Actor | None:
    """A person as the one who will read a notice; None without an account."""
    account = accounts.by_person(tx, person_id)
    return None if account is None else _actor(tx, account, now, "")


def _actor(tx: Reader, account: accounts.Account, now: datetime, spoken: str) -> Actor:
    agreed = accounts.consents(tx, account.id)
    return Actor(
        now=now,
        locale=account.locale or spoken,
        zone=account.zone or DEFAULT_ZONE,
        telegram_id=account.telegram_id,
        account_id=account.id,
        person_id=account.person_id,
        name=account.name or account.display_name,
        roles=accounts.roles(tx, account.person_id, account.id),
        agreed=account.person_id is None or agreed >= NEEDED,
    )


def myself(tx: Reader, actor: Actor) -> Person:
    """The person behind the actor; an administrator's account without one is refused."""
    person = None if actor.person_id is None else people.get(tx, actor.person_id)
    if person is None:
        raise Refusal("no_person")
    return person


def unit(tx: Reader, actor: Actor, unit_id: int, *kinds: RoleKind) -> Unit:
    """A unit that lies in the scope of one of the actor's roles of these kinds."""
    found = units.get(tx, unit_id)
    if found is None or not units.is_beneath(tx, unit_id, actor.units(*kinds)):
        raise Refusal("not_yours")
    return found


def person(tx: Reader, actor: Actor, person_id: int, *kinds: RoleKind) -> Person:
    """A person of a unit in the scope of one of the actor's roles of these kinds."""
    found = people.get(tx, person_id)
    if found is None or not units.is_beneath(tx, found.unit_id, actor.units(*kinds)):
        raise Refusal("not_yours")
    return found


def need_role(actor: Actor, *kinds: RoleKind) -> None:
    """Refuse whoever holds none of these roles."""
    if not any(actor.has(kind) for kind in kinds):
        raise Refusal("not_yours")
