"""One outcome and its 成效认定."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.outcomes import OutcomeState, OutcomeTerms
from handlers.views import hearing
from handlers.views import pairing_pieces as pieces
from handlers.views.entered_acts import marks, offers, papers
from handlers.views.page import Button, Html, Message, Say, button, lines, quote
from locales import N_
from reports import words
from services.outcomes import OutcomeCard

DONE: Mapping[str, str] = {
    "claimed": N_("Well done. The {guide} or the secretary verifies it next."),
    "verified": N_("Verified."),
    "sent_back": N_("Noted: it is not quite there yet."),
}
NOTICES: Mapping[str, str] = {
    "claimed": N_("An outcome in the pairing of {name} is said to be reached. Please verify it."),
    "verified": N_("An outcome in the pairing of {name} has been verified. Congratulations."),
    "sent_back": N_("An outcome in the pairing of {name} is not quite there yet."),
    "taken_back": N_("The last word on an outcome in the pairing of {name} has been taken back. It stands as before."),
}
OWN_NOTICES: Mapping[str, str] = {
    "verified": N_("An outcome of yours has been verified. Congratulations."),
    "sent_back": N_("An outcome of yours is not quite there yet."),
    "taken_back": N_("The last word on an outcome of yours has been taken back. It stands as before."),
    "claimed": N_("An outcome of yours is said to be reached. It is to be verified."),
}
"""To the one whose outcome it is."""


def card(data: Mapping[str, Any], say: Say) -> Message:
    held: OutcomeCard = data["card"]
    did: str = data.get("did", "")
    guide = words.guide(say.language, held.pairing.track, held.stage)
    done = [say(DONE[did], guide=guide), hearing.told(data["hearing"], say), ""] if did in DONE else []
    done = [hearing.undone(data["hearing"], say), ""] if did == "undone" else done
    return Message(lines(*done, content(held, say)), [*_undo(held, say), *_rows(held, say)])


def content(held: OutcomeCard, say: Say) -> Html:
    one = held.outcome
    return lines(
        pieces.headline(held.mentee, held.pairing.track, say),
        pieces.planned([OutcomeTerms(one.what, one.measure, one.due_on)], say),
        pieces.outcome_state(one, say),
        say("The due day has passed.") if held.overdue else None,
        say("Verified by {name}", name=held.verifier) if held.verifier else None,
        quote(one.remark) if one.remark else None,
        *marks([entry for entry in held.entered if entry.entered_at == one.claimed_at], say),
    )


def _undo(held: OutcomeCard, say: Say) -> list[list[Button]]:
    return [[button(say.plain("Undo"), "outcome.undo", held.outcome.id)]] if held.may_take_back else []


def _rows(held: OutcomeCard, say: Say) -> list[list[Button]]:
    outcome_id = held.outcome.id
    rows = [[button(say.plain("It is reached"), "outcome.claim", outcome_id)]] if held.may_claim else []
    if held.may_verify:
        verify = button(say.plain("Verify"), "outcome.verify", outcome_id)
        back = button(say.plain("Not quite yet"), "outcome.back", outcome_id)
        rows.append([verify, back] if held.outcome.state is OutcomeState.CLAIMED else [verify])
    rows += [*papers(held.entered, say), *offers(held.proxies, say)]
    return [*rows, [button(say.plain("To the pairing"), "pairing.open", held.pairing.id)]]


def question(data: Mapping[str, Any], say: Say) -> Message:
    held: OutcomeCard = data["card"]
    never_mind = button(say.plain("Never mind"), "outcome.open", held.outcome.id)
    if data["question"] == "back":
        text = say("What is still to be done? One or two sentences, which {name} will read.", name=held.mentee)
        return Message(lines(content(held, say), "", text), [[never_mind]])
    text = say(
        "On which day was it reached, and what shows it? Write the day on the first line and the grounds on the second, or the grounds alone if it was today."
    )
    today = button(say.plain("Reached today, no remark"), "outcome.today", held.outcome.id)
    return Message(lines(content(held, say), "", text), [[today], [never_mind]])


def notice(data: Mapping[str, Any], say: Say) -> Message:
    held: OutcomeCard = data["card"]
    sentences = OWN_NOTICES if held.own else NOTICES
    return Message(lines(say(sentences[data["what"]], name=held.mentee), "", content(held, say)), _rows(held, say))
