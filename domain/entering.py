"""代录: when a secretary is asked to enter the reports of somebody who has not come in."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.invites import VALID_WORKING_DAYS


class Approach(StrEnum):
    """How to get to the report of somebody who does not use Telegram here: invite him, let him come in, or enter it."""

    INVITE = "invite"
    AWAIT = "await"
    ENTER = "enter"


def approach(
    today: date, *, invited_on: date | None, begun_on: date, declined: bool, calendar: WorkCalendar
) -> Approach:
    """Everybody gets a fair time first: as long as an invitation is valid. It counts from his own; for who never got one,
    from the day on which the branch began to invite. Who has said no is not waited for.
    """
    if declined or today > fair_until(invited_on, begun_on, calendar):
        return Approach.ENTER
    return Approach.INVITE if invited_on is None else Approach.AWAIT


def fair_until(invited_on: date | None, begun_on: date, calendar: WorkCalendar) -> date:
    return calendar.add_working_days(invited_on or begun_on, VALID_WORKING_DAYS)
