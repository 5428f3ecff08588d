"""Whether a row of the outbox may go now: is it still true, is it a quiet hour, is the week's budget spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.calendar import local_day
from domain.quiet_hours import outside_quiet_hours
from domain.reminders import next_digest_at
from services import access, circumstances, pairing_notices, rotation_notices, week_places
from services.circumstances import Circumstances
from storage import outbox, pairings, rotations, units
from storage.database import Reader
from storage.outbox import Waiting

PROMPT, DIGEST = week_places.PROMPT, "reminders.digest"
"""The screens that a person can switch off. Everything else is word of what concerns them directly."""
MISSED = "registration.missed"
"""What could not be delivered, to whoever comes back."""
MISSED_FOR = timedelta(days=14)
"""What is older has been seen or settled since."""
HEADS = (DIGEST, MISSED)
"""Messages beneath which others are laid."""
OF_ROTATIONS = frozenset({*week_places.TURNS, rotation_notices.NOTICE})
"""What is said of rotations at one time makes one message."""
AFTER_THE_DIGEST = timedelta(minutes=5)
"""What waits for a digest looks for a place of its own when that has gone without it."""
HELD_AT_ONCE = 24
"""So much of what was held back is looked at for one digest; what reads alike stands once beneath it."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Not said, and why: left, unreachable, muted, already done, budget, withdrawn …"""

    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Go:
    recipient: Actor


def decide(tx: Reader, row: Waiting, now: datetime) -> Go | Wait | Skip:
    """What becomes of a row whose time has come. The screen's own load looks again whether it is still true."""
    if row.person_id is None:
        assert row.telegram_id is not None
        return _quiet_in_group(tx, row.telegram_id, now) or Go(access.identify(tx, row.telegram_id, now, ""))
    recipient = access.recipient(tx, row.person_id, now)
    if recipient is None:
        return Skip("no_account")
    around = circumstances.of_person(tx, row.person_id, recipient.today)
    reason = _why_not(row, recipient, around, now)
    if reason is not None:
        return Skip(reason)
    if week_places.is_told_by_another(tx, row):
        return Skip("told_with_another")
    return _later(tx, row, around, now) or Go(recipient)


def _quiet_in_group(tx: Reader, chat_id: int, now: datetime) -> Wait | None:
    """A group keeps the quiet hours of its unit."""
    for unit in units.many(tx, set(units.of_group(tx, chat_id))):
        allowed = circumstances.not_quiet(tx, unit, now)
        if allowed > now:
            return Wait(allowed, "quiet")
    return None


def _why_not(row: Waiting, recipient: Actor, around: Circumstances, now: datetime) -> str | None:
    left_on = around.choices.left_on
    if left_on is not None and left_on <= local_day(now, around.zone):
        return "left"
    if around.choices.unreachable_since is not None:
        return "unreachable"
    if not recipient.agreed:
        return "not_agreed"
    return "muted" if around.choices.reminders_off and row.kind in (PROMPT, DIGEST) else None


def _later(tx: Reader, row: Waiting, around: Circumstances, now: datetime) -> Wait | Skip | None:
    allowed = outside_quiet_hours(now, around.own_zone, around.rhythm.quiet)
    return Wait(allowed, "quiet") if allowed > now else _without_place(tx, row, around, now)


def _without_place(
    tx: Reader, row: Waiting, around: Circumstances, now: datetime, gone: Sequence[Waiting] = ()
) -> Wait | Skip | None:
    assert row.person_id is not None
    if not row.unasked or week_places.has_place(tx, row, row.person_id, around, now, gone):
        return None
    next_day = next_digest_at(around.rhythm, around.own_zone, now, around.calendar)
    return Skip(outbox.BUDGET) if next_day is None else Wait(_after(row, next_day), outbox.BUDGET)


def _after(row: Waiting, digest_at: datetime) -> datetime:
    return digest_at if row.kind == DIGEST else digest_at + AFTER_THE_DIGEST


def foreseen(tx: Reader, row: Waiting) -> Wait | Skip | None:
    """What becomes of a row when its time comes, as far as it can be seen before: what waits for its reader already goes first."""
    assert row.person_id is not None
    recipient = access.recipient(tx, row.person_id, row.not_before)
    if recipient is None:
        return Skip("no_account")
    around = circumstances.of_person(tx, row.person_id, recipient.today)
    at = outside_quiet_hours(row.not_before, around.own_zone, around.rhythm.quiet)
    gone = _gone_before(tx, row, around, at) if row.unasked else []
    return _without_place(tx, row, around, at, gone) or (Wait(at, "quiet") if at > row.not_before else None)


def _gone_before(tx: Reader, row: Waiting, around: Circumstances, at: datetime) -> list[Waiting]:
    assert row.person_id is not None
    gone: list[Waiting] = []
    for one in outbox.waiting(tx, row.person_id):
        if one.unasked and one.not_before <= at and one.id < row.id and not _is_overtaken(tx, one):
            gone += [one] if week_places.has_place(tx, one, row.person_id, around, at, gone) else []
    return gone


def _is_overtaken(tx: Reader, row: Waiting) -> bool:
    """Whether what waits is no longer true, as where a pairing resumed just now is ended: it takes nobody's place."""
    if row.kind == pairing_notices.NOTICE:
        pairing = pairings.get(tx, row.payload["id"])
        return pairing is None or not pairing_notices.still_true(pairing_notices.Notice(row.payload["what"]), pairing)
    if row.kind != rotation_notices.NOTICE:
        return False
    rotation = rotations.get(tx, row.payload["id"])
    what = rotation_notices.Notice(row.payload["what"])
    return rotation is None or not rotation_notices.still_true(tx, what, rotation, row.person_id)


def missed(tx: Reader, person_id: int, since: datetime) -> list[Waiting]:
    """What somebody could not be told since a moment, the last first. Prompts and digests are made anew."""
    found = outbox.missed(tx, person_id, since)
    return [row for row in found if row.kind not in (PROMPT, *HEADS)]


def beneath(tx: Reader, row: Waiting) -> list[Waiting]:
    """What is to be told beneath this one: what waits for a digest, or was missed."""
    if row.person_id is None:
        return []
    if row.kind == MISSED:
        return missed(tx, row.person_id, datetime.fromisoformat(row.payload["since"]))[:HELD_AT_ONCE]
    return _held_back(tx, row.person_id)


def _held_back(tx: Reader, person_id: int) -> list[Waiting]:
    """What is due first, then whom one guides or stands in for now, then the rest in its order."""
    held = outbox.held_back(tx, person_id, DIGEST)
    told = [one for one in held if not week_places.is_told_by_another(tx, one)]
    return sorted(told, key=_rank)[:HELD_AT_ONCE]


def _rank(row: Waiting) -> int:
    if row.kind == PROMPT:
        return 0
    return 1 if week_places.now_guides(row) or row.kind == week_places.STANDS_IN else 2
