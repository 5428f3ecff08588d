"""SQL about pairings and who guides whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, delete, func, or_, select, update

from domain.duties import UNSETTLED, DutyKind
from domain.pairings import LIVE, Mentorship, Pairing, PairingState, Terms, Track
from domain.people import Stage
from domain.periods import Cadence, CadenceChange, CadenceKind
from storage.columns import among
from storage.database import Reader, Writer
from storage.tables import duty, outcome, pairing, pairing_mentor, person, unit_above

_COLUMNS = (
    pairing.c.id, pairing.c.mentee_id, pairing.c.track, pairing.c.direction, pairing.c.cadence, pairing.c.report_day,
    pairing.c.state, pairing.c.starts_on, pairing.c.agreed_on, pairing.c.active_on, pairing.c.mentee_confirmed_at,
    pairing.c.change_asked, pairing.c.change_asked_by, pairing.c.ended_at, pairing.c.end_reason,
    pairing.c.next_cadence, pairing.c.next_report_day, pairing.c.changes_on,
)  # fmt: skip
_MENTORSHIP = (
    pairing_mentor.c.pairing_id, pairing_mentor.c.person_id, pairing_mentor.c.from_on, pairing_mentor.c.until_on,
    pairing_mentor.c.confirmed_at, pairing_mentor.c.leave_id,
)  # fmt: skip
_ID: BindParameter[int] = bindparam("pairing")
_PERSON: BindParameter[int] = bindparam("person")
_BY_ID = select(*_COLUMNS).where(pairing.c.id == _ID)
_MENTORS = select(*_MENTORSHIP).where(pairing_mentor.c.pairing_id == _ID).order_by(pairing_mentor.c.id)
_LIVE_OF_MENTEE = select(*_COLUMNS).where(pairing.c.mentee_id == _PERSON, among(pairing.c.state, LIVE))
_GUIDED = (
    select(*_COLUMNS)
    .join(pairing_mentor, pairing_mentor.c.pairing_id == pairing.c.id)
    .where(pairing_mentor.c.person_id == _PERSON, pairing_mentor.c.until_on.is_(None), among(pairing.c.state, LIVE))
)
_TAKEN = (
    select(func.count(pairing.c.id.distinct()))
    .join(pairing_mentor, pairing_mentor.c.pairing_id == pairing.c.id)
    .where(
        pairing_mentor.c.person_id == _PERSON,
        pairing_mentor.c.until_on.is_(None),
        among(pairing.c.state, LIVE),
        pairing.c.id != bindparam("besides"),
    )
)
_NEXT_DUE = select(func.min(duty.c.due_at)).where(
    duty.c.kind == DutyKind.REPORT,
    duty.c.subject_kind == "pairing",
    duty.c.subject_id == _ID,
    among(duty.c.state, UNSETTLED),
    duty.c.due_at >= bindparam("now"),
)
_WAITING = select(func.count()).where(
    duty.c.subject_kind == "pairing", duty.c.subject_id == _ID, among(duty.c.state, UNSETTLED)
)
_DUE_TO_BEGIN = (
    select(pairing.c.id)
    .where(pairing.c.state == PairingState.CONFIRMED, pairing.c.starts_on <= bindparam("day"))
    .order_by(pairing.c.id)
    .limit(bindparam("limit"))
)


_DUE_TO_CHANGE = (
    select(pairing.c.id)
    .where(pairing.c.changes_on <= bindparam("day"))
    .order_by(pairing.c.changes_on, pairing.c.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list: whether something about it waits for the secretary."""

    pairing: Pairing
    mentee: str
    stage: str
    attention: bool


def _pairing(row: Row[Any]) -> Pairing:
    return _read(dict(row._mapping))


def _read(values: dict[str, Any]) -> Pairing:
    cadence = Cadence(CadenceKind(values.pop("cadence")), values.pop("report_day"))
    kind, day, on = (values.pop(name) for name in ("next_cadence", "next_report_day", "changes_on"))
    values |= {"track": Track(values["track"]), "state": PairingState(values["state"])}
    return Pairing(**values, cadence=cadence, change=coming_change(kind, day, on))


def coming_change(kind: str | None, day: int | None, on: date | None) -> CadenceChange | None:
    if kind is None or day is None or on is None:
        return None
    return CadenceChange(Cadence(CadenceKind(kind), day), on)


def put_change(tx: Writer, pairing_id: int, change: CadenceChange | None) -> None:
    """The cadence that is to come, or that none is."""
    kind, day = (None, None) if change is None else (change.cadence.kind, change.cadence.day)
    update_fields(
        tx, pairing_id, next_cadence=kind, next_report_day=day, changes_on=None if change is None else change.on
    )


def add(tx: Writer, terms: Terms, *, from_on: date, now: datetime, created_by: int | None) -> int:
    pairing_id = tx.insert(
        pairing, mentee_id=terms.mentee_id, state=PairingState.DRAFT, created_at=now, created_by=created_by,
        **plain(terms),
    )  # fmt: skip
    for mentor_id in terms.mentor_ids:
        add_mentor(tx, pairing_id, mentor_id, from_on)
    return pairing_id


def plain(terms: Terms) -> dict[str, object]:
    """The terms as the table's columns."""
    return {
        "track": terms.track, "direction": terms.direction, "cadence": terms.cadence.kind,
        "report_day": terms.cadence.day, "starts_on": terms.starts_on, "agreed_on": terms.agreed_on,
    }  # fmt: skip


def add_mentor(tx: Writer, pairing_id: int, person_id: int, from_on: date) -> None:
    tx.insert(pairing_mentor, pairing_id=pairing_id, person_id=person_id, from_on=from_on)


def remove(tx: Writer, pairing_id: int) -> None:
    """Take back a proposal of which nobody has heard."""
    for table in (outcome, pairing_mentor):
        tx.run(delete(table).where(table.c.pairing_id == pairing_id))
    tx.run(delete(pairing).where(pairing.c.id == pairing_id))


def get(tx: Reader, pairing_id: int) -> Pairing | None:
    row = tx.first(_BY_ID, {"pairing": pairing_id})
    return None if row is None else _pairing(row)


def lock(tx: Writer, pairing_id: int) -> Pairing | None:
    """Load for a change: two confirmations at once are told apart."""
    row = tx.first(_BY_ID.with_for_update(), {"pairing": pairing_id})
    return None if row is None else _pairing(row)


def update_fields(tx: Writer, pairing_id: int, **values: object) -> None:
    tx.run(update(pairing).where(pairing.c.id == pairing_id).values(**values))


def mentors(tx: Reader, pairing_id: int) -> list[Mentorship]:
    """Everyone who guides or guided here, in the order in which they came."""
    return [Mentorship(**row._mapping) for row in tx.all(_MENTORS, {"pairing": pairing_id})]


def mentors_of(tx: Reader, pairing_ids: Sequence[int]) -> Mapping[int, list[int]]:
    """The present mentors of several pairings."""
    found: dict[int, list[int]] = defaultdict(list)
    statement = (
        select(pairing_mentor.c.pairing_id, pairing_mentor.c.person_id)
        .where(pairing_mentor.c.pairing_id.in_(pairing_ids), pairing_mentor.c.until_on.is_(None))
        .order_by(pairing_mentor.c.id)
    )
    for row in tx.all(statement):
        found[row.pairing_id].append(row.person_id)
    return found


def update_mentor(tx: Writer, pairing_id: int, person_id: int, **values: object) -> None:
    """Change a present mentor's row."""
    _run_mentors(tx, pairing_id, pairing_mentor.c.person_id == person_id, **values)


def restore_mentor(tx: Writer, pairing_id: int, person_id: int, until_on: date) -> None:
    """A mentor whose share ended on that day guides on, as if nothing had been."""
    ended = (pairing_mentor.c.pairing_id == pairing_id, pairing_mentor.c.person_id == person_id)
    tx.run(update(pairing_mentor).where(*ended, pairing_mentor.c.until_on == until_on).values(until_on=None))


def forget_confirmations(tx: Writer, pairing_id: int) -> None:
    update_fields(tx, pairing_id, mentee_confirmed_at=None, change_asked=None, change_asked_by=None)
    _run_mentors(tx, pairing_id, confirmed_at=None)


def _run_mentors(tx: Writer, pairing_id: int, *which: Any, **values: object) -> None:
    present = (pairing_mentor.c.pairing_id == pairing_id, pairing_mentor.c.until_on.is_(None))
    tx.run(update(pairing_mentor).where(*present, *which).values(**values))


def drop_mentor(tx: Writer, pairing_id: int, person_id: int) -> None:
    """Forget a mentor of a pairing that has not begun, or one of whose coming nobody has heard."""
    tx.run(
        delete(pairing_mentor).where(
            pairing_mentor.c.pairing_id == pairing_id,
            pairing_mentor.c.person_id == person_id,
            pairing_mentor.c.until_on.is_(None),
        )
    )


def reinstate_mentor(tx: Writer, pairing_id: int, person_id: int, until_on: date) -> None:
    """Take back that a mentor went on that day."""
    gone = (pairing_mentor.c.pairing_id == pairing_id, pairing_mentor.c.person_id == person_id)
    tx.run(update(pairing_mentor).where(*gone, pairing_mentor.c.until_on == until_on).values(until_on=None))


def live_of_mentee(tx: Reader, person_id: int) -> list[Pairing]:
    return [_pairing(row) for row in tx.all(_LIVE_OF_MENTEE.order_by(pairing.c.id), {"person": person_id})]


def guided_by(tx: Reader, person_id: int) -> list[Pairing]:
    """The live pairings in which a person is a present mentor."""
    return [_pairing(row) for row in tx.all(_GUIDED.order_by(pairing.c.id), {"person": person_id})]


def taken(tx: Reader, mentor_id: int, *, besides: int = 0) -> int:
    """How many live pairings a mentor has, one of them not counted."""
    count: int = tx.scalar(_TAKEN, {"person": mentor_id, "besides": besides})
    return count


def next_due(tx: Reader, pairing_id: int, now: datetime) -> datetime | None:
    """Until when the next report is expected."""
    moment: datetime | None = tx.scalar(_NEXT_DUE, {"pairing": pairing_id, "now": now})
    return moment


def open_duties(tx: Reader, pairing_id: int) -> int:
    count: int = tx.scalar(_WAITING, {"pairing": pairing_id})
    return count


def due_to_begin(tx: Reader, day: date, limit: int) -> list[int]:
    """Confirmed pairings whose first day has come by `day`."""
    return [int(found) for found in tx.scalars(_DUE_TO_BEGIN, {"day": day, "limit": limit})]


def due_to_change(tx: Reader, day: date, limit: int) -> list[int]:
    """Pairings whose cadence is another from `day` on or earlier."""
    return [int(found) for found in tx.scalars(_DUE_TO_CHANGE, {"day": day, "limit": limit})]


def listed(tx: Reader, unit_id: int, states: Sequence[PairingState], *, offset: int, limit: int) -> list[Listed]:
    """Pairings of a unit's people and all beneath it: what waits for the secretary first, then by state and name."""
    claimed = (
        select(outcome.c.id)
        .where(outcome.c.pairing_id == pairing.c.id, outcome.c.claimed_at.is_not(None), outcome.c.verified_at.is_(None))
        .exists()
    )
    grown = (pairing.c.track == Track.BACKBONE_TO_MEMBER) & (person.c.stage == Stage.FULL_MEMBER)
    outgrown = grown & among(pairing.c.state, (PairingState.ACTIVE, PairingState.PAUSED))
    attention = or_(pairing.c.change_asked.is_not(None), claimed, outgrown).label("attention")
    statement = (
        _of_unit(select(*_COLUMNS, person.c.name.label("mentee"), person.c.stage, attention), unit_id)
        .where(pairing.c.state.in_(states))
        .order_by(attention.desc(), pairing.c.state, person.c.pinyin, pairing.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [_listed(row) for row in tx.all(statement)]


def _listed(row: Row[Any]) -> Listed:
    values = dict(row._mapping)
    mentee, stage, attention = (values.pop(name) for name in ("mentee", "stage", "attention"))
    return Listed(_read(values), mentee, stage, bool(attention))


def counted(tx: Reader, unit_id: int) -> dict[PairingState, int]:
    """How many pairings of a unit and all beneath it are in each state."""
    statement = _of_unit(select(pairing.c.state, func.count().label("number")), unit_id).group_by(pairing.c.state)
    return {PairingState(row.state): int(row.number) for row in tx.all(statement)}


def _of_unit(statement: Any, unit_id: int) -> Any:
    return (
        statement.select_from(pairing)
        .join(person, person.c.id == pairing.c.mentee_id)
        .join(unit_above, unit_above.c.unit_id == person.c.unit_id)
        .where(unit_above.c.above_id == unit_id)
    )
