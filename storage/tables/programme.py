"""Pairings, rotations, reports, reviews, needs, duties and summaries."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from storage.columns import Instant, Json
from storage.tables.naming import key, metadata, refers

REVIEWED, STANDING = ("month", "reviewed_at", "submitted_at", "person_id"), "withdrawn_at IS NULL"
"""All that is asked about which of a month's reports wait for an answer, so that the reports themselves are not read."""
CORRECTED, ATTRIBUTED = "done_at >= closes_at", "attribution IS NOT NULL"
ADDED_TO = "answered_at IS NOT NULL"
"""Few of all duties were handed in after their month was locked, and few reviews are highlights that may be shown."""

pairing = Table(
    "pairing",
    metadata,
    key(),
    refers("mentee_id", "person"),
    Column("track", String(24), nullable=False),
    Column("direction", Text, nullable=False, server_default=""),
    Column("cadence", String(12), nullable=False),
    Column("report_day", Integer, nullable=False),
    Column("next_cadence", String(12)),
    Column("next_report_day", Integer),
    Column("changes_on", Date, index=True),
    Column("state", String(12), nullable=False, index=True),
    Column("starts_on", Date),
    Column("agreed_on", Date),
    Column("active_on", Date),
    Column("mentee_confirmed_at", Instant),
    Column("change_asked", Text),
    refers("change_asked_by", "person", nullable=True, index=False),
    Column("paused_at", Instant),
    Column("ended_at", Instant),
    Column("end_reason", Text),
    Column("created_at", Instant, nullable=False),
    refers("created_by", "account", nullable=True, index=False),
)

pairing_mentor = Table(
    "pairing_mentor",
    metadata,
    key(),
    refers("pairing_id", "pairing"),
    refers("person_id", "person"),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("confirmed_at", Instant),
    Column("leave_id", BigInteger, index=True),
)
"""Who guides whom, with history: a mentor who was replaced keeps his row with its last day. `leave_id` is the leave for
whose days somebody stands in."""

outcome = Table(
    "outcome",
    metadata,
    key(),
    refers("pairing_id", "pairing"),
    Column("what", Text, nullable=False),
    Column("measure", Text, nullable=False, server_default=""),
    Column("due_on", Date),
    Column("claimed_at", Instant),
    Column("remark", Text, nullable=False, server_default=""),
    Column("reached_on", Date),
    refers("verified_by", "person", nullable=True, index=False),
    Column("verified_at", Instant),
)

rotation = Table(
    "rotation",
    metadata,
    key(),
    refers("person_id", "person"),
    refers("unit_id", "unit"),
    Column("team", Text, nullable=False, server_default=""),
    Column("post", Text, nullable=False),
    Column("specialty", Text, nullable=False, server_default=""),
    refers("host_id", "person", nullable=True),
    Column("host_name", Text, nullable=False, server_default=""),
    refers("leader_id", "person", nullable=True),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("goals", Text, nullable=False, server_default=""),
    Column("state", String(12), nullable=False, index=True),
    Column("evaluation", Json),
    refers("evaluated_by", "account", nullable=True, index=False),
    Column("evaluated_at", Instant),
    Column("closed_at", Instant, index=True),
    Column("cancel_reason", Text),
    Column("created_at", Instant, nullable=False),
)

duty = Table(
    "duty",
    metadata,
    key(),
    Column("kind", String(20), nullable=False),
    Column("subject_kind", String(12), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("period", String(12), nullable=False),
    refers("holder_id", "person", index=False),
    Column("month", String(7), nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("closes_at", Instant, nullable=False),
    Column("state", String(12), nullable=False),
    Column("excuse", String(16)),
    Column("reason", Text),
    Column("done_at", Instant),
    Column("answered_in", Integer),
    Column("prompts", Integer, nullable=False, server_default=text("0")),
    Column("next_reminder_at", Instant),
    UniqueConstraint("kind", "subject_kind", "subject_id", "period"),
    Index("ix_duty_state_opens_at", "state", "opens_at"),
    Index("ix_duty_state_closes_at", "state", "closes_at"),
    Index("ix_duty_next_reminder_at", "next_reminder_at"),
    Index("ix_duty_holder_id_state", "holder_id", "state"),
    Index("ix_duty_kind_month_holder_id", "kind", "month", "holder_id"),
    Index("ix_duty_corrected", "done_at", sqlite_where=text(CORRECTED), postgresql_where=text(CORRECTED)),
)

"""`answered_in`: how many minutes after the last reminder of it a report came, if one had gone before."""

duty_plan = Table(
    "duty_plan",
    metadata,
    key(),
    Column("subject_kind", String(12), nullable=False),
    Column("subject_id", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    Column("next_at", Instant, nullable=False, index=True),
    UniqueConstraint("subject_kind", "subject_id"),
)
"""Every subject that is reported on: from when on something is owed, and when its next period must be planned."""

digest = Table(
    "digest",
    metadata,
    key(),
    refers("person_id", "person", index=False),
    Column("day", Date, nullable=False),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("person_id", "day"),
)
"""Which digests a person was due, so that none comes twice and the next one knows what is new."""

check_in = Table(
    "check_in",
    metadata,
    key(),
    refers("person_id", "person", index=False),
    Column("month", String(7), nullable=False),
    Column("text", Text, nullable=False),
    Column("standing", String(16), nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("late", Boolean, nullable=False, server_default=text("false")),
    Column("revision", Integer, nullable=False, server_default=text("1")),
    Column("edited_at", Instant),
    Column("withdrawn_at", Instant),
    Column("entered_by", BigInteger),
    Column("source", String(8)),
    Column("given_on", Date),
    Column("chat_id", BigInteger),
    Column("message_id", BigInteger),
    Column("reviewed_at", Instant),
    Index("ix_check_in_person_id_month", "person_id", "month"),
    Index("ix_check_in_reviewed", *REVIEWED, sqlite_where=text(STANDING), postgresql_where=text(STANDING)),
    Index("ix_check_in_chat_id_message_id", "chat_id", "message_id"),
)
"""`reviewed_at`: when the first of the answers was given that stand and ask for nothing more, nor have asked."""

check_in_subject = Table(
    "check_in_subject",
    metadata,
    key(),
    refers("check_in_id", "check_in"),
    refers("duty_id", "duty", index=False),
    UniqueConstraint("duty_id"),
)
"""Which duties a report answers; a duty is answered once, whoever taps twice."""

check_in_version = Table(
    "check_in_version",
    metadata,
    key(),
    refers("check_in_id", "check_in", index=False),
    Column("revision", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("standing", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("check_in_id", "revision"),
)

attachment = Table(
    "attachment",
    metadata,
    key(),
    refers("check_in_id", "check_in"),
    Column("file_id", Text, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("size", BigInteger, nullable=False, server_default=text("0")),
)

review = Table(
    "review",
    metadata,
    key(),
    refers("check_in_id", "check_in"),
    refers("reviewer_id", "person"),
    Column("capacity", String(12), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    Column("answered_at", Instant),
    Column("attribution", String(12)),
    Index("ix_review_answered_at", "answered_at", sqlite_where=text(ADDED_TO), postgresql_where=text(ADDED_TO)),
    Index("ix_review_attributed", "at", sqlite_where=text(ATTRIBUTED), postgresql_where=text(ATTRIBUTED)),
)

need = Table(
    "need",
    metadata,
    key(),
    refers("person_id", "person"),
    refers("check_in_id", "check_in", nullable=True),
    Column("kind", String(12), nullable=False),
    Column("audience", String(24), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(12), nullable=False, index=True),
    refers("owner_id", "person", nullable=True),
    Column("promised_on", Date),
    Column("answer", Text, nullable=False, server_default=""),
    Column("answered_at", Instant),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant, index=True),
    Column("shared_at", Instant),
)

leave = Table(
    "leave",
    metadata,
    key(),
    refers("person_id", "person", nullable=True),
    refers("unit_id", "unit", nullable=True),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    refers("created_by", "account", nullable=True, index=False),
    Column("cancelled_at", Instant),
)

leave_look = Table(
    "leave_look",
    metadata,
    key(),
    refers("leave_id", "leave", index=False),
    Column("next_at", Instant, nullable=False, index=True),
    UniqueConstraint("leave_id"),
)
"""Every leave that is not over: when it is seen to next that whoever stands in for its days still can."""

summary = Table(
    "summary",
    metadata,
    key(),
    refers("unit_id", "unit"),
    Column("month", String(7), nullable=False),
    Column("edition", String(8), nullable=False),
    Column("content", Json, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("announced_at", Instant, index=True),
    UniqueConstraint("unit_id", "month", "edition"),
)
"""`announced_at`: when its readers were told, or when it was found to have nothing new for them."""

confirmation = Table(
    "confirmation",
    metadata,
    key(),
    refers("unit_id", "unit", index=False),
    Column("month", String(7), nullable=False, index=True),
    Column("asked_at", Instant, nullable=False),
    Column("remark", Text, nullable=False, server_default=""),
    Column("confirmed_at", Instant),
    refers("confirmed_by", "person", nullable=True, index=False),
    UniqueConstraint("unit_id", "month"),
)
"""What a unit's secretary was asked to say to the month's draft, and has said; nobody reads the remark before it is confirmed."""
