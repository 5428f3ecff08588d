"""Who hears of what was just done, by name: in a minute, later, or not at all, so that they have to be told in person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from services import access, delivery
from services.delivery import Skip, Wait
from services.notices import HOLD
from services.pairing_notices import NOTICE, Notice
from storage import outbox, people, withdrawals
from storage.database import Reader
from storage.outbox import Waiting


@dataclass(frozen=True, slots=True)
class Later:
    """Who hears once it is not quiet any more, or, without a moment, with the next digest: the week has no place for it."""

    names: tuple[str, ...]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    told: tuple[str, ...] = ()
    in_person: tuple[str, ...] = ()
    unnamed: bool = False
    """Somebody is told whose name is not known: an account that has not written yet."""
    later: tuple[Later, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Of all who hear of it, sooner or later."""
        return (*self.told, *(name for one in self.later for name in one.names))


def just_now(tx: Reader, actor: Actor, *prefixes: str, besides: int | None = None, also: Iterable[int] = ()) -> Hearing:
    """Of what was put in the outbox within the minute under keys beginning with one of these; `also`: who hears of what is
    only arranged in a minute, and has to act on it.
    """
    rows = [row for prefix in prefixes for row in withdrawals.coming_under(tx, prefix, actor.now - HOLD)]
    return of_rows(tx, actor, [*rows, *(_acting(actor, one) for one in also)], besides=besides)


def of_people(
    tx: Reader, actor: Actor, person_ids: Iterable[int], *, acting: Iterable[int] = (), at_once: Iterable[int] = (),
    besides: int | None = None,
) -> Hearing:  # fmt: skip
    """Of something that is not done yet. Whoever is `acting` on it, as a new mentor does, and what is told `at_once` whatever
    the week holds, comes before what others hear.
    """
    rows = [_row(actor, one) for one in person_ids]
    rows += [_acting(actor, one) for one in acting]
    rows += [_row(actor, one, unasked=False) for one in at_once]
    return of_rows(tx, actor, rows, besides=besides)


def _acting(actor: Actor, person_id: int) -> Waiting:
    return _row(actor, person_id, NOTICE, {"what": Notice.NOW_MENTOR})


def _row(
    actor: Actor, person_id: int, kind: str = "", payload: Mapping[str, str] | None = None, *, unasked: bool = True
) -> Waiting:
    return outbox.imagined(person_id, kind, payload or {}, unasked=unasked, not_before=actor.now + HOLD, now=actor.now)


def reached(tx: Reader, actor: Actor, person_ids: Iterable[int]) -> Hearing:
    """Of what people find where it is kept, whenever they are told: those who use Telegram, and those who do not."""
    found = [one for one in dict.fromkeys(person_ids) if one != actor.person_id]
    named = people.many(tx, found)
    there = {one for one in found if access.uses_telegram(tx, one, actor.now)}
    return Hearing(
        tuple(named[one].name for one in found if one in there),
        tuple(named[one].name for one in found if one not in there),
    )


def of_rows(tx: Reader, actor: Actor, rows: Iterable[Waiting], *, besides: int | None = None) -> Hearing:
    """Of what waits for its minute, whoever acts excepted. Each is named once, for the first that they hear."""
    words: dict[int, list[Waiting]] = {}
    for row in rows:
        if row.person_id is not None and row.person_id not in (actor.person_id, besides):
            words.setdefault(row.person_id, []).append(row)
    names = {one: person.name for one, person in people.many(tx, list(words)).items()}
    soonest = {one: _soonest(tx, words[one]) for one in words if access.uses_telegram(tx, one, actor.now)}
    return Hearing(
        tuple(names[one] for one, wait in soonest.items() if wait is None),
        tuple(names[one] for one in words if one not in soonest),
        later=tuple(_later({names[one]: wait for one, wait in soonest.items() if isinstance(wait, Wait)})),
    )


def _soonest(tx: Reader, rows: Iterable[Waiting]) -> Wait | Skip | None:
    found = [delivery.foreseen(tx, row) for row in rows]
    waits = [one for one in found if isinstance(one, Wait)]
    return None if None in found else min(waits, key=lambda one: one.until, default=Skip(outbox.BUDGET))


def _later(waits: Mapping[str, Wait]) -> Iterator[Later]:
    moments = {name: None if wait.reason == outbox.BUDGET else wait.until for name, wait in waits.items()}
    for moment in dict.fromkeys(moments.values()):
        yield Later(tuple(name for name, at in moments.items() if at == moment), moment)
