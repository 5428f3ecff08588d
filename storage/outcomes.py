"""SQL about the outcomes of pairings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from domain.entered_acts import ACTS, Noun
from domain.outcomes import Outcome, OutcomeState, OutcomeTerms
from storage.database import Reader, Writer
from storage.entered_acts import by_hand
from storage.tables import outcome

_COLUMNS = (
    outcome.c.id, outcome.c.pairing_id, outcome.c.what, outcome.c.measure, outcome.c.due_on, outcome.c.claimed_at,
    outcome.c.remark, outcome.c.reached_on, outcome.c.verified_by, outcome.c.verified_at,
    by_hand(Noun.OUTCOME, outcome.c.id, ACTS[Noun.OUTCOME], outcome.c.claimed_at).label("by_hand"),
)  # fmt: skip
_BY_ID = select(*_COLUMNS).where(outcome.c.id == bindparam("outcome"))
_OF_PAIRING = select(*_COLUMNS).where(outcome.c.pairing_id == bindparam("pairing")).order_by(outcome.c.id)


def _outcome(row: Row[Any]) -> Outcome:
    return Outcome(**row._mapping)


def get(tx: Reader, outcome_id: int) -> Outcome | None:
    row = tx.first(_BY_ID, {"outcome": outcome_id})
    return None if row is None else _outcome(row)


def lock(tx: Writer, outcome_id: int) -> Outcome | None:
    row = tx.first(_BY_ID.with_for_update(), {"outcome": outcome_id})
    return None if row is None else _outcome(row)


def of_pairing(tx: Reader, pairing_id: int) -> list[Outcome]:
    return [_outcome(row) for row in tx.all(_OF_PAIRING, {"pairing": pairing_id})]


def add(tx: Writer, pairing_id: int, terms: Iterable[OutcomeTerms]) -> None:
    rows = [{"pairing_id": pairing_id, "what": one.what, "measure": one.measure, "due_on": one.due_on} for one in terms]
    tx.insert_many(outcome, rows)


def replace(tx: Writer, pairing_id: int, terms: Iterable[OutcomeTerms]) -> list[int]:
    """Put other outcomes in the place of those that nobody has claimed yet; what is wanted again stays as it is.

    Gives the ids of those that are gone.
    """
    gone = {one.id: one.terms for one in of_pairing(tx, pairing_id) if one.state is OutcomeState.PLANNED}
    new: list[OutcomeTerms] = []
    for wanted in terms:
        kept = next((outcome_id for outcome_id, standing in gone.items() if standing == wanted), None)
        if kept is None:
            new.append(wanted)
        else:
            del gone[kept]
    add(tx, pairing_id, new)  # first, so that no number is used again
    tx.run(delete(outcome).where(outcome.c.id.in_(list(gone))))
    return list(gone)


def update_fields(tx: Writer, outcome_id: int, **values: object) -> None:
    tx.run(update(outcome).where(outcome.c.id == outcome_id).values(**values))
