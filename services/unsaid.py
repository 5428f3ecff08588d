"""What waits for a word of somebody who does not use Telegram: a secretary asks for it and enters it (代录)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from domain.actors import Actor
from domain.calendar import ONE_DAY, instant_at, local_day
from domain.digests import Matter, review_turns
from domain.duties import DEFAULT_ZONE
from domain.entered_acts import Noun
from domain.entering import Approach, approach, fair_until
from domain.roles import RoleKind
from services import access, calendar, notices, secretaries
from storage import entering, guidance, people
from storage import unsaid as rows
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Unsaid:
    """`noun` is None for the evaluation of a rotation; `about` is whose report or rotation it is, where not one's own."""

    noun: Noun | None
    subject_id: int
    person_id: int
    name: str
    about: str
    matter: Matter


def waiting(tx: Reader, actor: Actor) -> list[Unsaid]:
    """For whoever is secretary of the branch; what has waited longest at the head."""
    own = actor.units(RoleKind.SECRETARY)
    if not own or actor.person_id is None:
        return []
    begun_at = entering.begun_at(tx, own, actor.person_id) or actor.now
    words = [
        _word(tx, actor, row, begun_at)
        for row in rows.words(tx, own, actor.now, actor.today)
        if _is_hers(tx, actor, row)
    ]
    ended = [_evaluation(tx, row) for row in rows.evaluations(tx, own, actor.today) if _is_asked(tx, actor, row)]
    found = [*(one for one in words if one is not None), *ended]
    return [one for one in found if one.matter.since <= actor.now]


def _is_hers(tx: Reader, actor: Actor, row: rows.Waiting) -> bool:
    """In her own branch, not about herself; a report that a guide on Telegram will answer waits for nobody else."""
    if row.about_id == actor.person_id or not access.serves_branch_of(tx, actor, row.about_id):
        return False
    if row.noun is not Noun.REPORT:
        return True
    guides = [*guidance.mentors_of(tx, row.about_id, actor.today), *guidance.hosts_of(tx, row.subject_id)]
    return not any(access.uses_telegram(tx, one, actor.now) for one in guides)


def _word(tx: Reader, actor: Actor, row: rows.Waiting, begun_at: datetime) -> Unsaid | None:
    """Everybody gets a fair time to come in first."""
    days = calendar.of_unit(tx, row.unit_id, actor.today)
    invited_on = None if row.invited_at is None else local_day(row.invited_at, DEFAULT_ZONE)
    begun_on = local_day(begun_at, DEFAULT_ZONE)
    how = approach(actor.today, invited_on=invited_on, begun_on=begun_on, declined=row.said_no, calendar=days)
    if how is not Approach.ENTER:
        return None
    since = row.since + notices.HOLD
    if not row.said_no:
        since = max(since, instant_at(fair_until(invited_on, begun_on, days) + ONE_DAY, time(), DEFAULT_ZONE))
    about = "" if row.about_id == row.person_id else _name(tx, row.about_id)
    return Unsaid(row.noun, row.subject_id, row.person_id, row.name, about, _matter(since))


def _is_asked(tx: Reader, actor: Actor, row: rows.Evaluation) -> bool:
    return actor.person_id in secretaries.of_unit(tx, row.unit_id, besides=row.person_id)


def _evaluation(tx: Reader, row: rows.Evaluation) -> Unsaid:
    since = instant_at(row.ends_on + ONE_DAY, time(), DEFAULT_ZONE)
    return Unsaid(None, row.rotation_id, 0, row.host, _name(tx, row.person_id), _matter(since))


def _matter(since: datetime) -> Matter:
    return Matter(since, turns=review_turns(local_day(since, DEFAULT_ZONE)))


def _name(tx: Reader, person_id: int) -> str:
    found = people.get(tx, person_id)
    return "" if found is None else found.name
