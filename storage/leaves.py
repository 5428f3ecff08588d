"""SQL about leaves (暂停汇报) of people and of units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select, union_all, update

from domain.duties import Leave
from storage.database import Reader, Writer
from storage.tables import account, leave, person, unit_above


@dataclass(frozen=True, slots=True)
class KeptLeave:
    """Of a person or, with `unit_id`, of everyone in a unit and beneath it."""

    id: int
    person_id: int | None
    unit_id: int | None
    first_on: date
    last_on: date
    reason: str
    cancelled_at: datetime | None
    created_at: datetime
    entered_by: str | None
    """Who entered it, unless it is one's own."""

    @property
    def span(self) -> Leave:
        return Leave(self.first_on, self.last_on)


_WRITER = person.alias("writer")
_COLUMNS = (
    leave.c.id,
    leave.c.person_id,
    leave.c.unit_id,
    leave.c.first_on,
    leave.c.last_on,
    leave.c.reason,
    leave.c.cancelled_at,
    leave.c.created_at,
    select(_WRITER.c.name)
    .join(account, account.c.person_id == _WRITER.c.id)
    .where(account.c.id == leave.c.created_by, _WRITER.c.id.is_distinct_from(leave.c.person_id))
    .scalar_subquery()
    .label("entered_by"),
)
_LASTING = leave.c.cancelled_at.is_(None) & (leave.c.last_on >= bindparam("since"))
_OF_PERSON = union_all(
    select(*_COLUMNS).where(leave.c.person_id == bindparam("person"), _LASTING),
    select(*_COLUMNS)
    .join(unit_above, unit_above.c.above_id == leave.c.unit_id)
    .join(person, person.c.unit_id == unit_above.c.unit_id)
    .where(person.c.id == bindparam("person"), _LASTING),
)
_TODAY = (leave.c.cancelled_at.is_(None), leave.c.first_on <= bindparam("day"), leave.c.last_on >= bindparam("day"))
_PEOPLE = person.c.id.in_(bindparam("people", expanding=True))
AWAY = union_all(
    select(person.c.id).join(leave, leave.c.person_id == person.c.id).where(_PEOPLE, *_TODAY),
    select(person.c.id)
    .join(unit_above, unit_above.c.unit_id == person.c.unit_id)
    .join(leave, leave.c.unit_id == unit_above.c.above_id)
    .where(_PEOPLE, *_TODAY),
)
_OF_UNIT = select(*_COLUMNS).where(leave.c.unit_id == bindparam("unit"), _LASTING).order_by(leave.c.first_on)
_BY_ID = select(*_COLUMNS).where(leave.c.id == bindparam("leave"))


def of_person(tx: Reader, person_id: int, since: date) -> list[KeptLeave]:
    """A person's own leaves and those of the units they belong to, that last until `since` or longer."""
    rows = tx.all(_OF_PERSON, {"person": person_id, "since": since})
    return sorted((KeptLeave(**row._mapping) for row in rows), key=lambda kept: (kept.first_on, kept.id))


def of_unit(tx: Reader, unit_id: int, since: date) -> list[KeptLeave]:
    return [KeptLeave(**row._mapping) for row in tx.all(_OF_UNIT, {"unit": unit_id, "since": since})]


def away(tx: Reader, people: Sequence[int], day: date) -> set[int]:
    """Those of these people who are on leave that day, themselves or with a unit of theirs."""
    return set(tx.scalars(AWAY, {"people": people, "day": day})) if people else set()


def get(tx: Reader, leave_id: int) -> KeptLeave | None:
    row = tx.first(_BY_ID, {"leave": leave_id})
    return None if row is None else KeptLeave(**row._mapping)


def add(
    tx: Writer,
    *,
    person_id: int | None,
    unit_id: int | None,
    span: Leave,
    reason: str,
    now: datetime,
    account_id: int | None,
) -> int:
    return tx.insert(
        leave, person_id=person_id, unit_id=unit_id, first_on=span.first, last_on=span.last, reason=reason,
        created_at=now, created_by=account_id,
    )  # fmt: skip


def cancel(tx: Writer, leave_id: int, now: datetime) -> bool:
    """Tell whether it still stood."""
    standing = update(leave).where(leave.c.id == leave_id, leave.c.cancelled_at.is_(None))
    return bool(tx.run(standing.values(cancelled_at=now)))


def restore(tx: Writer, leave_id: int) -> bool:
    """Tell whether it had been ended."""
    ended = update(leave).where(leave.c.id == leave_id, leave.c.cancelled_at.is_not(None))
    return bool(tx.run(ended.values(cancelled_at=None)))
