"""暂停汇报: what stands, from when to when, what it excuses, and that reporting resumes by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.duties import DEFAULT_ZONE
from handlers.views import hearing, stand_ins
from handlers.views.entered_acts import mark, papers
from handlers.views.leave_pieces import previewed
from handlers.views.page import Button, Html, Message, Say, bold, button, lines
from locales import N_
from services.hearing import Hearing
from services.leaves import Preview, Standing, Whom
from services.stand_in_choices import StandIn

REFUSALS = {
    "not_a_span": N_(
        "The first and last day could not be read. Please write them like 10月20日 10月30日 or 20 Oct to 30 Oct."
    ),
    "leave_reversed": N_("The last day, {last}, is before the first, {first}. Please write them in order."),
    "leave_too_long": N_("A pause lasts a year at most; please choose an earlier last day."),
    "leave_over": N_("The months up to {last} are locked already, so there is nothing to excuse."),
}


def home(data: Mapping[str, Any], say: Say) -> Message:
    standing: Sequence[Standing] = data["standing"]
    answering: Sequence[StandIn] = data["stand_ins"]
    text = lines(
        bold(say("Pause reporting")),
        say("Reports due during a pause are excused; reporting resumes by itself on the day after."),
        *(_line(one, say) for one in standing),
        *(stand_ins.dated(one, say) for one in answering),
        say("You can also type it directly: /leave 20 Oct 30 Oct"),
    )
    others_for = [[stand_ins.change(one, say)] for one in answering if one.may_change]
    own = [] if data["me"] is None else _spans(Whom(data["me"]), say)
    units = [button(say.plain("For all of {unit}", unit=unit.name), "leave.unit", unit.id) for unit in data["units"]]
    others = [[button(say.plain("For someone else"), "leave.other")]] if units else []
    return Message(text, [*own, *others, *([one] for one in units), *others_for, *_endings(standing, say)])


def choose(data: Mapping[str, Any], say: Say) -> Message:
    standing: Sequence[Standing] = data["standing"]
    text = lines(say("Pause reporting for {name}:", name=data["name"]), *(_line(one, say) for one in standing))
    return Message(text, [*_spans(data["whom"], say), *_endings(standing, say)])


def _spans(whom: Whom, say: Say) -> list[list[Button]]:
    who = (whom.person_id or 0, whom.unit_id or 0)
    return [
        [
            button(say.plain("This week"), "leave.week", *who, 0),
            button(say.plain("Next week"), "leave.week", *who, 1),
        ],
        [
            button(say.plain("From today until…"), "leave.ask", *who, "until"),
            button(say.plain("From… until…"), "leave.ask", *who, "span"),
        ],
    ]


def _endings(standing: Sequence[Standing], say: Say) -> list[list[Button]]:
    return [
        [
            button(
                say.plain("End: {name}, until {last}", name=one.name, last=_day(one, say)), "leave.cancel", one.leave.id
            )
        ]
        for one in standing
        if one.may_cancel
    ]


def _day(one: Standing, say: Say) -> str:
    return say.short_date(one.leave.last_on)


def _line(one: Standing, say: Say) -> Html:
    line = say("· {name}: {first} to {last}", name=one.name, **_days(one, say))
    if one.entered is not None:
        return lines(line, mark(one.entered, say))
    by = _entered_by(one, say)
    return line if by is None else say("{line} ({by})", line=line, by=by)


def _entered_by(one: Standing, say: Say) -> Html | None:
    """Word of who entered it for somebody else, and when."""
    kept = one.leave
    if not kept.entered_by:
        return None
    day = say.short_date(kept.created_at.astimezone(DEFAULT_ZONE).date())
    return say("entered by {name} on {day}", name=kept.entered_by, day=day)


def _days(one: Standing, say: Say) -> dict[str, str]:
    return {"first": say.short_date(one.leave.first_on), "last": say.short_date(one.leave.last_on)}


def ask(step: str, say: Say) -> Message:
    if step == "until":
        return Message(say("Until which day, that day included? For example 10月30日, 下周五 or 30 Oct."))
    return Message(say("From when to when, both included? For example 10月20日 10月30日 or 20 Oct to 30 Oct."))


def preview(data: Preview, say: Say) -> Message:
    span = data.span
    who = (data.whom.person_id or 0, data.whom.unit_id or 0, span.first.isoformat(), span.last.isoformat())
    rows = [[button(say.plain("Confirm"), "leave.take", *who), button(say.plain("Back"), "leave.home")]]
    return Message(lines(*previewed(data, say)), rows)


@dataclass(frozen=True, slots=True)
class Taken:
    """A leave that was entered or ended, who stands in, and who is to hear of it. `missed`: the mentees
    for whom whoever goes was to stand in.
    """

    standing: Standing
    stand_ins: Sequence[StandIn]
    hearing: Hearing
    missed: Sequence[str] = ()


def taken(data: Taken, say: Say) -> Message:
    """Whoever guides others reads at once who answers them meanwhile, and may ask somebody else."""
    rows = [[stand_ins.change(one, say)] for one in data.stand_ins if one.may_change]
    undo = [button(say.plain("Undo"), "leave.cancel", data.standing.leave.id)]
    marked = mark(data.standing.entered, say) if data.standing.entered else None
    answering = [stand_ins.line(one, say) for one in data.stand_ins]
    if data.missed:
        names = say.names(data.missed)
        answering.append(say("Who answers the reports of {names} instead is arranged in a minute.", names=names))
    seen = papers([data.standing.entered] if data.standing.entered else [], say)
    return Message(
        lines(_taken(data.standing, say), marked, *answering, hearing.news(data.hearing, say)), [undo, *rows, *seen]
    )


def _taken(data: Standing, say: Say) -> Html:
    fields = _days(data, say)
    return (
        say("Reporting is paused from {first} to {last}. It resumes by itself.", **fields)
        if data.own
        else say(
            "Reporting is paused for {name} from {first} to {last}. It resumes by itself.", name=data.name, **fields
        )
    )


def cancelled(data: Taken, say: Say) -> Message:
    one = data.standing
    days = _days(one, say)
    text = (
        say("Your pause from {first} to {last} has been ended; reports are due again.", **days)
        if one.own
        else say(
            "The pause of {name} from {first} to {last} has been ended; reports are due again.", name=one.name, **days
        )
    )
    undo = button(say.plain("Undo"), "leave.restore", one.leave.id)
    return Message(lines(text, hearing.news(data.hearing, say)), [[undo]])


def ended(data: Standing, say: Say) -> Message:
    return Message(
        say(
            "{name}: the secretary has ended the pause of your reporting from {first} to {last}; reports due then are expected again.",
            name=data.name,
            **_days(data, say),
        )
    )


def entered(data: Taken, say: Say) -> Message:
    """To the one it is of, with who stands in for him."""
    one = data.standing
    text = say(
        "{name}: the secretary has paused your reporting from {first} to {last}; nothing is due meanwhile. It resumes by itself.",
        name=one.name,
        **_days(one, say),
    )
    answering = (stand_ins.line(found, say) for found in data.stand_ins)
    rows = [[stand_ins.change(found, say)] for found in data.stand_ins if found.may_change]
    end = [button(say.plain("End the pause"), "leave.cancel", one.leave.id)]
    return Message(lines(text, *answering), [*rows, end])
