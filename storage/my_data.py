"""SQL that collects all that is kept about one person, for that person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, or_, select

from domain.entered_acts import Noun
from storage.database import Reader
from storage.tables import (
    account,
    attachment,
    audit,
    check_in,
    check_in_version,
    consent,
    duty,
    entered_act,
    leave,
    need,
    outcome,
    pairing,
    pairing_change,
    pairing_mentor,
    person,
    referral,
    review,
    role,
    rotation,
    rotation_comment,
    rotation_note,
)

Rows = list[dict[str, Any]]
LOOKS = ("check_in:read", "check_in:list", "look:pairing", "look:rotation", "look:need")
CHUNK = 400

_ACCOUNTS = select(account.c.id)
_REPORTS = select(check_in.c.id)
_PAIRINGS = select(pairing.c.id)


def of_person(tx: Reader, person_id: int) -> dict[str, Rows]:
    """By kind; what the program keeps only to work with (keys, hashes, numbers of messages) is left out."""
    accounts, reports = (
        _ACCOUNTS.where(account.c.person_id == person_id),
        _REPORTS.where(check_in.c.person_id == person_id),
    )
    pairings = _PAIRINGS.where(pairing.c.mentee_id == person_id)
    standing = review.c.withdrawn_at.is_(None)
    return {
        "person": _rows(tx, person, "staff_no name stage backbone specialty post remark left_on created_at", person.c.id == person_id),
        "account": _rows(
            tx, account, "telegram_id display_name locale zone quiet_hours prompt_hour prompt_days reminders_off bound_at",
            account.c.person_id == person_id,
        ),
        "consents": _rows(tx, consent, "kind version given_at refused_at withdrawn_at", consent.c.account_id.in_(accounts)),
        "roles": _rows(tx, role, "kind title given_at ended_at", role.c.person_id == person_id),
        "pairings": _rows(
            tx, pairing, "track direction cadence state starts_on active_on change_asked ended_at end_reason",
            pairing.c.mentee_id == person_id,
        ),
        "changes": _rows(
            tx, pairing_change, "pairing_id aim before proposed_at signed_on agreed_at withdrawn_at",
            pairing_change.c.pairing_id.in_(pairings),
        ),
        "guiding": _rows(tx, pairing_mentor, "pairing_id from_on until_on", pairing_mentor.c.person_id == person_id),
        "outcomes": _rows(tx, outcome, "what measure due_on remark reached_on", outcome.c.pairing_id.in_(pairings)),
        "rotations": _rows(
            tx, rotation, "team post specialty starts_on ends_on goals state evaluation cancel_reason",
            rotation.c.person_id == person_id,
        ),
        "rotation_notes": _rows(
            tx, rotation_note, "rotation_id kind first second at",
            rotation_note.c.rotation_id.in_(select(rotation.c.id).where(rotation.c.person_id == person_id)),
        ),
        "rotation_comments": _rows(
            tx, rotation_comment, "rotation_id about text at",
            rotation_comment.c.rotation_id.in_(select(rotation.c.id).where(rotation.c.person_id == person_id)),
        ),
        "reports": _rows(tx, check_in, "id month text standing submitted_at late withdrawn_at source given_on", check_in.c.person_id == person_id),
        "versions": _rows(tx, check_in_version, "check_in_id revision text standing at", check_in_version.c.check_in_id.in_(reports)),
        "files": _rows(tx, attachment, "check_in_id kind name size", attachment.c.check_in_id.in_(reports)),
        "answers": _rows(tx, review, "check_in_id capacity kind text at", review.c.check_in_id.in_(reports), standing),
        "duties": _rows(tx, duty, "kind period due_at state excuse reason done_at", duty.c.holder_id == person_id),
        "needs": _rows(
            tx, need, "id kind audience text state promised_on answer opened_at closed_at shared_at", need.c.person_id == person_id
        ),
        "passed_up": _rows(
            tx, referral, "need_id words passed_at withdrawn_at",
            referral.c.need_id.in_(select(need.c.id).where(need.c.person_id == person_id)),
        ),
        "leaves": _rows(tx, leave, "first_on last_on reason created_at cancelled_at", leave.c.person_id == person_id),
        "entered": _entered(tx, entered_act.c.person_id == person_id),
        "entered_about": _entered(tx, _about(person_id), entered_act.c.person_id.is_distinct_from(person_id)),
        "looks": _looks(tx, person_id),
    }  # fmt: skip


def _rows(tx: Reader, table: Any, names: str, *where: Any) -> Rows:
    columns: list[Column[Any]] = [table.c[name] for name in names.split()]
    return [dict(row._mapping) for row in tx.all(select(*columns).where(*where).order_by(*table.primary_key))]


def _about(person_id: int) -> Any:  # a condition
    """What others said of their reports and rotations."""
    reports = select(check_in.c.id).where(check_in.c.person_id == person_id)
    verdicts = select(review.c.id).where(review.c.check_in_id.in_(reports))
    rotations = select(rotation.c.id).where(rotation.c.person_id == person_id)
    return or_(
        (entered_act.c.noun == Noun.REVIEW) & entered_act.c.subject_id.in_(verdicts),
        (entered_act.c.noun == Noun.ROTATION) & entered_act.c.subject_id.in_(rotations),
    )


def _entered(tx: Reader, *where: Any) -> Rows:
    """What a secretary said in somebody's name (代录): what, from what, as given on which day, by whom and when."""
    columns = (
        entered_act.c.act, entered_act.c.noun, entered_act.c.subject_id, entered_act.c.source, entered_act.c.given_on, person.c.name.label("secretary"),
        entered_act.c.entered_at, entered_act.c.withdrawn_at,
    )  # fmt: skip
    told = select(*columns).join(person, person.c.id == entered_act.c.entered_by).order_by(entered_act.c.id)
    return [dict(row._mapping) for row in tx.all(told.where(*where))]


def _looks(tx: Reader, person_id: int) -> Rows:
    """Who else opened something of theirs, and when."""
    subjects = [f"person:{person_id}", *_subjects(tx, person_id)]
    found: list[Any] = []  # mappings of a row
    for first in range(0, len(subjects), CHUNK):
        wanted = audit.c.subject.in_(subjects[first : first + CHUNK]) & audit.c.verb.in_(LOOKS)
        found += [row._mapping for row in tx.all(select(audit.c.at, audit.c.actor, audit.c.verb).where(wanted))]
    names = _names(tx, {one["actor"] for one in found})
    ordered = sorted(found, key=lambda one: one["at"])
    return [{"at": one["at"], "who": names.get(one["actor"], ""), "what": one["verb"]} for one in ordered]


def _subjects(tx: Reader, person_id: int) -> Iterator[str]:
    for table, column in (
        (check_in, check_in.c.person_id),
        (pairing, pairing.c.mentee_id),
        (rotation, rotation.c.person_id),
        (need, need.c.person_id),
    ):
        yield from (f"{table.name}:{one}" for one in tx.scalars(select(table.c.id).where(column == person_id)))


def _names(tx: Reader, marks: set[str]) -> dict[str, str]:
    ids = sorted(int(mark.partition(":")[2]) for mark in marks if mark.startswith("account:"))
    named = select(account.c.id, person.c.name).join(person, person.c.id == account.c.person_id)
    return {f"account:{row.id}": row.name for row in tx.all(named.where(account.c.id.in_(ids)))}
