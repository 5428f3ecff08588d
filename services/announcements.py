"""通知: who leads a unit writes to all of it; seen before it goes, taken back until it does, and it is known whom it did not
reach.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import LEADERS
from domain.units import Unit
from domain.wording import fitting
from services import access, audit, circumstances, group_chats, notices
from services.notices import HOLD
from storage import announcements as rows
from storage import people, units, withdrawals
from storage.announcements import Announcement, Went
from storage.database import Reader, Writer

__all__ = ["Announcement", "Card", "Preview", "Share", "Told"]

WORDS_LIMIT = 1500
TOLD, IN_GROUP = "announcement.told", "announcement.in_group"


@dataclass(frozen=True, slots=True)
class Preview:
    """`reached` have an account that can be written to; the others are to be told otherwise, by name. `goes_at` is when it
    would go, if that is not in a minute.
    """

    unit: Unit
    words: str
    reached: int
    others: tuple[str, ...]
    groups: int
    goes_at: datetime | None

    @property
    def is_heard(self) -> bool:
        return self.reached + self.groups > 0


@dataclass(frozen=True, slots=True)
class Told:
    """What is read of it."""

    announcement: Announcement
    unit: str
    author: str


@dataclass(frozen=True, slots=True)
class Share:
    """Of people, or of groups: how many it has gone to, how many it goes to yet, and the names of those whom it misses."""

    sent: int
    waiting: int
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """How it went. Nobody has heard as long as it can be undone; `goes_at` is when the first will. `unbound` tells that some
    unit whose group it missed has none any more.
    """

    announcement: Announcement
    unit: str
    people: Share
    groups: Share
    unbound: bool
    goes_at: datetime | None
    can_undo: bool

    @property
    def is_held(self) -> bool:
        """Whether it waits for the end of quiet hours."""
        return self.goes_at is not None and self.goes_at - self.announcement.made_at > HOLD


def units_of(tx: Reader, actor: Actor) -> list[Unit]:
    """One's own units, then all beneath them. Refusal `not_yours`."""
    access.need_role(actor, *LEADERS)
    own = access.led_units(tx, actor)
    beneath = [unit for top in own for unit in units.beneath(tx, top.id)]
    return list({unit.id: unit for unit in (*own, *beneath)}.values())


def preview(tx: Reader, actor: Actor, unit_id: int, words: str) -> Preview:
    unit = access.unit(tx, actor, unit_id, *LEADERS)
    reached, others = _sorted(tx, actor, unit_id)
    groups, goes_at = len(units.groups_beneath(tx, unit_id)), _goes_at(tx, actor, unit)
    return Preview(
        unit=unit,
        words=fitting(words, WORDS_LIMIT),
        reached=len(reached),
        others=tuple(one.name for one in others),
        groups=groups,
        goes_at=goes_at if goes_at > actor.now + HOLD else None,
    )


def _goes_at(tx: Reader, actor: Actor, unit: Unit) -> datetime:
    """In a minute; from quiet hours at their end, for people and groups alike, so that all hear it at once."""
    return circumstances.not_quiet(tx, unit, actor.now + HOLD)


def _sorted(tx: Reader, actor: Actor, unit_id: int) -> tuple[list[Person], list[Person]]:
    """All others of a unit: whom a message can reach today, and whom not."""
    everybody, can_be = _others(tx, actor, unit_id), rows.reachable(tx, unit_id)
    return [one for one in everybody if one.id in can_be], [one for one in everybody if one.id not in can_be]


def _others(tx: Reader, actor: Actor, unit_id: int) -> list[Person]:
    return [one for one in people.present(tx, unit_id) if one.id != actor.person_id]


def announce(tx: Writer, actor: Actor, unit_id: int, words: str) -> int:
    """Goes to everybody of the unit and beneath, and to the groups of these units. For those who cannot be reached there is
    a row too: it says afterwards whom it missed, and reaches whoever comes in before it goes.

    Refusals: `not_yours`, `no_person`, `nobody_hears`.
    """
    unit = access.unit(tx, actor, unit_id, *LEADERS)
    if actor.person_id is None:
        raise Refusal("no_person")
    if not preview(tx, actor, unit_id, words).is_heard:
        raise Refusal("nobody_hears")
    kept, goes_at = fitting(words, WORDS_LIMIT), _goes_at(tx, actor, unit)
    announcement_id = rows.add(tx, unit.id, kept, actor.person_id, actor.now)
    audit.record(
        tx, actor, "announcement:made", f"announcement:{announcement_id}", new={"unit": unit.id, "words": kept}
    )
    for person in _others(tx, actor, unit_id):
        key = f"{_prefix(announcement_id)}{person.id}"
        notices.tell(tx, actor, person.id, TOLD, key=key, not_before=goes_at, announcement=announcement_id)
    for group_unit, chat_id in units.groups_beneath(tx, unit_id):
        key, payload = f"{_prefix(announcement_id)}group:{group_unit}", {"unit": group_unit}
        group_chats.tell(
            tx, actor, chat_id, IN_GROUP, key=key, not_before=goes_at, announcement=announcement_id, **payload
        )
    return announcement_id


def undo(tx: Writer, actor: Actor, announcement_id: int) -> None:
    """Until the first has heard it, or it is on its way to somebody. Refusals: `already_done`, `announcement_went`."""
    found = _own(tx, actor, announcement_id)
    if found.withdrawn_at is not None:
        raise Refusal("already_done")
    went = rows.how_it_went(tx, _prefix(announcement_id))
    waiting = sum(one.state == "waiting" for one in went)
    if any(one.has_gone for one in went) or withdrawals.withdraw_all(tx, _prefix(announcement_id), actor.now) < waiting:
        raise Refusal("announcement_went")
    rows.withdraw(tx, announcement_id, actor.now)
    audit.record(tx, actor, "announcement:withdrawn", f"announcement:{announcement_id}")


def card(tx: Reader, actor: Actor, announcement_id: int) -> Card:
    """For those who lead the unit it went to."""
    found = _own(tx, actor, announcement_id)
    went = rows.how_it_went(tx, _prefix(found.id))
    waits = [one.not_before for one in went if one.state == "waiting"]
    stands = found.withdrawn_at is None
    return Card(
        announcement=found,
        unit=units.full_names(tx, [found.unit_id])[found.unit_id],
        people=_people(tx, found, went),
        groups=_groups(tx, went),
        unbound=any(units.group_of(tx, unit) is None for unit in _missed_groups(went)),
        goes_at=min(waits, default=None),
        can_undo=stands and bool(waits) and not any(one.has_gone for one in went),
    )


def _own(tx: Reader, actor: Actor, announcement_id: int) -> Announcement:
    found = rows.get(tx, announcement_id)
    if found is None:
        raise Refusal("not_yours")
    access.unit(tx, actor, found.unit_id, *LEADERS)
    return found


def _people(tx: Reader, found: Announcement, went: Sequence[Went]) -> Share:
    """Of those who were there when it was made, whoever is still there may have to be told otherwise."""
    can_be, states = rows.reachable(tx, found.unit_id), {one.person_id: one.state for one in went if one.person_id}
    waiting = {one for one, state in states.items() if state == "waiting" and one in can_be}
    sent = {one for one, state in states.items() if state == "sent"}
    missed = states.keys() - waiting - sent
    names = tuple(one.name for one in people.present(tx, found.unit_id) if one.id in missed)
    return Share(len(sent), len(waiting), names)


def _groups(tx: Reader, went: Sequence[Went]) -> Share:
    states = {one.unit_id: one.state for one in went if one.unit_id}
    counted, missed = Counter(states.values()), _missed_groups(went)
    names = units.full_names(tx, missed)
    return Share(counted["sent"], counted["waiting"], tuple(names[unit] for unit in missed))


def _missed_groups(went: Sequence[Went]) -> list[int]:
    return [one.unit_id for one in went if one.unit_id and one.state not in ("sent", "waiting")]


def recent(tx: Reader, actor: Actor) -> Sequence[Announcement]:
    """One's last ones, for whoever wants to see how they went."""
    return rows.recent(tx, actor.person_id or 0)


def told(tx: Reader, reader: Actor, announcement_id: int) -> Told | None:
    """What somebody of the unit reads; nobody else does, and nothing of what was taken back."""
    found = rows.get(tx, announcement_id)
    person = people.get(tx, reader.person_id) if reader.person_id else None
    if found is None or person is None or found.withdrawn_at is not None:
        return None
    return _told(tx, found) if units.is_beneath(tx, person.unit_id, [found.unit_id]) else None


def in_group(tx: Reader, chat_id: int | None, announcement_id: int, unit_id: int) -> Told | None:
    found = rows.get(tx, announcement_id)
    if found is None or found.withdrawn_at is not None or group_chats.bound_to(tx, chat_id, unit_id) is None:
        return None
    return _told(tx, found) if units.is_beneath(tx, unit_id, [found.unit_id]) else None


def _told(tx: Reader, found: Announcement) -> Told:
    author, name = people.get(tx, found.made_by), units.full_names(tx, [found.unit_id])[found.unit_id]
    return Told(found, name, author.name if author else "")


def _prefix(announcement_id: int) -> str:
    return f"announcement:{announcement_id}:"
