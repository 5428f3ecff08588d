"""SQL for a month's summary: what is counted over a unit and all beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    union_all,
)

from domain.check_ins import Capacity
from domain.duties import DutyKind, DutyState
from domain.entered_acts import ACTS, Noun
from domain.needs import NeedState
from domain.reviews import Attribution, ReviewKind
from storage import report_counts
from storage.columns import among
from storage.database import Reader
from storage.entered_acts import ASKED_BY_HAND, by_hand
from storage.outbox import OF_ITS_OWN
from storage.summary_window import Scoped, Window, asked, at, beneath, scoped, scoped_each
from storage.tables import (
    account,
    check_in,
    duty,
    need,
    outbox,
    outcome,
    pairing,
    person,
    referral,
    review,
    unit,
)

Line = Row[Any]
"""A row with the columns that its query names."""


_REPORT = and_(duty.c.kind == DutyKind.REPORT, duty.c.state != DutyState.CANCELLED)
_LATER = duty.alias("later")
_HANDED_IN_LATER = (
    select(_LATER.c.id)
    .where(_LATER.c.done_at >= _LATER.c.closes_at, _LATER.c.done_at >= at("locked_before"))
    .where(_LATER.c.done_at < at("locks"))
)
"""The few that came after their month's lock, found first: everything else about them is looked up by their ids."""
_CORRECTIONS = (
    beneath(
        select(person.c.unit_id, duty.c.month, func.count().label("reports"))
        .select_from(duty)
        .join(person, person.c.id == duty.c.holder_id)
        .where(_REPORT, duty.c.month.in_(bindparam("earlier", expanding=True)), duty.c.state == DutyState.DONE)
        .where(duty.c.id.in_(_HANDED_IN_LATER))
    )
    .group_by(person.c.unit_id, duty.c.month)
    .order_by(duty.c.month, person.c.unit_id)
)

_LIVE = and_(pairing.c.active_on < at("until"), or_(pairing.c.ended_at.is_(None), pairing.c.ended_at >= at("end")))
_UNREACHED = or_(outcome.c.verified_at.is_(None), outcome.c.reached_on >= at("next_first"))
_OUTCOMES = beneath(
    select(
        outcome.c.what,
        outcome.c.measure,
        func.coalesce(outcome.c.due_on, outcome.c.reached_on).label("due_on"),
        outcome.c.reached_on,
        pairing.c.track,
        person.c.name,
        person.c.unit_id,
        by_hand(Noun.OUTCOME, outcome.c.id, ACTS[Noun.OUTCOME], outcome.c.claimed_at).label("by_hand"),
    )
    .select_from(outcome)
    .join(pairing, pairing.c.id == outcome.c.pairing_id)
    .join(person, person.c.id == pairing.c.mentee_id)
).order_by(outcome.c.due_on, outcome.c.id)
_REACHED_BY = and_(outcome.c.reached_on < at("next_first"), outcome.c.verified_at < at("locks"))
_REACHED_BEFORE = and_(outcome.c.reached_on < at("first"), outcome.c.verified_at < at("locked_before"))
_REACHED = _OUTCOMES.where(_REACHED_BY, ~_REACHED_BEFORE)
"""An outcome is told once: in its own month, or, if it was verified after that had locked, in the next one."""
_OVERDUE = _OUTCOMES.where(
    _LIVE,
    _UNREACHED,
    outcome.c.due_on < at("overdue_before"),
    or_(outcome.c.claimed_at.is_(None), outcome.c.claimed_at >= at("end")),
)
_COMING = _OUTCOMES.where(_LIVE, _UNREACHED, outcome.c.due_on >= at("next_first"), outcome.c.due_on < at("next_until"))

_OWNER = person.alias("owner")


def _passed_to(column: ColumnElement[Any]) -> ScalarSelect[Any]:
    """Of the unit that it was passed up to last."""
    return (
        select(column)
        .select_from(unit)
        .join(referral, referral.c.unit_id == unit.c.id)
        .where(referral.c.need_id == need.c.id, referral.c.withdrawn_at.is_(None), referral.c.passed_at < at("end"))
        .order_by(referral.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _needs(*, from_all: bool) -> Select[*tuple[Any, ...]]:
    return (
        select(
            need.c.kind, need.c.text, need.c.answer, need.c.promised_on, need.c.answered_at, need.c.opened_at,
            need.c.closed_at, need.c.owner_id, need.c.person_id, need.c.audience, person.c.name, person.c.unit_id,
            _OWNER.c.name.label("owner"), _passed_to(unit.c.name).label("passed_to"), _passed_to(unit.c.id).label("passed_to_id"),
            by_hand(Noun.NEED, need.c.id, ACTS[Noun.NEED], need.c.closed_at).label("by_hand"),
        ASKED_BY_HAND.label("asked_by_hand"),
        )
        .select_from(need)
        .join(person, person.c.id == need.c.person_id, isouter=from_all)
        .outerjoin(_OWNER, _OWNER.c.id == need.c.owner_id)
        .where(need.c.state != NeedState.WITHDRAWN, need.c.opened_at < at("end"))
        .where(or_(need.c.closed_at.is_(None), need.c.closed_at >= at("start")))
        .order_by(need.c.opened_at, need.c.id)
    )  # fmt: skip


_NEEDS = scoped_each(_needs)

_SHOWN = review.alias("shown")
_MAY_BE_SHOWN = (
    select(_SHOWN.c.id)
    .where(among(_SHOWN.c.attribution, [Attribution.SIGNED, Attribution.ANONYMOUS]))
    .where(_SHOWN.c.at >= at("start"), _SHOWN.c.at < at("end"))
)
_HIGHLIGHTS = beneath(
    select(check_in.c.id, check_in.c.text, review.c.attribution, person.c.name, person.c.unit_id)
    .select_from(check_in)
    .join(person, person.c.id == check_in.c.person_id)
    .join(review, review.c.check_in_id == check_in.c.id)
    .where(review.c.kind == ReviewKind.HIGHLIGHT, review.c.withdrawn_at.is_(None), check_in.c.withdrawn_at.is_(None))
    .where(review.c.id.in_(_MAY_BE_SHOWN))
).order_by(review.c.at, review.c.id)

_WAITED_FOR = (
    select(review.c.check_in_id)
    .where(review.c.withdrawn_at.is_(None), review.c.capacity != Capacity.SECRETARY)
    .where(review.c.kind == ReviewKind.PLEASE_ADD, review.c.at < at("end"), review.c.answered_at >= at("end"))
)
"""Asked to add something, which came later: it was the author's turn."""
_WAITING = select(func.count().label("number"), func.min(check_in.c.submitted_at).label("oldest")).where(
    check_in.c.month.in_([at("month_before"), at("month"), at("month_after")]),
    check_in.c.withdrawn_at.is_(None),
    check_in.c.submitted_at < at("end"),
    check_in.c.id.not_in(_WAITED_FOR),
)
_BY_PERSON = beneath(_WAITING.select_from(check_in).join(person, person.c.id == check_in.c.person_id))


def _both(waiting: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Apart, those that nobody has answered to this day and those that were answered since: an index finds either."""
    unanswered, answered_since = check_in.c.reviewed_at.is_(None), check_in.c.reviewed_at >= at("end")
    both = union_all(waiting.where(unanswered), waiting.where(answered_since)).subquery("both")
    return select(cast(func.sum(both.c.number), Integer).label("number"), func.min(both.c.oldest).label("oldest"))


_WAITING_REVIEWS = Scoped(_both(_WAITING), _both(_BY_PERSON))
"""What was reported for the month and its neighbours; an older report has had its chance to be answered."""

_SENT = scoped(
    select(func.count())
    .select_from(outbox)
    .join(person, person.c.id == outbox.c.person_id)
    .where(outbox.c.settled_at >= at("start"), outbox.c.settled_at < at("end"))
    .where(outbox.c.state == "sent", outbox.c.unasked.is_(True), OF_ITS_OWN)
)
_BOUND = select(func.count()).select_from(account)
_PEOPLE = Scoped(
    _BOUND.where(account.c.person_id.is_not(None)), beneath(_BOUND.join(person, person.c.id == account.c.person_id))
)
"""Whoever leaves loses the account in the same unit."""
_OUT_OF_REACH = scoped(
    select(func.count())
    .select_from(account)
    .join(person, person.c.id == account.c.person_id)
    .where(person.c.left_on.is_(None), account.c.unreachable_since < at("end"))
)


def reports(tx: Reader, window: Window) -> Sequence[Line]:
    """row_id, month and the counts, of this month and the one before: a row a child, and one for the unit itself."""
    return report_counts.beneath(tx, asked(window))


def corrections(tx: Reader, window: Window) -> Sequence[Line]:
    """unit_id, month, reports: what came after its month was locked."""
    return tx.all(_CORRECTIONS, asked(window))


def outcomes_reached(tx: Reader, window: Window) -> Sequence[Line]:
    return tx.all(_REACHED, asked(window))


def outcomes_overdue(tx: Reader, window: Window) -> Sequence[Line]:
    return tx.all(_OVERDUE, asked(window))


def outcomes_coming(tx: Reader, window: Window) -> Sequence[Line]:
    """Those due in the next month."""
    return tx.all(_COMING, asked(window))


def needs(tx: Reader, window: Window) -> Sequence[Line]:
    """Every need that stood in the month, open, answered or solved in it."""
    return tx.all(_NEEDS.of(window), asked(window))


def highlights(tx: Reader, window: Window) -> Sequence[Line]:
    """Those whose authors chose to appear."""
    return tx.all(_HIGHLIGHTS, asked(window))


def waiting_reviews(tx: Reader, window: Window) -> Line:
    """number, oldest"""
    return tx.one(_WAITING_REVIEWS.of(window), asked(window))


def unasked_messages(tx: Reader, window: Window) -> tuple[int, int, int]:
    """How many were sent, how many people have an account, and how many of those Telegram could not reach."""
    asks = asked(window)
    return (
        tx.scalar(_SENT.of(window), asks),
        tx.scalar(_PEOPLE.of(window), asks),
        tx.scalar(_OUT_OF_REACH.of(window), asks),
    )
