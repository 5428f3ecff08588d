"""Who answers a person's reports on a day: of his mentors, and of those who stand in for them, whoever is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.actors import Actor
from storage import guidance, leaves
from storage.database import Reader


def guides(tx: Reader, person_id: int, day: date) -> list[int]:
    """Where nobody is there, whoever stands in; a mentor who is away is left alone unless there is nobody else at all."""
    mentors, stand_ins = guidance.guides_of(tx, person_id, day)
    everybody = list(dict.fromkeys([*mentors, *stand_ins]))
    if len(everybody) < 2:
        return everybody
    away = leaves.away(tx, everybody, day)
    return [one for one in everybody if one not in away] or stand_ins or mentors


def of_report(tx: Reader, check_in_id: int, author_id: int, day: date) -> list[int]:
    """With the hosts of rotations that it is about."""
    return list(dict.fromkeys([*guides(tx, author_id, day), *guidance.hosts_of(tx, check_in_id)]))


def is_away(tx: Reader, actor: Actor) -> bool:
    return actor.person_id is not None and bool(leaves.away(tx, [actor.person_id], actor.today))


def instead_of(tx: Reader, people: Sequence[int], check_in_id: int, author_id: int, day: date) -> list[int]:
    """These people as far as they are there; where none is, those who answer."""
    away = leaves.away(tx, people, day)
    return [one for one in people if one not in away] or of_report(tx, check_in_id, author_id, day)
