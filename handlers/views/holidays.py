"""工作日历: the coming days off with what is provisional, and the days that units set for themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.units import Unit
from handlers.views.page import Html, Message, Say, bold, button, lines
from locales import N_
from services.holidays import Overview, Rest

REFUSALS = {
    "holiday_past": N_("{day} has passed; only today and later days can be set."),
    "holiday_too_far": N_("{day} is more than two years ahead; please set it later."),
}


def which(data: Sequence[Unit], say: Say) -> Message:
    return Message(
        say("Whose working days do you want to see?"), [[button(unit.name, "holidays.of", unit.id)] for unit in data]
    )


def of_unit(data: tuple[Overview, date | None, str], say: Say) -> Message:
    found, changed, removed = data
    text = lines(
        bold(say("Working days of {unit}", unit=found.unit.name)),
        None
        if changed is None
        else say("{day} has been changed; coming due days follow within a minute.", day=say.short_date(changed)),
        *(_rest(rest, say) for rest in found.rests),
        *_makeup(found, say),
        *_own(found, say),
        None
        if found.missing_year is None
        else say(
            "The State Council's notice for {year} is not known yet: its days are provisional.", year=found.missing_year
        ),
    )
    undo = [button(say.plain("Undo"), "holidays.put", found.unit.id, changed, removed)] if removed else []
    rows = [
        *([undo] if undo else []),
        [
            button(say.plain("Add a day off"), "holidays.ask", found.unit.id, "off"),
            button(say.plain("Add a working day"), "holidays.ask", found.unit.id, "working"),
        ],
        *(
            [
                button(
                    say.plain("Remove {day}", day=say.short_date(one.day)),
                    "holidays.remove",
                    found.unit.id,
                    one.day.isoformat(),
                )
            ]
            for one in found.removable
        ),
    ]
    return Message(text, rows)


def _rest(rest: Rest, say: Say) -> Html:
    fields = {"first": say.short_date(rest.first), "last": say.short_date(rest.last)}
    if rest.first == rest.last:
        if rest.provisional:
            return say("· {first}: off (provisional)", first=fields["first"])
        return say("· {first}: off", first=fields["first"])
    if rest.provisional:
        return say("· {first} to {last}: off (provisional)", **fields)
    return say("· {first} to {last}: off", **fields)


def _makeup(found: Overview, say: Say) -> list[Html]:
    if not found.makeup_workdays:
        return []
    return [say("Working weekends: {days}", days=say.names(say.short_date(day) for day in found.makeup_workdays))]


def _own(found: Overview, say: Say) -> list[Html]:
    return [
        say("Set by {unit}: {day} is a working day", unit=name, day=say.short_date(one.day))
        if one.working
        else say("Set by {unit}: {day} is off", unit=name, day=say.short_date(one.day))
        for one, name in found.own
    ]


def ask(data: Mapping[str, Any], say: Say) -> Message:
    unit: Unit = data["unit"]
    if data["kind"] == "working":
        return Message(say("Which day is a working day for {unit}? For example 10月10日.", unit=unit.name))
    return Message(say("Which day is off for {unit}? For example 10月9日.", unit=unit.name))


def missing_notice(data: Mapping[str, Any], say: Say) -> Message:
    return Message(
        say(
            "The State Council's notice on the holidays of {year} is not in this version yet: due days of that year are "
            "provisional. Please update the program once the notice is out; own days can be set with /holidays.",
            year=data["year"],
        )
    )
