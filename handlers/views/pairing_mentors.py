"""Whom another mentor is to replace, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.pairings import MOST_MENTORS, PairingState
from handlers.views import hearing
from handlers.views import pairing_pieces as pieces
from handlers.views.page import Html, Message, Say, button, lines
from services.pairings import Card


def mentors(held: Card, say: Say) -> Message:
    pairing_id, guide = held.pairing.id, pieces.guide(held, say)
    rows = [
        [
            button(
                say.plain("In place of {name}", name=one.person.name),
                "pairing.mentor_for",
                pairing_id,
                one.person.id,
            )
        ]
        for one in held.present
    ]
    if len(held.present) < MOST_MENTORS:
        rows.append([button(say.plain("Add a second {guide}", guide=guide), "pairing.mentor_for", pairing_id, 0)])
    else:
        rows += [
            [
                button(
                    say.plain("Without {name}", name=one.person.name), "pairing.mentor_to", pairing_id, one.person.id, 0
                )
            ]
            for one in held.present
        ]
    names = [one.person.name for one in held.present]
    text = lines(
        pieces.headline(held.mentee.name, held.pairing.track, say),
        pieces.mentors(names, held.pairing.track, held.mentee.stage, say),
        *_history(held, say),
    )
    return Message(text, [*rows, [button(say.plain("Never mind"), "pairing.open", pairing_id)]])


def _history(held: Card, say: Say) -> list[Html]:
    return [
        say("{name}, until {day}", name=guide.person.name, day=say.date(guide.share.until_on))
        if guide.share.leave_id is None
        else say(
            "{name} stands in from {first} to {last}",
            name=guide.person.name,
            first=say.short_date(guide.share.from_on),
            last=say.short_date(guide.share.until_on),
        )
        for guide in held.mentors
        if guide.share.until_on is not None
    ]


def swap(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    drawn_up, guide = held.pairing.state is PairingState.DRAFT, pieces.guide(held, say)
    coming, leaving = data["coming_name"], data["leaving_name"]
    text = lines(
        pieces.headline(held.mentee.name, held.pairing.track, say),
        say("New {guide}: {name}", guide=guide, name=coming) if coming else None,
        say("No longer {guide}: {name}", guide=guide, name=leaving) if leaving else None,
        say("The new one is asked to confirm.")
        if drawn_up
        else say("It takes effect today; earlier reports stay with the pairing."),
        hearing.will_be_told(data["hearing"], say) if not drawn_up else None,
    )
    yes = button(say.plain("Yes, do it"), "pairing.swap", held.pairing.id, data["leaving"], data["coming"])
    return Message(text, [[yes, button(say.plain("Never mind"), "pairing.open", held.pairing.id)]])
