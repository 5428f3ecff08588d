"""SQL about what secretaries entered in others' names (代录), reports excepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, select, update

from domain.check_in_drafts import Entered
from domain.check_ins import Attachment, Source
from domain.entered_acts import Act, EnteredAct, Noun
from storage.columns import among
from storage.database import Reader, Writer
from storage.tables import check_in, entered_act, need, person

_SECRETARY = person.alias("secretary")
_SELECT = (
    select(
        entered_act.c.id, entered_act.c.person_id, func.coalesce(person.c.name, entered_act.c.name).label("person"), entered_act.c.act,
        entered_act.c.noun, entered_act.c.subject_id, entered_act.c.source, entered_act.c.given_on,
        entered_act.c.entered_by.label("secretary_id"), _SECRETARY.c.name.label("secretary"), entered_act.c.entered_at,
        entered_act.c.paper, entered_act.c.paper_kind,
    )
    .outerjoin(person, person.c.id == entered_act.c.person_id)
    .join(_SECRETARY, _SECRETARY.c.id == entered_act.c.entered_by)
    .where(entered_act.c.withdrawn_at.is_(None))
)  # fmt: skip
_BY_ID = _SELECT.where(entered_act.c.id == bindparam("entry"))
_OF = (
    _SELECT.where(entered_act.c.noun == bindparam("noun"))
    .where(entered_act.c.subject_id.in_(bindparam("subjects", expanding=True)))
    .order_by(entered_act.c.id)
)
_OF_PERSON = _SELECT.where(entered_act.c.person_id == bindparam("person")).order_by(entered_act.c.id.desc())
_COUNT = select(func.count()).where(
    entered_act.c.person_id == bindparam("person"), entered_act.c.withdrawn_at.is_(None)
)


ASKED_BY_HAND = select(check_in.c.entered_by).where(check_in.c.id == need.c.check_in_id).scalar_subquery().is_not(None)
"""Whether support was asked for with a report that was entered for somebody; asked so, reports are looked up one by one."""


def by_hand(
    noun: Noun, subject_id: ColumnElement[int], acts: Iterable[Act], at: ColumnElement[Any] | None = None
) -> ColumnElement[bool]:
    """Whether what stands there was entered for somebody; `at` is the moment of the act, where the row keeps it."""
    found = exists().where(
        entered_act.c.noun == noun, entered_act.c.subject_id == subject_id, entered_act.c.withdrawn_at.is_(None),
        among(entered_act.c.act, acts),
    )  # fmt: skip
    return found if at is None else found.where(entered_act.c.entered_at == at)


def add(
    tx: Writer,
    act: Act,
    noun: Noun,
    subject_id: int,
    entered: Entered,
    *,
    by: int,
    now: datetime,
    paper: Attachment | None = None,
    name: str = "",
) -> int:
    """`name` is for whom, where that is nobody of the roster."""
    kept = {"paper": paper.file_id, "paper_kind": paper.kind} if paper else {}
    return tx.insert(
        entered_act, person_id=entered.person_id or None, name=name, act=act, noun=noun, subject_id=subject_id,
        source=entered.source, given_on=entered.given_on, entered_by=by, entered_at=now, **kept,
    )  # fmt: skip


def get(tx: Reader, entry_id: int) -> EnteredAct | None:
    """An entry that stands; None when it was taken back."""
    row = tx.first(_BY_ID, {"entry": entry_id})
    return None if row is None else _entry(row)


def of_subjects(tx: Reader, noun: Noun, subject_ids: Sequence[int]) -> list[EnteredAct]:
    found = tx.all(_OF, {"noun": noun, "subjects": list(subject_ids)}) if subject_ids else []
    return [_entry(row) for row in found]


def of_person(tx: Reader, person_id: int) -> list[EnteredAct]:
    """All that was entered for somebody, the latest first."""
    return [_entry(row) for row in tx.all(_OF_PERSON, {"person": person_id})]


def count(tx: Reader, person_id: int) -> int:
    number: int = tx.scalar(_COUNT, {"person": person_id})
    return number


def withdraw(tx: Writer, entry_id: int, now: datetime) -> None:
    tx.run(update(entered_act).where(entered_act.c.id == entry_id).values(withdrawn_at=now))


def stand_again(tx: Writer, noun: Noun, subject_id: int) -> None:
    """What was taken back with the thing itself stands with it again."""
    taken_back = (entered_act.c.noun == noun, entered_act.c.subject_id == subject_id)
    tx.run(update(entered_act).where(*taken_back).values(withdrawn_at=None))


def supersede(
    tx: Writer, noun: Noun, subject_id: int, acts: Iterable[Act], now: datetime, *, of: datetime | None = None
) -> None:
    """Whoever was spoken for has spoken himself, was spoken for anew, or what was done then (`of`) is undone."""
    done = (
        update(entered_act)
        .where(entered_act.c.noun == noun, entered_act.c.subject_id == subject_id)
        .where(entered_act.c.act.in_(tuple(acts)), entered_act.c.withdrawn_at.is_(None))
    )
    tx.run((done if of is None else done.where(entered_act.c.entered_at == of)).values(withdrawn_at=now))


def _entry(row: Row[Any]) -> EnteredAct:
    values = dict(row._mapping)
    file_id, kind = values.pop("paper"), values.pop("paper_kind")
    paper = Attachment(kind, file_id) if file_id else None
    typed = {"act": Act(row.act), "noun": Noun(row.noun), "source": Source(row.source), "paper": paper}
    return EnteredAct(**{**values, **typed})
