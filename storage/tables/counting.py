"""What is counted beside the rows that are the truth, and what must be counted anew."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from storage.columns import Instant
from storage.tables.naming import key, metadata, refers

report_count = Table(
    "report_count",
    metadata,
    key(),
    refers("unit_id", "unit", index=False),
    Column("month", String(7), nullable=False),
    Column("due_at", Instant),
    Column("handed_in", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("excused", Integer, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("owed", Integer, nullable=False),
    Index("ix_report_count_unit_id_month", "unit_id", "month"),
)
"""Reports of the people who belong to a unit itself. Those still owed stand apart by when they fall due, `due_at`; it is
empty for the settled.
"""

answer_time = Table(
    "answer_time",
    metadata,
    key(),
    refers("unit_id", "unit", index=False),
    Column("month", String(7), nullable=False),
    Column("answered_in", Integer),
    Column("number", Integer, nullable=False),
    Index("ix_answer_time_unit_id_month", "unit_id", "month"),
)
"""How many reports of the people of a unit came so many minutes after the reminder; the row without minutes says of how
many people.
"""

recount = Table(
    "recount",
    metadata,
    key(),
    refers("unit_id", "unit", nullable=True, index=False),
    refers("holder_id", "person", nullable=True, index=False),
    Column("month", String(7)),
)
"""Whose reports have changed since they were counted: a unit's, or those of whatever unit the person belongs to; without
a month all of them.
"""
