"""SQL that finds for whom a secretary has to enter reports (代录)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select

from domain.consents import CURRENT_VERSION, ConsentKind
from domain.duties import UNSETTLED, DutyKind
from storage.columns import among
from storage.database import Reader
from storage.tables import account, consent, duty, invite, person, unit_above

_AGREED = (
    select(func.count())
    .select_from(account)
    .join(consent, consent.c.account_id == account.c.id)
    .where(account.c.person_id == person.c.id, account.c.unreachable_since.is_(None))
    .where(consent.c.version == CURRENT_VERSION)
    .where(consent.c.given_at.is_not(None), consent.c.withdrawn_at.is_(None))
    .scalar_subquery()
)


def uses_telegram() -> ColumnElement[bool]:
    """Whether the `person` of a statement has an account that agreed to everything and has not blocked the assistant; else a
    secretary asks and enters.
    """
    return _AGREED.op(">=", is_comparison=True)(len(ConsentKind))


INVITED_AT = (
    select(func.max(invite.c.created_at)).where(invite.c.person_id == person.c.id).scalar_subquery().label("invited_at")
)
_DECLINED = exists().where(
    account.c.person_id == person.c.id, consent.c.account_id == account.c.id,
    or_(consent.c.refused_at.is_not(None), consent.c.withdrawn_at.is_not(None)),
)  # fmt: skip
_BLOCKED = exists().where(account.c.person_id == person.c.id, account.c.unreachable_since.is_not(None))
SAID_NO = or_(_DECLINED, _BLOCKED).label("said_no")
"""Whoever declined or blocked the assistant is not waited for."""
OWING = (
    select(
        person.c.id.label("person_id"), person.c.name, person.c.unit_id, duty.c.opens_at, duty.c.due_at, INVITED_AT,
        SAID_NO,
    )
    .join_from(unit_above, person, person.c.unit_id == unit_above.c.unit_id)
    .join(duty, duty.c.holder_id == person.c.id)
    .where(unit_above.c.above_id.in_(bindparam("units", expanding=True)))
    .where(duty.c.kind == DutyKind.REPORT, among(duty.c.state, UNSETTLED), duty.c.due_at.is_not(None))
    .where(duty.c.opens_at <= bindparam("now"), duty.c.closes_at > bindparam("now"))
    .where(~uses_telegram())
    .order_by(duty.c.due_at, person.c.id)
)  # fmt: skip
FIRST_INVITED = (
    select(func.min(invite.c.created_at))
    .select_from(unit_above)
    .join(person, person.c.unit_id == unit_above.c.unit_id)
    .join(invite, invite.c.person_id == person.c.id)
    .where(unit_above.c.above_id.in_(bindparam("units", expanding=True)), person.c.id != bindparam("reader"))
)
CAME_IN = select(account.c.created_at).where(account.c.person_id == bindparam("reader"))


@dataclass(frozen=True, slots=True)
class Open:
    """An open report of somebody who has not agreed to Telegram; when he was invited last, and whether he has said no."""

    person_id: int
    name: str
    unit_id: int
    opens_at: datetime
    due_at: datetime
    invited_at: datetime | None
    said_no: bool


def owing(tx: Reader, unit_ids: Sequence[int], now: datetime) -> list[Open]:
    """What those beneath these units owe, what falls due first at the head."""
    found = tx.all(OWING, {"units": list(unit_ids), "now": now}) if unit_ids else []
    return [Open(**row._mapping) for row in found]


def begun_at(tx: Reader, unit_ids: Sequence[int], reader_id: int) -> datetime | None:
    """When somebody else of these units was invited first; if nobody was, when the reader came in himself."""
    first: datetime | None = tx.scalar(FIRST_INVITED, {"units": list(unit_ids), "reader": reader_id})
    came_in: datetime | None = tx.scalar(CAME_IN, {"reader": reader_id})
    return first or came_in
