"""Who answers reports while a mentor is away, and what stand-in and mentee hear of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.duties import Leave
from handlers.views import hearing
from handlers.views.page import Button, Html, Message, Say, button, lines, turns
from services.hearing import Hearing
from services.stand_in_choices import Choice, StandIn
from services.stand_in_words import Days, Ear, Word


def line(one: StandIn, say: Say) -> Html:
    if not one.names:
        return say("Nobody answers the reports of {name} on these days yet.", name=one.mentee.name)
    return say(
        "On these days {stand_in} answers the reports of {name}.", stand_in=say.names(one.names), name=one.mentee.name
    )


def dated(one: StandIn, say: Say) -> Html:
    """With its days, among several."""
    if not one.names:
        return say(
            "Nobody answers the reports of {name} from {first} to {last} at present. Please name somebody.",
            name=one.mentee.name,
            **_span(one.days, say),
        )
    return say(
        "From {first} to {last} {stand_in} answers the reports of {name}.",
        stand_in=say.names(one.names),
        name=one.mentee.name,
        **_span(one.days, say),
    )


def change(one: StandIn, say: Say) -> Button:
    return _change(one.mentee.name, one.leave.id, one.pairing.id, say)


def _change(mentee: str, leave_id: int, pairing_id: int, say: Say) -> Button:
    return button(say.plain("Someone else for {name}", name=mentee), "stand_in.ask", leave_id, pairing_id, 0)


def choose(data: Choice, say: Say) -> Message:
    one = data.stand_in
    key = (one.leave.id, one.pairing.id)
    rows = [[button(person.name, "stand_in.to", *key, person.id)] for person in data.people]
    rows += turns(say, data.page, "stand_in.ask", *key, more=data.more)
    if data.elsewhere:
        rows.append([button(say.plain("Someone of another branch"), "stand_in.elsewhere", *key)])
    text = lines(
        say(
            "Who is to answer the reports of {name} from {first} to {last}, in place of {mentor}?",
            name=one.mentee.name,
            mentor=say.names(one.mentors),
            first=say.short_date(one.days.first),
            last=say.short_date(one.days.last),
        ),
        line(one, say),
        None if data.people else say("Nobody else of the branch could stand in."),
    )
    return Message(text, rows)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who stands in now, and who is to hear of it."""

    stand_in: StandIn
    hearing: Hearing


def chosen(data: Chosen, say: Say) -> Message:
    one = data.stand_in
    undo = button(say.plain("Undo"), "stand_in.undo", one.leave.id, one.pairing.id)
    return Message(lines(line(one, say), hearing.news(data.hearing, say)), [[undo], [change(one, say)]])


def undone(data: Chosen, say: Say) -> Message:
    text = lines(say("Undone."), line(data.stand_in, say), hearing.news(data.hearing, say))
    return Message(text, [[change(data.stand_in, say)]])


def told(data: Sequence[Word], say: Say) -> Message:
    """Of several pairings at once, where one mentor guides several."""
    answers = [one for one in data if one.days and one.ear is Ear.STAND_IN]
    listed = say("They are listed below under “{button}”.", button=say.plain("To review")) if answers else None
    text = lines(*(piece for one in data for piece in SPOKEN[one.ear](one, say)), listed)
    rows = [
        [_change(one.mentee.name, one.change, one.pairing_id, say)]
        for one in data
        if one.change is not None and (one.days or one.ear is Ear.MENTOR)
    ]
    stands_in = any(one.ear is Ear.STAND_IN for one in data)
    return Message(text, rows, menu=() if stands_in else None)


def _to_mentee(one: Word, say: Say) -> Iterator[Html]:
    for days in one.days:
        yield say.many(
            "{mentor} is away from {first} to {last}. Meanwhile {stand_in} answers your reports.",
            "{mentor} are away from {first} to {last}. Meanwhile {stand_in} answers your reports.",
            len(one.mentors),
            stand_in=days.name,
            mentor=say.names(one.mentors),
            **_span(days, say),
        )
    if not one.days:
        yield _without_anybody(one, say)


def _without_anybody(one: Word, say: Say) -> Html:
    if one.open is None:
        mentor = say.names(one.there or one.mentors)
        return say("Your reports are answered by {mentor}; nobody stands in any more.", mentor=mentor)
    mentor = say.names(one.mentors)
    return say(
        "Nobody can stand in for {mentor} at present; {mentor} answers your reports on coming back.", mentor=mentor
    )


def _to_stand_in(one: Word, say: Say) -> Iterator[Html]:
    for days in one.days:
        yield say.many(
            "{mentor} is away from {first} to {last}. Please answer the reports of {name} meanwhile; it ends by itself.",
            "{mentor} are away from {first} to {last}. Please answer the reports of {name} meanwhile; it ends by itself.",
            len(one.mentors),
            name=one.mentee.name,
            mentor=say.names(one.mentors),
            **_span(days, say),
        )
    if not one.days:
        yield say(
            "You need not answer the reports of {name} any more. Thank you for standing in.", name=one.mentee.name
        )


def _to_mentor(one: Word, say: Say) -> Iterator[Html]:
    for days in one.days:
        yield say(
            "From {first} to {last} {stand_in} answers the reports of {name}.",
            stand_in=days.name,
            name=one.mentee.name,
            **_span(days, say),
        )
    if not one.days and one.open is not None:
        yield say(
            "Nobody answers the reports of {name} from {first} to {last} at present. Please name somebody.",
            name=one.mentee.name,
            **_span(one.open, say),
        )


SPOKEN = {Ear.MENTEE: _to_mentee, Ear.MENTOR: _to_mentor, Ear.STAND_IN: _to_stand_in}


def _span(days: Days | Leave, say: Say) -> dict[str, str]:
    return {"first": say.short_date(days.first), "last": say.short_date(days.last)}
