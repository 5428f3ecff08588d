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
from domain.roles import RoleKind
from services import access, audit, calendar, notices, secretaries
from services.calendar import today_of_person
from services.delivery import Skip
from services.pairing_access import Side, opened
from storage import accounts, leaves, pairings, people, units
from storage import audit as records
from storage import stand_ins as rows
from storage.database import Reader, Writer
from storage.leaves import KeptLeave

SHORT_WORKING_DAYS = 3
NOTICE = "stand_in.told"
PAGE = 8
UNDER_WAY = (PairingState.ACTIVE, PairingState.PAUSED)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who answers a mentee's reports on the days of a leave; an empty name where nobody could be found. `may_change`: the
    reader may name somebody else.
    """

    leave: KeptLeave
    pairing_id: int
    track: Track
    mentor: str
    mentee: Person
    person_id: int | None
    name: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One page of those near by who may stand in; `elsewhere` for whoever may look beyond it."""

    stand_in: StandIn
    people: tuple[Person, ...]
    page: int
    more: bool
    elsewhere: bool


def arrange(tx: Writer, actor: Actor, leave_id: int) -> None:
    """A leave begins or stands again: until somebody is named, the mentee's secretary stands in, and hears of it."""
    kept = leaves.get(tx, leave_id)
    if kept is None or not _is_long(tx, actor, kept):
        return
    for pairing in _left_alone(tx, kept):
        away = _away(tx, kept, pairing.id)
        there = [one for one in secretaries.of_person(tx, pairing.mentee_id) if one not in away]
        if there:
            _put(tx, actor, kept, pairing, there[0])


def release(tx: Writer, actor: Actor, leave_id: int) -> None:
    """The leave has ended: the mentor answers again."""
    for one in rows.of_leave(tx, leave_id):
        notices.take_back_all(tx, actor, _key(leave_id, one.pairing_id))
    rows.end(tx, leave_id, None, actor.today)


def _is_long(tx: Reader, actor: Actor, kept: KeptLeave) -> bool:
    days = calendar.of_unit(tx, _unit(tx, kept), actor.today)
    return (
        days.add_working_days(max(kept.first_on, actor.today), SHORT_WORKING_DAYS + 1, inclusive=True) <= kept.last_on
    )


def _unit(tx: Reader, kept: KeptLeave) -> int:
    """Whose days the leave goes by."""
    if kept.unit_id is not None:
        return kept.unit_id
    mentor = people.get(tx, kept.person_id or 0)
    assert mentor is not None
    return mentor.unit_id


def _left_alone(tx: Reader, kept: KeptLeave) -> Iterator[Pairing]:
    """The pairings in which nobody guides who is there: where there are two, the other one answers. Whoever belongs to the
    unit that is away does not report meanwhile.
    """
    if kept.person_id is not None:
        guided = pairings.guided_by(tx, kept.person_id)
        alone = [one for one in guided if len(pairings.mentors_of(tx, [one.id])[one.id]) == 1]
    else:
        found = [pairings.get(tx, pairing_id) for pairing_id in rows.left_by_unit(tx, kept.unit_id or 0)]
        alone = [one for one in found if one is not None]
    yield from (one for one in alone if one.state in UNDER_WAY)


def _away(tx: Reader, kept: KeptLeave, pairing_id: int) -> list[int]:
    """The mentors of a pairing whom the leave takes away."""
    mentors = pairings.mentors_of(tx, [pairing_id]).get(pairing_id, [])
    if kept.unit_id is None:
        return [one for one in mentors if one == kept.person_id]
    known = people.many(tx, mentors)
    return [one for one in mentors if one in known and units.is_beneath(tx, known[one].unit_id, [kept.unit_id])]


def of_leave(tx: Reader, actor: Actor, leave_id: int) -> list[StandIn]:
    """For whoever may see the leave: who stands in for each mentee that is left alone."""
    kept = leaves.get(tx, leave_id)
    if kept is None or kept.cancelled_at is not None or not _is_long(tx, actor, kept):
        return []
    return [_stand_in(tx, actor, kept, pairing) for pairing in _left_alone(tx, kept)]


def _stand_in(tx: Reader, actor: Actor, kept: KeptLeave, pairing: Pairing) -> StandIn:
    present = [
        one for one in rows.of_leave(tx, kept.id) if one.pairing_id == pairing.id and one.until_on == kept.last_on
    ]
    person_id = present[-1].person_id if present else None
    away = _away(tx, kept, pairing.id) or [one for one in [kept.person_id] if one is not None]
    known = people.many(tx, [one for one in (*away, pairing.mentee_id, person_id) if one is not None])
    mentee = known[pairing.mentee_id]
    return StandIn(
        kept, pairing.id, pairing.track, mentor=known[away[0]].name if away else "", mentee=mentee, person_id=person_id,
        name=known[person_id].name if person_id is not None else "",
        may_change=actor.person_id in away or units.is_beneath(tx, mentee.unit_id, actor.units(RoleKind.SECRETARY)),
    )  # fmt: skip


def choice(tx: Reader, actor: Actor, leave_id: int, pairing_id: int, page: int = 0) -> Choice:
    kept, pairing, sides = _theirs(tx, actor, leave_id, pairing_id)
    found = _stand_in(tx, actor, kept, pairing)
    around = access.branch_over(tx, found.mentee.unit_id if kept.unit_id is not None else _unit(tx, kept))
    near = [one for one in people.present(tx, around.id) if _fits(tx, kept, pairing, one)]
    return Choice(
        found, tuple(near[page * PAGE : (page + 1) * PAGE]), page,
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
    before = _stand_in(tx, actor, kept, pairing).person_id
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
    """A leave that stands of a mentor of the pairing or of his unit, for himself or for the mentee's secretary."""
    kept = leaves.get(tx, leave_id)
    pairing, _, sides = opened(tx, actor, pairing_id)
    away = [] if kept is None else _away(tx, kept, pairing_id)
    if kept is None or not away:
        raise Refusal("not_yours")
    if actor.person_id not in away and Side.SECRETARY not in sides:
        raise Refusal("not_yours")
    if kept.cancelled_at is not None or pairing.state not in UNDER_WAY:
        raise Refusal("gone")
    return kept, pairing, sides


def _fits(tx: Reader, kept: KeptLeave, pairing: Pairing, person: Person) -> bool:
    """Whoever might be the mentor, or the mentee's secretary, and can answer here; not one who is away himself."""
    away = any(one.span.first <= kept.last_on for one in leaves.of_person(tx, person.id, kept.first_on))
    able = may_mentor(pairing.track, person.stage, backbone=person.backbone)
    able = able or person.id in secretaries.of_person(tx, pairing.mentee_id)
    if not able or away or person.id in (*_away(tx, kept, pairing.id), pairing.mentee_id):
        return False
    return accounts.by_person(tx, person.id) is not None


def told(tx: Reader, actor: Actor, leave_id: int, pairing_id: int, person_id: int) -> StandIn | Skip:
    """The notice to whoever stands in and to the mentee, unless somebody else does by now."""
    kept, pairing = leaves.get(tx, leave_id), pairings.get(tx, pairing_id)
    if kept is None or pairing is None or kept.cancelled_at is not None or pairing.state not in UNDER_WAY:
        return Skip("no_longer_true")
    found = _stand_in(tx, actor, kept, pairing)
    theirs = actor.person_id in (found.person_id, found.mentee.id)
    return found if theirs and found.person_id == person_id else Skip("no_longer_true")
