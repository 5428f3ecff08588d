"""One rotation in full, with the buttons that its reader may press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.entered_acts import Act
from domain.rotation_comments import TALKS, About
from domain.rotations import Evaluation, Note, RotationState
from handlers.views import hearing, rotation_comments, rotation_notes
from handlers.views.entered_acts import mark, offers, papers
from handlers.views.page import Button, Html, Message, Say, button, lines, quote, shortened
from locales import N_
from reports import words
from services.rotations import Card, Side

SHOWN = 400
DONE: Mapping[str, str] = {
    "arranged": N_("Arranged."),
    "evaluated": N_("Evaluated, thank you."),
    "closed": N_("Closed."),
    "cancelled": N_("Cancelled."),
    "rescheduled": N_("The days have been changed."),
    "linked": N_("Linked. The host can see this rotation from now on."),
    "noted": N_("Noted."),
    "commented": N_("Noted, thank you."),
}


def card(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    did: str = data.get("did", "")
    done = [say(DONE[did]), hearing.told(data["hearing"], say), ""] if did in DONE else []
    done = [say("Undone. Nobody was told."), ""] if did == "undone" else done
    undo = [[button(say.plain("Undo"), "rotation.undo", held.rotation.id)]] if did in DONE else []
    return Message(lines(*done, content(held, say)), [*undo, *rows(held, say)])


def content(held: Card, say: Say) -> Html:
    """All that stands in a rotation; an officer reads place, days and state alone."""
    rotation = held.rotation
    state = words.rotation_state(say.language, rotation.state)
    top = (
        say("<b>{name}</b> · rotation to {unit}", name=held.person.name, unit=held.unit),
        post_line(rotation.post, rotation.team, say),
        days_line(held, say),
        say("State: {state}", state=state),
    )
    if held.sides == {Side.OFFICER}:
        return lines(*top)
    return lines(
        *top,
        say("Specialty: {specialty}", specialty=rotation.specialty) if rotation.specialty else None,
        say("Host: {name}", name=held.host) if held.host else say("Host: not named yet"),
        say("Led by the Party backbone {name}", name=held.leader) if held.leader else None,
        say("Goals: {goals}", goals=shortened(rotation.goals, SHOWN)) if rotation.goals else None,
        *(line for one in held.notes for line in _note(held, one, say)),
        *(evaluation(rotation.evaluation, say) if rotation.evaluation else ()),
        say("The evaluation was written for the host by {name}, the secretary.", name=held.written_by)
        if held.written_by
        else None,
        mark(entry, say) if (entry := held.entered.get(Act.EVALUATE)) and rotation.evaluation else None,
        *rotation_comments.about(held, About.EVALUATION, say),
        say("Reason: {reason}", reason=rotation.cancel_reason) if rotation.cancel_reason else None,
        say("It is over and not evaluated yet.") if held.over and rotation.state is RotationState.IN_POST else None,
    )


def _note(held: Card, one: Note, say: Say) -> list[Html]:
    """A hand-over or a talk, and what mentors said of that."""
    said = rotation_comments.about(held, TALKS[one.kind], say) if one.kind in TALKS else []
    return [*rotation_notes.note(held, one, say), *said]


def post_line(post: str, team: str, say: Say) -> Html:
    return say("Post: {post}, {team}", post=post, team=team) if team else say("Post: {post}", post=post)


def days_line(held: Card, say: Say) -> Html:
    return say("{first} to {last}", first=say.date(held.rotation.starts_on), last=say.date(held.rotation.ends_on))


def evaluation(value: Evaluation, say: Say) -> list[Html]:
    shown = [
        say("Can do alone: {work}", work=value.work),
        say("Performance: {capability}", capability=words.capability(say.language, value.capability)),
    ]
    return [*shown, quote(value.word)] if value.word else shown


def rows(held: Card, say: Say) -> list[list[Button]]:
    secretary = Side.SECRETARY in held.sides
    found = [*_evaluate(held, say), *rotation_notes.rows(held, say), *rotation_comments.rows(held, say)]
    found += _by_hand(held, say)
    if secretary:
        found += _secretary(held, say)
    if secretary or Side.OFFICER in held.sides:
        found.append([button(say.plain("To the list"), "rotations")])
    return found


def _evaluate(held: Card, say: Say) -> list[list[Button]]:
    """The host's; the secretary's too, where nobody is named as host. For one without Telegram it is entered."""
    state, rotation_id = held.rotation.state, held.rotation.id
    for_the_host = not held.host and not held.sides.isdisjoint((Side.PROXY, Side.SECRETARY))
    if state not in (RotationState.IN_POST, RotationState.EVALUATED) or not (Side.HOST in held.sides or for_the_host):
        return []
    title = say.plain("Evaluate") if state is RotationState.IN_POST else say.plain("Evaluate anew")
    return [[button(title, "rotation.evaluate", rotation_id)]]


def _by_hand(held: Card, say: Say) -> list[list[Button]]:
    """What the reader may enter for others (代录), and the papers of what was entered, which an officer does not see."""
    seen = papers(held.entered.values(), say) if held.sides - {Side.OFFICER} else []
    return [*offers(held.proxies, say), *seen]


def _secretary(held: Card, say: Say) -> list[list[Button]]:
    rotation = held.rotation
    found = []
    if held.link is not None:
        title = say.plain("The host is {name}, {number}", name=held.link.name, number=held.link.staff_no)
        found.append([button(title, "rotation.link", rotation.id, held.link.id)])
    if rotation.state in (RotationState.PLANNED, RotationState.IN_POST):
        days = button(say.plain("Other days"), "rotation.ask_days", rotation.id)
        found.append([days, button(say.plain("Cancel the rotation"), "rotation.ask_cancel", rotation.id)])
    if rotation.state is RotationState.EVALUATED:
        found.append([button(say.plain("Close it"), "rotation.close", rotation.id)])
    if rotation.state is not RotationState.CANCELLED:
        found.append([button(say.plain("Print the evaluation form"), "form.rotation", rotation.id)])
    return found
