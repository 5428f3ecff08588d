"""The steps of arranging a rotation, and its preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers.views.page import Button, Html, Message, Say, bold, button, lines, turns
from handlers.views.rotation_cards import post_line
from services.rotation_drafts import UNSET, Sheet, Step


def step(data: Sheet, say: Say) -> Message:
    return _STEPS[data.drafted.step](data, say)


def _unit(data: Sheet, say: Say) -> Message:
    rows = [[button(unit.name, "rotation.unit", unit.id)] for unit in data.units]
    text = say("To which branch does {name} go?", name=data.person.name)
    return Message(text, [*rows, *turns(say, data.page, "rotation.units", more=data.more), _leave(data, say)])


def _post(data: Sheet, say: Say) -> Message:
    text = say("To which post? The team can follow on a second line.")
    return Message(lines(_top(data, say), "", text), [_leave(data, say)])


def _days(data: Sheet, say: Say) -> Message:
    text = say("From when until when? Write it like 10月19日至12月31日.")
    return Message(lines(_top(data, say), "", text), [_leave(data, say)])


def _host(data: Sheet, say: Say) -> Message:
    text = say("Who is the host there (带教人)? Find the person, or type the name of someone who is not in the roster.")
    find = button(say.plain("Find the host"), "rotation.hosts")
    skip = button(say.plain("Not known yet"), "rotation.skip")
    return Message(lines(_top(data, say), "", text), [[find, skip], _leave(data, say)])


def _leader(data: Sheet, say: Say) -> Message:
    text = say("Which Party backbone (党员骨干) leads it: a full member and a backbone?")
    find = button(say.plain("Find the backbone"), "rotation.leaders")
    skip = button(say.plain("Not known yet"), "rotation.skip")
    return Message(lines(_top(data, say), "", text), [[find, skip], _leave(data, say)])


def _specialty(data: Sheet, say: Say) -> Message:
    own = say("Own specialty: {specialty}.", specialty=data.person.specialty) if data.person.specialty else None
    text = say("Which specialty is learned there?")
    skip = button(say.plain("Leave it out"), "rotation.skip")
    return Message(lines(_top(data, say), "", text, own), [[skip], _leave(data, say)])


def _goals(data: Sheet, say: Say) -> Message:
    text = say("What is to be learned? One or two sentences.")
    skip = button(say.plain("Leave it out"), "rotation.skip")
    return Message(lines(_top(data, say), "", text), [[skip], _leave(data, say)])


def _preview(data: Sheet, say: Say) -> Message:
    plan = data.drafted.plan
    text = lines(
        bold(say("Please check:")),
        _top(data, say),
        say("Host: {name}", name=data.host) if data.host else say("Host: not named yet"),
        say("Led by the Party backbone {name}", name=data.leader) if data.leader else None,
        say("Specialty: {specialty}", specialty=plan.specialty) if plan.specialty else None,
        say("Goals: {goals}", goals=plan.goals) if plan.goals else None,
        *_remarks(data, say),
    )
    offer = (
        [
            [
                button(
                    say.plain("The host is {name}, {number}", name=data.link.name, number=data.link.staff_no),
                    "rotation.host",
                    data.link.id,
                )
            ]
        ]
        if data.link
        else []
    )
    return Message(
        text,
        [
            [button(say.plain("Arrange it"), "rotation.submit", data.drafted.mark)],
            *offer,
            [_to(Step.UNIT, say.plain("Branch")), _to(Step.POST, say.plain("Post")), _to(Step.DAYS, say.plain("Days"))],
            [_to(Step.HOST, say.plain("Host")), _to(Step.LEADER, say.plain("Backbone"))],
            [_to(Step.SPECIALTY, say.plain("Specialty")), _to(Step.GOALS, say.plain("Goals"))],
            [_discard(say)],
        ],
    )


def _remarks(data: Sheet, say: Say) -> list[Html | None]:
    if data.same_post:
        return [say("Please note: this is the branch and the post that {name} has now.", name=data.person.name)]
    return [say("Please note: this is {name}’s own branch.", name=data.person.name) if data.same_unit else None]


def _top(data: Sheet, say: Say) -> Html:
    plan = data.drafted.plan
    days = say("{first} to {last}", first=say.date(plan.starts_on), last=say.date(plan.ends_on))
    return lines(
        say("<b>{name}</b> · rotation to {unit}", name=data.person.name, unit=data.unit),
        post_line(plan.post, plan.team, say) if plan.post else None,
        days if plan.ends_on != UNSET else None,
    )


def _to(where: Step, title: str) -> Button:
    return button(title, "rotation.step", where)


def _leave(data: Sheet, say: Say) -> list[Button]:
    if data.drafted.returns:
        return [_to(Step.PREVIEW, say.plain("Back to the preview"))]
    return [_discard(say)]


def _discard(say: Say) -> Button:
    return button(say.plain("Discard"), "rotation.discard")


_STEPS: Mapping[Step, Callable[[Sheet, Say], Message]] = {
    Step.UNIT: _unit,
    Step.POST: _post,
    Step.DAYS: _days,
    Step.HOST: _host,
    Step.LEADER: _leader,
    Step.SPECIALTY: _specialty,
    Step.GOALS: _goals,
    Step.PREVIEW: _preview,
}


def discarded(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("Nothing was arranged."))
