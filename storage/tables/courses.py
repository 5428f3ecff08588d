"""What happens to pairings and rotations in their course."""

from __future__ import annotations

from sqlalchemy import Column, Date, String, Table, Text, UniqueConstraint

from storage.columns import Instant, Json
from storage.tables.naming import key, metadata, refers

pairing_change = Table(
    "pairing_change",
    metadata,
    key(),
    refers("pairing_id", "pairing"),
    Column("aim", Json, nullable=False),
    Column("before", Json),
    refers("proposed_by", "person", nullable=True, index=False),
    Column("proposed_at", Instant, nullable=False),
    Column("mentee_confirmed_at", Instant),
    Column("mentor_confirmed_at", Instant),
    Column("signed_on", Date),
    Column("agreed_at", Instant),
    Column("withdrawn_at", Instant),
)
"""Direction and outcomes as they were proposed anew and, once agreed on, those before them: the versions of a pairing."""

rotation_note = Table(
    "rotation_note",
    metadata,
    key(),
    refers("rotation_id", "rotation", index=False),
    Column("kind", String(12), nullable=False),
    Column("first", Text, nullable=False),
    Column("second", Text, nullable=False, server_default=""),
    refers("written_by", "person", nullable=True, index=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("rotation_id", "kind"),
)
"""The hand-over and the two talks of a rotation, two lines each."""

rotation_comment = Table(
    "rotation_comment",
    metadata,
    key(),
    refers("rotation_id", "rotation"),
    Column("about", String(12), nullable=False),
    Column("text", Text, nullable=False),
    refers("written_by", "person", index=False),
    Column("at", Instant, nullable=False),
)
"""What mentors at home say of a talk or of the evaluation."""
