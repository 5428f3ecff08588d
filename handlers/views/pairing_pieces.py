"""Pieces that every screen about pairings shares: people, direction, outcomes, how often is reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from domain.outcomes import Outcome, OutcomeState, OutcomeTerms
from domain.pairings import Gap, Pairing, Track
from domain.people import Stage
from domain.periods import Cadence, CadenceKind
from handlers.views.entered_acts import by_hand
from handlers.views.page import Button, Html, Say, button, lines, shortened
from locales import N_
from reports import words
from services.pairings import Card

SHOWN = 200
WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
CADENCES: Mapping[CadenceKind, str] = {
    CadenceKind.WEEKLY: N_("Weekly"),
    CadenceKind.FORTNIGHTLY: N_("Every two weeks"),
    CadenceKind.MONTHLY: N_("Monthly"),
}
WORKING_WEEK = 5
MONTH_DAYS = (1, 5, 10, 15, 20, 25, 28, 31)
GAPS: Mapping[Gap, str] = {
    Gap.PEOPLE: N_("who guides"),
    Gap.DIRECTION: N_("the direction"),
    Gap.OUTCOME: N_("the expected outcome"),
    Gap.MEASURE: N_("how it is measured"),
    Gap.DUE_DAY: N_("by when"),
}
OUTCOME_STATES: Mapping[OutcomeState, str] = {
    OutcomeState.PLANNED: N_("under way"),
    OutcomeState.CLAIMED: N_("reported as reached, to be verified"),
    OutcomeState.VERIFIED: N_("reached and verified"),
}


def rotations(held: Card, say: Say) -> list[Html]:
    """Where the mentee rotates meanwhile, or did last."""
    return [
        say(
            "Rotation: {unit}, {post}, {first} to {last} ({state})",
            unit=one.unit,
            post=one.post,
            first=say.language.plain_date(one.starts_on),
            last=say.language.plain_date(one.ends_on),
            state=words.rotation_state(say.language, one.state),
        )
        for one in held.rotations
    ]


def rotation_rows(held: Card, say: Say) -> list[list[Button]]:
    return [
        [button(say.plain("Rotation: {unit}, {post}", unit=one.unit, post=one.post), "rotation.open", one.id)]
        for one in held.rotations
    ]


def cadence(value: Cadence, say: Say) -> str:
    """`每周五`, `every second Friday`, as plain text."""
    if value.kind is CadenceKind.MONTHLY:
        return say.plain("on day {day} of every month", day=value.day)
    weekday = say.plain(WEEKDAYS[value.day])
    if value.kind is CadenceKind.WEEKLY:
        return say.plain("every {weekday}", weekday=weekday)
    return say.plain("every second {weekday}", weekday=weekday)


def rhythm(pairing: Pairing, say: Say) -> list[Html]:
    """How often is reported, and from when on otherwise."""
    now = say("Reports due: {cadence}", cadence=cadence(pairing.cadence, say))
    if pairing.change is None:
        return [now]
    day, coming = say.date(pairing.change.on), cadence(pairing.change.cadence, say)
    return [now, say("From {day}: {cadence}", day=day, cadence=coming)]


def headline(mentee: str, track: Track, say: Say) -> Html:
    return say("<b>{name}</b> · {track}", name=mentee, track=words.track(say.language, track))


def guide(held: Card, say: Say) -> str:
    """导师 or 培养联系人, as the stage of the mentee decides."""
    return words.guide(say.language, held.pairing.track, held.mentee.stage)


def mentors(names: Iterable[str], track: Track, stage: Stage, say: Say) -> Html:
    called = words.capital(words.guide(say.language, track, stage))
    return say("{guide}: {names}", guide=called, names=say.names(names) or say.plain("not named yet"))


def direction(text: str, say: Say) -> Html:
    shown = shortened(text, SHOWN) if text else say.plain("to be completed")
    return say("Direction: {direction}", direction=shown)


def planned(outcomes: Iterable[OutcomeTerms], say: Say) -> Html | None:
    found = [planned_outcome(number, one, say) for number, one in enumerate(outcomes, start=1)]
    return lines(*found) if found else None


def planned_outcome(number: int, outcome: OutcomeTerms, say: Say) -> Html:
    return lines(
        say("Expected outcome {number}: {what}", number=number, what=shortened(outcome.what, SHOWN)),
        _measured(outcome.measure, outcome.due_on, say),
    )


def outcome(number: int, one: Outcome, say: Say, *, begun: bool, ended: bool = False) -> Html:
    """An outcome, and where it stands once the pairing has begun, or stood when it ended."""
    return lines(
        planned_outcome(number, OutcomeTerms(one.what, one.measure, one.due_on), say),
        _left_open(say) if ended and one.state is OutcomeState.PLANNED else outcome_state(one, say) if begun else None,
    )


def _left_open(say: Say) -> Html:
    return say("    State: not reached")


def outcome_state(one: Outcome, say: Say) -> Html:
    if one.reached_on is not None:
        return say("    Reached on {day}, verified", day=say.date(one.reached_on))
    state = by_hand(say.language.text(OUTCOME_STATES[one.state]), say, entered=one.by_hand)
    return say("    State: {state}", state=state)


def _measured(measure: str, due_on: date | None, say: Say) -> Html:
    return say(
        "    Measured by: {measure}; by when: {day}",
        measure=shortened(measure, SHOWN) if measure else say.plain("to be completed"),
        day=say.date(due_on) if due_on else say.plain("to be completed"),
    )


def missing(gaps: Iterable[Gap], say: Say) -> Html | None:
    found = [say.language.text(GAPS[gap]) for gap in dict.fromkeys(gaps)]
    return say("Still missing: {gaps}", gaps=say.names(found)) if found else None


def cadence_choice(verb: Sequence[object], say: Say) -> list[list[Button]]:
    """`verb` with its arguments so far; the kind is added."""
    return [[button(say.language.text(title), *map(str, verb), kind) for kind, title in CADENCES.items()]]


def day_choice(kind: CadenceKind, verb: Sequence[object], say: Say) -> tuple[Html, list[list[Button]]]:
    """What is asked, and the usual days; kind and day are added to the verb."""
    if kind is CadenceKind.MONTHLY:
        days = [button(str(day), *map(str, verb), kind, day) for day in MONTH_DAYS]
        return say("On which day of the month?"), [days[:4], days[4:]]
    rows = [[button(say.plain(WEEKDAYS[day]), *map(str, verb), kind, day)] for day in range(WORKING_WEEK)]
    return say("On which weekday?"), rows
