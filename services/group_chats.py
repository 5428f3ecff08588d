"""The group of a branch: bound by its secretary, it hears announcements and the month's nameless summary, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.actors import Actor
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.summaries import Edition, MonthSummary
from domain.units import Unit
from services import access, audit, dialogue, notices, secretaries
from services.summaries import is_blank
from storage import outbox, summaries, units, withdrawals
from storage.database import Reader, Writer

KIND = "group_chat"
"""The draft of a group that may be bound: whoever put us there, or asked us there to be bound, was seen in it."""
OFFER, BOUND, LOST, SUMMARY = "group_chat.offer", "group_chat.bound", "group_chat.lost", "group_chat.summary"


@dataclass(frozen=True, slots=True)
class Offer:
    """A group and the units to which the reader may bind it."""

    title: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """A unit whose secretary the reader is, and whether it has its group."""

    unit: Unit
    bound: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """A unit whose group hears nothing any more; `refused` if it did not take what was sent; `own` if the reader may bind
    another one.
    """

    unit: Unit
    refused: bool
    own: bool


def offer(tx: Writer, actor: Actor, chat_id: int, title: str) -> None:
    """Ask a secretary privately whether a group is that of her unit; nobody else is asked, and the group hears nothing."""
    if not actor.agreed or actor.person_id is None or not actor.units(RoleKind.SECRETARY):
        return
    dialogue.begin(tx, actor, KIND, "open", chat=chat_id, title=title)
    key = f"{KIND}:{chat_id}:offer:{actor.now.isoformat()}"
    notices.tell(tx, actor, actor.person_id, OFFER, key=key, not_before=actor.now)


def offered(tx: Reader, actor: Actor) -> Offer | None:
    draft = dialogue.of_kind(tx, actor, KIND)
    own = tuple(units.many(tx, set(actor.units(RoleKind.SECRETARY))))
    return Offer(str(draft.payload["title"]), own) if draft and own else None


def own(tx: Reader, actor: Actor) -> list[Own]:
    """Refusal `not_yours` for whoever is no secretary."""
    access.need_role(actor, RoleKind.SECRETARY)
    found = units.many(tx, set(actor.units(RoleKind.SECRETARY)))
    return [Own(unit, units.group_of(tx, unit.id) is not None) for unit in found]


def bind(tx: Writer, actor: Actor, unit_id: int) -> None:
    """Refusals: `not_yours`, `gone` when no group was offered, `group_taken` (unit) when it is another unit's."""
    _require_secretary(actor, unit_id)
    draft = dialogue.of_kind(tx, actor, KIND)
    if draft is None:
        raise Refusal("gone")
    chat_id = int(draft.payload["chat"])
    units.lock(tx, unit_id)
    for other in units.of_group(tx, chat_id):
        if other != unit_id:
            raise Refusal("group_taken", unit=units.full_names(tx, [other])[other])
    _put(tx, actor, unit_id, chat_id)
    dialogue.drop(tx, actor, KIND)
    key = f"{KIND}:{chat_id}:bound:{unit_id}:{actor.now.isoformat()}"
    tell(tx, actor, chat_id, BOUND, key=key, unit=unit_id)


def unbind(tx: Writer, actor: Actor, unit_id: int) -> None:
    _require_secretary(actor, unit_id)
    chat_id = units.group_of(tx, unit_id)
    if chat_id is None:
        raise Refusal("already_done")
    _let_go(tx, actor, unit_id, chat_id)


def lost(tx: Writer, actor: Actor, chat_id: int, *, refused: bool = False) -> None:
    """We were put out of a group, or it takes nothing from us: its unit has none any more, and the secretaries hear of it."""
    for unit_id in units.of_group(tx, chat_id):
        _let_go(tx, actor, unit_id, chat_id)
        for hearer in secretaries.of_unit(tx, unit_id):
            key = f"{KIND}:{chat_id}:lost:{actor.now.isoformat()}:{hearer}"
            notices.tell(tx, actor, hearer, LOST, key=key, unit=unit_id, refused=refused)


def lost_by(tx: Reader, actor: Actor, unit_id: int, *, refused: bool) -> Lost | None:
    """For its secretary or one above; None once it has a group again. Refusal `not_yours`."""
    unit = access.unit(tx, actor, unit_id, RoleKind.SECRETARY)
    own = unit_id in actor.units(RoleKind.SECRETARY)
    return Lost(unit, refused, own) if units.group_of(tx, unit_id) is None else None


def bound_to(tx: Reader, chat_id: int | None, unit_id: int) -> Unit | None:
    """The unit, if this is its group still: whatever a group hears is looked at again before it goes."""
    if chat_id is None or unit_id not in units.of_group(tx, chat_id):
        return None
    return units.get(tx, unit_id)


def tell(
    tx: Writer,
    actor: Actor,
    chat_id: int,
    kind: str,
    *,
    key: str,
    not_before: datetime | None = None,
    **payload: object,
) -> None:
    """Put a message to a group in the outbox; word of a tap waits its minute there too."""
    moment = not_before or (actor.now if actor.is_clock else actor.now + notices.HOLD)
    outbox.add(tx, key=key, kind=kind, payload=payload, telegram_id=chat_id, not_before=moment, now=actor.now)


def tell_summary(tx: Writer, actor: Actor, made: MonthSummary) -> None:
    """The final of a unit's month goes to its group, where it has one and there is something to tell."""
    chat_id = units.group_of(tx, made.unit_id)
    if chat_id is not None and made.edition is Edition.FINAL and not is_blank(made):
        key = f"{KIND}:{chat_id}:summary:{made.unit_id}:{made.month}"
        tell(tx, actor, chat_id, SUMMARY, key=key, unit=made.unit_id, month=made.month)


def summary(tx: Reader, chat_id: int | None, unit_id: int, month: str) -> MonthSummary | None:
    """As it was stored, without a person in it."""
    final = None if bound_to(tx, chat_id, unit_id) is None else summaries.stored(tx, unit_id, month, Edition.FINAL)
    return None if final is None else final.without_names()


def _require_secretary(actor: Actor, unit_id: int) -> None:
    if unit_id not in actor.units(RoleKind.SECRETARY):
        raise Refusal("not_yours")


def _let_go(tx: Writer, actor: Actor, unit_id: int, chat_id: int) -> None:
    withdrawals.withdraw_from(tx, chat_id, actor.now)
    _put(tx, actor, unit_id, None)


def _put(tx: Writer, actor: Actor, unit_id: int, chat_id: int | None) -> None:
    old = {"group": units.group_of(tx, unit_id)}
    units.set_group(tx, unit_id, chat_id)
    audit.record(tx, actor, "unit:group_set", f"unit:{unit_id}", old=old, new={"group": chat_id})
