"""SQL about people and how they are found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, bindparam, func, or_, select, update

from domain.people import Person, Stage, folded
from storage import recounts
from storage.database import Reader, Writer
from storage.tables import person, unit_above

_COLUMNS = (
    person.c.id,
    person.c.name,
    person.c.staff_no,
    person.c.unit_id,
    person.c.stage,
    person.c.backbone,
    person.c.specialty,
    person.c.post,
)
_FIRST = select(person.c.created_at).where(person.c.id == select(func.min(person.c.id)).scalar_subquery())
_BY_ID = select(*_COLUMNS).where(person.c.id == bindparam("person"))
_LOCKED = _BY_ID.with_for_update()
_BY_IDS = select(*_COLUMNS).where(person.c.id.in_(bindparam("people", expanding=True)))

_NAMED_IN = (
    select(person.c.name)
    .join(unit_above, unit_above.c.unit_id == person.c.unit_id)
    .where(unit_above.c.above_id == bindparam("unit"), person.c.left_on.is_(None))
    .where(bindparam("words", type_=Text).contains(person.c.name))
    .order_by(person.c.pinyin, person.c.id)
)


def _person(row: Row[Any]) -> Person:
    values = row._mapping
    return Person(**{**values, "stage": Stage(values["stage"])})


def begun_at(tx: Reader) -> datetime | None:
    """When the organisation's first person was entered; None while there is nobody."""
    begun: datetime | None = tx.scalar(_FIRST)
    return begun


def add(
    tx: Writer,
    *,
    root_id: int,
    unit_id: int,
    name: str,
    staff_no: str,
    staff_key: str,
    pinyin: str,
    stage: Stage,
    backbone: bool,
    specialty: str,
    post: str,
    now: datetime,
) -> int:
    return tx.insert(
        person, root_id=root_id, unit_id=unit_id, name=name, staff_no=staff_no, staff_key=staff_key, pinyin=pinyin,
        stage=stage, backbone=backbone, specialty=specialty, post=post, created_at=now,
    )  # fmt: skip


def get(tx: Reader, person_id: int) -> Person | None:
    row = tx.first(_BY_ID, {"person": person_id})
    return None if row is None else _person(row)


def by_key(tx: Reader, key: str) -> Person | None:
    """By the staff number in its normal form, whether the person is still there or has left."""
    row = tx.first(select(*_COLUMNS).where(person.c.staff_key == key).order_by(person.c.id).limit(1))
    return None if row is None else _person(row)


def lock(tx: Writer, person_id: int) -> Person | None:
    """Load a person for a rule about a set that the person owns: nobody else may change it meanwhile."""
    row = tx.first(_LOCKED, {"person": person_id})
    return None if row is None else _person(row)


def many(tx: Reader, person_ids: Sequence[int]) -> dict[int, Person]:
    rows = tx.all(_BY_IDS, {"people": list(person_ids)})
    return {row.id: _person(row) for row in rows}


def present(tx: Reader, unit_id: int) -> list[Person]:
    """Everyone of a unit and all beneath it who has not left."""
    return [_person(row) for row in tx.all(_of_units([unit_id]).order_by(person.c.pinyin, person.c.id))]


def named_in(tx: Reader, unit_id: int, words: str) -> list[str]:
    """The names of those of a unit and all beneath it that stand in these words; namesakes once."""
    return list(dict.fromkeys(tx.scalars(_NAMED_IN, {"unit": unit_id, "words": words})))


def found(
    tx: Reader, words: str, *, within: Sequence[int], without: Sequence[int] = (), limit: int = 8, offset: int = 0
) -> list[Person]:
    """People of these units and beneath whose name, pinyin, initials or number the words are part of."""
    matching = _of_units(within).where(_matches(words), person.c.id.not_in(list(without)))
    statement = matching.order_by(person.c.pinyin, person.c.id)
    return [_person(row) for row in tx.all(statement.limit(limit).offset(offset))]


def count_found(tx: Reader, words: str, *, within: Sequence[int], without: Sequence[int] = ()) -> int:
    matching = _of_units(within).where(_matches(words), person.c.id.not_in(list(without))).subquery()
    return int(tx.scalar(select(func.count()).select_from(matching)))


def _matches(words: str) -> ColumnElement[bool]:
    """Pinyin and initials are matched from their beginnings, names and numbers anywhere."""
    plain = folded(words).replace("%", "").replace("_", "")
    low = plain.lower().replace("'", "")
    return or_(
        person.c.name.like(f"%{plain}%"),
        person.c.pinyin.like(f"{low}%"),
        person.c.pinyin.like(f"% {low}%"),
        func.upper(person.c.staff_no).like(f"%{plain.upper()}%"),
    )


def is_present(tx: Reader, person_id: int) -> bool:
    """Whether the person is still of the organisation."""
    return tx.scalar(select(person.c.id).where(person.c.id == person_id, person.c.left_on.is_(None))) is not None


def update_fields(tx: Writer, person_id: int, **values: object) -> None:
    if "unit_id" in values:
        recounts.note_moving(tx, [person_id])
    tx.run(update(person).where(person.c.id == person_id).values(**values))


def depart(tx: Writer, person_id: int, on: date) -> None:
    tx.run(update(person).where(person.c.id == person_id).values(left_on=on))


def _of_units(within: Sequence[int]) -> Select[Any]:
    beneath = select(unit_above.c.unit_id).where(unit_above.c.above_id.in_(within))
    return select(*_COLUMNS).where(person.c.unit_id.in_(beneath), person.c.left_on.is_(None))
