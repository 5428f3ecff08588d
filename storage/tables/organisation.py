"""Units, people, accounts, roles and what lets a person in."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import Instant, Json, Key
from storage.tables.naming import key, metadata, refers

unit = Table(
    "unit",
    metadata,
    key(),
    Column("kind", String(20), nullable=False, index=True),
    Column("name", Text, nullable=False),
    refers("parent_id", "unit", nullable=True),
    Column("position", Integer, nullable=False),
    Column("zone", Text, nullable=False),
    Column("profile", Json, nullable=False),
    Column("group_chat_id", BigInteger, index=True),
    Column("closed_on", Date),
    UniqueConstraint("parent_id", "name"),
)

"""`closed_on`: merged into the unit it stands beneath since; nobody belongs to it, and its summaries stay readable."""

unit_change = Table(
    "unit_change",
    metadata,
    key(),
    refers("unit_id", "unit"),
    Column("kind", String(8), nullable=False),
    Column("on_day", Date, nullable=False, index=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("was", Text, nullable=False, server_default=""),
    refers("other_id", "unit", nullable=True),
    Column("people", Json, nullable=False),
    refers("entered_by", "account", nullable=True, index=False),
    Column("entered_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("cancelled_at", Instant),
)
"""改名、拆分、合并, each on its day: `name` is the new one, `was` the old; `other_id` the unit merged into or split off."""

unit_above = Table(
    "unit_above",
    metadata,
    key(),
    refers("unit_id", "unit", index=False),
    refers("above_id", "unit"),
    Column("distance", Integer, nullable=False),
    UniqueConstraint("unit_id", "above_id"),
)
"""Every unit with itself and all units over it: a scope is one indexed join."""

person = Table(
    "person",
    metadata,
    key(),
    refers("root_id", "unit"),
    Column("staff_no", Text, nullable=False),
    Column("staff_key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("pinyin", Text, nullable=False),
    refers("unit_id", "unit"),
    Column("stage", String(24), nullable=False),
    Column("backbone", Boolean, nullable=False),
    Column("specialty", Text, nullable=False, server_default=""),
    Column("post", Text, nullable=False, server_default=""),
    Column("remark", Text, nullable=False, server_default=""),
    Column("left_on", Date),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("root_id", "staff_key"),
    Index("ix_person_name", "name"),
)

LOST = "unreachable_since IS NOT NULL"

account = Table(
    "account",
    metadata,
    key(),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("person_id", Key, ForeignKey("person.id"), unique=True),
    Column("display_name", Text, nullable=False, server_default=""),
    Column("locale", String(16)),
    Column("zone", Text),
    Column("quiet_hours", Json),
    Column("prompt_hour", Integer),
    Column("prompt_days", Json),
    Column("reminders_off", Boolean, nullable=False, server_default=text("false")),
    Column("reviews_at_once", Boolean, nullable=False, server_default=text("false")),
    Column("bound_at", Instant),
    Column("unreachable_since", Instant),
    Column("created_at", Instant, nullable=False),
    Index("ix_account_unreachable_since", "unreachable_since", sqlite_where=text(LOST), postgresql_where=text(LOST)),
)

consent = Table(
    "consent",
    metadata,
    key(),
    refers("account_id", "account"),
    Column("kind", String(16), nullable=False),
    Column("version", String(16), nullable=False),
    Column("given_at", Instant),
    Column("refused_at", Instant),
    Column("withdrawn_at", Instant),
    UniqueConstraint("account_id", "kind", "version"),
)

role = Table(
    "role",
    metadata,
    key(),
    Column("kind", String(16), nullable=False),
    refers("person_id", "person", nullable=True),
    refers("account_id", "account", nullable=True),
    refers("unit_id", "unit", nullable=True),
    Column("title", Text, nullable=False, server_default=""),
    Column("given_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

invite = Table(
    "invite",
    metadata,
    key(),
    refers("person_id", "person"),
    Column("code_hash", String(64), nullable=False, unique=True),
    refers("created_by", "account", nullable=True, index=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
)

attempt = Table(
    "attempt",
    metadata,
    key(),
    Column("telegram_id", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_attempt_telegram_id_kind_at", "telegram_id", "kind", "at"),
)
"""Wrong codes, so that guessing ends after five tries an hour."""

holiday = Table(
    "holiday",
    metadata,
    key(),
    refers("unit_id", "unit"),
    Column("day", Date, nullable=False),
    Column("working", Boolean, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    UniqueConstraint("unit_id", "day"),
)
"""A unit's own days off and working days, laid over the State Council's."""
