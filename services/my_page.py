"""我的: all that a person is told about himself — goals, guides, the next day, reports with their answers, needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.check_ins import Capacity, CheckIn
from domain.needs import UNSETTLED, Need
from domain.people import Person
from domain.reviews import Review
from domain.rotations import LIVE
from services import access, audit, check_ins, duties, needs, pairings, rotations, secretaries
from storage import check_ins as rows
from storage import entered_acts, people, reviews
from storage import needs as need_rows
from storage.database import Reader, Writer

ON_A_PAGE = 6
ALL = 10_000
"""More reports than anybody hands in during a cultivation."""


@dataclass(frozen=True, slots=True)
class MyPage:
    """`secretaries` read one's reports beside the guides of the pairings and the hosts of the rotations."""

    person: Person
    pairings: tuple[pairings.Card, ...]
    rotations: tuple[rotations.Card, ...]
    next_due: datetime | None
    reports: int
    open_needs: tuple[Need, ...]
    secretaries: tuple[str, ...]
    entered: int
    """How much was entered for him (代录), reports excepted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report with what was answered to it."""

    check_in: CheckIn
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class History:
    person: Person
    own: bool
    lines: tuple[Told, ...]
    page: int
    more: bool


def my_page(tx: Reader, actor: Actor) -> MyPage:
    person = access.myself(tx, actor)
    own = rotations.own(tx, actor).mine
    live = [rotations.card(tx, actor, one.id) for one in own if one.state in LIVE]
    due = duties.next_report(tx, person.id, actor.now)
    asked = need_rows.of_person(tx, person.id)
    readers = people.many(tx, secretaries.of_person(tx, person.id))
    return MyPage(
        person=person,
        pairings=tuple(pairings.of_person(tx, person.id, actor.now)),
        rotations=tuple(live),
        next_due=due.due_at if due else None,
        reports=rows.count(tx, person.id),
        open_needs=tuple(need for need in asked if need.state in UNSETTLED),
        secretaries=tuple(one.name for one in readers.values()),
        entered=entered_acts.count(tx, person.id),
    )


def history(tx: Reader, actor: Actor, person_id: int, page: int) -> History:
    """One's own reports, or those of a person whose reports one may read; the latest first."""
    person = access.reports_of(tx, actor, person_id)
    found = rows.of_person(tx, person.id, limit=ON_A_PAGE + 1, offset=page * ON_A_PAGE)
    told = tuple(_told(tx, actor, one.id) for one in found[:ON_A_PAGE])
    return History(person, person.id == actor.person_id, told, page, len(found) > ON_A_PAGE)


def _told(tx: Reader, actor: Actor, check_in_id: int) -> Told:
    report, capacity = access.check_in(tx, actor, check_in_id)
    seen = needs.discreet(report, capacity, need_rows.of_check_in(tx, check_in_id))
    return Told(seen, tuple(reviews.of_check_in(tx, check_in_id)))


def open_history(tx: Writer, actor: Actor, person_id: int) -> None:
    """Looking through another's reports leaves a trace."""
    person = access.reports_of(tx, actor, person_id)
    if person.id != actor.person_id:
        audit.record(tx, actor, "check_in:list", f"person:{person.id}", about=person.id)


def my_needs(tx: Reader, actor: Actor) -> list[needs.Card]:
    """All that one asked for, the latest first, whatever became of it."""
    person = access.myself(tx, actor)
    return [needs.card(tx, actor, need.id) for need in need_rows.of_person(tx, person.id)]


def all_reports(tx: Reader, actor: Actor) -> list[check_ins.Card]:
    """Every report of one's own with all that belongs to it, the oldest first: for the file."""
    return list(_all_reports(tx, actor, access.myself(tx, actor)))


def _all_reports(tx: Reader, actor: Actor, person: Person) -> Iterator[check_ins.Card]:
    for report in reversed(rows.of_person(tx, person.id, limit=ALL)):
        card = check_ins.card(tx, actor, report.id)
        assert card.capacity is Capacity.AUTHOR
        yield card
