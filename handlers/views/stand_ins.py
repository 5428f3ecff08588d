"""Who answers reports while a mentor is away, and what stand-in and mentee hear of it."""

from __future__ import annotations

from handlers.views.page import Button, Html, Message, Say, button, lines, turns
from services.stand_ins import Choice, StandIn


def line(one: StandIn, say: Say) -> Html:
    if not one.name:
        return say("Nobody answers the reports of {name} on these days yet.", name=one.mentee.name)
    return say("On these days {stand_in} answers the reports of {name}.", stand_in=one.name, name=one.mentee.name)


def change(one: StandIn, say: Say) -> Button:
    title = say.plain("Someone else for {name}", name=one.mentee.name)
    return button(title, "stand_in.ask", one.leave.id, one.pairing_id, 0)


def choose(data: Choice, say: Say) -> Message:
    one = data.stand_in
    key = (one.leave.id, one.pairing_id)
    rows = [[button(person.name, "stand_in.to", *key, person.id)] for person in data.people]
    rows += turns(say, data.page, "stand_in.ask", *key, more=data.more)
    if data.elsewhere:
        rows.append([button(say.plain("Someone of another branch"), "stand_in.elsewhere", *key)])
    text = lines(
        say(
            "Who is to answer the reports of {name} from {first} to {last}, in place of {mentor}?",
            name=one.mentee.name,
            mentor=one.mentor,
            first=say.short_date(one.leave.first_on),
            last=say.short_date(one.leave.last_on),
        ),
        line(one, say),
        None if data.people else say("Nobody else of the branch could stand in."),
    )
    return Message(text, rows)


def chosen(data: Choice, say: Say) -> Message:
    one = data.stand_in
    text = lines(line(one, say), say("Both are told in a minute; until then you can undo it."))
    return Message(text, [[button(say.plain("Undo"), "pairing.undo", one.pairing_id)], [change(one, say)]])


def told(data: tuple[StandIn, bool], say: Say) -> Message:
    one, mine = data
    fields = {
        "name": one.mentee.name,
        "mentor": one.mentor,
        "stand_in": one.name,
        "first": say.short_date(one.leave.first_on),
        "last": say.short_date(one.leave.last_on),
    }
    if mine:
        text = say(
            "{mentor} is away from {first} to {last}. Please answer the reports of {name} meanwhile; it ends by itself.",
            **fields,
        )
        listed = say("They are listed below under “{button}”.", button=say.plain("To review"))
        return Message(lines(text, listed), [[change(one, say)]] if one.may_change else [], menu=())
    text = say("{mentor} is away from {first} to {last}. Meanwhile {stand_in} answers your reports.", **fields)
    return Message(text)
