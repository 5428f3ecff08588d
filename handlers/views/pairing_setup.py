"""The steps of drawing up a pairing, and its preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.pairings import MOST_MENTORS, MOST_OUTCOMES, Track
from domain.periods import CadenceKind
from handlers.views import pairing_pieces as pieces
from handlers.views.page import Button, Html, Message, Say, bold, button, lines
from reports import words
from services.pairing_drafts import Sheet, Step


def step(data: Sheet, say: Say) -> Message:
    return _STEPS[data.drafted.step](data, say)


def _track(data: Sheet, say: Say) -> Message:
    rows = [[button(words.track(say.language, track), "pairing.track", track)] for track in data.tracks]
    return Message(say("Both tracks fit {name}. Which one is it?", name=data.mentee.name), [*rows, [_discard(say)]])


def _mentors(data: Sheet, say: Say) -> Message:
    rows = [
        [button(say.plain("Without {name}", name=mentor.name), "pairing.no_guide", mentor.id)]
        for mentor in data.mentors
    ]
    if len(data.mentors) < MOST_MENTORS:
        title = say.plain("Add a second mentor") if data.mentors else say.plain("Choose the mentor")
        rows.append([button(title, "pairing.guides")])
    return Message(_people(data, say), [*rows, [_to_preview(say)]])


def _direction(data: Sheet, say: Say) -> Message:
    text = lines(
        _people(data, say),
        "",
        say("In which direction? One or two sentences: what the person is to grow into."),
    )
    rows = [[button(say.plain("Leave it to the mentor"), "pairing.open_direction")]]
    if len(data.mentors) < MOST_MENTORS and not data.drafted.returns:
        rows.append([button(say.plain("Add a second mentor"), "pairing.guides")])
    return Message(text, [*rows, [_discard(say)]])


def _outcome(data: Sheet, say: Say) -> Message:
    text = lines(
        _people(data, say),
        "",
        say("Which outcome is expected? Please send it as lines of one message:"),
        say("1. what is to be reached"),
        say("2. how it is measured"),
        say("3. by when, such as 2027年3月31日"),
        say("The second and third line may be left to the mentor."),
    )
    return Message(text, [[_to_preview(say), _discard(say)] if data.drafted.terms.outcomes else [_discard(say)]])


def _cadence(data: Sheet, say: Say) -> Message:  # noqa: ARG001 - the shape of every step
    rows = pieces.cadence_choice(("pairing.cadence",), say)
    return Message(say("How often are reports due?"), [*rows, [_to_preview(say)]])


def cadence_day(data: Mapping[str, Any], say: Say) -> Message:
    asked, rows = pieces.day_choice(CadenceKind(data["kind"]), ("pairing.cadence",), say)
    return Message(asked, [*rows, [_to_preview(say)]])


def _start(data: Sheet, say: Say) -> Message:  # noqa: ARG001 - the shape of every step
    at_once = button(say.plain("As soon as all agree"), "pairing.no_day")
    return Message(say("From which day on? Type a day such as 11月2日."), [[at_once], [_to_preview(say)]])


def _signed(data: Sheet, say: Say) -> Message:  # noqa: ARG001 - the shape of every step
    text = say(
        "On which day did all sign it on paper? Type a day such as 10月9日. When it is complete it begins at once, everyone "
        "is told and may object."
    )
    return Message(text, [[button(say.plain("Not signed on paper"), "pairing.no_day")], [_to_preview(say)]])


def _preview(data: Sheet, say: Say) -> Message:
    mark = data.drafted.mark
    editing = data.drafted.pairing_id is not None
    submit = button(say.plain("Propose it anew") if editing else say.plain("Propose it"), "pairing.submit", mark)
    more = len(data.drafted.terms.outcomes) < MOST_OUTCOMES
    outcomes = [button(say.plain("Another outcome"), "pairing.step", Step.OUTCOME)] if more else []
    return Message(
        lines(bold(say("Is this right?")), *_terms(data, say), "", _what_follows(data, say)),
        [
            [submit],
            [button(say.plain("Mentors"), "pairing.step", Step.MENTOR), _to(Step.DIRECTION, say.plain("Direction"))],
            [button(say.plain("Outcomes anew"), "pairing.outcomes"), *outcomes],
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
        say("Reports: {cadence}", cadence=pieces.cadence(terms.cadence, say)),
        say("From {day} on", day=say.date(terms.starts_on)) if terms.starts_on else None,
        say("Signed on paper on {day}", day=say.date(terms.agreed_on)) if terms.agreed_on else None,
        pieces.missing(data.gaps, say),
    ]


def _what_follows(data: Sheet, say: Say) -> Html:
    names = say.names([mentor.name for mentor in data.mentors])
    if data.gaps:
        return say("Then {names} is asked to complete it, and everyone to confirm.", names=names)
    if data.drafted.terms.agreed_on:
        return say("Then it begins; everyone is told and may object.")
    return say(
        "Then {mentee} and {names} are asked to confirm; with the last yes it begins.",
        mentee=data.mentee.name,
        names=names,
    )


def _people(data: Sheet, say: Say) -> Html:
    track: Track = data.drafted.terms.track
    names = [mentor.name for mentor in data.mentors]
    return lines(pieces.headline(data.mentee.name, track, say), pieces.mentors(names, track, data.mentee.stage, say))


def _to(where: Step, title: str) -> Button:
    return button(title, "pairing.step", where)


def _to_preview(say: Say) -> Button:
    return button(say.plain("Back to the preview"), "pairing.step", Step.PREVIEW)


def _discard(say: Say) -> Button:
    return button(say.plain("Do not propose it"), "pairing.discard")


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
