"""The pairings of a unit and one's own, as lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.pairings import ENDED, LIVE, PairingState
from domain.units import Unit
from handlers.views.page import Html, Message, Say, bold, button, lines, turns
from reports import words
from services.pairings import Line, Register

GROUPS: Mapping[str, tuple[PairingState, ...]] = {
    "live": tuple(sorted(LIVE)),
    "ended": tuple(sorted(ENDED)),
}


def units(data: Sequence[Unit], say: Say) -> Message:
    """Which of the units that one leads."""
    rows = [[button(unit.name, "pairings.page", unit.id, "live", 0)] for unit in data]
    return Message(say("Which unit do you want to see?"), rows)


def register(data: Register, say: Say) -> Message:
    """A unit's pairings: the counts, what waits first, a button for each."""
    group = "ended" if set(data.shown) == set(ENDED) else "live"
    text = lines(
        bold(say("Pairings of {unit}", unit=data.unit.name)),
        *(_count(state, data.counts[state], say) for state in PairingState if data.counts.get(state)),
        say("None yet.") if not data.counts else None,
        say("Those marked ● wait for you.") if any(line.attention for line in data.lines) else None,
    )
    rows = [[button(line_title(line, say), "pairing.open", line.id)] for line in data.lines]
    rows += turns(say, data.page, "pairings.page", data.unit.id, group, more=data.more)
    rows += [[button(unit.name, "pairings.page", unit.id, "live", 0)] for unit in data.units]
    other = (
        button(say.plain("Those that have ended"), "pairings.page", data.unit.id, "ended", 0)
        if group == "live"
        else button(say.plain("Those under way"), "pairings.page", data.unit.id, "live", 0)
    )
    new = [button(say.plain("New pairing"), "pairing.new")] if data.may_propose else []
    return Message(text, [*rows, [*new, other], [button(say.plain("My own pairings"), "pairings.own")]])


def _count(state: PairingState, number: int, say: Say) -> Html:
    return say("{state}: {number}", state=words.capital(words.pairing_state(say.language, state)), number=number)


def line_title(line: Line, say: Say) -> str:
    state = words.pairing_state(say.language, line.state)
    title = say.plain(
        "{mentee} – {mentors} · {state}", mentee=line.mentee, mentors=say.names(line.mentors), state=state
    )
    return f"● {title}" if line.attention else title


def own(data: tuple[Sequence[Line], Sequence[Line]], say: Say) -> Message:
    as_mentee, as_mentor = data
    if not as_mentee and not as_mentor:
        return Message(say("You have no pairing at present."))
    text = lines(
        bold(say("My own pairings")),
        say.many("You are the mentee in one pairing.", "You are the mentee in {number} pairings.", len(as_mentee))
        if as_mentee
        else None,
        say.many("You guide one person.", "You guide {number} people.", len(as_mentor)) if as_mentor else None,
        say("Those marked ● wait for you.") if any(one.attention for one in (*as_mentee, *as_mentor)) else None,
    )
    return Message(text, [[button(line_title(one, say), "pairing.open", one.id)] for one in (*as_mentee, *as_mentor)])
