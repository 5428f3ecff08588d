"""Every table of the program, on one metadata with fixed names for its constraints."""

from __future__ import annotations

from storage.tables.counting import answer_time, recount, report_count
from storage.tables.courses import pairing_change, rotation_comment, rotation_note
from storage.tables.entering import entered_act
from storage.tables.exchange import adoption, announcement, referral
from storage.tables.naming import metadata
from storage.tables.organisation import (
    account,
    attempt,
    consent,
    holiday,
    invite,
    person,
    role,
    unit,
    unit_above,
    unit_change,
)
from storage.tables.programme import (
    attachment,
    check_in,
    check_in_subject,
    check_in_version,
    confirmation,
    digest,
    duty,
    duty_plan,
    leave,
    leave_look,
    need,
    outcome,
    pairing,
    pairing_mentor,
    review,
    rotation,
    summary,
)
from storage.tables.runtime import audit, audit_value, draft, inbox, outage, outbox, seal, setting

__all__ = [
    "account", "adoption", "announcement", "answer_time", "attachment", "attempt", "audit", "audit_value", "check_in", "check_in_subject", "check_in_version",
    "confirmation", "consent", "digest", "draft", "duty", "duty_plan", "entered_act", "holiday", "inbox", "invite", "leave", "leave_look", "metadata", "need", "outage", "outbox", "outcome",
    "pairing", "pairing_change", "pairing_mentor", "person", "recount", "referral", "report_count", "review", "role", "rotation", "rotation_comment", "rotation_note", "seal", "setting", "summary", "unit", "unit_above", "unit_change",
]  # fmt: skip
