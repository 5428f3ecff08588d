"""SQL about reports counted per unit and month, beside the duties, which are the truth.

Whatever changes a count notes in the same transaction whose it is (`recounts`). A reader takes what was counted where
nothing is noted and counts the duties themselves where something is, so that both always say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Row,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    union_all,
)

from domain.duties import UNSETTLED, DutyKind, DutyState
from storage import answer_times, recounts
from storage.columns import Key
from storage.database import Reader, Writer
from storage.recounts import NOTED
from storage.tables import duty, person, report_count, unit, unit_above

_OPEN = and_(or_(*(duty.c.state == state for state in sorted(UNSETTLED))), duty.c.due_at.is_not(None))
_DUE = case((_OPEN, duty.c.due_at)).label("due_at")
_COUNTS = ("handed_in", "late", "excused", "missed", "owed")


def _count(*where: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(*where)


_COUNTED: Select[Any] = (
    select(
        person.c.unit_id, duty.c.month, _DUE,
        _count(duty.c.state == DutyState.DONE).label("handed_in"),
        _count(duty.c.state == DutyState.DONE, duty.c.done_at > duty.c.due_at).label("late"),
        _count(duty.c.state == DutyState.EXCUSED).label("excused"),
        _count(duty.c.state == DutyState.MISSED).label("missed"),
        _count(_OPEN).label("owed"),
    )
    .select_from(person)
    .join(duty, and_(duty.c.holder_id == person.c.id, duty.c.kind == DutyKind.REPORT))
    .where(duty.c.state != DutyState.CANCELLED)
    .group_by(person.c.unit_id, duty.c.month, _DUE)
)  # fmt: skip
"""From the duties themselves; what is not owed at all (no due day) counts for nothing until it is settled."""

_MONTHS: list[BindParameter[Any]] = [bindparam("month"), bindparam("month_before")]
_LINKS = union_all(
    select(unit_above.c.unit_id, unit_above.c.above_id.label("row_id"))
    .join(unit, unit.c.id == unit_above.c.above_id)
    .where(unit.c.parent_id == bindparam("unit")),
    select(bindparam("unit", type_=Key).label("unit_id"), bindparam("unit", type_=Key).label("row_id")),
).subquery("links")
"""Each child with all beneath it, and the unit itself for those who belong to it directly."""
_KNOWN = (
    select(_LINKS.c.row_id, *(report_count.c[name] for name in ("month", "due_at", *_COUNTS)))
    .join(report_count, report_count.c.unit_id == _LINKS.c.unit_id)
    .where(report_count.c.month.in_(_MONTHS), report_count.c.unit_id.not_in(NOTED))
)
_ANEW = (
    _COUNTED.with_only_columns(_LINKS.c.row_id, *list(_COUNTED.selected_columns)[1:])
    .join(_LINKS, _LINKS.c.unit_id == person.c.unit_id)
    .where(duty.c.month.in_(_MONTHS), person.c.unit_id.in_(NOTED))
    .group_by(_LINKS.c.row_id)
)
_all = union_all(_KNOWN, _ANEW).subquery("counted")
_some = (
    _COUNTED.where(person.c.id.in_(bindparam("people", expanding=True)), person.c.unit_id == bindparam("into"))
    .where(duty.c.month.in_(_MONTHS))
    .subquery("some")
)


def _sum(column: ColumnElement[int]) -> ColumnElement[int]:
    """PostgreSQL would make a decimal number of it."""
    return cast(func.sum(column), Integer)


def _summed(counted: Subquery, *by: ColumnElement[Any]) -> Select[Any]:
    """What is owed as it stands at the moment `now`."""
    past = case((counted.c.due_at < bindparam("now"), counted.c.owed), else_=0)
    return (
        select(
            *by,
            *(_sum(counted.c[name]).label(name) for name in ("handed_in", "late", "excused")),
            _sum(counted.c.missed + past).label("not_handed_in"),
            _sum(counted.c.owed - past).label("not_due_yet"),
        )
        .select_from(counted)
        .group_by(*by)
    )


BENEATH = _summed(_all, _all.c.row_id, _all.c.month)
OF_PEOPLE = _summed(_some, _some.c.month)


def beneath(tx: Reader, asked: dict[str, Any]) -> Sequence[Row[Any]]:
    """row_id, month and the counts at the moment `now`, of two months: a row a child, and one for the unit itself."""
    return tx.all(BENEATH, asked)


def of_people(tx: Reader, people: Sequence[int], unit_id: int, asked: dict[str, Any]) -> Sequence[Row[Any]]:
    """Month and the counts, of those of some people who belong to a unit itself."""
    return tx.all(OF_PEOPLE, {**asked, "people": list(people), "into": unit_id}) if people else []


_OF_UNIT: BindParameter[Any] = bindparam("of_unit")
_OF_MONTH: BindParameter[Any] = bindparam("of_month")
_FORGET = delete(report_count).where(report_count.c.unit_id == _OF_UNIT)
_COUNT = _COUNTED.where(person.c.unit_id == _OF_UNIT)
_COLUMNS = ["unit_id", "month", "due_at", *_COUNTS]


def count_anew(tx: Writer, *, limit: int) -> bool:
    """Count what is noted, at most so much of it; tell whether more waits.

    What is noted is read before the duties are: a change that is committed in between stays noted.
    """
    rows = recounts.noted(tx, limit=limit)
    whole = {row.unit_id for row in rows if row.month is None}
    months = {(row.unit_id, row.month) for row in rows if row.unit_id not in whole}
    _count_units(tx, [{"of_unit": unit_id} for unit_id in whole])
    _count_months(tx, [{"of_unit": unit_id, "of_month": month} for unit_id, month in months])
    recounts.forget(tx, [row.id for row in rows])
    return len(rows) == limit


def _count_units(tx: Writer, units: Sequence[dict[str, object]]) -> None:
    tx.run_many(_FORGET, units)
    tx.run_many(insert(report_count).from_select(_COLUMNS, _COUNT), units)
    answer_times.count_units(tx, units)


def _count_months(tx: Writer, months: Sequence[dict[str, object]]) -> None:
    tx.run_many(_FORGET.where(report_count.c.month == _OF_MONTH), months)
    tx.run_many(insert(report_count).from_select(_COLUMNS, _COUNT.where(duty.c.month == _OF_MONTH)), months)
    answer_times.count_months(tx, months)
