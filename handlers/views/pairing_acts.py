"""What is asked before something is done to a pairing, what follows from it, and what others hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.outcomes import OutcomeTerms
from domain.pairings import Gap, PairingState
from domain.periods import CadenceKind
from handlers.views import hearing, pairing_cards, pairing_changes
from handlers.views import pairing_pieces as pieces
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, quote
from locales import N_
from services.pairing_notices import Notice
from services.pairings import Card, Side

DID: Mapping[str, str] = {
    "pause": "paused",
    "resume": "active",
    "complete": "completed",
    "end": "ended_early",
    "answer": "answered",
    "reopen": "reopened",
}
QUESTIONS: Mapping[str, str] = {
    "change": N_("What should be different? A sentence or two is enough; it goes to the secretary."),
    "end": N_("Why does it end early? One sentence, which stays on record and which those concerned can read."),
    "sign": N_("On which day was it signed on paper? Tap, or type a day: “yesterday” will do, or “10月9日”."),
}
PREVIEWS: Mapping[str, str] = {
    "pause": N_("Pause the pairing of {name}? No report is due until it is resumed."),
    "resume": N_("Resume the pairing of {name}? Reports are due again from this period on."),
    "complete": N_("Complete the pairing of {name}? Please check first that its outcomes are verified."),
    "end": N_("End the pairing of {name} early?"),
    "answer": N_("Leave the pairing of {name} as it is? Whoever objected is told that you have talked it over."),
    "reopen": N_("Draw the pairing of {name} up anew? It rests until it is proposed again and everyone has confirmed."),
}
LINES: Mapping[Gap, str] = {
    Gap.DIRECTION: N_("direction"),
    Gap.OUTCOME: N_("expected outcome"),
    Gap.MEASURE: N_("how it is measured"),
    Gap.DUE_DAY: N_("by when (a day such as 2027年3月31日)"),
}
NOTICES: Mapping[Notice, str] = {
    Notice.PLEASE_CONFIRM: N_("A pairing is proposed. Please read it and confirm, or ask for a change."),
    Notice.PLEASE_COMPLETE: N_("You are proposed as {guide}. Please complete what is missing, in one message."),
    Notice.CHANGE_ASKED: N_("A change to the pairing of {name} is asked for. Please edit it and propose it anew."),
    Notice.STARTED: N_("Everyone has confirmed the pairing of {name}."),
    Notice.STARTED_ON_PAPER: N_(
        "The pairing of {name} has been entered as signed on paper. If anything is not as agreed, you may object."
    ),
    Notice.OBJECTION: N_("There is an objection to the pairing of {name}. Please talk with whoever raised it."),
    Notice.OBJECTION_ANSWERED: N_(
        "The secretary has talked over your objection; the pairing of {name} stays as it is."
    ),
    Notice.PAUSED: N_("The pairing of {name} is paused. No report is due until it is resumed."),
    Notice.RESUMED: N_("The pairing of {name} goes on."),
    Notice.ENDED: N_("The pairing of {name} has ended early. No more reports are due."),
    Notice.COMPLETED: N_("The pairing of {name} is completed. Thank you all."),
    Notice.AIM_PROPOSED: N_(
        "For the pairing of {name} a change of direction or outcomes is proposed. Please say whether you agree."
    ),
    Notice.AIM_CHANGED: N_("The pairing of {name} has changed as all have agreed; it holds from now on."),
    Notice.AIM_KEPT: N_("The change proposed for the pairing of {name} was not taken up; all stays as it was."),
    Notice.OUTGROWN: N_(
        "{name} is a full Party member now: the aim of this pairing is reached. The secretary is asked to complete it."
    ),
    Notice.CADENCE_CHANGED: N_(
        "The days on which reports are due in the pairing of {name} change from the next period on."
    ),
    Notice.MENTOR_CHANGED: N_("The {guide} in the pairing of {name} has changed."),
    Notice.NOW_MENTOR: N_("You are {guide} of {name} from now on; reports come to you."),
    Notice.NO_LONGER_MENTOR: N_("You are no longer {guide} in the pairing of {name}. Thank you for your guidance."),
}

OWN_NOTICES: Mapping[Notice, str] = {
    Notice.STARTED: N_("Everyone has confirmed your pairing."),
    Notice.STARTED_ON_PAPER: N_(
        "Your pairing has been entered as signed on paper. If anything is not as agreed, you may object."
    ),
    Notice.OBJECTION_ANSWERED: N_("The secretary has talked over your objection; your pairing stays as it is."),
    Notice.PAUSED: N_("Your pairing is paused. No report is due until it is resumed."),
    Notice.RESUMED: N_("Your pairing goes on."),
    Notice.ENDED: N_("Your pairing has ended early. No more reports are due."),
    Notice.COMPLETED: N_("Your pairing is completed. Thank you for your work."),
    Notice.AIM_PROPOSED: N_(
        "For your pairing a change of direction or outcomes is proposed. Please say whether you agree."
    ),
    Notice.AIM_CHANGED: N_("Your pairing has changed as all have agreed; it holds from now on."),
    Notice.AIM_KEPT: N_("The change proposed for your pairing was not taken up; all stays as it was."),
    Notice.CADENCE_CHANGED: N_("The days on which your reports are due change from the next period on."),
    Notice.MENTOR_CHANGED: N_("The {guide} in your pairing has changed."),
}
"""To the mentee."""


def question(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    asked: str = data["question"]
    if asked == "fill":
        return Message(_what_is_missing(held, say), [[_never_mind(held, say)]])
    today = [[button(say.plain("Today"), "pairing.signed", held.pairing.id)]] if asked == "sign" else []
    return Message(say(QUESTIONS[asked]), [*today, [_never_mind(held, say)]])


def _what_is_missing(held: Card, say: Say) -> Html:
    asked = (
        say("{number}. {what}", number=at, what=say.plain(LINES[gap])) for at, gap in enumerate(_gaps(held), start=1)
    )
    return lines(
        pieces.headline(held.mentee.name, held.pairing.track, say),
        *(pieces.outcome(number, one, say, begun=False) for number, one in enumerate(held.outcomes, start=1)),
        "",
        say("Please send one message with a line for each:"),
        *asked,
    )


def _gaps(held: Card) -> list[Gap]:
    return [gap for gap in held.gaps if gap in LINES]


def filled(data: Mapping[str, Any], say: Say) -> Message:
    """The terms as the message completes them; with the tap they are written and confirmed."""
    held: Card = data["card"]
    planned: tuple[OutcomeTerms, ...] = data["outcomes"]
    text = lines(
        bold(say("Please check:")),
        pieces.headline(held.mentee.name, held.pairing.track, say),
        pieces.direction(data["direction"], say),
        pieces.planned(planned, say),
        say("Reports due: {cadence}", cadence=pieces.cadence(held.pairing.cadence, say)),
        say(
            "With “Confirm” you agree to it as {guide}. To correct it, send it once more.",
            guide=pieces.guide(held, say),
        ),
    )
    return Message(text, [[button(say.plain("Confirm"), "pairing.filled", held.pairing.id), _never_mind(held, say)]])


def preview(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    act: str = data["act"]
    gone = act in ("pause", "complete", "end", "reopen") and data["duties"]
    told = hearing.will_be_told(data["hearing"], say) if act not in ("answer", "reopen") else None
    text = lines(
        say(PREVIEWS[act], name=held.mentee.name),
        quote(data["reason"]) if data.get("reason") else None,
        say.many("One open item is dropped.", "{number} open items are dropped.", gone) if gone else None,
        told,
    )
    yes = button(say.plain("Yes, do it"), "pairing.do", act, held.pairing.id)
    return Message(text, [[yes, _never_mind(held, say)]])


def often(data: Mapping[str, Any], say: Say) -> Message:
    """How often, then on which day."""
    held: Card = data["card"]
    verb = ("pairing.often", held.pairing.id)
    if data["kind"]:
        asked, rows = pieces.day_choice(CadenceKind(data["kind"]), verb, say)
    else:
        asked, rows = say("How often are reports due?"), pieces.cadence_choice(verb, say)
    takes_effect = say("A change takes effect from the next period on.")
    told = hearing.will_be_told(data["hearing"], say)
    text = lines(*pieces.rhythm(held.pairing, say), takes_effect, told, asked)
    return Message(text, [*rows, [_never_mind(held, say)]])


def _never_mind(held: Card, say: Say) -> Button:
    return button(say.plain("Never mind"), "pairing.open", held.pairing.id)


def notice(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    what: Notice = data["what"]
    sentence = OWN_NOTICES.get(what, NOTICES[what]) if Side.MENTEE in held.sides else NOTICES[what]
    told = say(sentence, name=held.mentee.name, guide=pieces.guide(held, say))
    if what is Notice.NO_LONGER_MENTOR:
        return Message(told, menu=())
    text = lines(told, "", pairing_cards.content(held, say))
    rows = pairing_cards.own_rows(held, say)
    if held.pairing.state is not PairingState.DRAFT:
        rows = [row for row in rows if row[0].press.startswith("pairing.ask")]
    if what is Notice.AIM_PROPOSED:
        rows += pairing_changes.rows(held, say)
    if what is Notice.OUTGROWN and Side.SECRETARY in held.sides:
        rows.append([button(say.plain("Complete"), "pairing.complete", held.pairing.id)])
    return Message(text, [*rows, [button(say.plain("Open the pairing"), "pairing.open", held.pairing.id)]])


def taken_back(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("Undone. Nothing was kept and nobody was told."))
