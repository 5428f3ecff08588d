"""Saying something to someone other than the person who acted: a row in the outbox, in the same transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.actors import Actor
from storage import outbox, withdrawals
from storage.database import Reader, Writer

HOLD = timedelta(seconds=60)
"""What others are told because someone tapped waits this long, so that the tap can be undone meanwhile."""
Heard = Mapping[int, str]
"""Whom word has reached, with the kind of what reached them last."""


def tell(
    tx: Writer,
    actor: Actor,
    person_id: int,
    kind: str,
    *,
    key: str,
    not_before: datetime | None = None,
    unasked: bool = False,
    **payload: object,
) -> bool:
    """Put a notice for a person in the outbox.

    `kind` names a screen (`handlers/screens.py`) that is loaded and rendered when it is sent, with `payload` as its
    arguments. `key` makes it unique: saying it again adds nothing. Word of a tap waits 60 seconds; the clock's does not.
    `unasked` counts against the person's weekly budget (prompts, notices, digests); an answer to one's own tap, what one
    chose to get at once and announcements do not. Whoever entered it for somebody knows of it already.
    """
    if person_id == actor.entered_by:
        return False
    moment = not_before or (actor.now if actor.is_clock else actor.now + HOLD)
    return outbox.add(
        tx,
        key=key,
        kind=kind,
        payload=payload,
        person_id=person_id,
        not_before=moment,
        now=actor.now,
        unasked=unasked,
    )


def tell_chat(tx: Writer, actor: Actor, telegram_id: int, kind: str, *, key: str, **payload: object) -> None:
    """The same for an account without a person."""
    outbox.add(
        tx, key=key, kind=kind, payload=payload, telegram_id=telegram_id, not_before=actor.now + HOLD, now=actor.now
    )


def tell_of_act(
    tx: Writer, actor: Actor, people: Iterable[int], kind: str, subject_id: int, what: str, **besides: Any
) -> None:
    """Tell each of these people, the one who acts excepted, what was done to a pairing, a rotation or an outcome.

    An act may be done again within the same second, after it was taken back. The state of what is acted on keeps it from
    being said twice, so the key need not.
    """
    for person_id in dict.fromkeys(people):
        if person_id != actor.person_id:
            key = f"{act(kind, subject_id, actor.now)}{what}:{person_id}:{secrets.token_hex(3)}"
            tell(tx, actor, person_id, kind, key=key, unasked=True, id=subject_id, what=what, **besides)


def take_back_act(tx: Writer, actor: Actor, kind: str, subject_id: int, moment: datetime) -> Heard:
    """Withdraw all that people were to be told of what was done at that moment; give those who have heard of it."""
    return take_back_all(tx, actor, act(kind, subject_id, moment))


def take_back(tx: Writer, actor: Actor, key: str) -> bool:
    """Withdraw a notice that has not gone yet; tell whether it was still there."""
    return withdrawals.withdraw(tx, key, actor.now)


def take_back_all(tx: Writer, actor: Actor, prefix: str) -> Heard:
    """Withdraw every notice under keys beginning with `prefix` that has not gone yet. Whoever has heard one of them is
    given, with the kind of what they heard last: they, and nobody else, are to hear that it no longer holds.
    """
    withdrawals.withdraw_all(tx, prefix, actor.now)
    return heard(tx, actor, prefix)


def heard(tx: Reader, actor: Actor, prefix: str) -> Heard:
    """Whom word under keys beginning with `prefix` has reached, whoever acts excepted."""
    return {
        person_id: kind for person_id, kind in withdrawals.heard(tx, prefix).items() if person_id != actor.person_id
    }


def bring_back(tx: Writer, actor: Actor, prefix: str, withdrawn_at: datetime) -> None:
    """What was withdrawn at that moment is to be told after all, again in a minute."""
    withdrawals.bring_back(tx, prefix, withdrawn_at, actor.now + HOLD)


def act(kind: str, subject_id: int, moment: datetime) -> str:
    """What the keys of all notices of one act have in common, so that they are taken back together."""
    return f"{kind}:{subject_id}:{int(moment.timestamp())}:"
