"""What a secretary entered in somebody's name (代录), the reports excepted, which carry it themselves."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, String, Table, Text

from storage.columns import Instant
from storage.tables.naming import key, metadata, refers

entered_act = Table(
    "entered_act",
    metadata,
    key(),
    refers("person_id", "person", nullable=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("act", String(12), nullable=False),
    Column("noun", String(12), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("source", String(8), nullable=False),
    Column("given_on", Date, nullable=False),
    refers("entered_by", "person", index=False),
    Column("entered_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    Column("paper", Text, nullable=False, server_default=""),
    Column("paper_kind", String(12), nullable=False, server_default=""),
    Index("ix_entered_act_noun_subject_id", "noun", "subject_id"),
)
"""`name` is for whom it was entered, where that is nobody of the roster (the host of a rotation); `paper` is Telegram's id of a picture of what was handed in, if there is one."""
