"""SQL that finds what waits for a word of somebody who does not use Telegram, which a secretary is to ask for and enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, literal, or_, select

from domain.entered_acts import Noun
from domain.needs import NeedState
from domain.reviews import ReviewKind
from domain.rotations import RotationState
from domain.units import UnitKind
from storage.columns import among
from storage.database import Reader
from storage.entering import INVITED_AT, SAID_NO, uses_telegram
from storage.guidance import GUIDES_TODAY, PAIRED
from storage.tables import check_in, need, pairing, pairing_mentor, person, review, rotation, unit, unit_above

LOOKED_BACK = timedelta(days=60)
"""What has waited longer will not be said any more."""
_ABOUT = person.alias("about")
_BENEATH = unit_above.c.above_id.in_(bindparam("units", expanding=True))
_SERVED = or_(
    unit_above.c.distance == 0,
    exists().where(unit.c.id == unit_above.c.above_id, among(unit.c.kind, [UnitKind.BRANCH, UnitKind.GROUP])),
)
"""Whoever is secretary above the branches enters for those alone who belong to that unit itself."""
_IN_UNITS = and_(_BENEATH, _SERVED)


def _waits(
    noun: Noun, subject: ColumnElement[Any], about: ColumnElement[Any], since: ColumnElement[Any]
) -> Select[Any]:
    return select(
        literal(noun).label("noun"), subject.label("subject_id"), about.label("about_id"), since.label("since"),
        person.c.id.label("person_id"), person.c.name, person.c.unit_id, INVITED_AT, SAID_NO,
    )  # fmt: skip


REVIEWS = (
    _waits(Noun.REPORT, check_in.c.id, _ABOUT.c.id, check_in.c.submitted_at)
    .select_from(unit_above)
    .join(_ABOUT, _ABOUT.c.unit_id == unit_above.c.unit_id)
    .join(pairing, pairing.c.mentee_id == _ABOUT.c.id)
    .join(pairing_mentor, pairing_mentor.c.pairing_id == pairing.c.id)
    .join(person, person.c.id == pairing_mentor.c.person_id)
    .join(check_in, check_in.c.person_id == _ABOUT.c.id)
    .where(_IN_UNITS, among(pairing.c.state, PAIRED), GUIDES_TODAY, ~uses_telegram())
    .where(check_in.c.reviewed_at.is_(None), check_in.c.withdrawn_at.is_(None))
    .where(check_in.c.submitted_at >= bindparam("first"))
)
HIGHLIGHTS = (
    _waits(Noun.REVIEW, review.c.id, person.c.id, review.c.at)
    .select_from(unit_above)
    .join(person, person.c.unit_id == unit_above.c.unit_id)
    .join(check_in, check_in.c.person_id == person.c.id)
    .join(review, review.c.check_in_id == check_in.c.id)
    .where(_IN_UNITS, ~uses_telegram(), check_in.c.withdrawn_at.is_(None))
    .where(review.c.kind == ReviewKind.HIGHLIGHT, review.c.attribution.is_(None), review.c.withdrawn_at.is_(None))
    .where(review.c.at >= bindparam("first"))
)
NEEDS = (
    _waits(Noun.NEED, need.c.id, person.c.id, need.c.answered_at)
    .select_from(unit_above)
    .join(person, person.c.unit_id == unit_above.c.unit_id)
    .join(need, need.c.person_id == person.c.id)
    .where(_IN_UNITS, ~uses_telegram(), need.c.state == NeedState.ANSWERED)
    .where(need.c.answered_at >= bindparam("first"))
)
EVALUATIONS = (
    select(
        rotation.c.id, rotation.c.unit_id, rotation.c.person_id, rotation.c.ends_on, rotation.c.host_name, person.c.name
    )
    .select_from(unit_above)
    .join(rotation, rotation.c.unit_id == unit_above.c.unit_id)
    .outerjoin(person, person.c.id == rotation.c.host_id)
    .where(_BENEATH, rotation.c.state == RotationState.IN_POST, rotation.c.ends_on <= bindparam("today"))
    .where(rotation.c.ends_on >= bindparam("first_day"))
    .where(or_(rotation.c.host_id.is_(None), ~uses_telegram()))
    .distinct()
    .order_by(rotation.c.ends_on, rotation.c.id)
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """On what a word of somebody is waited for, and since when; `about_id`: whose matter it is."""

    noun: Noun
    subject_id: int
    about_id: int
    since: datetime
    person_id: int
    name: str
    unit_id: int
    invited_at: datetime | None
    said_no: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A rotation that is over, whose host cannot be asked here; without a name where none was given."""

    rotation_id: int
    unit_id: int
    person_id: int
    ends_on: date
    host: str


def words(tx: Reader, unit_ids: Sequence[int], now: datetime, today: date) -> list[Waiting]:
    """What waits beneath these units, what has waited longest at the head."""
    if not unit_ids:
        return []
    asked = {"units": list(unit_ids), "today": today, "first": now - LOOKED_BACK}
    found = {row for statement in (REVIEWS, HIGHLIGHTS, NEEDS) for row in map(_waiting, tx.all(statement, asked))}
    return sorted(found, key=lambda one: (one.since, one.noun, one.subject_id, one.person_id))


def _waiting(row: Any) -> Waiting:
    return Waiting(**{**row._mapping, "noun": Noun(row.noun), "said_no": bool(row.said_no)})


def evaluations(tx: Reader, unit_ids: Sequence[int], today: date) -> list[Evaluation]:
    """Rotations to these units and beneath that are over, what ended first at the head."""
    if not unit_ids:
        return []
    asked = {"units": list(unit_ids), "today": today, "first_day": today - LOOKED_BACK}
    return [
        Evaluation(row.id, row.unit_id, row.person_id, row.ends_on, row.name or row.host_name)
        for row in tx.all(EVALUATIONS, asked)
    ]
