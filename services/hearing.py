"""Who hears in a minute of what was just done, by name; and who does not use Telegram and has to be told in person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.actors import Actor
from services import access
from services.notices import HOLD
from storage import people, withdrawals
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Hearing:
    told: tuple[str, ...] = ()
    in_person: tuple[str, ...] = ()
    unnamed: bool = False
    """Somebody is told whose name is not known: an account that has not written yet."""


def just_now(tx: Reader, actor: Actor, *prefixes: str, besides: int | None = None, also: Iterable[int] = ()) -> Hearing:
    """Of what was put in the outbox within the minute under keys beginning with one of these; `also`: who hears of what is
    only arranged in a minute.
    """
    waits = [one for prefix in prefixes for one in withdrawals.hearers(tx, prefix, actor.now - HOLD)]
    return of_people(tx, actor, [one for one in (*waits, *also) if one != besides])


def of_people(tx: Reader, actor: Actor, person_ids: list[int]) -> Hearing:
    """Of these, whoever acts excepted."""
    hearing = [one for one in dict.fromkeys(person_ids) if one != actor.person_id]
    reached = {one for one in hearing if access.uses_telegram(tx, one, actor.now)}
    named = people.many(tx, hearing)
    return Hearing(
        tuple(named[one].name for one in hearing if one in reached),
        tuple(named[one].name for one in hearing if one not in reached),
    )
