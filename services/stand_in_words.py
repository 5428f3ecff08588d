"""What is said of standing in, to whoever does, to mentee and mentors: the difference between what they heard and what is so."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.actors import Actor
from domain.duties import Leave
from domain.pairings import Pairing
from domain.people import Person
from domain.roles import RoleKind
from domain.stand_ins import Share
from services import absences, notices, week_places
from services.absences import UNDER_WAY
from services.delivery import Skip
from storage import leaves, outbox, pairings, people, units, withdrawals
from storage import stand_ins as rows
from storage.database import Reader, Writer
from storage.outbox import Waiting
from storage.withdrawals import ELSEWHERE, SEEN

NOTICE = week_places.STANDS_IN
LEAVE = "leave.entered"
"""Word of a leave to the one whom somebody else entered it for; it names who stands in."""
REMEMBERED = 20
"""So many of the last words to somebody tell what he knows."""

Known = Mapping[str, Sequence[Sequence[object]]]
"""By pairing who answers from when to when, as JSON holds it: whose pairing it is knows all of it, others their own share."""


class Ear(StrEnum):
    """As what somebody hears of a pairing."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    STAND_IN = "stand_in"


@dataclass(frozen=True, slots=True)
class Change:
    """`unfilled`: somebody would have to stand in, and nobody can."""

    pairing: Pairing
    before: tuple[Share, ...]
    after: tuple[Share, ...]
    mentors: tuple[int, ...]
    unfilled: bool


@dataclass(frozen=True, slots=True)
class Days:
    """By name, who answers from when to when."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Word:
    """How it is in one pairing now, for the mentee, a mentor who is away, or whoever stands in, or did. `open`: when somebody
    has to stand in. `there`: the mentors who are not away today. `change`: the leave for whose days the reader may name somebody else.
    """

    pairing_id: int
    ear: Ear
    mentors: tuple[str, ...]
    there: tuple[str, ...]
    mentee: Person
    days: tuple[Days, ...]
    open: Leave | None
    change: int | None


def tell(tx: Writer, actor: Actor, changes: Iterable[Change]) -> None:
    """One message to each whom it concerns, about all that changed for him."""
    hearing: dict[int, list[Change]] = {}
    for change in changes:
        if change.before != change.after:
            for hearer in _hearers(change):
                hearing.setdefault(hearer, []).append(change)
    for hearer, about in hearing.items():
        _tell(tx, actor, hearer, about)


def _hearers(change: Change) -> list[int]:
    standing = [one.person_id for one in (*change.after, *change.before)]
    return list(dict.fromkeys([*standing, change.pairing.mentee_id, *change.mentors]))


def _tell(tx: Writer, actor: Actor, hearer: int, changes: Sequence[Change]) -> None:
    """What waits for him is said anew with the rest."""
    withdrawals.forget_elsewhere(tx, _prefix(hearer), actor.now - notices.HOLD)
    knows, waiting = _heard(tx, hearer)
    notices.take_back_all(tx, actor, _prefix(hearer))
    was = {str(one.pairing.id): _known(_ear(hearer, one), hearer, one.before) for one in changes}
    now = {str(one.pairing.id): _known(_ear(hearer, one), hearer, one.after) for one in changes}
    seen = {str(one.pairing.id) for one in changes if _reads_it(tx, actor, hearer, one)}
    if seen:
        withdrawals.note_seen(
            tx, key=_key(hearer), kind=NOTICE, payload={"now": {pairing: now[pairing] for pairing in seen}},
            person_id=hearer, now=actor.now, reason=SEEN if hearer == actor.person_id else ELSEWHERE,
        )  # fmt: skip
    knew = {**was, **dict.fromkeys(waiting, ()), **knows}
    news = {
        pairing: shares
        for pairing, shares in {**waiting, **now}.items()
        if pairing not in seen and _lasting(shares, actor.today) != _lasting(knew[pairing], actor.today)
    }
    if news:
        notices.tell(tx, actor, hearer, NOTICE, key=_key(hearer), unasked=True, now=news)


def _reads_it(tx: Reader, actor: Actor, hearer: int, change: Change) -> bool:
    """Whoever acts on the screen; a mentor where word of his leave is on its way, and that he is back, or another one."""
    if hearer == actor.person_id:
        return True
    back = not change.after and not change.unfilled
    return hearer in change.mentors and (back or bool(outbox.waiting_for(tx, hearer, LEAVE)))


def _ear(hearer: int, change: Change) -> Ear:
    if hearer == change.pairing.mentee_id:
        return Ear.MENTEE
    return Ear.MENTOR if hearer in change.mentors else Ear.STAND_IN


def _prefix(hearer: int) -> str:
    return f"stand_in:{hearer}:"


def _key(hearer: int) -> str:
    return f"{_prefix(hearer)}{secrets.token_hex(6)}"


def to_be_told(tx: Reader, actor: Actor, pairing_ids: Iterable[int]) -> list[Waiting]:
    """What is to be said of these pairings within the minute."""
    about = {str(one) for one in pairing_ids}
    coming = withdrawals.coming(tx, NOTICE, actor.now, actor.now + notices.HOLD)
    return [row for row in coming if not about.isdisjoint(row.payload["now"])]


def _heard(tx: Reader, hearer: int) -> tuple[Known, Known]:
    """What he knows, the last word on each pairing, and what waits to be told."""
    knows: dict[str, Sequence[Sequence[object]]] = {}
    waiting: dict[str, Sequence[Sequence[object]]] = {}
    for is_known, payload in reversed(withdrawals.told_under(tx, _prefix(hearer), limit=REMEMBERED)):
        (knows if is_known else waiting).update(payload["now"])
    return knows, waiting


def _known(ear: Ear, hearer: int, shares: Iterable[Share]) -> list[list[object]]:
    return [
        [one.person_id, one.first.isoformat(), one.last.isoformat()]
        for one in shares
        if ear is not Ear.STAND_IN or one.person_id == hearer
    ]


def _lasting(shares: Iterable[Sequence[object]], today: date) -> list[list[object]]:
    """As far as it is not over: since when, where that is past, makes no difference to anybody."""
    now = today.isoformat()
    return [[who, max(str(first), now), last] for who, first, last in shares if str(last) >= now]


def told(tx: Reader, actor: Actor, now: Known) -> tuple[Word, ...] | Skip:
    """What of it is still so; what has changed since is another message's."""
    found = tuple(_words(tx, actor, now))
    return found or Skip("no_longer_true")


def _words(tx: Reader, actor: Actor, now: Known) -> Iterator[Word]:
    assert actor.person_id is not None
    for number, shares in now.items():
        pairing = pairings.get(tx, int(number))
        if pairing is None or (shares and not _lasting(shares, actor.today)):
            continue
        present = rows.of_pairing(tx, pairing.id, actor.today)
        mentors = tuple(absences.mentors(tx, pairing))
        ear = _ear(actor.person_id, Change(pairing, (), present, mentors, unfilled=False))
        if _lasting(_known(ear, actor.person_id, present), actor.today) == _lasting(shares, actor.today):
            word = _word(tx, actor, pairing, ear, present)
            if word.days or ear is Ear.STAND_IN or word.open or (ear is Ear.MENTEE and pairing.state in UNDER_WAY):
                yield word


def _word(tx: Reader, actor: Actor, pairing: Pairing, ear: Ear, present: Sequence[Share]) -> Word:
    mentors = absences.mentors(tx, pairing)
    shares = [one for one in present if ear is not Ear.STAND_IN or one.person_id == actor.person_id]
    known = people.many(tx, [*mentors, pairing.mentee_id, *(one.person_id for one in shares)])
    mentee = known[pairing.mentee_id]
    away = leaves.away(tx, mentors, actor.today)
    open_days = next(iter(absences.gaps(tx, actor, pairing)), None)
    leads = units.is_beneath(tx, mentee.unit_id, actor.units(RoleKind.SECRETARY))
    may_change = open_days is not None and (leads or ear is Ear.MENTOR)
    return Word(
        pairing_id=pairing.id,
        ear=ear,
        mentors=tuple(known[one].name for one in mentors),
        there=tuple(known[one].name for one in mentors if one not in away),
        mentee=mentee,
        days=tuple(Days(known[one.person_id].name, one.first, one.last) for one in shares),
        open=open_days,
        change=absences.leave_for(tx, pairing, open_days) if may_change and open_days is not None else None,
    )
