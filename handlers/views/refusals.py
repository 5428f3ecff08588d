"""Each refusal's code as a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.views import (
    announcements,
    check_ins,
    confirmations,
    departures,
    entered_acts,
    entering,
    forms,
    group_chats,
    handovers,
    holidays,
    leaves,
    needs,
    pairing_refusals,
    people,
    referrals,
    registration,
    reminder_choices,
    reminders,
    reviews,
    roles,
    roster,
    roster_problems,
    rotation_comments,
    rotations,
    summaries,
    unit_changes,
)
from handlers.views.page import Message, Say
from locales import N_

SENTENCES: dict[str, str] = {
    "not_yours": N_("This is not open to you. If it should be, please ask your secretary."),
    "no_person": N_(
        "Your account is an administrator’s without an entry in the roster, so there is nothing here for it."
    ),
    "already_done": N_("This has been settled already; nothing was changed."),
    "settled_by": N_("{name} settled this on {moment}; nothing was changed."),
    "gone": N_("This is no longer there. Please choose from the keyboard below."),
    **check_ins.REFUSALS,
    **entering.REFUSALS,
    **entered_acts.REFUSALS,
    **forms.REFUSALS,
    **reviews.REFUSALS,
    **needs.REFUSALS,
    **referrals.REFUSALS,
    **reminders.REFUSALS,
    **reminder_choices.REFUSALS,
    **leaves.REFUSALS,
    **holidays.REFUSALS,
    **pairing_refusals.REFUSALS,
    **people.REFUSALS,
    **departures.REFUSALS,
    **handovers.REFUSALS,
    **registration.REFUSALS,
    **roles.REFUSALS,
    **group_chats.REFUSALS,
    **announcements.REFUSALS,
    **unit_changes.REFUSALS,
    **roster.REFUSALS,
    **roster_problems.REFUSALS,
    **rotations.REFUSALS,
    **rotation_comments.REFUSALS,
    **summaries.REFUSALS,
    **confirmations.REFUSALS,
}


def sentence(code: str, fields: Mapping[str, Any], say: Say) -> Message:
    return Message(say(SENTENCES[code], **{name: shown(value, say) for name, value in fields.items()}))


def shown(value: Any, say: Say) -> Any:
    """Dates and moments are written out, text is escaped by the sentence itself."""
    if not hasattr(value, "isoformat"):
        return value
    return say.moment(value) if hasattr(value, "hour") else say.date(value)
