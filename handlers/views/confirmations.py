"""Where a unit's month stands on its way up, and what its secretary can do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.confirmations import WORDS_LIMIT
from handlers.views.page import Button, Html, Message, Say, button, lines, quote
from locales import N_
from services.confirmations import Answering

REFUSALS = {
    "month_has_gone_up": N_(
        "The summary of {unit} has gone up to {above} and can no longer be changed. What is still to be said goes into the next one."
    ),
}


def card(data: Mapping[str, Any], say: Say) -> Message:
    one: Answering = data["answering"]
    text = lines(state(one, say), quote(one.said.remark) if one.said.remark else None)
    whole = button(say.plain("The whole summary"), "summary.show", one.month, one.unit_id)
    return Message(text, [*_rows(one, say), [whole]])


def question(data: Mapping[str, Any], say: Say) -> Message:
    one: Answering = data["answering"]
    text = say(
        "What would you like to add to the summary of {month}? At most {limit} characters, such as what marked this month and what is planned for the next. {above} reads it too, so please name nobody.",
        month=say.language.month(one.month),
        limit=WORDS_LIMIT,
        above=one.above,
    )
    out = [button(say.plain("Remove the addition"), "confirmation.without", one.month, one.unit_id)]
    leave = [button(say.plain("Never mind"), "confirmation.leave", one.month, one.unit_id)]
    written = quote(one.said.remark) if one.said.remark else None
    return Message(lines(text, written), [out, leave] if one.said.remark else [leave])


def preview(data: Mapping[str, Any], say: Say) -> Message:
    one: Answering = data["answering"]
    text = lines(
        say(
            "This goes into the summary of {unit} and, in its name, into that of {above}:",
            unit=one.unit,
            above=one.above,
        ),
        quote(data["words"]),
        _naming(data["names"], say),
        say("It is not sent up before you confirm. To change it, simply write it again."),
    )
    confirm = button(say.plain("Confirm and send up"), "confirmation.confirm", one.month, one.unit_id)
    leave = button(say.plain("Never mind"), "confirmation.leave", one.month, one.unit_id)
    return Message(text, [[confirm, leave]])


def _naming(names: Sequence[str], say: Say) -> Html | None:
    if not names:
        return None
    return say(
        "People of your unit bear a name that is in it: {names}. Above the branch nobody is named: please rewrite it, or confirm if nobody is meant.",
        names=say.names(names),
    )


def states(asked: Sequence[Answering], say: Say) -> Html | None:
    return lines(*(state(one, say) for one in asked)) if asked else None


def buttons(asked: Sequence[Answering], shown: int, say: Say) -> list[list[Button]]:
    """Beneath a summary of one unit, or of all one's own (`shown` is 0): then each button says whose month it moves."""
    return [row for one in asked for row in _rows(one, say, shown, named=len(asked) > 1)]


def _rows(one: Answering, say: Say, *shown: int, named: bool = False) -> list[list[Button]]:
    if one.is_settled:
        return []
    month, unit = one.month, one.unit_id
    if one.said.confirmed_at is not None:
        change, undo = say.plain("Change what was added"), say.plain("Undo")
        acts = [(change, "confirmation.words", ()), (undo, "confirmation.undo", shown)]
    else:
        add, confirm = say.plain("Add a few words"), say.plain("Confirm and send up")
        acts = [(add, "confirmation.words", ()), (confirm, "confirmation.confirm", shown)]
    if not named:
        return [[button(title, verb, month, unit, *back) for title, verb, back in acts]]
    return [
        [button(say.plain("{what}: {unit}", what=title, unit=one.unit), verb, month, unit, *back)]
        for title, verb, back in acts
    ]


def is_asked(one: Answering) -> bool:
    """Whether its word is still waited for."""
    return one.said.confirmed_at is None and one.left_at is None and not one.locked


def state(one: Answering, say: Say) -> Html:
    if one.said.confirmed_at is None:
        return _open(one, say)
    fields = {
        "unit": one.unit,
        "above": one.above,
        "name": one.said.confirmed_by,
        "moment": say.moment(one.said.confirmed_at),
    }
    if one.is_settled:
        return say("{unit}: {name} confirmed it on {moment}, and it has gone up to {above}.", **fields)
    if one.left_at is not None:
        return say(
            "{unit}: {name} confirmed it on {moment}; it goes into the final of {above}. Until the month locks you can change or undo it.",
            **fields,
        )
    return say(
        "{unit}: {name} confirmed it on {moment}. Until the summary of {above} is sent, in a minute at the earliest, you can change or undo it.",
        **fields,
    )


def _open(one: Answering, say: Say) -> Html:
    if one.locked:
        return say("{unit}: the month locked without a confirmation.", unit=one.unit)
    if one.left_at is not None:
        return say(
            "{unit}: the summary of {above} has been sent and marks this one as not confirmed. You can still confirm; it then goes into the final.",
            unit=one.unit,
            above=one.above,
        )
    return say(
        "{unit}: not sent up yet. You may add a few words (what marked this month, what is planned) and then confirm; {above} sums up on {day} at the latest.",
        unit=one.unit,
        above=one.above,
        day=say.date(one.leaves_on),
    )
