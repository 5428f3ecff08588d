"""代理: who answers reports while no mentor is there for more than three working days; where nobody is named, the secretary.

A pairing's stand-ins are brought to what the leaves and the people ask for: at once when a leave of its mentor is entered
or ended, a minute after anything else that others do, and else within the hour. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from domain.actors import Actor
from domain.duties import Leave
from domain.pairings import Pairing, may_mentor
from domain.people import Person
from domain.stand_ins import Able, Share, shared_out
from services import absences, access, audit, secretaries, stand_in_words
from services.calendar import today_of_person
from services.notices import HOLD
from services.stand_in_words import Change
from storage import accounts, leaves, pairings, people
from storage import audit as records
from storage import stand_ins as rows
from storage.database import Reader, Writer
from storage.leaves import KeptLeave
from storage.outbox import Waiting

LOOKED_AT_AGAIN = timedelta(hours=1)
CHOSEN = "pairing:stand_in"
"""How the audit calls it that somebody was named by hand."""
LEAVES = 5
"""How many are looked at in one unit: each takes many questions, and people at work wait meanwhile."""


def arrange(tx: Writer, actor: Actor, leave_id: int) -> None:
    """A leave was entered, ended or stands again. Whoever stands in for somebody is himself missed in a minute, when this
    can no longer be taken back.
    """
    kept = leaves.get(tx, leave_id)
    assert kept is not None
    rows.look_at(tx, [leave_id], _next_look(actor, kept))
    if kept.person_id is not None:
        look_again(tx, actor, [kept.person_id])
    _settle_all(tx, actor, concerned(tx, kept, actor.today))


def look_again(tx: Writer, actor: Actor, person_ids: Iterable[int]) -> None:
    """Something about these people changed that may leave somebody alone; the minute is theirs who may take it back."""
    for person_id in person_ids:
        rows.look_again(tx, person_id, actor.today, actor.now + HOLD)


def look_at_leaves(tx: Writer, actor: Actor) -> bool:
    """A step of the tick: somebody who stood in may have left, be away himself or not be reached any more."""
    found = rows.to_look_at(tx, actor.now, limit=LEAVES)
    for kept in (one for leave_id in found if (one := leaves.get(tx, leave_id)) is not None):
        rows.look_at(tx, [kept.id], _next_look(actor, kept))
        _settle_all(tx, actor, concerned(tx, kept, actor.today))
    return len(found) == LEAVES


def _next_look(actor: Actor, kept: KeptLeave) -> datetime | None:
    lasts = kept.cancelled_at is None and kept.last_on >= actor.today
    return actor.now + LOOKED_AT_AGAIN if lasts else None


def concerned(tx: Reader, kept: KeptLeave, today: date) -> list[int]:
    """The pairings from which a leave takes a mentor, or in which somebody stands in for its days."""
    guided = rows.guided(tx, kept.person_id, kept.unit_id)
    return list(dict.fromkeys([*guided, *rows.of_leave(tx, kept.id, today)]))


def missed(tx: Reader, actor: Actor, leave_id: int) -> list[str]:
    """The mentees for whom somebody on this leave was to stand in, until another one is found in a minute."""
    kept = leaves.get(tx, leave_id)
    stood_in = [] if kept is None or kept.person_id is None else rows.of_person(tx, kept.person_id, actor.today)
    found = [one for pairing_id in stood_in if (one := pairings.get(tx, pairing_id)) is not None]
    changing = [one.mentee_id for one in found if planned(tx, actor, one) != ahead(tx, actor, one)]
    known = people.many(tx, changing)
    return [known[one].name for one in changing]


def ahead(tx: Reader, actor: Actor, pairing: Pairing) -> tuple[Share, ...]:
    """Who stands in, as far as it is not over."""
    today = today_of_person(tx, actor, pairing.mentee_id)
    standing = rows.of_pairing(tx, pairing.id, today)
    return tuple(Share(one.person_id, max(one.first, today), one.last) for one in standing)


def _last(tx: Reader, pairing: Pairing) -> tuple[Share, ...]:
    """Who stood in before nobody did: he does so again where a leave that was ended stands again."""
    last = records.last(tx, f"stand_in:{pairing.id}")
    return kept_shares(last.old) if last is not None else ()


def kept_shares(values: records.Values | None) -> tuple[Share, ...]:
    """As the audit keeps them; they may have gone with a person who was erased."""
    kept: dict[str, Any] = dict(values or {})
    return tuple(
        Share(person_id, date.fromisoformat(first), date.fromisoformat(last))
        for person_id, first, last in kept.get("shares", ())
    )


def to_be_told(tx: Reader, actor: Actor, leave_id: int) -> list[Waiting]:
    """What is said in a minute of what a leave changed."""
    kept = leaves.get(tx, leave_id)
    pairing_ids = [] if kept is None else concerned(tx, kept, actor.today)
    return stand_in_words.to_be_told(tx, actor, pairing_ids)


def _settle_all(tx: Writer, actor: Actor, pairing_ids: Sequence[int]) -> None:
    changes = (_settle(tx, actor, pairing_id) for pairing_id in pairing_ids)
    stand_in_words.tell(tx, actor, [change for change in changes if change is not None])


def _settle(tx: Writer, actor: Actor, pairing_id: int) -> Change | None:
    pairing = pairings.lock(tx, pairing_id)
    assert pairing is not None
    wanted = planned(tx, actor, pairing)
    return None if wanted == ahead(tx, actor, pairing) else put(tx, actor, pairing, wanted)


def put(tx: Writer, actor: Actor, pairing: Pairing, shares: Sequence[Share]) -> Change:
    """These stand in from today on. They are to be told with what else changes in this unit."""
    today = today_of_person(tx, actor, pairing.mentee_id)
    before = rows.of_pairing(tx, pairing.id, today)
    rows.put(tx, pairing.id, {share: absences.leave_for(tx, pairing, share) for share in shares}, today)
    change = Change(
        pairing, before, rows.of_pairing(tx, pairing.id, today), tuple(absences.mentors(tx, pairing)),
        unfilled=not shares and bool(absences.gaps(tx, actor, pairing)),
    )  # fmt: skip
    if change.before != change.after:
        old, new = ([[one.person_id, one.first, one.last] for one in side] for side in (change.before, change.after))
        audit.record(
            tx, actor, "stand_in:arrange", f"stand_in:{pairing.id}", old={"shares": old}, new={"shares": new},
            about=pairing.mentee_id,
        )  # fmt: skip
    return change


def planned(tx: Reader, actor: Actor, pairing: Pairing, *, besides: int | None = None) -> tuple[Share, ...]:
    """Who is to stand in from today on; `besides`: as it would be without somebody."""
    today = today_of_person(tx, actor, pairing.mentee_id)
    spans = absences.gaps(tx, actor, pairing)
    if not spans:
        return ()
    standing = ahead(tx, actor, pairing) or _last(tx, pairing)
    able = [one for one in _able(tx, actor, pairing, standing) if one.person_id != besides]
    coming = (Leave(max(gap.first, today), gap.last) for gap in spans)
    return tuple(share for days in coming for share in shared_out(days, standing, able))


def _able(tx: Reader, actor: Actor, pairing: Pairing, standing: Sequence[Share]) -> list[Able]:
    """Whoever stands in already, as a secretary or named by hand, then the secretaries, the mentee's own before those of the
    units above. Who was asked because of a post does not go on without it.
    """
    leading = secretaries.upwards(tx, pairing.mentee_id)
    now = dict.fromkeys(share.person_id for share in standing)
    by_hand = set() if now.keys() <= set(leading) else named(tx, pairing)
    asked = dict.fromkeys([*(one for one in now if one in leading or one in by_hand), *leading])
    known = people.many(tx, list(asked))
    return fitting(tx, actor, pairing, [known[one] for one in asked if one in known], leading)


def named(tx: Reader, pairing: Pairing) -> set[int]:
    """Whom somebody chose for it."""
    chosen = records.of_subject(tx, f"pairing:{pairing.id}", CHOSEN)
    kept: list[dict[str, Any]] = [dict(one.new) for one in chosen if one.new is not None]
    return {one["person"] for one in kept}


def fitting(
    tx: Reader, actor: Actor, pairing: Pairing, asked: Sequence[Person], leading: Collection[int]
) -> list[Able]:
    """Whoever of these might be the mentor, or leads where the mentee belongs, and reads here; with when he is away."""
    taken = (pairing.mentee_id, *absences.mentors(tx, pairing))
    able = [
        one
        for one in asked
        if one.id in leading or may_mentor(pairing.track, one.stage, backbone=one.backbone)
        if one.id not in taken and _reads(tx, actor, one.id)
    ]
    return [Able(one.id, absences.long_of(tx, actor, pairing, one.id)) for one in able]


def _reads(tx: Reader, actor: Actor, person_id: int) -> bool:
    """He has not left, has come in and agreed, and what is written to him arrives."""
    account = accounts.by_person(tx, person_id)
    arrives = account is not None and account.unreachable_since is None
    return arrives and people.is_present(tx, person_id) and access.uses_telegram(tx, person_id, actor.now)
