"""What goes between units: needs passed up, announcements, experience."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text, UniqueConstraint

from storage.columns import Instant
from storage.tables.naming import key, metadata, refers

referral = Table(
    "referral",
    metadata,
    key(),
    refers("need_id", "need"),
    refers("unit_id", "unit"),
    Column("words", Text, nullable=False),
    refers("passed_by", "person", index=False),
    Column("passed_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)
"""Where a need was passed up to and in whose words; one that was taken back stays as a row."""

announcement = Table(
    "announcement",
    metadata,
    key(),
    refers("unit_id", "unit"),
    Column("words", Text, nullable=False),
    refers("made_by", "person"),
    Column("made_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)

adoption = Table(
    "adoption",
    metadata,
    key(),
    refers("review_id", "review", index=False),
    refers("unit_id", "unit"),
    refers("adopted_by", "person", index=False),
    Column("adopted_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    UniqueConstraint("review_id", "unit_id"),
)
"""A branch's word that it uses what a highlight tells."""
