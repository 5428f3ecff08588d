"""An announcement as it is written, seen before it goes, read, and how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.units import Unit
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, quote, shortened, text, turns
from handlers.views.unit_picker import how_to_search
from locales import N_
from services.announcements import WORDS_LIMIT, Announcement, Card, Preview, Told
from services.people import PAGE

REFUSALS = {
    "announcement_went": N_(
        "It is on its way or was heard already, so it can no longer be taken back. You may write another one."
    ),
    "nobody_hears": N_("Nobody would hear it: nobody there uses Telegram, and no group is bound."),
}
NAMED = 20
"""So many names are read of those whom it cannot reach."""


@dataclass(frozen=True, slots=True)
class Units:
    units: Sequence[Unit]
    recent: Sequence[Announcement]
    page: int


@dataclass(frozen=True, slots=True)
class Asking:
    unit: str
    recent: Sequence[Announcement]


def units(data: Units, say: Say) -> Message:
    first = data.page * PAGE
    rows = [[button(unit.name, "announcement.unit", unit.id)] for unit in data.units[first : first + PAGE]]
    ways = turns(say, data.page, "announcement.units", more=len(data.units) > first + PAGE)
    return Message(
        say.paragraph(say("To whom is the announcement? It goes to all beneath the unit too."), how_to_search(say)),
        [*rows, *ways, *_recent(data.recent, say)],
    )


def _recent(made: Sequence[Announcement], say: Say) -> list[list[Button]]:
    return [
        [button(say.plain("How it went: {words}", words=shortened(one.words, 20)), "announcement.open", one.id)]
        for one in made
    ]


def ask(data: Asking, say: Say) -> Message:
    sentence = say(
        "What is to be announced to {unit}? Please write it in one message of up to {limit} characters; you see it before it goes.",
        unit=data.unit,
        limit=WORDS_LIMIT,
    )
    return Message(sentence, [[_never_mind(say)], *_recent(data.recent, say)])


def _never_mind(say: Say) -> Button:
    return button(say.plain("Never mind"), "announcement.never_mind")


def preview(data: Preview, say: Say) -> Message:
    body = lines(
        bold(say("Announcement to {unit}", unit=data.unit.name)),
        quote(data.words),
        *(_reach(data, say) if data.is_heard else ()),
        _others(data.others, say) if data.is_heard else _nobody(data, say),
        say("To change it, write it again."),
    )
    send = [button(say.plain("Send it"), "announcement.send")] if data.is_heard else []
    return Message(body, [[*send, _never_mind(say)]])


def _reach(data: Preview, say: Say) -> list[Html]:
    found = _goes_to(data.reached, data.groups, say)
    return [*found, _quiet(data.goes_at, say)] if data.goes_at else found


def _goes_to(people: int, groups: int, say: Say) -> list[Html]:
    found = []
    if people:
        found.append(say.many("It goes to {number} person.", "It goes to {number} people.", people))
    if people and groups:
        found.append(say.many("It goes to {number} group too.", "It goes to {number} groups too.", groups))
    elif groups:
        found.append(say.many("It goes to {number} group.", "It goes to {number} groups.", groups))
    return found


def _quiet(goes_at: datetime, say: Say) -> Html:
    return say(
        "These are quiet hours: it goes to all of them at the same time, on {moment}. What cannot wait is better said by telephone.",
        moment=say.moment(goes_at),
    )


def _nobody(data: Preview, say: Say) -> Html:
    """What to do where it would be heard by nobody."""
    if not data.others:
        return say("Nobody else is on the roster there, so it cannot be sent.")
    return say(
        "It would reach nobody, so it cannot be sent: nobody there uses Telegram, and no group is bound. Please invite people under “People” first, or tell them otherwise."
    )


def _others(names: Sequence[str], say: Say) -> Html | None:
    """Those to be told otherwise, by name as far as they can be read."""
    if not names:
        return None
    if len(names) > NAMED:
        return say(
            "It cannot reach {number} people, such as {names}; please have them told otherwise.",
            number=len(names),
            names=say.names(names[:NAMED]),
        )
    return say("It cannot reach {names}; please have them told otherwise.", names=say.names(names))


def card(data: Card, say: Say) -> Message:
    found = data.announcement
    body = lines(
        bold(say("Announcement to {unit}", unit=data.unit)),
        quote(shortened(found.words)),
        *(_how(data, say) if found.withdrawn_at is None else [say("Taken back; it has gone to nobody.")]),
    )
    rows = [[button(say.plain("Undo"), "announcement.undo", found.id)]] if data.can_undo else []
    if found.withdrawn_at is None:
        rows.append([button(say.plain("How it went"), "announcement.open", found.id)])
    return Message(body, rows)


def _how(data: Card, say: Say) -> list[Html | None]:
    reach = say.paragraph(_when(data, say), *(_came(data, say) or [say("It has reached nobody.")]))
    return [reach, _others(data.people.missed, say), _missed(data, say)]


def _when(data: Card, say: Say) -> Html | None:
    """Until when it can be taken back, while it waits for its moment."""
    if not data.can_undo or data.goes_at is None or data.goes_at <= say.now:
        return None
    if not data.is_held:
        return say("It goes in a minute; until then it can be taken back.")
    return say(
        "These are quiet hours: it goes to all of them at the same time, on {moment}; until then it can be taken back.",
        moment=say.moment(data.goes_at),
    )


def _came(data: Card, say: Say) -> list[Html]:
    """How many have it, and how many get it yet."""
    people, groups, found = data.people, data.groups, []
    if people.sent and people.waiting:
        found.append(say("Sent to {sent}; still on its way to {waiting}.", sent=people.sent, waiting=people.waiting))
    elif people.sent:
        found.append(say.many("Sent to {number} person.", "Sent to {number} people.", people.sent))
    if groups.sent:
        found.append(say.many("Sent to {number} group.", "Sent to {number} groups.", groups.sent))
    return [*found, *_goes_to(0 if people.sent else people.waiting, groups.waiting, say)]


def _missed(data: Card, say: Say) -> Html | None:
    if not data.groups.missed:
        return None
    units = say.names(data.groups.missed)
    again = say("A group that is no longer bound can be bound again by the unit's secretary.") if data.unbound else None
    return say.paragraph(say("It did not reach the group of {units}.", units=units), again)


def told(data: Told, say: Say) -> Message:
    day = say.moment(data.announcement.made_at)
    return Message(
        lines(
            bold(say("Announcement of {unit}", unit=data.unit)),
            text(data.announcement.words),
            say("{name}, {day}", name=data.author, day=day),
        )
    )
