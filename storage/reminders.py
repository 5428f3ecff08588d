"""SQL about what a person chose for being reminded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from storage.database import Reader
from storage.tables import account, person, unit


@dataclass(frozen=True, slots=True)
class Choices:
    """A person's unit with its zone, and the choices of their account; without an account nothing was chosen."""

    unit_id: int
    unit_zone: str
    left_on: date | None
    account_id: int | None
    zone: str | None
    quiet_hours: Sequence[tuple[str, str]] | None
    prompt_hour: int | None
    prompt_days: Sequence[int] | None
    reminders_off: bool
    reviews_at_once: bool
    unreachable_since: datetime | None


_CHOICES = (
    select(
        person.c.unit_id, unit.c.zone.label("unit_zone"), person.c.left_on, account.c.id.label("account_id"),
        account.c.zone, account.c.quiet_hours, account.c.prompt_hour, account.c.prompt_days, account.c.reminders_off,
        account.c.reviews_at_once, account.c.unreachable_since,
    )
    .join_from(person, unit, unit.c.id == person.c.unit_id)
    .outerjoin(account, account.c.person_id == person.c.id)
    .where(person.c.id == bindparam("person"))
)  # fmt: skip


def choices(tx: Reader, person_id: int) -> Choices:
    row = tx.one(_CHOICES, {"person": person_id})
    off, at_once = bool(row.reminders_off), bool(row.reviews_at_once)
    return Choices(**{**row._mapping, "reminders_off": off, "reviews_at_once": at_once})
