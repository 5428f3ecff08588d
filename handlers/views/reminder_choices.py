"""提醒设置: what a person has chosen, and the buttons to choose otherwise."""

from __future__ import annotations

from handlers.views.page import Button, Html, Message, Say, bold, button, lines
from locales import N_
from services.reminders import Chosen

REFUSALS = {
    "prompt_in_quiet_hours": N_("That hour is within your quiet hours; please choose another."),
    "no_day_left": N_("At least one working day must be left. For no reminders at all, switch them off."),
}
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"))
HOURS_A_ROW = 5


def chosen(data: Chosen, say: Say) -> Message:
    text = lines(
        bold(say("Reminders")),
        _state(data, say),
        say("Quiet hours: {spans}. Nothing is sent then; it comes afterwards.", spans=_quiet(data, say)),
        _reviews(data, say) if data.mentors else None,
    )
    return Message(text, [*_hours(data), _weekdays(data, say), *_switches(data, say)])


def _state(data: Chosen, say: Say) -> Html:
    if data.off:
        return say("Switched off: no prompts and no digests. What concerns you directly still reaches you.")
    days = say.names(say.plain(WEEKDAYS[day]) for day in sorted(data.weekdays) if day < len(WEEKDAYS))
    at = f"{data.hour:%H:%M}"
    if data.next_at is None:
        return say("Reminders: at {time} on {days}. None is planned at present.", time=at, days=days)
    return say(
        "Reminders: at {time} on {days}. The next one: {moment}.", time=at, days=days, moment=say.moment(data.next_at)
    )


def _quiet(data: Chosen, say: Say) -> str:
    return say.names(f"{span.start:%H:%M}–{span.end:%H:%M}" for span in data.quiet.spans) or "–"


def _reviews(data: Chosen, say: Say) -> Html:
    if data.reviews_at_once:
        return say("Each report to review reaches you at once.")
    return say("Reports to review are gathered in the digest; where support is asked for, you are told at once.")


def _hours(data: Chosen) -> list[list[Button]]:
    hours = [button(_marked(f"{hour}:00", data.hour.hour == hour), "reminders.hour", hour) for hour in data.hours]
    return [hours[at : at + HOURS_A_ROW] for at in range(0, len(hours), HOURS_A_ROW)]


def _weekdays(data: Chosen, say: Say) -> list[Button]:
    return [
        button(_marked(say.plain(name), day in data.weekdays), "reminders.weekday", day)
        for day, name in enumerate(WEEKDAYS)
    ]


def _marked(text: str, on: bool) -> str:  # noqa: FBT001 - a mark is on or off
    return f"✓{text}" if on else text


def _switches(data: Chosen, say: Say) -> list[list[Button]]:
    turn = (
        button(say.plain("Switch reminders on"), "reminders.switch", "on")
        if data.off
        else button(say.plain("Switch reminders off"), "reminders.switch", "off")
    )
    if not data.mentors:
        return [[turn]]
    gather = (
        button(say.plain("Gather reports in the digest"), "reminders.at_once", "off")
        if data.reviews_at_once
        else button(say.plain("Each report at once"), "reminders.at_once", "on")
    )
    return [[turn], [gather]]
