"""Who hears of what was just done, and when, beneath what was done."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.views.page import Html, Say, lines
from services.hearing import Hearing, Later

MOST_NAMED = 6
"""So many are named; of more, the first of them and how many there are."""


def told(hearing: Hearing, say: Say) -> Html:
    """Of something that can be undone until then."""
    first: Html | None = None
    if hearing.told:
        first = say("Told in a minute: {names}. Until then you can undo it.", names=names(hearing.told, say))
    elif hearing.unnamed:
        first = say("The account is told in a minute; until then you can undo it.")
    elif not hearing.later:
        first = say("Nobody is notified here; you can undo it.")
    return lines(first, *later(hearing.later, say), in_person(hearing, say))


def will_be_told(hearing: Hearing, say: Say) -> Html:
    """Of something that is not done yet."""
    first: Html | None = None
    if hearing.told:
        first = say("Told a minute later: {names}", names=names(hearing.told, say))
    elif not hearing.later:
        first = say("Nobody is notified here.")
    return lines(first, *later(hearing.later, say), in_person(hearing, say))


def news(hearing: Hearing, say: Say) -> Html | None:
    """Of something that says by itself whom it concerns."""
    if not hearing.names:
        return None
    first = say("Told in a minute: {names}", names=names(hearing.told, say)) if hearing.told else None
    return lines(first, *later(hearing.later, say))


def undone(hearing: Hearing, say: Say) -> Html:
    """Those who had heard hear of that too; whoever had not hears nothing at all."""
    if not hearing.names:
        return say("Undone. Nobody was told.")
    if not hearing.told:
        return lines(say("Undone. They had been told."), *later(hearing.later, say))
    first = say("Undone. Told in a minute, having heard of it before: {names}", names=names(hearing.told, say))
    return lines(first, *later(hearing.later, say))


def later(them: Sequence[Later], say: Say) -> list[Html]:
    """Those who do not hear in a minute: it is a quiet hour for them, or their week is full."""
    return [
        say("With the next digest: {names}", names=names(one.names, say))
        if one.at is None
        else say(
            "Quiet hours, so not before {moment}: {names}",
            moment=say.moment(one.at),
            names=names(one.names, say),
        )
        for one in them
    ]


def in_person(hearing: Hearing, say: Say) -> Html | None:
    if not hearing.in_person:
        return None
    return say("Not to be reached here, so please tell them in person: {names}", names=names(hearing.in_person, say))


def names(people: Sequence[str], say: Say) -> str:
    if len(people) <= MOST_NAMED:
        return say.names(people)
    return say.plain("{names} and others, {number} in all", names=say.names(people[:MOST_NAMED]), number=len(people))
