"""Finding people by name, pinyin, initials or number, and what a secretary, an officer or an administrator sees of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import LEADERS, RoleKind
from services import access, audit, duties
from storage import accounts, invites, people, roles, units
from storage.database import Reader, Writer
from storage.invites import Invite
from storage.roles import Holding

PAGE = 8


@dataclass(frozen=True, slots=True)
class Entry:
    person_id: int
    name: str
    unit: str
    staff_no: str


@dataclass(frozen=True, slots=True)
class Page:
    """`number` counts from 0; `pages` is at least 1."""

    entries: tuple[Entry, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def more(self) -> bool:
        """Whether another page follows."""
        return self.number + 1 < self.pages


@dataclass(frozen=True, slots=True)
class Card:
    """`reader`: as what the reader stands over the person; an administrator alone sees no person data."""

    person: Person
    unit: str
    roles: tuple[tuple[Holding, str], ...]
    reader: frozenset[RoleKind]
    bound_at: datetime | None
    unreachable_since: datetime | None
    invite: Invite | None
    enters: bool
    """Whether the reader may enter a report for the person (代录), and there is one to enter."""

    @property
    def leads(self) -> bool:
        return not self.reader.isdisjoint(LEADERS)


def scope(tx: Reader, actor: Actor) -> list[int]:
    """The units over which the actor finds people; refuses who leads none."""
    if actor.has(RoleKind.ADMINISTRATOR):
        root = units.root(tx)
        return [] if root is None else [root.id]
    access.need_role(actor, *LEADERS)
    return list(actor.units(*LEADERS))


def own_unit(tx: Reader, actor: Actor) -> str:
    """The name of the unit the actor belongs to; empty for an administrator without a person."""
    person = None if actor.person_id is None else people.get(tx, actor.person_id)
    return "" if person is None else units.full_names(tx, [person.unit_id])[person.unit_id]


def everywhere(tx: Reader) -> list[int]:
    """The whole organisation, for who may be chosen from anywhere: a mentor, a host."""
    root = units.root(tx)
    return [] if root is None else [root.id]


def may_search(tx: Reader, actor: Actor, within: Sequence[int]) -> None:
    """Refuse whoever leads nobody any more; a mentor or host is chosen from everywhere, all others from one's own."""
    own = scope(tx, actor)
    if list(within) != everywhere(tx) and not all(units.is_beneath(tx, unit_id, own) for unit_id in within):
        raise Refusal("not_yours")


def reach(tx: Reader, actor: Actor, person_id: int) -> Person:
    """A person whom the actor leads or, as an administrator, keeps accounts for."""
    if actor.has(RoleKind.ADMINISTRATOR):
        person = people.get(tx, person_id)
    else:
        person = access.person(tx, actor, person_id, *LEADERS)
    if person is None or not people.is_present(tx, person_id):
        raise Refusal("gone")
    return person


def find(tx: Reader, words: str, within: Sequence[int], page: int = 0, without: Sequence[int] = ()) -> Page:
    """A page of the people of these units, those `without` excepted; no words mean everybody."""
    total = people.count_found(tx, words, within=within, without=without)
    number = min(max(page, 0), max(0, -(-total // PAGE) - 1))
    found = people.found(tx, words, within=within, without=without, limit=PAGE, offset=number * PAGE)
    names = units.full_names(tx, {person.unit_id for person in found})
    entries = (Entry(one.id, one.name, names[one.unit_id], one.staff_no) for one in found)
    return Page(tuple(entries), total, number)


def look(tx: Writer, actor: Actor, person_id: int) -> Person:
    """Open somebody's details, which leaves a row in the audit."""
    person = reach(tx, actor, person_id)
    audit.record(tx, actor, "person:viewed", f"person:{person_id}")
    return person


def card(tx: Reader, actor: Actor, person_id: int) -> Card:
    person = reach(tx, actor, person_id)
    account = accounts.by_person(tx, person_id)
    held = roles.of_holder(tx, person_id, None)
    names = units.full_names(tx, {person.unit_id, *(one.unit_id for one in held if one.unit_id)})
    return Card(
        person=person,
        unit=names[person.unit_id],
        roles=tuple((holding, names.get(holding.unit_id or 0, "")) for holding in held),
        reader=_reader(tx, actor, person),
        bound_at=account.bound_at if account else None,
        unreachable_since=account.unreachable_since if account else None,
        invite=invites.latest(tx, person_id),
        enters=_enters(tx, actor, person_id),
    )


def _enters(tx: Reader, actor: Actor, person_id: int) -> bool:
    if person_id == actor.person_id or not access.serves_branch_of(tx, actor, person_id):
        return False
    return bool(duties.reportable(tx, person_id, actor.now))


def _reader(tx: Reader, actor: Actor, person: Person) -> frozenset[RoleKind]:
    leads = {kind for kind in LEADERS if units.is_beneath(tx, person.unit_id, actor.units(kind))}
    return frozenset(leads | ({RoleKind.ADMINISTRATOR} if actor.has(RoleKind.ADMINISTRATOR) else set()))
