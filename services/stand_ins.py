"""代理: who answers reports while a mentor is away for more than three working days; where nobody is named, the secretary."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.actors import Actor
from domain.pairings import Pairing, PairingState, Track, may_mentor
from domain.people import Person
from domain.refusals import Refusal
from services import audit, calendar, notices, secretaries
from services.calendar import today_of_person
from services.delivery import Skip
from services.pairing_access import Side, opened
from storage import audit as records
from storage import leaves, pairings, people
from storage import stand_ins as rows
from storage.database import Reader, Writer
from storage.leaves import KeptLeave

SHORT_WORKING_DAYS = 3
NOTICE = "stand_in.told"
PAGE = 8
UNDER_WAY = (PairingState.ACTIVE, PairingState.PAUSED)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who answers a mentee's reports on the days of a leave; an empty name where nobody could be found."""

    leave: KeptLeave
    pairing_id: int
    track: Track
    mentor: str
    mentee: Person
    person_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One page of those in the mentor's own branch who may stand in; `elsewhere` for whoever may look beyond it."""

    stand_in: StandIn
    people: tuple[Person, ...]
    page: int
    more: bool
    elsewhere: bool


def arrange(tx: Writer, actor: Actor, leave_id: int) -> None:
    """A leave begins or stands again: until somebody is named, the mentee's secretary stands in, and hears of it."""
    kept = leaves.get(tx, leave_id)
    if kept is None or kept.person_id is None or not _is_long(tx, actor, kept):
        return
    for pairing in _left_alone(tx, kept.person_id):
        for secretary in secretaries.of_person(tx, pairing.mentee_id):
            if secretary != kept.person_id:
                _put(tx, actor, kept, pairing, secretary)
                break


def release(tx: Writer, actor: Actor, leave_id: int) -> None:
    """The leave has ended: the mentor answers again."""
    for one in rows.of_leave(tx, leave_id):
        notices.take_back_all(tx, actor, _key(leave_id, one.pairing_id))
    rows.end(tx, leave_id, None, actor.today)


def _is_long(tx: Reader, actor: Actor, kept: KeptLeave) -> bool:
    assert kept.person_id is not None
    mentor = people.get(tx, kept.person_id)
    assert mentor is not None
    days = calendar.of_unit(tx, mentor.unit_id, actor.today)
    return (
        days.add_working_days(max(kept.first_on, actor.today), SHORT_WORKING_DAYS + 1, inclusive=True) <= kept.last_on
    )


def _left_alone(tx: Reader, mentor_id: int) -> Iterator[Pairing]:
    """The pairings in which nobody else guides: where there are two, the other one answers."""
    for pairing in pairings.guided_by(tx, mentor_id):
        if pairing.state in UNDER_WAY and len(pairings.mentors_of(tx, [pairing.id])[pairing.id]) == 1:
            yield pairing


def of_leave(tx: Reader, actor: Actor, leave_id: int) -> list[StandIn]:
    """For whoever may see the leave: who stands in for each mentee that is left alone."""
    kept = leaves.get(tx, leave_id)
    if kept is None or kept.person_id is None or kept.cancelled_at is not None or not _is_long(tx, actor, kept):
        return []
    return [_stand_in(tx, kept, pairing) for pairing in _left_alone(tx, kept.person_id)]


def _stand_in(tx: Reader, kept: KeptLeave, pairing: Pairing) -> StandIn:
    present = [
        one for one in rows.of_leave(tx, kept.id) if one.pairing_id == pairing.id and one.until_on == kept.last_on
    ]
    person_id = present[-1].person_id if present else None
    known = people.many(tx, [one for one in (kept.person_id, pairing.mentee_id, person_id) if one is not None])
    assert kept.person_id is not None
    name = known[person_id].name if person_id is not None else ""
    return StandIn(
        kept, pairing.id, pairing.track, known[kept.person_id].name, known[pairing.mentee_id], person_id, name
    )


def choice(tx: Reader, actor: Actor, leave_id: int, pairing_id: int, page: int = 0) -> Choice:
    kept, pairing, sides = _theirs(tx, actor, leave_id, pairing_id)
    mentor = people.get(tx, kept.person_id or 0)
    assert mentor is not None
    near = [one for one in people.present(tx, mentor.unit_id) if _fits(tx, kept, pairing, one)]
    return Choice(
        _stand_in(tx, kept, pairing), tuple(near[page * PAGE : (page + 1) * PAGE]), page,
        more=len(near) > (page + 1) * PAGE, elsewhere=Side.SECRETARY in sides,
    )  # fmt: skip


def choose(tx: Writer, actor: Actor, leave_id: int, pairing_id: int, person_id: int) -> None:
    """By the mentor who is away, or the mentee's secretary. Refusals: `stand_in_misfit`, `leave_over`, `already_done`."""
    kept, pairing, _ = _theirs(tx, actor, leave_id, pairing_id)
    pairings.lock(tx, pairing_id)
    person = people.get(tx, person_id)
    if person is None or not people.is_present(tx, person_id):
        raise Refusal("gone")
    if not _fits(tx, kept, pairing, person):
        raise Refusal("stand_in_misfit", name=person.name)
    before = _stand_in(tx, kept, pairing).person_id
    if before == person_id:
        raise Refusal("already_done")
    _put(tx, actor, kept, pairing, person_id)
    audit.record(
        tx, actor, "pairing:stand_in", f"pairing:{pairing_id}", old={"leave": leave_id, "person": before},
        new={"person": person_id}, about=pairing.mentee_id,
    )  # fmt: skip


def undo_choice(tx: Writer, actor: Actor, pairing: Pairing, last: records.Recorded) -> None:
    """Whoever stood in before does so again."""
    kept = leaves.get(tx, int(str((last.old or {}).get("leave", 0))))
    if kept is None or last.old is None or kept.cancelled_at is not None:
        raise Refusal("too_late_to_undo")
    before = last.old["person"]
    notices.take_back_all(tx, actor, _key(kept.id, pairing.id))
    rows.end(tx, kept.id, pairing.id, _first(tx, actor, kept, pairing))
    if before is not None:
        rows.add(tx, kept.id, pairing.id, int(str(before)), _first(tx, actor, kept, pairing), kept.last_on)


def _put(tx: Writer, actor: Actor, kept: KeptLeave, pairing: Pairing, person_id: int) -> None:
    first = _first(tx, actor, kept, pairing)
    if kept.last_on < first:
        raise Refusal("leave_over", last=kept.last_on)
    notices.take_back_all(tx, actor, _key(kept.id, pairing.id))
    rows.end(tx, kept.id, pairing.id, first)
    rows.add(tx, kept.id, pairing.id, person_id, first, kept.last_on)
    for hearer in (one for one in (person_id, pairing.mentee_id) if one != actor.person_id):
        key = f"{_key(kept.id, pairing.id)}{hearer}:{secrets.token_hex(3)}"
        notices.tell(
            tx, actor, hearer, NOTICE, key=key, unasked=True, leave=kept.id, pairing=pairing.id, person=person_id
        )


def _first(tx: Reader, actor: Actor, kept: KeptLeave, pairing: Pairing) -> date:
    return max(kept.first_on, today_of_person(tx, actor, pairing.mentee_id))


def _key(leave_id: int, pairing_id: int) -> str:
    return f"stand_in:{leave_id}:{pairing_id}:"


def _theirs(tx: Reader, actor: Actor, leave_id: int, pairing_id: int) -> tuple[KeptLeave, Pairing, frozenset[Side]]:
    """A leave that stands of a mentor of the pairing, for himself or for the mentee's secretary."""
    kept = leaves.get(tx, leave_id)
    pairing, _, sides = opened(tx, actor, pairing_id)
    mentors = pairings.mentors_of(tx, [pairing_id]).get(pairing_id, [])
    if kept is None or kept.person_id not in mentors:
        raise Refusal("not_yours")
    if kept.person_id != actor.person_id and Side.SECRETARY not in sides:
        raise Refusal("not_yours")
    if kept.cancelled_at is not None or pairing.state not in UNDER_WAY:
        raise Refusal("gone")
    return kept, pairing, sides


def _fits(tx: Reader, kept: KeptLeave, pairing: Pairing, person: Person) -> bool:
    """Whoever might be the mentor, or the mentee's secretary; not one who is away himself."""
    away = any(one.span.first <= kept.last_on for one in leaves.of_person(tx, person.id, kept.first_on))
    able = may_mentor(pairing.track, person.stage, backbone=person.backbone)
    able = able or person.id in secretaries.of_person(tx, pairing.mentee_id)
    return able and not away and person.id not in (kept.person_id, pairing.mentee_id)


def told(tx: Reader, actor: Actor, leave_id: int, pairing_id: int, person_id: int) -> StandIn | Skip:
    """The notice to whoever stands in and to the mentee, unless somebody else does by now."""
    kept, pairing = leaves.get(tx, leave_id), pairings.get(tx, pairing_id)
    if kept is None or pairing is None or kept.cancelled_at is not None or pairing.state not in UNDER_WAY:
        return Skip("no_longer_true")
    found = _stand_in(tx, kept, pairing)
    theirs = actor.person_id in (found.person_id, found.mentee.id)
    return found if theirs and found.person_id == person_id else Skip("no_longer_true")
