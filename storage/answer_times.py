"""SQL about how long answering took, counted per unit and month beside the duties, as reports are (`report_counts`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    null,
    select,
    union_all,
)

from domain.duties import DutyKind, DutyState
from storage.database import Reader, Writer
from storage.recounts import NOTED
from storage.tables import answer_time, duty, person, unit_above

_ANSWERED = and_(
    duty.c.holder_id == person.c.id, duty.c.kind == DutyKind.REPORT, duty.c.state == DutyState.DONE,
    duty.c.answered_in.is_not(None),
)  # fmt: skip
_FROM = select().select_from(person).join(duty, _ANSWERED)
_TIMES = _FROM.add_columns(person.c.unit_id, duty.c.month, duty.c.answered_in, func.count().label("number")).group_by(
    person.c.unit_id, duty.c.month, duty.c.answered_in
)
_PEOPLE = _FROM.add_columns(
    person.c.unit_id,
    duty.c.month,
    cast(null(), Integer).label("answered_in"),
    func.count(duty.c.holder_id.distinct()).label("number"),
).group_by(person.c.unit_id, duty.c.month)
_OF_UNIT: BindParameter[Any] = bindparam("of_unit")
_OF_MONTH: BindParameter[Any] = bindparam("of_month")
_FORGET = delete(answer_time).where(answer_time.c.unit_id == _OF_UNIT)
_COLUMNS = ["unit_id", "month", "answered_in", "number"]


def _within(statement: Select[Any]) -> Select[Any]:
    """Of the unit and all beneath it, where something is noted."""
    return (
        statement.join(unit_above, unit_above.c.unit_id == person.c.unit_id)
        .where(unit_above.c.above_id == bindparam("unit"), duty.c.month == bindparam("month"))
        .where(person.c.unit_id.in_(NOTED))
    )


_KNOWN = (
    select(answer_time.c.unit_id, answer_time.c.month, answer_time.c.answered_in, answer_time.c.number)
    .join(unit_above, unit_above.c.unit_id == answer_time.c.unit_id)
    .where(unit_above.c.above_id == bindparam("unit"), answer_time.c.month == bindparam("month"))
    .where(answer_time.c.unit_id.not_in(NOTED))
)
_all = union_all(_KNOWN, _within(_TIMES), _within(_PEOPLE)).subquery("counted")
BENEATH = select(_all.c.answered_in, cast(func.sum(_all.c.number), Integer).label("number")).group_by(
    _all.c.answered_in
)


def beneath(tx: Reader, asked: Mapping[str, Any]) -> tuple[dict[int, int], int]:
    """How many answers took how many minutes, and of how many people, in the month of a unit and all beneath it."""
    found = {row.answered_in: row.number for row in tx.all(BENEATH, asked)}
    people = found.pop(None, 0)
    return found, people


def count_units(tx: Writer, units: Sequence[dict[str, object]]) -> None:
    """`of_unit`: count all months of each anew."""
    tx.run_many(_FORGET, units)
    for counted in (_TIMES, _PEOPLE):
        tx.run_many(insert(answer_time).from_select(_COLUMNS, counted.where(person.c.unit_id == _OF_UNIT)), units)


def count_months(tx: Writer, months: Sequence[dict[str, object]]) -> None:
    """`of_unit` and `of_month`: count each anew."""
    tx.run_many(_FORGET.where(answer_time.c.month == _OF_MONTH), months)
    for counted in (_TIMES, _PEOPLE):
        of_month = counted.where(person.c.unit_id == _OF_UNIT, duty.c.month == _OF_MONTH)
        tx.run_many(insert(answer_time).from_select(_COLUMNS, of_month), months)
