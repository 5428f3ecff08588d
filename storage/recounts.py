"""SQL about what must be counted anew: whatever changes a count notes in the same transaction whose it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select

from domain.duties import DutyKind
from storage.database import Reader, Writer
from storage.tables import duty, person, recount

RESTS_ON = frozenset({"state", "done_at", "due_at", "month", "holder_id", "answered_in"})
"""Fields of a duty that a count rests on."""
NOTED = (
    select(func.coalesce(recount.c.unit_id, person.c.unit_id).label("unit_id"))
    .select_from(recount)
    .outerjoin(person, person.c.id == recount.c.holder_id)
)
"""The units of whose people something is noted: of them the duties themselves are counted."""
_NEXT = (
    select(recount.c.id, func.coalesce(recount.c.unit_id, person.c.unit_id).label("unit_id"), recount.c.month)
    .select_from(recount)
    .outerjoin(person, person.c.id == recount.c.holder_id)
    .order_by(recount.c.id)
    .limit(bindparam("limit"))
)


_NOTE_DUTY = insert(recount).from_select(
    ["holder_id", "month"],
    select(duty.c.holder_id, duty.c.month).where(duty.c.id == bindparam("duty"), duty.c.kind == DutyKind.REPORT),
)


def note_duties(tx: Writer, ids: Collection[int]) -> None:
    """Their holders' reports have changed in their months."""
    tx.run_many(_NOTE_DUTY, [{"duty": duty_id} for duty_id in ids])


def note_new(tx: Writer, rows: Iterable[dict[str, object]]) -> None:
    """Duties that may have been added."""
    noted = {(row["holder_id"], row["month"]) for row in rows if row["kind"] == DutyKind.REPORT}
    tx.insert_many(recount, [{"holder_id": holder, "month": month} for holder, month in noted])


def note_moving(tx: Writer, person_ids: Collection[int]) -> None:
    """Before people change their unit: both units' reports will have changed. Nobody else moves them meanwhile."""
    rows = tx.all(
        select(person.c.id, person.c.unit_id)
        .where(person.c.id.in_(bindparam("ids", expanding=True)))
        .order_by(person.c.id)
        .with_for_update(),
        {"ids": list(person_ids)},
    )
    tx.insert_many(recount, [{"unit_id": unit_id} for unit_id in {row.unit_id for row in rows}])
    tx.insert_many(recount, [{"holder_id": row.id} for row in rows])


def noted(tx: Reader, *, limit: int) -> Sequence[Row[Any]]:
    """id, unit_id and month (none: all of them) of what is noted, the oldest first."""
    return tx.all(_NEXT, {"limit": limit})


def forget(tx: Writer, ids: Collection[int]) -> None:
    tx.run_many(delete(recount).where(recount.c.id == bindparam("noted")), [{"noted": one} for one in ids])
