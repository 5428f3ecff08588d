"""Units with those who lead them, and word of a role to the one who holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.roles import RoleKind
from domain.units import Unit
from handlers.views import hearing
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, turns
from locales import N_
from reports import words
from services.roles import Holding, UnitRoles
from services.stand_in_followers import Follower

PAGE = 8
DONE = {"given": N_("The role is given."), "ended": N_("The role has ended.")}
REFUSALS = {
    "holds_role": N_("{name} holds this role already; nothing was changed."),
    "last_administrator": N_("At least one administrator must remain. Please name another one first."),
}


def tops(data: Mapping[str, Any], say: Say) -> Message:
    units: Sequence[Unit] = data["tops"]
    rows = [[button(unit.name, "roles.unit", unit.id)] for unit in units]
    if data["administrator"]:
        rows.append([button(say.plain("Administrators"), "roles.administrators")])
    if not units:
        return Message(say("There are no units yet. Bring in a roster first: send me the workbook here."), rows)
    return Message(say("Which unit?"), rows)


def unit(data: Mapping[str, Any], say: Say) -> Message:
    found: UnitRoles = data["unit"]
    text = lines(
        _done(data, say),
        bold(found.unit.name),
        *(_holder(held, say) for held in found.holders),
        None if found.holders else say("Nobody leads this unit yet."),
        say.many("One person is not registered yet.", "{number} people are not registered yet.", found.uninvited)
        if found.uninvited
        else None,
        say("Contact for personal data: {contact}", contact=found.contact) if found.contact else None,
    )
    own = [button(say.plain("Contact for personal data"), "contact.ask", found.unit.id)]
    if found.may_bind:
        own.append(button(say.plain("Our group chat"), "group_chat.own"))
    reorganise = [button(say.plain("Rename, split or merge"), "unit_change.begin", found.unit.id)]
    changes = [*_changes(found, say), *([reorganise] if found.may_change else [])]
    rows = [*_undo(data, say), *changes, *_invite(found, say), own, *_ways(found, data, say)]
    return Message(text, rows)


def _done(data: Mapping[str, Any], say: Say) -> Html | None:
    did: str = data.get("did", "")
    if did == "undone":
        return hearing.undone(data["hearing"], say)
    if did == "contact":
        return say("Changed: the notice that people agree to says so from now on. Nobody is sent a message.")
    return lines(say(DONE[did]), hearing.told(data["hearing"], say)) if did else None


def _undo(data: Mapping[str, Any], say: Say) -> list[list[Button]]:
    """The press that brings back what was before."""
    press = data.get("undo") or ()
    return [[button(say.plain("Undo"), *press)]] if press else []


def _holder(held: Holding, say: Say) -> Html:
    return say("{title}: {name}", title=words.title(say.language, held.title, held.kind), name=held.name)


def _changes(found: UnitRoles, say: Say) -> list[list[Button]]:
    if not found.titles:
        return []
    ends = [[_end_button(held, say)] for held in found.holders]
    names = [words.title(say.language, written, RoleKind.SECRETARY) for written in found.titles]
    adds = [
        button(say.plain("Add: {title}", title=name), "roles.add", found.unit.id, position)
        for position, name in enumerate(names)
    ]
    return [*ends, *(adds[at : at + 2] for at in range(0, len(adds), 2))]


def _end_button(held: Holding, say: Say) -> Button:
    shown = say.plain("End: {name}, {title}", name=held.name, title=words.title(say.language, held.title, held.kind))
    return button(shown, "roles.ask_end", held.id)


def _invite(found: UnitRoles, say: Say) -> list[list[Button]]:
    if not found.uninvited:
        return []
    return [[button(say.plain("Invite everybody not registered"), "invites.ask_unit", found.unit.id)]]


def _ways(found: UnitRoles, data: Mapping[str, Any], say: Say) -> list[list[Button]]:
    """Down to the units beneath, a page at a time, and up again."""
    at = data["page"] * PAGE
    rows = [[button(f"› {one.name}", "roles.unit", one.id)] for one in found.beneath[at : at + PAGE]]
    rows += turns(say, data["page"], "roles.unit", found.unit.id, more=at + PAGE < len(found.beneath))
    up = [button(say.plain("Up"), "roles.unit", found.above_id)] if found.above_id else []
    if data["administrator"] and not found.above_id:
        up.append(button(say.plain("Administrators"), "roles.administrators"))
    return [row for row in (*rows, up) if row]


def administrators(data: Mapping[str, Any], say: Say) -> Message:
    holders: Sequence[Holding] = data["holders"]
    text = lines(
        _done(data, say),
        bold(say("Administrators")),
        say("They keep accounts and roles, and see no reports."),
        *(say("· {name}", name=_known(held, say)) for held in holders),
    )
    ends = [
        [button(say.plain("End: {name}", name=_known(held, say)), "roles.ask_end", held.id)] for held in holders
    ]  # fmt: skip
    more = [
        button(say.plain("Add an administrator"), "roles.add_administrator"),
        button(say.plain("Back"), "roles.tops"),
    ]
    return Message(text, [*_undo(data, say), *ends, more])


def _known(held: Holding, say: Say) -> str:
    """An account named in the settings has no name before its first message."""
    return held.name or say.plain("(has not written yet)")


def end(data: Mapping[str, Any], say: Say) -> Message:
    held: Holding = data["held"]
    post = words.title(say.language, held.title, held.kind)
    question = (
        say(
            "End {name}’s role as {title} of {unit}?",
            name=held.name,
            title=words.behind_unit(data["unit"], post),
            unit=data["unit"],
        )
        if data["unit"]
        else say("End {name}’s role as administrator?", name=_known(held, say))
    )
    back = ("roles.unit", held.unit_id) if held.unit_id else ("roles.administrators",)
    buttons = [button(say.plain("Yes, end it"), "roles.end", held.id), button(say.plain("No, keep it"), *back)]
    followed = (_followed(one, say) for one in data["followers"])
    return Message(lines(question, say("Access ends at once; what was entered stays."), *followed), [buttons])


def _followed(one: Follower, say: Say) -> Html:
    """For whom the holder stands in, and who does so then."""
    if not one.name:
        return say("Nobody else can stand in for the reports of {mentee} at present.", mentee=one.mentee)
    return say("A minute later {name} stands in for the reports of {mentee}.", name=one.name, mentee=one.mentee)


def given(data: Mapping[str, Any], say: Say) -> Message:
    held: Holding = data["held"]
    if not data["unit"]:
        return Message(say("You are an administrator from now on: you keep accounts and roles. See /help."), menu=())
    post = words.title(say.language, held.title, held.kind)
    return Message(
        say("You have been entered as {title} of {unit}. /help says what each button is for.", title=words.behind_unit(data["unit"], post), unit=data["unit"]),
        menu=(),
    )  # fmt: skip


def ended(data: Mapping[str, Any], say: Say) -> Message:
    if not data["unit"]:
        return Message(say("Your role as administrator has ended."), menu=())
    post = words.title(say.language, data["title"], data["role"])
    return Message(
        say(
            "Your role as {title} of {unit} has ended. Thank you for your work.",
            title=words.behind_unit(data["unit"], post),
            unit=data["unit"],
        ),
        menu=(),
    )
