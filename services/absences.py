"""When nobody is there to answer the reports of a pairing, as its mentors' leaves and the mentee's own have it."""

from __future__ import annotations

from datetime import date

from domain.actors import Actor
from domain.calendar import WorkCalendar
from domain.duties import Leave
from domain.pairings import Pairing, PairingState
from domain.stand_ins import Share, long_ones, unanswered
from services import calendar
from services.calendar import today_of_person
from services.circumstances import LEAVES_LOOKED_BACK
from storage import leaves, pairings, people
from storage.database import Reader

UNDER_WAY = (PairingState.ACTIVE, PairingState.PAUSED)


def mentors(tx: Reader, pairing: Pairing) -> list[int]:
    return pairings.mentors_of(tx, [pairing.id]).get(pairing.id, [])


def gaps(tx: Reader, actor: Actor, pairing: Pairing) -> tuple[Leave, ...]:
    """When somebody has to stand in, as far as it is not over."""
    if pairing.state not in UNDER_WAY:
        return ()
    today = today_of_person(tx, actor, pairing.mentee_id)
    away = [_leaves(tx, mentor, today) for mentor in mentors(tx, pairing)]
    if not away or not all(away):
        return ()
    mentee = _leaves(tx, pairing.mentee_id, today)
    return tuple(gap for gap in unanswered(away, mentee, _days(tx, pairing, today)) if gap.last >= today)


def long_of(tx: Reader, actor: Actor, pairing: Pairing, person_id: int) -> tuple[Leave, ...]:
    """When somebody else is away for so long that he cannot stand in."""
    today = today_of_person(tx, actor, pairing.mentee_id)
    return long_ones(_leaves(tx, person_id, today), _days(tx, pairing, today))


def leave_for(tx: Reader, pairing: Pairing, days: Share | Leave) -> int:
    """Of the leaves for whose days somebody stands in, or would have to, the one that lasts the longest."""
    away = [one for mentor in mentors(tx, pairing) for one in leaves.of_person(tx, mentor, days.first)]
    return max(away, key=lambda one: (one.first_on <= days.last, one.last_on)).id


def _leaves(tx: Reader, person_id: int, today: date) -> list[Leave]:
    return [one.span for one in leaves.of_person(tx, person_id, today - LEAVES_LOOKED_BACK)]


def _days(tx: Reader, pairing: Pairing, today: date) -> WorkCalendar:
    """Those of the mentee's unit: it is his report that waits."""
    mentee = people.get(tx, pairing.mentee_id)
    assert mentee is not None
    return calendar.of_unit(tx, mentee.unit_id, today)
