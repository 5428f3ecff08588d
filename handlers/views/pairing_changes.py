"""The sheet on which direction and outcomes are written anew, what is proposed, and the versions before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.pairing_changes import Aim, Change
from domain.pairings import MOST_OUTCOMES, gaps
from handlers.views import pairing_pieces as pieces
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, shortened
from services.pairing_change_drafts import Sheet, Step
from services.pairings import Card, Side


def sheet(data: Sheet, say: Say) -> Message:
    if data.drafted.step is not Step.SHEET:
        return _question(data, say)
    aim, pairing_id = data.drafted.aim, data.drafted.pairing_id
    missing = gaps([pairing_id], aim.direction, aim.outcomes) if aim.outcomes else ()
    text = lines(
        bold(say("What is to change?")),
        pieces.headline(data.card.mentee.name, data.card.pairing.track, say),
        *_aim(aim, say),
        pieces.missing(missing, say),
        "",
        say(
            "The {guide} and the mentee both agree to it; until then what was agreed holds. What has been reached stays.",
            guide=pieces.guide(data.card, say),
        ),
    )
    submit = [[button(say.plain("Propose the change"), "aim.submit")]] if data.changes and not missing else []
    discard = [button(say.plain("Keep what was agreed"), "aim.discard", pairing_id)]
    return Message(text, [*submit, *_changes(aim, say), discard])


def _changes(aim: Aim, say: Say) -> list[list[Button]]:
    rows = [[button(say.plain("Another direction"), "aim.direction")]]
    for place, one in enumerate(aim.outcomes):
        what = shortened(one.what, 16)
        rows.append(
            [
                button(say.plain("Change: {what}", what=what), "aim.outcome", place),
                button(say.plain("Without: {what}", what=what), "aim.drop", place),
            ]
        )
    if len(aim.outcomes) < MOST_OUTCOMES:
        rows.append([button(say.plain("Another outcome"), "aim.outcome", len(aim.outcomes))])
    return rows


def _question(data: Sheet, say: Say) -> Message:
    text = (
        say("Which direction from now on? A sentence or two.")
        if data.drafted.step is Step.DIRECTION
        else say(
            "Please write the outcome in one message: what is to be reached, how it is measured, by when, a line for each."
        )
    )
    return Message(text, [[button(say.plain("Never mind"), "aim.back")]])


def _aim(aim: Aim, say: Say) -> list[Html | None]:
    return [pieces.direction(aim.direction, say), pieces.planned(aim.outcomes, say)]


def proposed(held: Card, say: Say) -> list[Html | None]:
    """What waits to be agreed on, in the pairing's card."""
    change = held.change
    if change is None:
        return []
    unconfirmed = [] if change.mentee_confirmed_at else [held.mentee.name]
    mentors = say.names(guide.person.name for guide in held.present)
    unconfirmed += [] if change.mentor_confirmed_at else [mentors]
    return [
        Html(""),
        bold(say("Proposed for it:")),
        *_aim(change.aim, say),
        say("Still to confirm: {names}", names=say.names(unconfirmed)),
    ]


def rows(held: Card, say: Say) -> list[list[Button]]:
    """What the reader may do about it."""
    pairing_id, change = held.pairing.id, held.change
    if held.sides.isdisjoint({Side.MENTEE, Side.MENTOR, Side.SECRETARY}):
        return []
    past = [[button(say.plain("Earlier versions"), "aim.versions", pairing_id)]] if held.versions else []
    if change is None:
        return [[button(say.plain("Change direction or outcomes"), "aim.change", pairing_id)], *past]
    keep = button(say.plain("Keep what was agreed"), "aim.keep", pairing_id)
    agree = button(say.plain("Agree to the change"), "aim.agree", pairing_id)
    signed = button(say.plain("The change is signed on paper"), "aim.signed", pairing_id)
    first = [agree, keep] if held.asked_to_agree else [keep]
    return [first, *([[signed]] if Side.SECRETARY in held.sides else []), *past]


def versions(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    changes: Sequence[Change] = data["versions"]
    parts: list[Html | None] = [pieces.headline(held.mentee.name, held.pairing.track, say)]
    for change in changes:
        if change.agreed_at is not None and change.before is not None:
            parts += [Html(""), bold(say("Until {day}:", day=say.moment(change.agreed_at))), *_aim(change.before, say)]
    return Message(lines(*parts), [[button(say.plain("To the pairing"), "pairing.open", held.pairing.id)]])
