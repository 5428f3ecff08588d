"""What those concerned hear of a need."""

from __future__ import annotations

from domain.check_ins import Capacity
from handlers.views.needs import card_buttons, card_text
from handlers.views.page import Message, Say, lines
from services.needs import Card


def asked(data: Card, say: Say) -> Message:
    return Message(
        lines(say("{name} needs support.", name=data.need.person), card_text(data, say)), card_buttons(data, say)
    )


def news(data: Card, say: Say) -> Message:
    own = data.capacity is Capacity.AUTHOR
    first = say("There is news of the support you asked for.") if own else say("There is news of what you passed up.")
    return Message(lines(first, card_text(data, say)), card_buttons(data, say))


def taken_over(data: Card, say: Say) -> Message:
    owner = data.need.owner or ""
    first = say("{owner} has taken this over from you. There is nothing left to do.", owner=owner)
    return Message(lines(first, card_text(data, say)))


def withdrawn(data: Card, say: Say) -> Message:
    """Of whoever asked; those above know the branch alone."""
    first = (
        say("{unit} has taken back what it asked of you. There is nothing left to do.", unit=data.need.person)
        if data.capacity is Capacity.ABOVE
        else say("{name} has taken back the request for support. There is nothing left to do.", name=data.need.person)
    )
    return Message(lines(first, card_text(data, say)))


def solved(data: Card, say: Say) -> Message:
    if data.capacity is Capacity.ABOVE:
        first = say("It is solved for {unit}, says the one who asked. Thank you.", unit=data.need.person)
    else:
        first = say("{name} says that it is solved. Thank you.", name=data.need.person)
    return Message(lines(first, card_text(data, say)), card_buttons(data, say))


def reopened(data: Card, say: Say) -> Message:
    if data.capacity is Capacity.ABOVE:
        first = say("It is not solved yet for {unit}, says the one who asked.", unit=data.need.person)
    else:
        first = say("{name} says that it is not solved yet.", name=data.need.person)
    return Message(lines(first, card_text(data, say)), card_buttons(data, say))
