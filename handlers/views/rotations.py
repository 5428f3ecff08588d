"""The rotations of a unit, one's own and those one hosts, as lists; and what their rules say to whom they stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.rotations import LIVE, RotationState
from domain.units import Unit
from handlers.views.page import Html, Message, Say, bold, button, lines, turns
from locales import N_
from reports import words
from services.rotations import Listed, Own, Register

REFUSALS: dict[str, str] = {
    "rotation_state": N_(
        "That cannot be done with this rotation as it stands now. Please open it again under “Rotations”."
    ),
    "rotation_overlap": N_(
        "{name} is at another post in these days: {post}, {first} to {last}. Please choose other days, or change that rotation "
        "first."
    ),
    "rotation_days_reversed": N_("The last day, {last}, is before the first, {first}. Please send both once more."),
    "rotation_days_unreadable": N_(
        "Two days could not be read in “{text}”. Please write them like 10月12日至12月31日, or one on each line."
    ),
    "rotation_past": N_("{last} has passed. Past rotations are imported with the roster."),
    "rotation_begun": N_("It began on {first}; its first day can no longer be moved into the future."),
    "rotation_hosts_self": N_("Nobody hosts their own rotation. Please choose someone else."),
    "rotation_leads_self": N_("Nobody leads their own rotation. Please choose someone else."),
    "rotation_leader_misfit": N_(
        "A rotation is led by a full Party member who is a backbone, which {name} is not. Please choose someone else."
    ),
    "rotation_evaluated_early": N_(
        "It can be evaluated from {first} on, in its last week. If it ends sooner, please ask the secretary to change the days."
    ),
    "own_talk": N_("A talk is noted by whoever had it with you: the host, the leading backbone or a secretary."),
    "own_rotation": N_("One’s own rotation is evaluated by someone else: the host, or another secretary."),
}
GROUPS: Mapping[str, tuple[RotationState, ...]] = {
    "live": tuple(sorted(LIVE)),
    "ended": (RotationState.CLOSED, RotationState.CANCELLED),
}


def units(data: Sequence[Unit], say: Say) -> Message:
    """Which of the units that one leads."""
    rows = [[button(unit.name, "rotations.page", unit.id, "live", 0)] for unit in data]
    return Message(say("Which unit do you want to see?"), rows)


def register(data: Register, say: Say) -> Message:
    """A unit's rotations: the counts, what waits first, a button for each."""
    group = "live" if set(data.shown) == LIVE else "ended"
    text = lines(
        bold(say("Rotations of {unit}", unit=data.unit.name)),
        *(_count(state, data.counts[state], say) for state in RotationState if data.counts.get(state)),
        _coming(data.coming, say),
        say("None yet.") if not (data.counts or data.coming) else None,
        say("Those marked ● wait for you.") if any(one.attention for one in (*data.lines, *data.incoming)) else None,
    )
    rows = [[button(line_title(line, say), "rotation.open", line.id)] for line in data.lines]
    rows += [[button(_incoming(line, say), "rotation.open", line.id)] for line in data.incoming]
    rows += turns(say, data.page, "rotations.page", data.unit.id, group, more=data.more)
    rows += [[button(unit.name, "rotations.page", unit.id, "live", 0)] for unit in data.units]
    other = (
        button(say.plain("Those that have ended"), "rotations.page", data.unit.id, "ended", 0)
        if group == "live"
        else button(say.plain("Those under way"), "rotations.page", data.unit.id, "live", 0)
    )
    new = [button(say.plain("New rotation"), "rotation.new")] if data.may_arrange else []
    return Message(text, [*rows, [*new, other], [button(say.plain("My own rotations"), "rotations.own")]])


def _count(state: RotationState, number: int, say: Say) -> Html:
    return say("{state}: {number}", state=words.capital(words.rotation_state(say.language, state)), number=number)


def _coming(number: int, say: Say) -> Html | None:
    if not number:
        return None
    return say.many("One person of another unit rotates here.", "{number} people of other units rotate here.", number)


def _incoming(line: Listed, say: Say) -> str:
    return say.plain("Comes here: {line}", line=line_title(line, say))


def line_title(line: Listed, say: Say) -> str:
    state = words.rotation_state(say.language, line.state)
    title = say.plain("{name} · {unit} {post} · {state}", name=line.name, unit=line.unit, post=line.post, state=state)
    return f"● {title}" if line.attention else title


def own(data: Own, say: Say) -> Message:
    if not data.all:
        return Message(say("You have no rotation at present."))
    text = lines(
        bold(say("My own rotations")),
        say.many("You are on one rotation.", "You are on {number} rotations.", len(data.mine)) if data.mine else None,
        say.many("You host one rotation.", "You host {number} rotations.", len(data.hosted)) if data.hosted else None,
        say.many(
            "One rotation comes here with a host who is only a name; you enter for the host.",
            "{number} rotations come here with hosts who are only names; you enter for them.",
            len(data.entered),
        )
        if data.entered
        else None,
        say.many(
            "One rotation is of somebody you guide.",
            "{number} rotations are of people you guide.",
            len(data.guided),
        )
        if data.guided
        else None,
    )
    return Message(text, [[button(line_title(one, say), "rotation.open", one.id)] for one in data.all])
