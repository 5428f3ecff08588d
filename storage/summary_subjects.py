"""SQL for a month's summary: pairings and rotations in the state in which the month left them, and what they owe next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, or_, select

from domain.pairings import PairingState
from domain.rotations import RotationState
from storage.columns import among
from storage.database import Reader
from storage.summary_window import Scoped, Window, asked, at, beneath, scoped, scoped_each
from storage.tables import need, pairing, pairing_mentor, person, role, rotation, unit

_MENTOR, _HOST = person.alias("mentor"), person.alias("host")
_GUIDED_THEN = and_(
    pairing_mentor.c.pairing_id == pairing.c.id,
    pairing_mentor.c.from_on < at("until"),
    or_(pairing_mentor.c.until_on.is_(None), pairing_mentor.c.until_on >= at("first")),
)
_PAIRED_ACROSS = exists().where(
    _GUIDED_THEN,
    _MENTOR.c.id == pairing_mentor.c.person_id,
    _MENTOR.c.specialty != "",
    person.c.specialty != "",
    _MENTOR.c.specialty != person.c.specialty,
)
_PAIRING_STATE = case(
    (pairing.c.ended_at < at("end"), pairing.c.state),
    (and_(pairing.c.state == PairingState.PAUSED, pairing.c.paused_at < at("end")), pairing.c.state),
    (pairing.c.state == PairingState.DRAFT, pairing.c.state),
    (pairing.c.active_on < at("until"), PairingState.ACTIVE.value),
    else_=PairingState.CONFIRMED.value,
)
_PAIRINGS = beneath(
    select(
        pairing.c.id, pairing.c.track, pairing.c.direction, pairing.c.active_on, pairing.c.cadence,
        pairing.c.report_day, pairing.c.next_cadence, pairing.c.next_report_day, pairing.c.changes_on, _PAIRING_STATE.label("state"), _PAIRED_ACROSS.label("across"), person.c.name,
        person.c.unit_id,
    )
    .select_from(pairing)
    .join(person, person.c.id == pairing.c.mentee_id)
    .where(pairing.c.created_at < at("end"))
    .where(or_(pairing.c.ended_at.is_(None), pairing.c.ended_at >= at("start")))
)  # fmt: skip
_EACH_PAIRING = _PAIRINGS.order_by(person.c.pinyin, pairing.c.id)
_then = _PAIRINGS.subquery("paired")
_PAIRING_COUNTS = select(
    _then.c.track, _then.c.state, func.count().label("number"), func.count().filter(_then.c.across).label("across")
).group_by(_then.c.track, _then.c.state)
_RHYTHM = ("cadence", "report_day", "active_on", "next_cadence", "next_report_day", "changes_on")
_REPORTING_PAIRINGS = (
    select(*(_then.c[name] for name in _RHYTHM), func.count().label("number"))
    .where(_then.c.state == PairingState.ACTIVE)
    .group_by(*(_then.c[name] for name in _RHYTHM))
)
_MENTORS = beneath(
    select(pairing_mentor.c.pairing_id, _MENTOR.c.name)
    .select_from(pairing)
    .join(person, person.c.id == pairing.c.mentee_id)
    .join(pairing_mentor, _GUIDED_THEN)
    .join(_MENTOR, _MENTOR.c.id == pairing_mentor.c.person_id)
).order_by(pairing_mentor.c.id)

_ROTATED_ACROSS = and_(rotation.c.specialty != "", person.c.specialty != "", rotation.c.specialty != person.c.specialty)
_ROTATION_STATE = case(
    (or_(rotation.c.closed_at < at("end"), rotation.c.state == RotationState.CANCELLED), rotation.c.state),
    (rotation.c.evaluated_at < at("end"), RotationState.EVALUATED.value),
    (rotation.c.state == RotationState.PLANNED, rotation.c.state),
    (rotation.c.starts_on < at("until"), RotationState.IN_POST.value),
    else_=RotationState.PLANNED.value,
)
_STANDING_ROTATION = and_(
    rotation.c.created_at < at("end"),
    rotation.c.state != RotationState.CANCELLED,
    or_(rotation.c.closed_at.is_(None), rotation.c.closed_at >= at("start")),
)


def _rotations(*columns: Any, from_all: bool = False) -> Select[*tuple[Any, ...]]:
    people = select(*columns).select_from(rotation).join(person, person.c.id == rotation.c.person_id, isouter=from_all)
    return people.where(_STANDING_ROTATION)


def _counted(rotations: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    each = rotations.subquery("rotated")
    across = func.count().filter(each.c.across).label("across")
    return select(each.c.state, func.count().label("number"), across).group_by(each.c.state)


_ROTATED = (_ROTATION_STATE.label("state"), _ROTATED_ACROSS.label("across"))
_ROTATION_COUNTS = Scoped(_counted(_rotations(*_ROTATED, from_all=True)), _counted(beneath(_rotations(*_ROTATED))))
_EACH_ROTATION = (
    _rotations(
        _ROTATION_STATE.label("state"), rotation.c.starts_on, rotation.c.ends_on, rotation.c.team, rotation.c.post,
        rotation.c.specialty, rotation.c.goals, _ROTATED_ACROSS.label("across"), person.c.name, person.c.unit_id,
        unit.c.name.label("host_unit"), rotation.c.unit_id.label("host_unit_id"), func.coalesce(_HOST.c.name, rotation.c.host_name).label("host"),
    )
    .join(unit, unit.c.id == rotation.c.unit_id)
    .outerjoin(_HOST, _HOST.c.id == rotation.c.host_id)
    .order_by(rotation.c.starts_on, rotation.c.id)
)  # fmt: skip
_STANDING = scoped(_EACH_ROTATION)
_BEGUN = scoped(_EACH_ROTATION.where(rotation.c.starts_on >= at("first"), rotation.c.starts_on < at("until")))
_ENDED = scoped(_EACH_ROTATION.where(rotation.c.ends_on >= at("first"), rotation.c.ends_on < at("overdue_before")))
_COMING = scoped(
    _EACH_ROTATION.where(
        or_(
            and_(rotation.c.starts_on >= at("next_first"), rotation.c.starts_on < at("next_until")),
            and_(rotation.c.ends_on >= at("next_first"), rotation.c.ends_on < at("next_until")),
        )
    )
)
_ACTIVE = pairing.alias("active")
_LEADING = (
    select(_ACTIVE.c.id)
    .where(_ACTIVE.c.mentee_id == rotation.c.person_id, _ACTIVE.c.state == PairingState.ACTIVE)
    .order_by(_ACTIVE.c.id)
    .limit(1)
    .scalar_subquery()
)
_AGREED = (rotation.c.starts_on, rotation.c.ends_on, person.c.unit_id)
_LEADS = tuple(pairing.c[name] for name in _RHYTHM)
_REPORTING_ROTATIONS = scoped(
    _rotations(*_AGREED, *_LEADS, func.count().label("number"))
    .outerjoin(pairing, pairing.c.id == _LEADING)
    .where(among(rotation.c.state, [RotationState.PLANNED, RotationState.IN_POST]))
    .where(rotation.c.starts_on < at("next_until"), rotation.c.ends_on >= at("next_first"))
    .group_by(*_AGREED, *_LEADS)
)


def _any(found: Select[tuple[int]]) -> ColumnElement[bool]:
    """EXISTS, but looked up for each row: of an EXISTS PostgreSQL may make a table of all there are."""
    return found.limit(1).scalar_subquery().is_not(None)


def _owners(*, from_all: bool) -> Select[*tuple[Any, ...]]:
    guided = (
        select(pairing_mentor.c.id)
        .join(pairing, pairing.c.id == pairing_mentor.c.pairing_id)
        .where(pairing.c.mentee_id == need.c.person_id, pairing_mentor.c.person_id == need.c.owner_id)
    )
    hosted = select(rotation.c.id).where(
        rotation.c.person_id == need.c.person_id, rotation.c.host_id == need.c.owner_id
    )
    roles = select(role.c.id).where(role.c.person_id == need.c.owner_id)
    return (
        select(
            need.c.owner_id,
            need.c.person_id,
            _any(guided.where(pairing_mentor.c.leave_id.is_(None))).label("mentor"),
            _any(guided.where(pairing_mentor.c.leave_id.is_not(None))).label("stand_in"),
            _any(hosted).label("host"),
            _any(roles.where(role.c.kind == "officer")).label("officer"),
            _any(roles.where(role.c.kind == "secretary")).label("secretary"),
        )
        .select_from(need)
        .join(person, person.c.id == need.c.person_id, isouter=from_all)
        .where(need.c.owner_id.is_not(None), need.c.opened_at < at("end"))
        .where(or_(need.c.closed_at.is_(None), need.c.closed_at >= at("start")))
    )


_OWNERS = scoped_each(_owners)


def pairing_counts(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    """track, state, number, across (specialties): what lived in the month; of the ended, those that ended in it."""
    return tx.all(_PAIRING_COUNTS, asked(window))


def pairings(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    return tx.all(_EACH_PAIRING, asked(window))


def mentors(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    """pairing_id, name of all who guided in the month."""
    return tx.all(_MENTORS, asked(window))


def reporting_pairings(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    """cadence, report_day, active_on, the change that is to come, and number: how the active ones report."""
    return tx.all(_REPORTING_PAIRINGS, asked(window))


def rotation_counts(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    """state, number, across (specialties)."""
    return tx.all(_ROTATION_COUNTS.of(window), asked(window))


def rotations(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    return tx.all(_STANDING.of(window), asked(window))


def rotations_begun(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    return tx.all(_BEGUN.of(window), asked(window))


def rotations_ended(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    return tx.all(_ENDED.of(window), asked(window))


def rotations_coming(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    """Those that begin or end in the next month."""
    return tx.all(_COMING.of(window), asked(window))


def reporting_rotations(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    """starts_on, ends_on, unit_id, number; cadence, change to come and active_on of the person's pairing, if any."""
    return tx.all(_REPORTING_ROTATIONS.of(window), asked(window))


def need_owners(tx: Reader, window: Window) -> Sequence[Row[Any]]:
    """owner_id, person_id and what the owner of a need is to that person, or in the organisation: mentor, stand_in, host,
    officer, secretary.
    """
    return tx.all(_OWNERS.of(window), asked(window))
