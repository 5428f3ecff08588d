"""SQL about reports: what was handed in, for which duties, its earlier versions and its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from domain.check_in_drafts import Entered
from domain.check_ins import Attachment, CheckIn, Source, Standing
from domain.duties import Duty
from storage import duties
from storage.database import Reader, Writer
from storage.tables import attachment, check_in, check_in_subject, check_in_version

_COLUMNS = (
    check_in.c.id, check_in.c.person_id, check_in.c.month, check_in.c.text, check_in.c.standing,
    check_in.c.submitted_at, check_in.c.late, check_in.c.revision, check_in.c.edited_at, check_in.c.withdrawn_at,
    check_in.c.entered_by, check_in.c.source, check_in.c.given_on, check_in.c.chat_id, check_in.c.message_id,
)  # fmt: skip
_BY_ID = select(*_COLUMNS).where(check_in.c.id == bindparam("check_in"))
_BY_MESSAGE = (
    select(*_COLUMNS)
    .where(check_in.c.chat_id == bindparam("chat"), check_in.c.message_id == bindparam("message"))
    .where(check_in.c.withdrawn_at.is_(None))
    .order_by(check_in.c.id.desc())
    .limit(1)
)
_OF_PERSON = (
    select(*_COLUMNS)
    .where(check_in.c.person_id == bindparam("person"), check_in.c.withdrawn_at.is_(None))
    .order_by(check_in.c.month.desc(), check_in.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT = select(func.count()).where(check_in.c.person_id == bindparam("person"), check_in.c.withdrawn_at.is_(None))
_SUBJECTS = (
    select(check_in_subject.c.duty_id)
    .where(check_in_subject.c.check_in_id == bindparam("check_in"))
    .order_by(check_in_subject.c.id)
)
_FILES = (
    select(attachment.c.kind, attachment.c.file_id, attachment.c.name, attachment.c.size)
    .where(attachment.c.check_in_id == bindparam("check_in"))
    .order_by(attachment.c.id)
)


def add(
    tx: Writer,
    *,
    person_id: int,
    month: str,
    text: str,
    standing: Standing,
    now: datetime,
    late: bool,
    chat_id: int | None,
    message_id: int | None,
    entered_by: int | None = None,
    entered: Entered | None = None,
) -> int:
    given = {} if entered is None else {"source": entered.source, "given_on": entered.given_on}
    return tx.insert(
        check_in, person_id=person_id, month=month, text=text, standing=standing, submitted_at=now, late=late,
        chat_id=chat_id, message_id=message_id, entered_by=entered_by, **given,
    )  # fmt: skip


def answer_duty(tx: Writer, check_in_id: int, duty_id: int) -> bool:
    """Let a report answer a duty; False when another report has answered it."""
    return tx.insert_once(check_in_subject, unique=["duty_id"], check_in_id=check_in_id, duty_id=duty_id)


def release_duties(tx: Writer, check_in_id: int) -> None:
    """Let the duties of a report that was taken back be answered by another."""
    tx.run(delete(check_in_subject).where(check_in_subject.c.check_in_id == check_in_id))


def attach(tx: Writer, check_in_id: int, files: Iterable[Attachment]) -> None:
    tx.insert_many(attachment, [{"check_in_id": check_in_id, **asdict(file)} for file in files])


def get(tx: Reader, check_in_id: int) -> CheckIn | None:
    return _check_in(tx.first(_BY_ID, {"check_in": check_in_id}))


def lock(tx: Writer, check_in_id: int) -> CheckIn | None:
    """Load a report for a change of it or of its reviews: nobody else may change them meanwhile."""
    return _check_in(tx.first(_BY_ID.with_for_update(), {"check_in": check_in_id}))


def by_message(tx: Reader, chat_id: int, message_id: int) -> CheckIn | None:
    """The report that a Telegram message became."""
    return _check_in(tx.first(_BY_MESSAGE, {"chat": chat_id, "message": message_id}))


def of_person(tx: Reader, person_id: int, *, limit: int, offset: int = 0) -> list[CheckIn]:
    """A person's reports, the latest first."""
    rows = tx.all(_OF_PERSON, {"person": person_id, "limit": limit, "offset": offset})
    return [CheckIn(**_values(row)) for row in rows]


def count(tx: Reader, person_id: int) -> int:
    number: int = tx.scalar(_COUNT, {"person": person_id})
    return number


def count_entered(tx: Reader, person_id: int) -> int:
    """How many of them were entered for him (代录)."""
    number: int = tx.scalar(_COUNT.where(check_in.c.entered_by.is_not(None)), {"person": person_id})
    return number


def subjects_of(tx: Reader, check_in_id: int) -> list[Duty]:
    """The duties that a report answers, each with its subject's label."""
    return duties.many(tx, tx.scalars(_SUBJECTS, {"check_in": check_in_id}))


def files_of(tx: Reader, check_in_id: int) -> list[Attachment]:
    return [Attachment(**row._mapping) for row in tx.all(_FILES, {"check_in": check_in_id})]


def versions_of(tx: Reader, check_in_id: int) -> Sequence[Row[Any]]:
    """Earlier versions, the oldest first: revision, text, standing, at."""
    return tx.all(
        select(check_in_version.c.revision, check_in_version.c.text, check_in_version.c.standing, check_in_version.c.at)
        .where(check_in_version.c.check_in_id == check_in_id)
        .order_by(check_in_version.c.revision)
    )


def revise(tx: Writer, old: CheckIn, now: datetime, *, text: str, standing: Standing) -> None:
    """Put a new version in place of the old one, which is kept."""
    tx.insert_once(
        check_in_version, unique=["check_in_id", "revision"], check_in_id=old.id, revision=old.revision, text=old.text,
        standing=old.standing, at=old.edited_at or old.submitted_at,
    )  # fmt: skip
    tx.run(
        update(check_in)
        .where(check_in.c.id == old.id)
        .values(text=text, standing=standing, revision=old.revision + 1, edited_at=now)
    )


def withdraw(tx: Writer, check_in_id: int, now: datetime) -> None:
    tx.run(update(check_in).where(check_in.c.id == check_in_id).values(withdrawn_at=now))


def _values(row: Row[Any]) -> dict[str, Any]:
    source = Source(row.source) if row.source else None
    return {**row._mapping, "standing": Standing(row.standing), "source": source}


def _check_in(row: Row[Any] | None) -> CheckIn | None:
    return None if row is None else CheckIn(**_values(row))
