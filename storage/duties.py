"""SQL about duties: those of a subject, those of a person, and those whose moment has come."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Row, bindparam, func, or_, select, update

from domain.duties import ONCE, UNSETTLED, Duty, DutyKind, DutyState, Excuse, SubjectKind
from storage import recounts
from storage.columns import among
from storage.database import Reader, Writer
from storage.tables import duty, outcome, pairing, rotation, unit

UNIQUE = ("kind", "subject_kind", "subject_id", "period")
_PLAIN = (
    duty.c.id, duty.c.kind, duty.c.subject_kind, duty.c.subject_id, duty.c.period, duty.c.holder_id, duty.c.month,
    duty.c.opens_at, duty.c.due_at, duty.c.closes_at, duty.c.state, duty.c.excuse, duty.c.reason, duty.c.done_at,
    duty.c.prompts, duty.c.next_reminder_at,
)  # fmt: skip
_LABEL = func.coalesce(pairing.c.direction, rotation.c.post, outcome.c.what, "").label("label")
_LABELLED = (
    select(*_PLAIN, _LABEL, func.coalesce(unit.c.name, "").label("place"))
    .outerjoin_from(duty, pairing, (duty.c.subject_kind == SubjectKind.PAIRING) & (pairing.c.id == duty.c.subject_id))
    .outerjoin(rotation, (duty.c.subject_kind == SubjectKind.ROTATION) & (rotation.c.id == duty.c.subject_id))
    .outerjoin(unit, unit.c.id == rotation.c.unit_id)
    .outerjoin(outcome, (duty.c.subject_kind == SubjectKind.OUTCOME) & (outcome.c.id == duty.c.subject_id))
)
_ONE, _SOME = duty.c.id == bindparam("one"), duty.c.id.in_(bindparam("ids", expanding=True))
BY_ID, BY_IDS = (_LABELLED.where(which).order_by(duty.c.due_at, duty.c.id) for which in (_ONE, _SOME))
LOCKED_ID, LOCKED_IDS = (select(*_PLAIN).where(which).order_by(duty.c.id).with_for_update() for which in (_ONE, _SOME))
REPORTABLE = _LABELLED.where(
    duty.c.holder_id == bindparam("holder"),
    among(duty.c.state, (*UNSETTLED, DutyState.EXCUSED)),
    duty.c.kind == DutyKind.REPORT,
    duty.c.opens_at <= bindparam("now"),
    duty.c.closes_at > bindparam("now"),
).order_by(duty.c.opens_at, duty.c.id)
NEXT_REPORT = (
    _LABELLED.where(
        duty.c.holder_id == bindparam("holder"),
        among(duty.c.state, UNSETTLED),
        duty.c.kind == DutyKind.REPORT,
        duty.c.due_at > bindparam("now"),
    )
    .order_by(duty.c.due_at, duty.c.id)
    .limit(1)
)
OF_SUBJECT = select(*_PLAIN).where(
    among(duty.c.kind, DutyKind),
    duty.c.subject_kind == bindparam("of_kind"),
    duty.c.subject_id == bindparam("of_id"),
    or_(duty.c.closes_at > bindparam("now"), duty.c.period.in_(bindparam("periods", expanding=True))),
)
LEAVABLE = select(*_PLAIN).where(
    duty.c.holder_id == bindparam("holder"),
    among(duty.c.state, (*UNSETTLED, DutyState.EXCUSED)),
    duty.c.closes_at > bindparam("now"),
)
_FALLING_DUE = (
    select(duty.c.kind, duty.c.due_at)
    .where(
        duty.c.holder_id == bindparam("holder"),
        among(duty.c.state, UNSETTLED),
        duty.c.closes_at > bindparam("now"),
        duty.c.due_at > bindparam("now"),
    )
    .distinct()
    .limit(bindparam("enough"))
)
FALLING_DUE = select(func.count()).select_from(_FALLING_DUE.subquery())
OPENING = (
    select(*_PLAIN)
    .where(duty.c.state == DutyState.SCHEDULED, duty.c.opens_at <= bindparam("now"))
    .order_by(duty.c.opens_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
CLOSING = (
    select(duty.c.id, duty.c.due_at)
    .where(duty.c.state == DutyState.OPEN, duty.c.closes_at <= bindparam("now"))
    .order_by(duty.c.closes_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
PROMPTED_HOLDERS = (
    select(duty.c.holder_id)
    .where(duty.c.next_reminder_at <= bindparam("now"), among(duty.c.state, UNSETTLED))
    .order_by(duty.c.next_reminder_at)
    .limit(bindparam("limit"))
)
PROMPTED = (
    select(*_PLAIN)
    .where(
        duty.c.holder_id.in_(bindparam("holders", expanding=True)),
        among(duty.c.state, UNSETTLED),
        duty.c.next_reminder_at <= bindparam("now"),
    )
    .order_by(duty.c.holder_id, duty.c.due_at, duty.c.id)
    .with_for_update(skip_locked=True)
)
"""What the tick is about to change it holds, and leaves to its next run what somebody is settling at this moment."""


def many(tx: Reader, ids: Collection[int]) -> list[Duty]:
    return _found(tx, BY_ID, BY_IDS, ids)


def lock(tx: Writer, ids: Collection[int]) -> list[Duty]:
    """These duties, which nobody else may settle meanwhile."""
    return _found(tx, LOCKED_ID, LOCKED_IDS, ids)


def _found(tx: Reader, one: Executable, some: Executable, ids: Collection[int]) -> list[Duty]:
    """A list of ids is written into the statement at every execution, and mostly there is one."""
    if len(ids) == 1:
        return [_duty(row) for row in tx.all(one, {"one": next(iter(ids))})]
    return [_duty(row) for row in tx.all(some, {"ids": list(ids)})] if ids else []


def reportable(tx: Reader, person_id: int, now: datetime) -> list[Duty]:
    """All that could still be handed in, the excused among them."""
    return [_duty(row) for row in tx.all(REPORTABLE, {"holder": person_id, "now": now})]


def next_report(tx: Reader, person_id: int, now: datetime) -> Duty | None:
    row = tx.first(NEXT_REPORT, {"holder": person_id, "now": now})
    return None if row is None else _duty(row)


def of_subject(
    tx: Reader, kind: SubjectKind, subject_id: int, now: datetime, periods: Sequence[str] = ()
) -> list[Duty]:
    """A subject's duties that are not closed yet, and those of the named periods."""
    values = {"of_kind": kind, "of_id": subject_id, "now": now, "periods": list(periods) or [ONCE]}
    return [_duty(row) for row in tx.all(OF_SUBJECT, values)]


def lock_of_subject(
    tx: Writer, kind: SubjectKind, subject_id: int, now: datetime, periods: Sequence[str] = ()
) -> list[Duty]:
    """The same, which nobody else may settle meanwhile: what was reported a moment ago is seen as done."""
    values = {"of_kind": kind, "of_id": subject_id, "now": now, "periods": list(periods) or [ONCE]}
    return [_duty(row) for row in tx.all(OF_SUBJECT.order_by(duty.c.id).with_for_update(), values)]


def leavable(tx: Reader, person_id: int, now: datetime) -> list[Duty]:
    """What a leave can excuse or give back."""
    return [_duty(row) for row in tx.all(LEAVABLE, {"holder": person_id, "now": now})]


def falling_due(tx: Reader, person_id: int, now: datetime, *, enough: int) -> int:
    """How many times something of one kind falls due from now on, counted no further than `enough`."""
    number: int = tx.scalar(FALLING_DUE, {"holder": person_id, "now": now, "enough": enough})
    return number


def lock_leavable(tx: Writer, person_id: int, now: datetime) -> list[Duty]:
    """The same, which nobody else may settle meanwhile."""
    values = {"holder": person_id, "now": now}
    return [_duty(row) for row in tx.all(LEAVABLE.order_by(duty.c.id).with_for_update(), values)]


def opening(tx: Writer, now: datetime, *, limit: int) -> list[Duty]:
    return [_duty(row) for row in tx.all(OPENING, {"now": now, "limit": limit})]


def closing(tx: Writer, now: datetime, *, limit: int) -> list[tuple[int, datetime | None]]:
    return [(row.id, row.due_at) for row in tx.all(CLOSING, {"now": now, "limit": limit})]


def prompted(tx: Writer, now: datetime, *, limit: int) -> list[Duty]:
    """All that is to be prompted now, whole for each of the holders that it concerns."""
    holders = dict.fromkeys(tx.scalars(PROMPTED_HOLDERS, {"now": now, "limit": limit}))
    if not holders:
        return []
    return [_duty(row) for row in tx.all(PROMPTED, {"holders": list(holders), "now": now})]


TURNS_TO_TELL = select(func.count(duty.c.next_reminder_at.distinct())).where(
    among(duty.c.kind, (DutyKind.ROTATION_START, DutyKind.ROTATION_END)),
    duty.c.subject_kind == SubjectKind.ROTATION,
    duty.c.subject_id.in_(
        select(rotation.c.id)
        .where(rotation.c.person_id == bindparam("person"))
        .union_all(select(rotation.c.id).where(rotation.c.host_id == bindparam("person")))
    ),
    among(duty.c.state, UNSETTLED),
    duty.c.next_reminder_at > bindparam("now"),
    duty.c.next_reminder_at < bindparam("until"),
)


def turns_to_tell(tx: Reader, person_id: int, now: datetime, until: datetime) -> int:
    """How many messages tell meanwhile of first and last days of rotations that a person is in or hosts."""
    number: int = tx.scalar(TURNS_TO_TELL, {"person": person_id, "now": now, "until": until})
    return number


def add_all(tx: Writer, rows: Sequence[dict[str, object]]) -> None:
    """Add those that are not there yet."""
    tx.insert_many_once(duty, rows, unique=UNIQUE)
    recounts.note_new(tx, rows)


_CHANGE = update(duty).where(duty.c.id == bindparam("row"))


def change(tx: Writer, ids: Collection[int], **values: object) -> None:
    if not {"month", "holder_id"}.isdisjoint(values):
        recounts.note_duties(tx, ids)  # whose they were
    tx.run_many(_CHANGE, [{"row": duty_id, **values} for duty_id in ids])
    if not recounts.RESTS_ON.isdisjoint(values):
        recounts.note_duties(tx, ids)


_PROMPTED_ONCE_MORE = (
    update(duty)
    .where(duty.c.id == bindparam("row"))
    .values(prompts=duty.c.prompts + 1, next_reminder_at=bindparam("next_at"))
)


def prompt_again(tx: Writer, moments: Mapping[int, datetime | None]) -> None:
    """They were prompted, and are to be again at these moments."""
    tx.run_many(_PROMPTED_ONCE_MORE, [{"row": duty_id, "next_at": moment} for duty_id, moment in moments.items()])


def settle(tx: Writer, ids: Collection[int], state: DutyState, **values: object) -> None:
    """Bring them to a state in which nobody is reminded of them any more."""
    change(tx, ids, state=state, next_reminder_at=None, **values)


def _duty(row: Row[Any]) -> Duty:
    values = row._mapping
    return Duty(
        **{
            **values,
            "kind": DutyKind(values["kind"]),
            "subject_kind": SubjectKind(values["subject_kind"]),
            "state": DutyState(values["state"]),
            "excuse": Excuse(values["excuse"]) if values["excuse"] else None,
        }
    )
