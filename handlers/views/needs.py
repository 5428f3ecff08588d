"""Support that was asked for: the list with its age, one need, and what each side hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.check_ins import Capacity
from domain.duties import DEFAULT_ZONE
from domain.needs import UNSETTLED, Need, NeedKind, NeedState
from handlers.views.check_ins import audience_buttons, kind_buttons
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, quote, shortened
from locales import N_
from reports import words
from services.needs import Card

REFUSALS: dict[str, str] = {
    "promise_in_the_past": N_("{day} has passed already; please name today or a later day."),
    "not_a_day": N_("I could not read a day in this. Please write it like 2026-10-23, 10月23日 or 下周三."),
}


def waiting(data: Sequence[Card], say: Say) -> Message:
    if not data:
        return Message(say("No request for support is open."))
    text = lines(
        bold(say.many("1 request for support is open", "{number} requests for support are open", len(data))),
        *(_line(one, say) for one in data),
    )
    rows = [[button(_title(one.need, say), "need.open", one.need.id)] for one in data]
    return Message(text, rows)


def _title(need: Need, say: Say) -> str:
    return say.plain("{name}: {kind}", name=need.person, kind=words.need_kind(say.language, need.kind))


def _line(card: Card, say: Say) -> Html:
    need = card.need
    return say(
        "· {name}: {kind}; {state}, {age}; {owner}",
        name=need.person,
        kind=words.need_kind(say.language, need.kind),
        state=words.need_state(say.language, need.state),
        age=_age(card, say),
        owner=_owner(need, say),
    )


def _age(card: Card, say: Say) -> str:
    if card.age_days == 0:
        return say.plain("today")
    return say.language.plural("for {number} day", "for {number} days", card.age_days)


def _owner(need: Need, say: Say) -> str:
    return say.plain("with {owner}", owner=need.owner) if need.owner else say.plain("nobody has taken it on yet")


def card(data: Card, say: Say) -> Message:
    return Message(_card_text(data, say), _card_buttons(data, say))


def _card_text(data: Card, say: Say) -> Html:
    need = data.need
    day = need.opened_at.astimezone(DEFAULT_ZONE).date()
    return lines(
        bold(_title(need, say)),
        say("Asked on {day}; {state}", day=say.short_date(day), state=words.need_state(say.language, need.state)),
        say("May know: {audience}", audience=words.need_audience(say.language, need.audience)),
        quote(shortened(need.text)),
        say("{owner} sees to it.", owner=need.owner) if need.owner else None,
        say("Promised for {day}.", day=say.short_date(need.promised_on)) if need.promised_on else None,
        say("Answer: “{answer}”", answer=need.answer) if need.answer else None,
        _for_asker(data, say) if data.capacity is Capacity.AUTHOR else None,
    )


def _for_asker(data: Card, say: Say) -> Html | None:
    """§4.5 no. 5: who has it, and how long it stays there."""
    if data.need.state is NeedState.WITHDRAWN:
        return say("Taken back; whoever has not heard of it will not.")
    if data.need.state is NeedState.SOLVED or not data.hearers:
        return None
    return say(
        "What you ask for has gone to {names} and stays on the list until you say that it is solved. If it was a slip, you can take it back here.",
        names=say.names(data.hearers),
    )


def _card_buttons(data: Card, say: Say) -> list[list[Button]]:
    need = data.need
    report = [button(say.plain("Look at the report"), "check_in.read", data.report_id)] if data.report_id else []
    if need.state not in UNSETTLED:
        return [report] if report else []
    if data.capacity is Capacity.AUTHOR:
        return [*_asker_buttons(need, say), *([report] if report else [])]
    first = [
        button(say.plain("Promise a day"), "need.promise", need.id),
        button(say.plain("Answer"), "need.answer", need.id),
    ]
    if need.owner_id is None:
        first.insert(0, button(say.plain("Take it on"), "need.take_on", need.id))
    return [first, [*report, button(say.plain("All needs"), "need.list")]]


def _asker_buttons(need: Need, say: Say) -> list[list[Button]]:
    rows = [[button(say.plain("Solved"), "need.solve", need.id)]]
    if need.state is NeedState.ANSWERED:
        rows[0].append(button(say.plain("Not yet"), "need.not_yet", need.id))
    return [*rows, [button(say.plain("A slip, take it back"), "need.withdraw", need.id)]]


def which(data: Mapping[str, Any], say: Say) -> Message:
    return Message(say("What kind of support do you need?"), kind_buttons("need.kind", (data["check_in"],), say))


def for_whom(data: Mapping[str, Any], say: Say) -> Message:
    key = (data["check_in"], NeedKind(data["kind"]))
    return Message(
        say("Who may know of it? It goes to them at once and stays on their list until you say that it is solved."),
        audience_buttons("need.ask", key, say),
    )


def ask(data: tuple[Need, str], say: Say) -> Message:
    need, kind = data
    text = (
        say("Your answer to {name}: what is being done?", name=need.person)
        if kind == "need_answer"
        else say("By which day? Such as 10月23日, 下周三 or 2026-10-23.")
    )
    return Message(text, [[button(say.plain("Never mind"), "need.never_mind", need.id)]])


def asked(data: Card, say: Say) -> Message:
    return Message(
        lines(say("{name} needs support.", name=data.need.person), _card_text(data, say)), _card_buttons(data, say)
    )


def news(data: Card, say: Say) -> Message:
    return Message(
        lines(say("There is news of the support you asked for."), _card_text(data, say)), _card_buttons(data, say)
    )


def solved(data: Card, say: Say) -> Message:
    return Message(
        lines(say("{name} says that it is solved; thank you.", name=data.need.person), _card_text(data, say)),
        _card_buttons(data, say),
    )


def reopened(data: Card, say: Say) -> Message:
    return Message(
        lines(say("{name} says that it is not solved yet.", name=data.need.person), _card_text(data, say)),
        _card_buttons(data, say),
    )
