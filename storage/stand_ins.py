"""SQL about who stands in for a mentor on the days of a leave."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, delete, select, update

from domain.calendar import ONE_DAY
from domain.pairings import Mentorship
from storage.database import Reader, Writer
from storage.tables import pairing_mentor as table

_OF_LEAVE = (
    select(
        table.c.pairing_id, table.c.person_id, table.c.from_on, table.c.until_on, table.c.confirmed_at, table.c.leave_id
    )
    .where(table.c.leave_id == bindparam("leave"))
    .order_by(table.c.id)
)


def of_leave(tx: Reader, leave_id: int) -> list[Mentorship]:
    """All that stood or stand in, the later ones last."""
    return [Mentorship(**row._mapping) for row in tx.all(_OF_LEAVE, {"leave": leave_id})]


def add(tx: Writer, leave_id: int, pairing_id: int, person_id: int, first: date, last: date) -> None:
    tx.insert(table, pairing_id=pairing_id, person_id=person_id, from_on=first, until_on=last, leave_id=leave_id)


def end(tx: Writer, leave_id: int, pairing_id: int | None, today: date) -> None:
    """Nobody stands in from today on; those who have done so keep a row with their last day."""
    which = [table.c.leave_id == leave_id, table.c.until_on >= today]
    which += [] if pairing_id is None else [table.c.pairing_id == pairing_id]
    tx.run(delete(table).where(*which, table.c.from_on >= today))
    tx.run(update(table).where(*which).values(until_on=today - ONE_DAY))
