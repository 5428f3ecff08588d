"""SQL about the versions of what a pairing aims at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from domain.outcomes import OutcomeTerms
from domain.pairing_changes import Aim, Change
from storage.database import Reader, Writer
from storage.tables import pairing_change as table

_STANDING = select(
    table.c.id, table.c.pairing_id, table.c.aim, table.c.before, table.c.proposed_by, table.c.proposed_at,
    table.c.mentee_confirmed_at, table.c.mentor_confirmed_at, table.c.signed_on, table.c.agreed_at,
).where(table.c.pairing_id == bindparam("pairing"), table.c.withdrawn_at.is_(None)).order_by(table.c.id)  # fmt: skip


def of_pairing(tx: Reader, pairing_id: int) -> list[Change]:
    """Those that were agreed on in their order and, last, the one that waits."""
    found = [_change(row) for row in tx.all(_STANDING, {"pairing": pairing_id})]
    return sorted(found, key=lambda one: (one.agreed_at is None, one.agreed_at or one.proposed_at, one.id))


def add(tx: Writer, pairing_id: int, aim: Aim, proposed_by: int | None, now: datetime, **confirmed: datetime) -> int:
    return tx.insert(
        table, pairing_id=pairing_id, aim=_packed(aim), proposed_by=proposed_by, proposed_at=now, **confirmed
    )


def settle(tx: Writer, change_id: int, before: Aim | None, agreed_at: datetime | None) -> None:
    """It holds from now on in the place of `before`; without a moment it is open again."""
    update_fields(tx, change_id, before=None if before is None else _packed(before), agreed_at=agreed_at)


def update_fields(tx: Writer, change_id: int, **values: object) -> None:
    tx.run(update(table).where(table.c.id == change_id).values(**values))


def remove(tx: Writer, change_id: int) -> None:
    """Take back a proposal of which nobody has heard."""
    tx.run(delete(table).where(table.c.id == change_id))


def _change(row: Row[Any]) -> Change:
    values = dict(row._mapping)
    aim, before = (None if values[name] is None else _unpacked(values[name]) for name in ("aim", "before"))
    assert aim is not None
    return Change(**{**values, "aim": aim, "before": before})


def _packed(aim: Aim) -> dict[str, object]:
    outcomes = [[one.what, one.measure, one.due_on and one.due_on.isoformat()] for one in aim.outcomes]
    return {"direction": aim.direction, "outcomes": outcomes}


def _unpacked(value: Mapping[str, Any]) -> Aim:
    found = (OutcomeTerms(what, measure, _day(due)) for what, measure, due in value["outcomes"])
    return Aim(value["direction"], tuple(found))


def _day(text: str | None) -> date | None:
    """A day; what an erasure has put in its place is none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return None
