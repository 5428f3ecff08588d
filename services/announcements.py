"""通知: who leads a unit writes to all of it; seen before it goes, taken back within the minute, and it is known whom it
did not reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.actors import Actor
from domain.people import Person
from domain.refusals import Refusal
from domain.roles import LEADERS
from domain.units import Unit
from domain.wording import fitting
from services import access, audit, group_chats, notices
from services.notices import HOLD
from storage import announcements as rows
from storage import people, units
from storage.announcements import Announcement
from storage.database import Reader, Writer

__all__ = ["Announcement", "Card", "Preview"]

WORDS_LIMIT = 1500
TOLD, IN_GROUP = "announcement.told", "announcement.in_group"


@dataclass(frozen=True, slots=True)
class Preview:
    """`reached` have an account that can be written to; the others are to be told otherwise, by name."""

    unit: Unit
    words: str
    reached: int
    others: tuple[str, ...]
    groups: int


@dataclass(frozen=True, slots=True)
class Card:
    """How it went: `missed` are those whom it could not reach, by name; `waiting` it has not gone to yet."""

    announcement: Announcement
    unit: str
    author: str
    sent: int
    waiting: int
    missed: tuple[str, ...]
    groups: int
    can_undo: bool


def units_of(tx: Reader, actor: Actor) -> list[Unit]:
    """One's own units, then all beneath them. Refusal `not_yours`."""
    access.need_role(actor, *LEADERS)
    own = access.led_units(tx, actor)
    beneath = [unit for top in own for unit in units.beneath(tx, top.id)]
    return list({unit.id: unit for unit in (*own, *beneath)}.values())


def preview(tx: Reader, actor: Actor, unit_id: int, words: str) -> Preview:
    unit = access.unit(tx, actor, unit_id, *LEADERS)
    reached, others = _sorted(tx, actor, unit_id)
    kept = fitting(words, WORDS_LIMIT)
    return Preview(unit, kept, len(reached), tuple(one.name for one in others), len(units.groups_beneath(tx, unit_id)))


def _sorted(tx: Reader, actor: Actor, unit_id: int) -> tuple[list[Person], list[Person]]:
    """All others of a unit: whom a message can reach today, and whom not."""
    everybody = [one for one in people.present(tx, unit_id) if one.id != actor.person_id]
    can_be = rows.reachable(tx, unit_id)
    return [one for one in everybody if one.id in can_be], [one for one in everybody if one.id not in can_be]


def announce(tx: Writer, actor: Actor, unit_id: int, words: str) -> int:
    """Goes in a minute to everybody of the unit and beneath who can be reached, and to the groups of these units."""
    unit = access.unit(tx, actor, unit_id, *LEADERS)
    if actor.person_id is None:
        raise Refusal("no_person")
    kept = fitting(words, WORDS_LIMIT)
    announcement_id = rows.add(tx, unit.id, kept, actor.person_id, actor.now)
    audit.record(
        tx, actor, "announcement:made", f"announcement:{announcement_id}", new={"unit": unit.id, "words": kept}
    )
    reached, _ = _sorted(tx, actor, unit_id)
    for person in reached:
        key = f"{_prefix(announcement_id)}{person.id}"
        notices.tell(tx, actor, person.id, TOLD, key=key, announcement=announcement_id)
    for group_unit, chat_id in units.groups_beneath(tx, unit_id):
        payload = {"announcement": announcement_id, "unit": group_unit}
        group_chats.tell(tx, actor, chat_id, IN_GROUP, f"announcement:{announcement_id}", **payload)
    return announcement_id


def undo(tx: Writer, actor: Actor, announcement_id: int) -> None:
    """Within the minute in which nobody has heard. Refusal `too_late_to_undo`."""
    found = _own(tx, actor, announcement_id)
    if found.withdrawn_at is not None or actor.now - found.made_at >= HOLD:
        raise Refusal("too_late_to_undo")
    rows.withdraw(tx, announcement_id, actor.now)
    notices.take_back_all(tx, actor, _prefix(announcement_id))
    for _, chat_id in units.groups_beneath(tx, found.unit_id):
        notices.take_back(tx, actor, f"{group_chats.KIND}:{chat_id}:announcement:{announcement_id}")
    audit.record(tx, actor, "announcement:withdrawn", f"announcement:{announcement_id}")


def card(tx: Reader, actor: Actor, announcement_id: int) -> Card:
    """For those who lead the unit it went to."""
    found = _own(tx, actor, announcement_id)
    return _card(tx, actor, found)


def _own(tx: Reader, actor: Actor, announcement_id: int) -> Announcement:
    found = rows.get(tx, announcement_id)
    if found is None:
        raise Refusal("not_yours")
    access.unit(tx, actor, found.unit_id, *LEADERS)
    return found


def _card(tx: Reader, actor: Actor, found: Announcement) -> Card:
    went = rows.how_it_went(tx, _prefix(found.id))
    missed = [one for one in people.present(tx, found.unit_id) if _is_missed(one, found, went)]
    author = people.get(tx, found.made_by)
    return Card(
        announcement=found,
        unit=units.full_names(tx, [found.unit_id])[found.unit_id],
        author=author.name if author else "",
        sent=sum(state == "sent" for state in went.values()),
        waiting=sum(state == "waiting" for state in went.values()),
        missed=tuple(one.name for one in missed) if found.withdrawn_at is None else (),
        groups=len(units.groups_beneath(tx, found.unit_id)),
        can_undo=found.withdrawn_at is None and actor.now - found.made_at < HOLD,
    )


def _is_missed(person: Person, found: Announcement, went: dict[int, str]) -> bool:
    return person.id != found.made_by and went.get(person.id) not in ("sent", "waiting")


def recent(tx: Reader, actor: Actor) -> Sequence[Announcement]:
    """One's last ones, for whoever wants to see how they went."""
    return rows.recent(tx, actor.person_id or 0)


def told(tx: Reader, reader: Actor, announcement_id: int) -> Card | None:
    """What somebody of the unit reads; nobody else does, and nothing of what was taken back."""
    found = rows.get(tx, announcement_id)
    person = people.get(tx, reader.person_id) if reader.person_id else None
    if found is None or person is None or found.withdrawn_at is not None:
        return None
    return _told(tx, found) if units.is_beneath(tx, person.unit_id, [found.unit_id]) else None


def in_group(tx: Reader, chat_id: int | None, announcement_id: int, unit_id: int) -> Card | None:
    found = rows.get(tx, announcement_id)
    if found is None or found.withdrawn_at is not None or group_chats.bound_to(tx, chat_id, unit_id) is None:
        return None
    return _told(tx, found) if units.is_beneath(tx, unit_id, [found.unit_id]) else None


def _told(tx: Reader, found: Announcement) -> Card:
    author, name = people.get(tx, found.made_by), units.full_names(tx, [found.unit_id])[found.unit_id]
    return Card(found, name, author.name if author else "", 0, 0, (), 0, can_undo=False)


def _prefix(announcement_id: int) -> str:
    return f"announcement:{announcement_id}:"
