"""SQL that takes a person out of every table and leaves the rows, so that counts and the audit's chain stay whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Select, Table, Text, cast, delete, or_, select, update

from domain.entered_acts import Noun
from storage.database import Reader, Writer
from storage.tables import (
    account,
    attachment,
    attempt,
    audit,
    audit_value,
    check_in,
    check_in_version,
    draft,
    duty,
    entered_act,
    inbox,
    leave,
    need,
    outbox,
    outcome,
    pairing,
    pairing_change,
    person,
    referral,
    review,
    role,
    rotation,
    rotation_comment,
    rotation_note,
    summary,
)

GONE = "—"
"""What stands where a name stood: a list may show it, and it says nothing in any language."""
CHUNK = 400


def accounts_of(tx: Reader, person_id: int) -> list[int]:
    """The account of a person and those they had before, unless another person has had it since."""
    now = tx.scalars(select(account.c.id).where(account.c.person_id == person_id))
    bound = (
        select(audit.c.subject, audit_value.c.person_id)
        .join(audit_value, audit_value.c.audit_id == audit.c.id)
        .order_by(audit.c.id)
    )
    mine = select(audit_value.c.audit_id).where(audit_value.c.person_id == person_id)
    subjects = select(audit.c.subject).where(audit.c.verb == "account:bound", audit.c.id.in_(mine))
    last = {
        row.subject: row.person_id
        for row in tx.all(bound.where(audit.c.verb == "account:bound", audit.c.subject.in_(subjects)))
    }
    former = [int(subject.partition(":")[2]) for subject, holder in last.items() if holder == person_id]
    free = tx.scalars(select(account.c.id).where(account.c.id.in_(former), account.c.person_id.is_(None)))
    return sorted({*now, *free})


def words_of(tx: Reader, person_id: int) -> set[str]:
    """Everything the person wrote, and what was written to them about it: it may stand in stored summaries."""
    mine = _check_ins(person_id)
    texts = [
        *tx.scalars(select(check_in.c.text).where(check_in.c.person_id == person_id)),
        *tx.scalars(select(check_in_version.c.text).where(check_in_version.c.check_in_id.in_(mine))),
        *tx.scalars(select(review.c.text).where(review.c.check_in_id.in_(mine))),
        *tx.scalars(select(need.c.text).where(need.c.person_id == person_id)),
        *tx.scalars(select(need.c.answer).where(need.c.person_id == person_id)),
        *tx.scalars(select(referral.c.words).where(referral.c.need_id.in_(_needs(person_id)))),
        *_outcome_words(tx, person_id),
        *tx.scalars(select(rotation.c.goals).where(rotation.c.person_id == person_id)),
    ]
    return {text for text in texts if text}


def _outcome_words(tx: Reader, person_id: int) -> list[str]:
    rows = tx.all(select(outcome.c.what, outcome.c.measure, outcome.c.remark).where(_outcomes(person_id)))
    return [text for row in rows for text in row]


def _check_ins(person_id: int) -> Select[Any]:
    return select(check_in.c.id).where(check_in.c.person_id == person_id)


def _needs(person_id: int) -> Select[Any]:
    return select(need.c.id).where(need.c.person_id == person_id)


def _rotations(person_id: int) -> Select[Any]:
    return select(rotation.c.id).where(rotation.c.person_id == person_id)


def _outcomes(person_id: int) -> Any:  # a condition
    return outcome.c.pairing_id.in_(select(pairing.c.id).where(pairing.c.mentee_id == person_id))


def _papers(person_id: int) -> Any:
    """What was entered for them, and what was entered for others about their reports and rotations."""
    verdicts = select(review.c.id).where(review.c.check_in_id.in_(_check_ins(person_id)))
    return or_(
        entered_act.c.person_id == person_id,
        (entered_act.c.noun == Noun.REVIEW) & entered_act.c.subject_id.in_(verdicts),
        (entered_act.c.noun == Noun.ROTATION) & entered_act.c.subject_id.in_(_rotations(person_id)),
    )


def blank_person(tx: Writer, person_id: int) -> None:
    number = f"{GONE}{person_id}"
    tx.run(
        update(person)
        .where(person.c.id == person_id)
        .values(name=GONE, pinyin="", staff_no=number, staff_key=number, post="", remark="")
    )
    tx.run(update(role).where(role.c.person_id == person_id).values(title=""))


def blank_texts(tx: Writer, person_id: int) -> None:
    """What the person wrote, and what was written about them: the rows stay and are counted."""
    mine = _check_ins(person_id)
    report: dict[str, object] = {"text": GONE, "chat_id": None, "message_id": None}
    changes: list[tuple[Table, Any, dict[str, object]]] = [
        (check_in_version, check_in_version.c.check_in_id.in_(mine), {"text": GONE}),
        (attachment, attachment.c.check_in_id.in_(mine), {"file_id": "", "name": ""}),
        (review, review.c.check_in_id.in_(mine), {"text": "", "attribution": None}),
        (check_in, check_in.c.person_id == person_id, report),
        (need, need.c.person_id == person_id, {"text": GONE, "answer": "", "shared_at": None}),
        (referral, referral.c.need_id.in_(_needs(person_id)), {"words": GONE}),
        (outcome, _outcomes(person_id), {"what": GONE, "measure": "", "remark": ""}),
        (pairing, pairing.c.mentee_id == person_id, {"direction": "", "change_asked": None, "end_reason": None}),
        (rotation, rotation.c.person_id == person_id, {"goals": "", "cancel_reason": None}),
        (rotation_note, rotation_note.c.rotation_id.in_(_rotations(person_id)), {"first": GONE, "second": ""}),
        (rotation_comment, rotation_comment.c.rotation_id.in_(_rotations(person_id)), {"text": GONE}),
        (leave, leave.c.person_id == person_id, {"reason": ""}),
        (duty, duty.c.holder_id == person_id, {"reason": None}),
        (entered_act, _papers(person_id), {"paper": "", "paper_kind": ""}),
    ]
    for table, where, values in changes:
        tx.run(update(table).where(where).values(**values))
    _replace_in(tx, rotation, rotation.c.evaluation, rotation.c.person_id == person_id, None)
    of_theirs = pairing_change.c.pairing_id.in_(select(pairing.c.id).where(pairing.c.mentee_id == person_id))
    for column in (pairing_change.c.aim, pairing_change.c.before):
        _replace_in(tx, pairing_change, column, of_theirs, None)


def blank_name(tx: Writer, name: str, texts: Iterable[str]) -> None:
    """The name as a host's, and name and texts in stored summaries; a word that only contains the name is not it."""
    tx.run(update(rotation).where(rotation.c.host_name == name).values(host_name=GONE))
    tx.run(update(entered_act).where(entered_act.c.name == name).values(name=GONE))
    found = {name, *texts}
    wanted = [one for text in found for one in _spelled(text)]
    for first in range(0, len(wanted), CHUNK):
        content = cast(summary.c.content, Text)
        holds = or_(*(content.contains(one, autoescape=True) for one in wanted[first : first + CHUNK]))
        _replace_in(tx, summary, summary.c.content, holds, found)


def _spelled(text: str) -> set[str]:
    """As JSON spells a text: SQLite keeps it with escapes, PostgreSQL without."""
    return {json.dumps(text), json.dumps(text, ensure_ascii=False)}


def _replace_in(tx: Writer, table: Table, column: Column[Any], where: Any, words: set[str] | None) -> None:
    """Replace these strings in JSON values, or every string when `words` is None."""
    for row in tx.all(select(table.c.id, column.label("kept")).where(where, column.is_not(None))):
        tx.run(update(table).where(table.c.id == row.id).values({column: _without(row.kept, words)}))


def _without(value: Any, words: set[str] | None) -> Any:
    match value:
        case dict():
            return {name: _without(part, words) for name, part in value.items()}
        case list():
            return [_without(part, words) for part in value]
        case str() if words is None or value in words:
            return GONE
    return value


def remove_values(tx: Writer, person_id: int, name: str) -> None:
    """The values of the audit that are about the person, about what is theirs, or that name them; the chain stays."""
    tx.run(delete(audit_value).where(audit_value.c.person_id == person_id))
    for noun, ids in _subjects(tx, person_id).items():
        subjects = [f"{noun}:{one}" for one in ids]
        for first in range(0, len(subjects), CHUNK):
            about = select(audit.c.id).where(audit.c.subject.in_(subjects[first : first + CHUNK]))
            tx.run(delete(audit_value).where(audit_value.c.audit_id.in_(about)))
    namesakes = select(person.c.id).where(person.c.name == name, person.c.id != person_id)
    of_others = or_(audit_value.c.person_id.is_(None), audit_value.c.person_id.not_in(namesakes))
    for column in (audit_value.c.old, audit_value.c.new):
        named = or_(*(cast(column, Text).contains(one, autoescape=True) for one in _spelled(name)))
        tx.run(delete(audit_value).where(named, of_others))


def _subjects(tx: Reader, person_id: int) -> dict[str, Sequence[int]]:
    mine = _check_ins(person_id)
    queries = {
        "check_in": mine,
        "review": select(review.c.id).where(review.c.check_in_id.in_(mine)),
        "need": select(need.c.id).where(need.c.person_id == person_id),
        "pairing": select(pairing.c.id).where(pairing.c.mentee_id == person_id),
        "outcome": select(outcome.c.id).where(_outcomes(person_id)),
        "rotation": select(rotation.c.id).where(rotation.c.person_id == person_id),
        "leave": select(leave.c.id).where(leave.c.person_id == person_id),
        "duty": select(duty.c.id).where(duty.c.holder_id == person_id),
        "entered_act": select(entered_act.c.id).where(entered_act.c.person_id == person_id),
    }
    return {noun: tx.scalars(query) for noun, query in queries.items()}


def forget_accounts(tx: Writer, account_ids: Sequence[int]) -> None:
    """Telegram's id and name go, and whatever was kept for that chat. No user's id is negative, so none meets it."""
    known = tx.scalars(select(account.c.telegram_id).where(account.c.id.in_(account_ids)))
    for table in (draft, attempt):
        tx.run(delete(table).where(table.c.telegram_id.in_(known)))
    tx.run(update(outbox).where(outbox.c.telegram_id.in_(known)).values(telegram_id=None, payload={}))
    parked = {"payload": "", "answer": None, "error": None, "chat_id": 0}
    tx.run(update(inbox).where(inbox.c.chat_id.in_(known), inbox.c.state == "parked").values(**parked))
    chosen = {"display_name": "", "locale": None, "zone": None, "quiet_hours": None, "prompt_days": None}
    tx.run(update(account).where(account.c.id.in_(account_ids)).values(telegram_id=-account.c.id, **chosen))


def silence(tx: Writer, person_id: int, account_ids: Sequence[int], now: Any) -> None:
    """What waits for the person is not sent any more; what was sent is counted on."""
    known = select(account.c.telegram_id).where(account.c.id.in_(account_ids))
    mine = or_(outbox.c.person_id == person_id, outbox.c.telegram_id.in_(known))
    waiting = update(outbox).where(mine, outbox.c.state == "waiting")
    tx.run(waiting.values(state="skipped", reason="erased", settled_at=now))
    tx.run(update(outbox).where(mine).values(payload={}))
