"""Who hears in a minute of what was just done, beneath what was done."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.views.page import Html, Say, lines
from services.hearing import Hearing

MOST_NAMED = 6
"""So many are named; of more, the first of them and how many there are."""


def told(hearing: Hearing, say: Say) -> Html:
    """Of something that can be undone until then."""
    if hearing.told:
        first = say("Told in a minute: {names}. Until then you can undo it.", names=names(hearing.told, say))
    elif hearing.unnamed:
        first = say("The account is told in a minute; until then you can undo it.")
    else:
        first = say("Nobody is notified here; you can undo it.")
    return lines(first, in_person(hearing, say))


def will_be_told(hearing: Hearing, say: Say) -> Html:
    """Of something that is not done yet."""
    if hearing.told:
        first = say("Told a minute later: {names}", names=names(hearing.told, say))
    else:
        first = say("Nobody is notified here.")
    return lines(first, in_person(hearing, say))


def undone(hearing: Hearing, say: Say) -> Html:
    """Those who had heard hear of that too; whoever had not hears nothing at all."""
    if not hearing.told:
        return say("Undone. Nobody was told.")
    return say("Undone. Told in a minute, having heard of it before: {names}", names=names(hearing.told, say))


def in_person(hearing: Hearing, say: Say) -> Html | None:
    if not hearing.in_person:
        return None
    return say("Not to be reached here, so please tell them in person: {names}", names=names(hearing.in_person, say))


def names(people: Sequence[str], say: Say) -> str:
    if len(people) <= MOST_NAMED:
        return say.names(people)
    return say.plain("{names} and others, {number} in all", names=say.names(people[:MOST_NAMED]), number=len(people))
