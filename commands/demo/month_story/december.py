"""Weeks later: who looks after the service learns in time that the holidays of the coming year are not known yet."""

from __future__ import annotations

from datetime import datetime

from commands.demo.month_story.people import ADMINISTRATOR, Month
from commands.demo.transcript import ZONE

SETTLED = 1.0
"""For so long the assistant has nothing more to say of a whole month."""
FIRST = datetime(2026, 12, 1, 8, 30, tzinfo=ZONE)
"""After the quiet hours, and before the branches get their drafts."""


async def holidays_to_come(month: Month) -> None:
    """What everybody else is told by then is no part of the story."""
    administrator = month[ADMINISTRATOR]
    with month.hand.aside(month.script.november):
        await month.back_up(FIRST.replace(hour=2))
        await month.hand.at(FIRST)
        told = await administrator.hears("2027")
        await month.hand.telegram.quiet(settle=SETTLED)
        await month.hand.everybody_reads()
    administrator.show(told)
