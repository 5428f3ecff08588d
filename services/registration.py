"""Coming in: a code, the last four signs of the staff number, and then the tie between a phone and a person.

What must be remembered (a wrong code counts) is a return value, because a refusal would undo it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.actors import Actor
from domain.invites import TRIES, TRIES_WITHIN, last_signs
from services import accounts, administrators, audit, codes
from storage import attempts, invites, people
from storage.accounts import by_telegram
from storage.database import Reader, Writer
from storage.invites import Invite

GUESS = "entry"
"""Wrong codes and wrong digits count together."""


class Entry(StrEnum):
    """What came of a code or of the digits."""

    ASK_DIGITS = "ask_digits"
    WRONG_CODE = "wrong_code"
    WRONG_DIGITS = "wrong_digits"
    TOO_MANY = "too_many"
    EXPIRED = "expired"
    REPLACED = "replaced"
    USED = "used"
    ALREADY_IN = "already_in"
    ACCOUNT_BOUND = "account_bound"
    BOUND = "bound"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`left`: tries that remain; `until`: when they begin anew; `name`: to whom this account belongs already."""

    entry: Entry
    invite_id: int = 0
    left: int = 0
    until: datetime | None = None
    name: str = ""


def enter_code(tx: Writer, actor: Actor, code: str, display_name: str, locale: str | None) -> Outcome:
    """Somebody typed or opened a code in its normal form."""
    if barred := _barred(tx, actor):
        return barred
    if administrators.is_first_code(tx, code):
        administrators.claim(tx, actor, display_name, locale)
        return Outcome(Entry.ADMINISTRATOR)
    found = invites.by_hash(tx, codes.hashed(tx, code))
    if found is None:
        return _wrong(tx, actor, Entry.WRONG_CODE)
    return _unfit(tx, actor, found) or Outcome(Entry.ASK_DIGITS, found.id)


def enter_digits(
    tx: Writer, actor: Actor, invite_id: int, digits: str, display_name: str, locale: str | None
) -> Outcome:
    """The second proof. The invite's row is held, so of two accounts that use it at once only one comes in."""
    if barred := _barred(tx, actor):
        return barred
    found = invites.lock(tx, invite_id)
    if found is None:
        return _wrong(tx, actor, Entry.WRONG_CODE)
    if unfit := _unfit(tx, actor, found):
        return unfit
    person = people.lock(tx, found.person_id)
    assert person is not None
    if not codes.same(last_signs(digits), last_signs(person.staff_no)):
        return _wrong(tx, actor, Entry.WRONG_DIGITS)
    invites.use(tx, invite_id, actor.now)
    accounts.bind(tx, actor, person.id, display_name, locale)
    audit.record(tx, actor, "invite:used", f"invite:{invite_id}", about=person.id)
    return Outcome(Entry.BOUND, invite_id)


def _unfit(tx: Reader, actor: Actor, found: Invite) -> Outcome | None:
    """Why an invite that exists lets this account in no more."""
    assert actor.telegram_id is not None
    mine = by_telegram(tx, actor.telegram_id)
    if mine is not None and mine.person_id is not None:
        entry = Entry.ALREADY_IN if mine.person_id == found.person_id else Entry.ACCOUNT_BOUND
        return Outcome(entry, name=mine.name or "")
    if found.used_at is not None:
        return Outcome(Entry.USED)
    if found.revoked_at is not None:
        return Outcome(Entry.REPLACED)
    if not found.is_live(actor.now) or not people.is_present(tx, found.person_id):
        return Outcome(Entry.EXPIRED)
    return None


def _barred(tx: Reader, actor: Actor) -> Outcome | None:
    wrong = _recent(tx, actor)
    return Outcome(Entry.TOO_MANY, until=wrong[-TRIES] + TRIES_WITHIN) if len(wrong) >= TRIES else None


def _wrong(tx: Writer, actor: Actor, entry: Entry) -> Outcome:
    assert actor.telegram_id is not None
    attempts.add(tx, actor.telegram_id, GUESS, actor.now)
    audit.record(tx, actor, f"entry:{entry}", f"telegram:{actor.telegram_id}")
    return _barred(tx, actor) or Outcome(entry, left=TRIES - len(_recent(tx, actor)))


def _recent(tx: Reader, actor: Actor) -> list[datetime]:
    assert actor.telegram_id is not None
    return attempts.since(tx, actor.telegram_id, GUESS, actor.now - TRIES_WITHIN)
