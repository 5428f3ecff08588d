"""SQL about needs: who asked for what, who took it on, and whether it is solved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select, update

from domain.entered_acts import ACTS, Noun
from domain.needs import HELPED, UNSETTLED, Need, NeedAudience, NeedKind, NeedState
from storage.columns import among
from storage.database import Reader, Writer
from storage.entered_acts import ASKED_BY_HAND, by_hand
from storage.guidance import GUIDES_TODAY, PAIRED
from storage.tables import need, pairing, pairing_mentor, person, referral, unit_above

_OWNER = person.alias("owner")
_SELECT = (
    select(
        need.c.id, need.c.person_id, person.c.name.label("person"), need.c.check_in_id, need.c.kind, need.c.audience,
        need.c.text, need.c.state, need.c.owner_id, _OWNER.c.name.label("owner"), need.c.promised_on, need.c.answer,
        need.c.answered_at, need.c.opened_at, need.c.closed_at, need.c.shared_at,
        or_(by_hand(Noun.NEED, need.c.id, ACTS[Noun.NEED], need.c.closed_at), ASKED_BY_HAND).label("by_hand"),
    )
    .join(person, person.c.id == need.c.person_id)
    .outerjoin(_OWNER, _OWNER.c.id == need.c.owner_id)
)  # fmt: skip
_BY_ID = _SELECT.where(need.c.id == bindparam("need"))
_OF_CHECK_IN = _SELECT.where(need.c.check_in_id == bindparam("check_in")).order_by(need.c.id)
_OF_PERSON = _SELECT.where(need.c.person_id == bindparam("person")).order_by(need.c.id.desc())
_OPEN = among(need.c.state, UNSETTLED)
_OF_UNITS = (
    _SELECT.join(unit_above, unit_above.c.unit_id == person.c.unit_id)
    .where(unit_above.c.above_id.in_(bindparam("units", expanding=True)), _OPEN)
    .distinct()
    .order_by(need.c.opened_at, need.c.id)
)
_OF_MENTEES = (
    _SELECT.join(pairing, pairing.c.mentee_id == need.c.person_id)
    .join(pairing_mentor, pairing_mentor.c.pairing_id == pairing.c.id)
    .where(pairing_mentor.c.person_id == bindparam("mentor"), among(pairing.c.state, PAIRED))
    .where(GUIDES_TODAY)
    .where(need.c.audience == NeedAudience.MENTOR_AND_SECRETARY, _OPEN)
    .distinct()
    .order_by(need.c.opened_at, need.c.id)
)
_PASSED_TO = (
    _SELECT.join(referral, referral.c.need_id == need.c.id)
    .where(referral.c.unit_id.in_(bindparam("units", expanding=True)), referral.c.withdrawn_at.is_(None), _OPEN)
    .distinct()
    .order_by(need.c.opened_at, need.c.id)
)
_OWNED = _SELECT.where(need.c.owner_id == bindparam("owner"), _OPEN).order_by(need.c.opened_at, need.c.id)
HelpedRow = Row[Any]
"""The columns that `helped` names."""
_HELPED_ON = func.coalesce(need.c.closed_at, need.c.answered_at)
_HELPED = (
    select(
        need.c.kind, need.c.state, need.c.opened_at, _HELPED_ON.label("helped_at"), person.c.unit_id, need.c.answer,
        need.c.shared_at,
    )
    .join(person, person.c.id == need.c.person_id)
    .where(among(need.c.state, HELPED), bindparam("since") <= _HELPED_ON)
    .where(or_(need.c.audience == NeedAudience.MENTOR_AND_SECRETARY, need.c.shared_at.is_not(None)))
    .order_by(_HELPED_ON.desc(), need.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)  # fmt: skip


def add(
    tx: Writer,
    *,
    person_id: int,
    check_in_id: int | None,
    kind: NeedKind,
    audience: NeedAudience,
    text: str,
    now: datetime,
) -> int:
    return tx.insert(
        need, person_id=person_id, check_in_id=check_in_id, kind=kind, audience=audience, text=text,
        state=NeedState.OPEN, opened_at=now,
    )  # fmt: skip


def get(tx: Reader, need_id: int) -> Need | None:
    row = tx.first(_BY_ID, {"need": need_id})
    return None if row is None else _need(row)


def lock(tx: Writer, need_id: int) -> Need | None:
    """Load a need for a change of it: nobody else may change it meanwhile."""
    tx.first(select(need.c.id).where(need.c.id == need_id).with_for_update())
    return get(tx, need_id)


def of_check_in(tx: Reader, check_in_id: int) -> list[Need]:
    return _needs(tx.all(_OF_CHECK_IN, {"check_in": check_in_id}))


def of_person(tx: Reader, person_id: int) -> list[Need]:
    """All that a person asked for, the latest first."""
    return _needs(tx.all(_OF_PERSON, {"person": person_id}))


def open_beneath(tx: Reader, unit_ids: Sequence[int]) -> list[Need]:
    """What is not solved among the people of these units, the oldest first."""
    return _needs(tx.all(_OF_UNITS, {"units": list(unit_ids)})) if unit_ids else []


def open_of_mentees(tx: Reader, mentor_id: int, today: date) -> list[Need]:
    """What is not solved and a mentor may know of, the oldest first."""
    return _needs(tx.all(_OF_MENTEES, {"mentor": mentor_id, "today": today}))


def owned_by(tx: Reader, person_id: int) -> list[Need]:
    """What a person sees to and is not solved, the oldest first."""
    return _needs(tx.all(_OWNED, {"owner": person_id}))


def passed_to(tx: Reader, unit_ids: Sequence[int]) -> list[Need]:
    """What is not solved and was passed up to one of these very units, the oldest first."""
    return _needs(tx.all(_PASSED_TO, {"units": list(unit_ids)})) if unit_ids else []


def helped(tx: Reader, since: datetime, *, offset: int, limit: int) -> Sequence[HelpedRow]:
    """kind, state, opened_at, helped_at, unit_id, answer, shared_at of what was answered or solved, the latest first.

    What only the secretary may know is not among it, unless the one who asked let it be read.
    """
    return tx.all(_HELPED, {"since": since, "offset": offset, "limit": limit})


def update_fields(tx: Writer, need_id: int, **values: object) -> None:
    tx.run(update(need).where(need.c.id == need_id).values(**values))


def _needs(rows: Sequence[Row[Any]]) -> list[Need]:
    return [_need(row) for row in rows]


def _need(row: Row[Any]) -> Need:
    values = row._mapping
    return Need(
        **{
            **values,
            "kind": NeedKind(values["kind"]),
            "audience": NeedAudience(values["audience"]),
            "state": NeedState(values["state"]),
        }
    )
