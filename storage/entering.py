"""SQL that finds for whom a secretary has to enter reports (代录)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, select

from domain.consents import CURRENT_VERSION, ConsentKind
from domain.duties import UNSETTLED, DutyKind
from storage.database import Reader
from storage.tables import account, consent, duty, person, unit_above

_AGREED = (
    select(func.count())
    .select_from(account)
    .join(consent, consent.c.account_id == account.c.id)
    .where(account.c.person_id == person.c.id, consent.c.version == CURRENT_VERSION)
    .where(consent.c.given_at.is_not(None), consent.c.withdrawn_at.is_(None))
    .scalar_subquery()
)


def uses_telegram() -> ColumnElement[bool]:
    """Whether the `person` of a statement has an account that agreed to everything; else a secretary asks and enters."""
    return _AGREED.op(">=", is_comparison=True)(len(ConsentKind))


OWING = (
    select(person.c.id, person.c.name, func.min(duty.c.due_at).label("due_at"))
    .join_from(unit_above, person, person.c.unit_id == unit_above.c.unit_id)
    .join(duty, duty.c.holder_id == person.c.id)
    .where(unit_above.c.above_id.in_(bindparam("units", expanding=True)))
    .where(duty.c.kind == DutyKind.REPORT, duty.c.state.in_(tuple(UNSETTLED)), duty.c.due_at.is_not(None))
    .where(duty.c.opens_at <= bindparam("now"), duty.c.closes_at > bindparam("now"))
    .where(~uses_telegram())
    .group_by(person.c.id, person.c.name)
    .order_by(func.min(duty.c.due_at), person.c.id)
)


def owing(tx: Reader, unit_ids: Sequence[int], now: datetime) -> Sequence[Row[Any]]:
    """id, name and the first due_at of those beneath these units who have not agreed to Telegram and owe a report."""
    return tx.all(OWING, {"units": list(unit_ids), "now": now}) if unit_ids else []
