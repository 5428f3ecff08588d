"""What keeps the process honest: inbox, outbox, drafts, audit, settings."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint, text

from storage.columns import Bytewise, Instant, Json
from storage.tables.naming import key, metadata, refers

OPEN, DONE, CLAIMED = "state IN ('new', 'handled')", "state = 'done'", "claimed_by IS NOT NULL"
PARKED = "state = 'parked'"
HELD = "state = 'waiting' AND claimed_until IS NOT NULL"

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("answer", Json),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("claimed_by", Text),
    Column("claimed_until", Instant),
    Column("error", Text),
    Column("received_at", Instant, nullable=False),
    Column("handled_at", Instant),
    Column("done_at", Instant),
    Index("ix_inbox_open", "update_id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    Index("ix_inbox_open_chat_id", "chat_id", "update_id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    Index("ix_inbox_claimed_chat_id", "chat_id", sqlite_where=text(CLAIMED), postgresql_where=text(CLAIMED)),
    Index("ix_inbox_done_at", "done_at", sqlite_where=text(DONE), postgresql_where=text(DONE)),
    Index("ix_inbox_parked_at", "done_at", sqlite_where=text(PARKED), postgresql_where=text(PARKED)),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("unique_key", Bytewise, nullable=False, unique=True),
    refers("person_id", "person", nullable=True),
    Column("telegram_id", BigInteger),
    Column("kind", String(40), nullable=False),
    Column("payload", Json, nullable=False),
    Column("unasked", Boolean, nullable=False, server_default=text("false")),
    Column("not_before", Instant, nullable=False),
    Column("state", String(8), nullable=False),
    Column("reason", Text),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("claimed_by", Text),
    Column("claimed_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("message_id", BigInteger),
    Index("ix_outbox_state_not_before", "state", "not_before"),
    Index("ix_outbox_person_id_settled_at", "person_id", "settled_at"),
    Index("ix_outbox_held", "person_id", "telegram_id", sqlite_where=text(HELD), postgresql_where=text(HELD)),
)

draft = Table(
    "draft",
    metadata,
    key(),
    Column("telegram_id", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("step", String(20), nullable=False),
    Column("payload", Json, nullable=False),
    Column("touched_at", Instant, nullable=False, index=True),
    UniqueConstraint("telegram_id", "kind"),
)

audit = Table(
    "audit",
    metadata,
    key(),
    Column("at", Instant, nullable=False),
    Column("verb", String(40), nullable=False),
    Column("actor", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    refers("seal_id", "seal", nullable=True),
    Index("ix_audit_subject", "subject"),
)

audit_value = Table(
    "audit_value",
    metadata,
    key(),
    refers("audit_id", "audit"),
    refers("person_id", "person", nullable=True),
    Column("salt", String(32), nullable=False),
    Column("old", Json),
    Column("new", Json),
)
"""The values themselves, apart from the chain, so that a person can be erased and the chain stays whole."""

seal = Table(
    "seal",
    metadata,
    key(),
    Column("first_audit_id", BigInteger, nullable=False),
    Column("last_audit_id", BigInteger, nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("sealed_at", Instant, nullable=False),
)

outage = Table(
    "outage",
    metadata,
    key(),
    Column("kind", String(10), nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False, index=True),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Json, nullable=False),
)
