"""The prompt, the digest and the notices of a rotation's days, in the programme's tone; what is put off or left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.duties import Duty, DutyKind
from domain.periods import CadenceKind, cadence_of
from domain.reminders import Snooze
from handlers.views.page import Button, Html, Message, Say, button, lines, shortened
from locales import N_
from services.reminders import Prompt, Turn

EVERYTHING = 0
"""In place of a duty's number: all that can be left out."""
REFUSALS = {
    "snooze_in_the_past": N_("{day} has passed; please choose a later day."),
    "snooze_after_lock": N_("The month locks on {locks_on}, before then; please choose an earlier day."),
    "skip_without_reason": N_("Please say briefly why; a few words will do."),
    "month_locked": N_("The month of this report is locked. Please put what you have to say into the next one."),
    "duty_settled": N_("This is no longer open; nothing was changed."),
}


def prompt(data: Prompt, say: Say) -> Message:
    text = lines(
        *(_coming(data, due, say) for due in dict.fromkeys(duty.due_at for duty in data.coming) if due),
        *(_labels(data.coming, say) if len(data.coming) > 1 else ()),
        _overdue(data, say) if data.overdue else None,
        *(_labels(data.overdue, say) if len(data.overdue) > 1 else ()),
        *(_other(duty, data.zone, say) for duty in data.other),
    )
    return Message(text, _prompt_buttons(data, say))


def _prompt_buttons(data: Prompt, say: Say) -> list[list[Button]]:
    asked = (*data.coming, *data.overdue)
    later = button(say.plain("Remind me later"), "reminders.later")
    others = [[_opened(duty, say)] for duty in data.other]
    if not asked:
        return [*others, [later]]
    without = ("check_in.skip", asked[0].id) if len(asked) == 1 else ("reminders.skip",)
    return [
        [button(say.plain("Report now"), "check_in.begin")],
        [button(say.plain("Not this time"), *without), later],
        *others,
    ]


def _opened(duty: Duty, say: Say) -> Button:
    """The way to what is asked for beside the reports."""
    if duty.kind is DutyKind.ROTATION_EVALUATION:
        return button(say.plain("Write the evaluation"), "rotation.evaluate", duty.subject_id)
    return button(say.plain("Outcome: {what}", what=_short(duty.label)), "outcome.open", duty.subject_id)


def _coming(data: Prompt, due: datetime, say: Say) -> Html:
    local = due.astimezone(data.zone)
    fields = {"name": data.name, "day": say.short_date(local.date()), "time": f"{local:%H:%M}"}
    weekly = all(cadence_of(duty.period) is CadenceKind.WEEKLY for duty in data.coming if duty.due_at == due)
    if weekly:
        return say(
            "{name}: please send this week's progress by {time} on {day}. Two or three sentences will do: what you did, "
            "what you put to use, what is missing.",
            **fields,
        )
    return say(
        "{name}: please send this period's progress by {time} on {day}. Two or three sentences will do: what you did, what "
        "you put to use, what is missing.",
        **fields,
    )


def _overdue(data: Prompt, say: Say) -> Html:
    overdue = data.overdue
    if data.coming:
        days = dict.fromkeys(duty.due_day(data.zone) for duty in overdue)
        return say(
            "What was due on {days} has not come yet and can be handed in together with this one. If you are busy, tap “Not this time” and say so briefly; there will be no further reminder of it.",
            days=say.names([say.short_date(day) for day in days if day is not None]),
        )
    if len(overdue) == 1:
        return say(
            "This period's report has not come yet. If you are busy, tap “Not this time” and say so briefly; "
            "there will be no further reminder for this period."
        )
    return say(
        "{number} reports have not come yet. If you are busy, tap “Not this time” and say so briefly; "
        "there will be no further reminder.",
        number=len(overdue),
    )


def _labels(asked: Sequence[Duty], say: Say) -> list[Html]:
    return [say("· {subject}", subject=_subject(duty, say)) for duty in asked]


def _subject(duty: Duty, say: Say) -> str:
    if duty.place:
        return say.plain("{post} ({place})", post=_short(duty.label), place=duty.place)
    return _short(duty.label)


def _short(words: str) -> str:
    return shortened(words, 40)


def _other(duty: Duty, zone: ZoneInfo, say: Say) -> Html:
    day = duty.due_day(zone)
    fields = {"what": _short(duty.label), "day": "" if day is None else say.short_date(day)}
    if duty.kind is DutyKind.ROTATION_EVALUATION:
        return say("The rotation as “{what}” is over; please write its evaluation by {day}.", **fields)
    return say(
        "The outcome “{what}” is expected by {day}. If it has been reached, please ask for its verification.", **fields
    )


def rotation_starts(data: Turn, say: Say) -> Message:
    fields = _turn(data, say)
    if not data.mine:
        text = say("{person} begins at {unit} as {post} on {first}, until {last}, with you as host.", **fields)
    elif data.host:
        text = say("{person}: you begin at {unit} as {post} on {first}, until {last}. Your host is {host}.", **fields)
    else:
        text = say("{person}: you begin at {unit} as {post} on {first}, until {last}.", **fields)
    return Message(text, _open_rotation(data, say))


def rotation_ends(data: Turn, say: Say) -> Message:
    fields = _turn(data, say)
    text = (
        say("{person}: your time at {unit} as {post} ends on {last}.", **fields)
        if data.mine
        else say("The time of {person} at {unit} as {post} ends on {last}. Please write the evaluation then.", **fields)
    )
    return Message(text, _open_rotation(data, say))


def _open_rotation(data: Turn, say: Say) -> list[list[Button]]:
    return [[button(say.plain("See the rotation"), "rotation.open", data.rotation.id)]]


def _turn(data: Turn, say: Say) -> dict[str, str]:
    rotation = data.rotation
    return {
        "person": data.person,
        "unit": data.unit,
        "post": rotation.post,
        "host": data.host,
        "first": say.short_date(rotation.starts_on),
        "last": say.short_date(rotation.ends_on),
    }


def later(data: Mapping[str, Any], say: Say) -> Message:
    days = [button(say.short_date(day), "reminders.snooze", day.isoformat()) for day in data["days"]]
    near = [
        button(say.plain("In an hour"), "reminders.snooze", Snooze.HOUR),
        button(say.plain("Tomorrow"), "reminders.snooze", Snooze.TOMORROW),
    ]
    return Message(say("When shall I remind you again?"), [near, *([day] for day in days)])


def snoozed(data: Mapping[str, Any], say: Say) -> Message:
    return Message(
        say("All right, the next reminder comes on {moment}.", moment=say.moment(data["until"])),
        [[button(say.plain("Report now"), "check_in.begin")]],
    )


def skip_which(data: Sequence[Duty], say: Say) -> Message:
    if not data:
        return Message(say("No report is open now."))
    rows = [[button(_which(duty, say), "check_in.skip", duty.id)] for duty in data]
    if len(data) > 1:
        rows.insert(0, [button(say.plain("All of them ({number})", number=len(data)), "check_in.skip", EVERYTHING)])
    back = button(say.plain("Report after all"), "check_in.keep_reporting")
    return Message(say("Which report is left out this time?"), [*rows, [back]])


def _which(duty: Duty, say: Say) -> str:
    day = duty.due_day(ZoneInfo(say.zone))
    return say.plain("{day}: {subject}", day="" if day is None else say.short_date(day), subject=_subject(duty, say))
