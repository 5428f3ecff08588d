"""代录: what a secretary enters for those of the branch who do not use Telegram here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.actors import Actor
from domain.check_in_drafts import Drafted
from domain.duties import DEFAULT_ZONE
from domain.refusals import Refusal
from domain.roles import RoleKind
from services import access, check_in_drafts, check_ins, duties
from services.check_ins import Card
from services.delivery import Skip
from storage import check_ins as rows
from storage import entering
from storage.database import Reader, Writer

LOOKED_AHEAD = timedelta(days=4)
"""A digest tells of what falls due until the next one comes."""


@dataclass(frozen=True, slots=True)
class Owing:
    """Somebody without Telegram whose report is open, and the day on which the first of them falls due."""

    person_id: int
    name: str
    due_on: date


def may_enter(tx: Reader, actor: Actor, person_id: int) -> None:
    """Refusal `not_yours`: only for those of the branch that one is a secretary of."""
    access.writes_for(tx, actor, person_id)


def owing(tx: Reader, actor: Actor) -> tuple[Owing, ...]:
    """Whose report the secretary is to ask for and enter, what falls due first at the head."""
    found = entering.owing(tx, actor.units(RoleKind.SECRETARY), actor.now)
    return tuple(
        Owing(row.id, row.name, _day(row.due_at)) for row in found if access.serves_branch_of(tx, actor, row.id)
    )


def owing_around(tx: Reader, actor: Actor, since: date, day: date) -> tuple[str, ...]:
    """The names for a digest: what falls due until the next, and what fell due since the one before and is open yet."""
    return tuple(one.name for one in owing(tx, actor) if since <= one.due_on < day + LOOKED_AHEAD)


def _day(instant: datetime) -> date:
    return instant.astimezone(DEFAULT_ZONE).date()


def skip(tx: Writer, actor: Actor, drafted: Drafted, reason: str) -> None:
    """本期暂不汇报, entered for somebody: all that the report would have been for."""
    assert drafted.entered is not None
    may_enter(tx, actor, drafted.entered.person_id)
    for duty_id in drafted.chosen:
        duties.skip(tx, actor, duty_id, reason)
    check_in_drafts.drop(tx, actor)


def entered(tx: Reader, actor: Actor, check_in_id: int) -> Card | Skip:
    """The notice to the author, unless the report was taken back meanwhile."""
    try:
        return check_ins.card(tx, actor, check_in_id)
    except Refusal as refusal:
        return Skip(refusal.code)


def entered_before(tx: Reader, person_id: int | None) -> int:
    """How many reports were entered for somebody before he came in."""
    return 0 if person_id is None else rows.count_entered(tx, person_id)
