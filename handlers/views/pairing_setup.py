"""The steps of drawing up a pairing, and its preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.pairings import MOST_MENTORS, MOST_OUTCOMES, GuideKind, Track
from domain.periods import CadenceKind
from handlers.views import pairing_pieces as pieces
from handlers.views.page import Button, Html, Message, Say, bold, button, lines
from locales import N_
from reports import words
from services.pairing_drafts import Sheet, Step

FIRST: Mapping[GuideKind, str] = {
    GuideKind.MENTOR: N_("Who is to be the mentor?"),
    GuideKind.CONTACT: N_("Who is to be the cultivation contact?"),
}
SECOND: Mapping[GuideKind, str] = {
    GuideKind.MENTOR: N_("Who is to be the second mentor?"),
    GuideKind.CONTACT: N_("Who is to be the second cultivation contact?"),
}


def step(data: Sheet, say: Say) -> Message:
    return _STEPS[data.drafted.step](data, say)


def _track(data: Sheet, say: Say) -> Message:
    rows = [[button(words.capital(words.track(say.language, track)), "pairing.track", track)] for track in data.tracks]
    return Message(say("Both tracks fit {name}. Which one is it?", name=data.mentee.name), [*rows, [_discard(say)]])


def _mentors(data: Sheet, say: Say) -> Message:
    rows = [
        [button(say.plain("Without {name}", name=mentor.name), "pairing.no_guide", mentor.id)]
        for mentor in data.mentors
    ]
    if len(data.mentors) < MOST_MENTORS:
        rows.append([_more_guides(data, say)])
    return Message(_people(data, say), [*rows, [_to_preview(say)]])


def _direction(data: Sheet, say: Say) -> Message:
    text = lines(
        _people(data, say),
        "",
        say("In which direction? One or two sentences: what the person is to grow into."),
    )
    rows = [[button(say.plain("Leave it to the {guide}", guide=_guide(data, say)), "pairing.open_direction")]]
    if len(data.mentors) < MOST_MENTORS and not data.drafted.returns:
        rows.append([_more_guides(data, say)])
    return Message(text, [*rows, [_discard(say)]])


def _outcome(data: Sheet, say: Say) -> Message:
    text = lines(
        _people(data, say),
        "",
        say("Which outcome is expected? Please send it in one message, line by line:"),
        say("1. what is to be reached"),
        say("2. how it is measured"),
        say("3. by when, such as 2027年3月31日"),
        say("The second and third line may be left to the {guide}.", guide=_guide(data, say)),
    )
    return Message(text, [[_to_preview(say), _discard(say)] if data.drafted.terms.outcomes else [_discard(say)]])


def _cadence(data: Sheet, say: Say) -> Message:  # noqa: ARG001 - the shape of every step
    rows = pieces.cadence_choice(("pairing.cadence",), say)
    return Message(say("How often are reports due?"), [*rows, [_to_preview(say)]])


def cadence_day(data: Mapping[str, Any], say: Say) -> Message:
    asked, rows = pieces.day_choice(CadenceKind(data["kind"]), ("pairing.cadence",), say)
    return Message(asked, [*rows, [_to_preview(say)]])


def _start(data: Sheet, say: Say) -> Message:  # noqa: ARG001 - the shape of every step
    at_once = button(say.plain("As soon as everyone agrees"), "pairing.no_day")
    return Message(say("From which day on? Type a day such as 11月2日."), [[at_once], [_to_preview(say)]])


def _signed(data: Sheet, say: Say) -> Message:  # noqa: ARG001 - the shape of every step
    text = say(
        "On which day did everyone sign it on paper? Type a day: “yesterday” will do, or “10月9日”. If it is complete, it begins at once; everyone is told and may object."
    )
    return Message(text, [[button(say.plain("Not signed on paper"), "pairing.no_day")], [_to_preview(say)]])


def _preview(data: Sheet, say: Say) -> Message:
    mark = data.drafted.mark
    editing = data.drafted.pairing_id is not None
    submit = button(say.plain("Propose it anew") if editing else say.plain("Propose it"), "pairing.submit", mark)
    more = len(data.drafted.terms.outcomes) < MOST_OUTCOMES
    outcomes = [button(say.plain("Another outcome"), "pairing.step", Step.OUTCOME)] if more else []
    return Message(
        lines(bold(say("Please check:")), *_terms(data, say), "", _what_follows(data, say)),
        [
            [submit],
            [_to(Step.MENTOR, words.capital(_guide(data, say))), _to(Step.DIRECTION, say.plain("Direction"))],
            [button(say.plain("Rewrite outcomes"), "pairing.outcomes"), *outcomes],
            [_to(Step.CADENCE, say.plain("How often")), _to(Step.START, say.plain("From when"))],
            [_to(Step.SIGNED, say.plain("Signed on paper")), _discard(say)],
        ],
    )


def _terms(data: Sheet, say: Say) -> list[Html | None]:
    terms = data.drafted.terms
    return [
        _people(data, say),
        pieces.direction(terms.direction, say),
        pieces.planned(terms.outcomes, say),
        say("Reports due: {cadence}", cadence=pieces.cadence(terms.cadence, say)),
        say("From {day} on", day=say.date(terms.starts_on)) if terms.starts_on else None,
        say("Signed on paper on {day}", day=say.date(terms.agreed_on)) if terms.agreed_on else None,
        pieces.missing(data.gaps, say),
    ]


def _what_follows(data: Sheet, say: Say) -> Html:
    names = say.names([mentor.name for mentor in data.mentors])
    if data.gaps:
        return say("Then {names} will be asked to complete it, and everyone to confirm.", names=names)
    if data.drafted.terms.agreed_on:
        return say("Then it begins; everyone is told and may object.")
    return say(
        "Then {mentee} and {names} will be asked to confirm; it begins once everyone has.",
        mentee=data.mentee.name,
        names=names,
    )


def _people(data: Sheet, say: Say) -> Html:
    track: Track = data.drafted.terms.track
    names = [mentor.name for mentor in data.mentors]
    return lines(pieces.headline(data.mentee.name, track, say), pieces.mentors(names, track, data.mentee.stage, say))


def _guide(data: Sheet, say: Say) -> str:
    return words.guide(say.language, data.drafted.terms.track, data.mentee.stage)


def _more_guides(data: Sheet, say: Say) -> Button:
    guide = _guide(data, say)
    title = (
        say.plain("Add a second {guide}", guide=guide) if data.mentors else say.plain("Choose the {guide}", guide=guide)
    )
    return button(title, "pairing.guides")


def _to(where: Step, title: str) -> Button:
    return button(title, "pairing.step", where)


def _to_preview(say: Say) -> Button:
    return button(say.plain("Back to the preview"), "pairing.step", Step.PREVIEW)


def _discard(say: Say) -> Button:
    return button(say.plain("Discard"), "pairing.discard")


_STEPS: Mapping[Step, Callable[[Sheet, Say], Message]] = {
    Step.TRACK: _track,
    Step.MENTOR: _mentors,
    Step.DIRECTION: _direction,
    Step.OUTCOME: _outcome,
    Step.CADENCE: _cadence,
    Step.START: _start,
    Step.SIGNED: _signed,
    Step.PREVIEW: _preview,
}


def discarded(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("Nothing was proposed."))
