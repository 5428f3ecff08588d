"""One pairing in full, with the buttons that its reader may press."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from domain.outcomes import OutcomeState
from domain.pairings import ENDED, LIVE, PairingState
from handlers.views import hearing, pairing_changes
from handlers.views import pairing_pieces as pieces
from handlers.views.entered_acts import marks, offers, papers
from handlers.views.page import Button, Html, Message, Say, button, lines, quote, shortened
from locales import N_
from reports import words
from services.pairings import Card, Side

DONE: Mapping[str, str] = {
    "proposed": N_("Proposed."),
    "begun": N_("The pairing has begun."),
    "confirmed": N_("Everyone has agreed; it begins on its day."),
    "filled": N_("Thank you. It is complete and you have confirmed it."),
    "asked": N_("Noted. You will be asked again once it is changed."),
    "objected": N_("Noted. The secretary will talk with you."),
    "answered": N_("Noted, it stays as it is."),
    "paused": N_("Paused."),
    "active": N_("Resumed."),
    "completed": N_("Completed."),
    "ended_early": N_("Ended."),
    "cadence": N_("Changed from the next period on."),
    "aim_proposed": N_("Proposed. What was agreed holds meanwhile."),
    "aim_changed": N_("Agreed, it takes effect now."),
    "aim_kept": N_("It stays as agreed."),
    "swapped": N_("Changed."),
}
"""Of which others hear in a minute."""
QUIETLY: Mapping[str, str] = {
    "agreed": N_("Thank you, you have confirmed. It begins once everyone has; until then you can take it back."),
    "reopened": N_("It is being drawn up again. Please edit it and propose it anew."),
    "aim_agreed": N_(
        "Thank you. It takes effect once the other side has agreed. You can undo it within a minute; later, “Keep what was agreed” ends the proposal."
    ),
    "taken_back": N_("You have taken back your confirmation. Nobody was told."),
    "undone": N_("Undone. Nobody was told."),
}
_NO_UNDO = ("", "agreed", "taken_back", "undone")
"""A yes that others have yet to join has a button of its own, which takes it back at any time."""
BEGUN = (PairingState.ACTIVE, PairingState.PAUSED)


def card(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    did: str = data.get("did", "")
    aims = pairing_changes.rows(held, say) if held.pairing.state in BEGUN else []
    turns = pieces.rotation_rows(held, say)
    rows = [*_undo(held, did, say), *own_rows(held, say), *aims, *turns, *secretary_rows(held, say)]
    return Message(lines(*_done(did, data, say), content(held, say)), rows)


def _done(did: str, data: Mapping[str, Any], say: Say) -> list[Html | None]:
    if did in DONE:
        return [say(DONE[did]), hearing.told(data["hearing"], say), Html("")]
    return [say(QUIETLY[did]), Html("")] if did else []


def content(held: Card, say: Say) -> Html:
    """All that stands in a pairing; an officer reads people and state alone."""
    pairing = held.pairing
    names = [guide.person.name for guide in held.present]
    top = (
        pieces.headline(held.mentee.name, pairing.track, say),
        pieces.mentors(names, pairing.track, held.mentee.stage, say),
        _state(held, say),
        *pieces.rotations(held, say),
    )
    if held.sides == {Side.OFFICER}:
        return lines(*top)
    begun, ended = pairing.active_on is not None, pairing.state in ENDED
    return lines(
        *top,
        pieces.direction(pairing.direction, say),
        *(
            pieces.outcome(number, one, say, begun=begun, ended=ended)
            for number, one in enumerate(held.outcomes, start=1)
        ),
        *(() if ended else pieces.rhythm(pairing, say)),
        say("Next report due: {moment}", moment=say.moment(held.next_due)) if held.next_due else None,
        *_open_points(held, say),
        *_words(held, say),
        *pairing_changes.proposed(held, say),
    )


def _state(held: Card, say: Say) -> Html:
    pairing = held.pairing
    state = words.pairing_state(say.language, pairing.state)
    if pairing.state is PairingState.CONFIRMED and pairing.starts_on:
        return say("State: {state}, begins on {day}", state=state, day=say.date(pairing.starts_on))
    if pairing.active_on and pairing.state is PairingState.PAUSED:
        return say("State: {state}; the pairing began on {day}", state=state, day=say.date(pairing.active_on))
    if pairing.active_on and pairing.state not in ENDED:
        return say("State: {state}, since {day}", state=state, day=say.date(pairing.active_on))
    return say("State: {state}", state=state)


def _open_points(held: Card, say: Say) -> list[Html | None]:
    if held.pairing.state is not PairingState.DRAFT:
        grown = say("{name} is a full Party member now: please complete this pairing.", name=held.mentee.name)
        return [grown if held.outgrown and held.pairing.state in LIVE else None]
    unconfirmed = [] if held.pairing.mentee_confirmed_at else [held.mentee.name]
    unconfirmed += [guide.person.name for guide in held.present if not guide.share.confirmed_at]
    return [
        pieces.missing(held.gaps, say),
        say("Still to confirm: {names}", names=say.names(unconfirmed)) if unconfirmed else None,
    ]


def _words(held: Card, say: Say) -> list[Html | None]:
    pairing = held.pairing
    asked = (
        lines(
            say("{name} asks for a change:", name=held.asked_by),
            quote(pairing.change_asked),
            *marks(held.entered, say),
        )
        if pairing.change_asked
        else None
    )
    return [asked, say("Reason: {reason}", reason=pairing.end_reason) if pairing.end_reason else None]


def _undo(held: Card, did: str, say: Say) -> list[list[Button]]:
    return [[button(say.plain("Undo"), "pairing.undo", held.pairing.id)]] if did not in _NO_UNDO else []


def own_rows(held: Card, say: Say) -> list[list[Button]]:
    """What mentee and mentors may do."""
    if held.sides.isdisjoint({Side.MENTEE, Side.MENTOR}):
        return []
    pairing_id, state = held.pairing.id, held.pairing.state
    if state is PairingState.DRAFT:
        return _draft_rows(held, say)
    rows = [
        [button(say.plain("Reached: {what}", what=shortened(one.what, 24)), "outcome.open", one.id)]
        for one in held.outcomes
        if one.state is OutcomeState.PLANNED and state is PairingState.ACTIVE
    ]
    if Side.MENTOR in held.sides and Side.SECRETARY not in held.sides:
        rows += _mentor_rows(held, say)
    if held.pairing.agreed_on and not held.has_confirmed and held.pairing.change_asked is None and state not in ENDED:
        rows.append([button(say.plain("Object"), "pairing.ask", pairing_id)])
    return rows


def _mentor_rows(held: Card, say: Say) -> list[list[Button]]:
    if held.pairing.state not in BEGUN:
        return []
    often = button(say.plain("How often"), "pairing.often", held.pairing.id)
    return [*_judgements(held, say, {OutcomeState.CLAIMED}), [often]]


def _draft_rows(held: Card, say: Say) -> list[list[Button]]:
    pairing_id = held.pairing.id
    change = button(say.plain("Ask for a change"), "pairing.ask", pairing_id)
    if held.gaps:
        return (
            [[button(say.plain("Complete it"), "pairing.fill", pairing_id), change]]
            if Side.MENTOR in held.sides
            else []
        )
    if held.has_confirmed:
        return [[button(say.plain("Take back my confirmation"), "pairing.unconfirm", pairing_id), change]]
    return [[button(say.plain("Confirm"), "pairing.confirm", pairing_id), change]]


def secretary_rows(held: Card, say: Say) -> list[list[Button]]:
    if Side.SECRETARY not in held.sides:
        return []
    return [
        *_judgements(held, say, {OutcomeState.PLANNED, OutcomeState.CLAIMED}),
        *_steps(held, say),
        *papers(held.entered, say),
        *offers(held.proxies, say),
        [
            button(say.plain("Print the pairing form"), "form.pairing", held.pairing.id),
            button(say.plain("To the list"), "pairings"),
        ],
    ]


def _judgements(held: Card, say: Say, states: Set[OutcomeState]) -> list[list[Button]]:
    return [
        [button(say.plain("Verify: {what}", what=shortened(one.what, 24)), "outcome.open", one.id)]
        for one in held.outcomes
        if one.state in states and held.pairing.state in BEGUN
    ]


_STEPS: Mapping[PairingState, tuple[tuple[tuple[str, str], ...], ...]] = {
    PairingState.DRAFT: (
        ((N_("Edit and propose anew"), "pairing.edit"), (N_("Signed on paper"), "pairing.sign")),
        ((N_("Change the {guide}"), "pairing.mentor"), (N_("End early"), "pairing.end")),
    ),
    PairingState.CONFIRMED: (((N_("Edit and propose anew"), "pairing.edit"), (N_("End early"), "pairing.end")),),
    PairingState.ACTIVE: (
        ((N_("How often"), "pairing.often"), (N_("Change the {guide}"), "pairing.mentor")),
        ((N_("Pause"), "pairing.pause"), (N_("Complete"), "pairing.complete"), (N_("End early"), "pairing.end")),
    ),
    PairingState.PAUSED: (
        ((N_("How often"), "pairing.often"), (N_("Change the {guide}"), "pairing.mentor")),
        ((N_("Resume"), "pairing.resume"), (N_("Complete"), "pairing.complete"), (N_("End early"), "pairing.end")),
    ),
}


def _steps(held: Card, say: Say) -> list[list[Button]]:
    pairing = held.pairing
    objected = pairing.change_asked is not None and pairing.state is not PairingState.DRAFT
    rows = [[(N_("Talked over, it stays"), "pairing.answer")]] if objected else []
    if objected and pairing.state is PairingState.ACTIVE:
        rows[0].append((N_("Draw it up anew"), "pairing.reopen"))
    rows += [list(row) for row in _STEPS.get(pairing.state, ())]
    guide = pieces.guide(held, say)
    return [[button(say.plain(title, guide=guide), verb, pairing.id) for title, verb in row] for row in rows]
