"""The only door: whatever a person asks for is loaded here, by role and scope. Deny by default."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.actors import DEFAULT_ZONE, Actor
from domain.check_ins import Capacity, CheckIn
from domain.entered_acts import NOBODY
from domain.needs import Need, NeedAudience
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import LEADERS, RoleKind
from domain.units import Unit, UnitKind
from services import secretaries
from storage import accounts, check_ins, drafts, guidance, needs, people, referrals, units
from storage.database import Reader, Writer

LANGUAGE_CHOSEN = "language_chosen"
"""The draft in which a stranger's choice of language is kept; its step is the language."""


def identify(tx: Reader, telegram_id: int, now: datetime, spoken: str) -> Actor:
    """Who is behind a Telegram id; a stranger comes back without an account. `spoken` is Telegram's language code.

    An account that lost its person (a phone that was replaced, somebody who left) and holds no role is a stranger's.
    """
    known = accounts.known_at(tx, telegram_id)
    actor = None if known is None else _actor(known, now, spoken)
    if actor is not None and (actor.person_id is not None or actor.roles):
        return actor
    chosen = drafts.of_kind(tx, telegram_id, LANGUAGE_CHOSEN)
    return Actor(now=now, locale=chosen.step if chosen else spoken, telegram_id=telegram_id)


def identify_again(tx: Writer, actor: Actor, spoken: str) -> Actor:
    """The actor as they stand after a unit's work: most of it changes nothing about who somebody is."""
    stands_on = ("account", "person", "role", "consent", *(() if actor.account_id else ("draft",)))
    if actor.telegram_id is None or not tx.has_changed(*stands_on):
        return actor
    return identify(tx, actor.telegram_id, actor.now, spoken)


def recipient(tx: Reader, person_id: int, now: datetime) -> Actor | None:
    """A person as the one who will read a notice; None without an account."""
    known = accounts.known_as(tx, person_id)
    return None if known is None else _actor(known, now, "")


def _actor(known: accounts.Known, now: datetime, spoken: str) -> Actor:
    account = known.account
    return Actor(
        now=now,
        locale=account.locale or spoken,
        zone=account.zone or DEFAULT_ZONE,
        telegram_id=account.telegram_id,
        account_id=account.id,
        person_id=account.person_id,
        name=account.name or account.display_name,
        roles=known.roles,
        agreed=account.person_id is None or known.agreed,
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


def led_units(tx: Reader, actor: Actor) -> list[Unit]:
    """The units over which the actor is secretary or officer, in the organisation's own order."""
    found = units.many(tx, set(actor.units(*LEADERS)))
    return sorted(found, key=lambda unit: (unit.position, unit.id))


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


def check_in(tx: Reader, actor: Actor, check_in_id: int) -> tuple[CheckIn, Capacity]:
    """A report and the capacity in which the actor may read it: author, mentor while paired, host of its rotation
    while it lasts, secretary of the author's own branch. Whoever sits above the branch reads no texts.
    """
    found = check_ins.get(tx, check_in_id)
    capacity = None if found is None else _capacity(tx, actor, found)
    if found is None or capacity is None:
        raise Refusal("not_yours")
    if found.withdrawn_at is not None:
        raise Refusal("gone")
    return found, capacity


def _capacity(tx: Reader, actor: Actor, report: CheckIn) -> Capacity | None:
    me = actor.person_id
    if me is None:
        return None
    if me == report.person_id:
        return Capacity.AUTHOR
    if me in guidance.mentors_of(tx, report.person_id, actor.today):
        return Capacity.MENTOR
    if me in guidance.hosts_of(tx, report.id):
        return Capacity.HOST
    return Capacity.SECRETARY if serves_branch_of(tx, actor, report.person_id) else None


def serves_branch_of(tx: Reader, actor: Actor, person_id: int) -> bool:
    """Whether the actor is a secretary of the person's own branch (or of the group in it), not of a unit above."""
    found = people.get(tx, person_id)
    if found is None or not actor.has(RoleKind.SECRETARY):
        return False
    lineage = units.above(tx, found.unit_id)
    branch = next((place for place, one in enumerate(lineage) if one.kind is UnitKind.BRANCH), 0)
    return not {one.id for one in lineage[: branch + 1]}.isdisjoint(actor.units(RoleKind.SECRETARY))


def writes_for(tx: Reader, actor: Actor, person_id: int | None) -> Person:
    """Whose report the actor may write: his own (None), or that of anybody in the branch he is a secretary of (代录)."""
    if person_id is None or person_id == actor.person_id:
        return myself(tx, actor)
    found = people.get(tx, person_id)
    if found is None or not serves_branch_of(tx, actor, person_id):
        raise Refusal("not_yours")
    return found


def in_name_of(tx: Reader, actor: Actor, person_id: int, about: int, hosted_by: int | None = None) -> Actor:
    """Somebody who does not use Telegram as the one who acts, by the hand of a secretary of the branch of the person it is
    `about` (代录), or of the unit `hosted_by` which that person rotates. Nobody enters what others say of himself. NOBODY
    is a host of whom only the name is known. Refusals: `not_yours`, `speaks_himself` (name).
    """
    if actor.person_id in (None, person_id, about) or not enters_about(tx, actor, about, hosted_by):
        raise Refusal("not_yours")
    found = people.get(tx, person_id)
    if found is None and person_id != NOBODY:
        raise Refusal("not_yours")
    if found is not None and uses_telegram(tx, person_id, actor.now):
        raise Refusal("speaks_himself", name=found.name)
    return replace(actor, person_id=person_id or None, roles=(), entered_by=actor.person_id)


def enters_about(tx: Reader, actor: Actor, about: int, hosted_by: int | None = None) -> bool:
    """Whether the actor is secretary of the branch of somebody, or of the unit in which that person rotates."""
    hosts = hosted_by is not None and units.is_beneath(tx, hosted_by, actor.units(RoleKind.SECRETARY))
    return hosts or serves_branch_of(tx, actor, about)


def uses_telegram(tx: Reader, person_id: int, now: datetime) -> bool:
    """Whether somebody hears and can say things himself: he has come in and agreed, and has not blocked the assistant."""
    known = accounts.known_as(tx, person_id)
    if known is None or known.account.unreachable_since is not None:
        return False
    return _actor(known, now, "").agreed


def own_check_in(tx: Reader, actor: Actor, check_in_id: int) -> CheckIn:
    """A report that the actor may change: his own, or one entered for somebody whose branch he is a secretary of."""
    found, capacity = check_in(tx, actor, check_in_id)
    entered = found.entered_by is not None and serves_branch_of(tx, actor, found.person_id)
    if capacity is not Capacity.AUTHOR and not entered:
        raise Refusal("not_yours")
    return found


def reports_of(tx: Reader, actor: Actor, person_id: int) -> Person:
    """A person all of whose reports the actor may read: himself, his mentee, someone of his branch."""
    found = people.get(tx, person_id)
    me = actor.person_id
    if found is None or me is None:
        raise Refusal("not_yours")
    guides = me in guidance.mentors_of(tx, person_id, actor.today)
    if me != person_id and not guides and not serves_branch_of(tx, actor, person_id):
        raise Refusal("not_yours")
    return found


def need(tx: Reader, actor: Actor, need_id: int) -> tuple[Need, Capacity]:
    """A need and the capacity in which the actor may know of it; one for the secretary alone hides from the mentor, and
    whoever leads a unit it was passed up to knows it in the branch's words, without the one who asked.
    """
    found = needs.get(tx, need_id)
    if found is None:
        raise Refusal("not_yours")
    capacity = _capacity_for_need(tx, actor, found)
    return (found, capacity) if capacity else (_passed_up(tx, actor, found), Capacity.ABOVE)


def _passed_up(tx: Reader, actor: Actor, asked: Need) -> Need:
    led = actor.units(*LEADERS)
    told = [one for one in referrals.of_need(tx, asked.id) if one.unit_id in led]
    if not told:
        raise _recalled(tx, asked, referrals.taken_back_from(tx, asked.id, led))
    since_then = asked.answered_at is not None and asked.answered_at > told[0].passed_at
    return replace(
        asked, person=branch_of(tx, asked.person_id).name, check_in_id=None, text=told[-1].words,
        answer=asked.answer if since_then else "",
    )  # fmt: skip


def _recalled(tx: Reader, asked: Need, from_us: referrals.TakenBack | None) -> Refusal:
    """Whoever had been asked to help learns that it is theirs no longer."""
    if from_us is None:
        return Refusal("not_yours")
    return Refusal("need_recalled", unit=branch_of(tx, asked.person_id).name, moment=from_us.withdrawn_at)


def branch_of(tx: Reader, person_id: int) -> Unit:
    found = people.get(tx, person_id)
    assert found is not None
    return branch_over(tx, found.unit_id)


def branch_over(tx: Reader, unit_id: int) -> Unit:
    """The branch in which a unit lies, or the unit itself above the branches."""
    lineage = units.above(tx, unit_id)
    return next((one for one in lineage if one.kind is UnitKind.BRANCH), lineage[0])


def _secretaries_told(tx: Reader, actor: Actor, asked: Need) -> list[int]:
    """With whoever sees to it already."""
    leading = secretaries.of_person(tx, asked.person_id)
    told = secretaries.of_need(tx, asked.person_id, asked.audience, actor.today)
    return [one for one in leading if one in told or one == asked.owner_id]


def _capacity_for_need(tx: Reader, actor: Actor, asked: Need) -> Capacity | None:
    me = actor.person_id
    if me is None:
        return None
    if me == asked.person_id:
        return Capacity.AUTHOR
    if me in _secretaries_told(tx, actor, asked):
        return Capacity.SECRETARY
    told = asked.audience is NeedAudience.MENTOR_AND_SECRETARY
    return Capacity.MENTOR if told and me in guidance.mentors_of(tx, asked.person_id, actor.today) else None
