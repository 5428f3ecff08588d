"""What hangs on a person, who takes over what, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.handovers import LEAVING, NOBODY, HandoverKind, Tie, TieKind, asked, missing
from domain.people import Person
from domain.roles import RoleKind
from domain.units import Unit
from handlers.views import hearing, people
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, turns
from locales import N_
from reports import words
from services.handovers import Moved, Preview
from services.hearing import Hearing
from services.people import PAGE, Card

KINDS: dict[HandoverKind, str] = {
    HandoverKind.LEAVES: N_("Leaves the organisation"),
    HandoverKind.RETIRES: N_("Retires"),
    HandoverKind.MOVES: N_("Moves to another unit"),
    HandoverKind.HANDS_OVER: N_("Hands work over only"),
}
TITLES: dict[HandoverKind, str] = {
    HandoverKind.LEAVES: N_("{name} leaves the organisation"),
    HandoverKind.RETIRES: N_("{name} retires"),
    HandoverKind.MOVES: N_("{name} moves to another unit"),
    HandoverKind.HANDS_OVER: N_("{name} hands work over"),
}
DONE: dict[HandoverKind, str] = {
    HandoverKind.LEAVES: N_("{name} has been entered as having left today."),
    HandoverKind.RETIRES: N_("{name} has been entered as having retired today."),
    HandoverKind.MOVES: N_("{name} now belongs to {unit}."),
    HandoverKind.HANDS_OVER: N_("What {name} handed over has been entered."),
}
BACK: dict[str, str] = {
    "undone": N_("Undone: all that was with {name} stands as before. Nobody was told."),
    "back": N_("{name} has not left; what was handed over stays as it is. Nobody is told of it."),
}
REFUSALS: dict[str, str] = {
    "handover_incomplete": N_("Nobody is named yet for {number} of the items."),
    "handover_empty": N_("Nothing is handed over yet; please name who takes over what."),
    "successor_is_self": N_("{name} cannot take over from themselves; please choose somebody else."),
    "successor_may_not_know": N_(
        "{name} may not know of all these needs. Please choose the secretary or whoever guides, or let them go back to the list."
    ),
}


@dataclass(frozen=True, slots=True)
class Kinds:
    person: Person
    can_move: bool


@dataclass(frozen=True, slots=True)
class Destinations:
    person: Person
    units: list[Unit]
    page: int


@dataclass(frozen=True, slots=True)
class Done:
    person: Person
    unit: str
    kind: HandoverKind
    hearing: Hearing


def kinds(data: Kinds, say: Say) -> Message:
    person = data.person
    shown = [kind for kind in KINDS if kind is not HandoverKind.MOVES or data.can_move]
    rows = [[button(say.plain(KINDS[kind]), "handover.kind", person.id, kind)] for kind in shown]
    text = lines(
        bold(say("What is to be entered for {name}?", name=person.name)),
        say("You will see what there is and name who takes over; nothing happens before you confirm."),
        None if data.can_move else say("A move to another branch is entered by the general branch or the committee."),
    )
    return Message(text, [*rows, [_back(person, say)]])


def _back(person: Person, say: Say) -> Button:
    return button(say.plain("Back to {name}", name=person.name), "handover.stop", person.id)


def units(data: Destinations, say: Say) -> Message:
    first = data.page * PAGE
    shown, more = data.units[first : first + PAGE], len(data.units) > first + PAGE
    rows = [[button(unit.name, "handover.unit", unit.id)] for unit in shown]
    leads_all = any(unit.parent_id is None for unit in data.units)
    text = lines(
        say("Where does {name} move to? Pairings, reports and needs go along.", name=data.person.name),
        None if leads_all else say("Units outside yours are not in the list: for those, please ask the level above."),
    )
    return Message(
        text, [*rows, *turns(say, data.page, "handover.units", data.person.id, more=more), [_back(data.person, say)]]
    )


def page(data: Preview, say: Say) -> Message:
    text = lines(
        bold(say(TITLES[data.kind], name=data.person.name)),
        say("To {unit}; pairings, reports and needs go along.", unit=data.to_unit.name) if data.to_unit else None,
        *_ties(data, say),
        _waiting(data, say),
        *_own(data, say),
        _hint(data, say),
        hearing.will_be_told(data.hearing, say) if _is_ready(data) else None,
    )
    return Message(text, _buttons(data, say))


def _ties(data: Preview, say: Say) -> Iterator[Html]:
    held = [tie for tie in data.ties if tie.kind in ABOUT]
    if not held:
        yield say("Nothing that somebody else would have to take over.")
    for tie in held:
        yield say("· {what} → {who}", what=_what(tie, say), who=_who(tie, data, say))


ABOUT: dict[TieKind, str] = {
    TieKind.GUIDES: N_("{guide} of {about} ({place})"),
    TieKind.HOSTS: N_("host of {about} ({place}) in a rotation"),
    TieKind.LEADS_ROTATION: N_("leading backbone in the rotation of {about} ({place})"),
    TieKind.ROLE: N_("{about}, {place}"),
    TieKind.NEEDS: N_("needs seen to: {number}"),
    TieKind.STANDS_IN: N_("standing in for the reports of {about} ({place})"),
}
SHORT: dict[TieKind, str] = {
    TieKind.GUIDES: N_("{guide} of {about}"),
    TieKind.HOSTS: N_("Host of {about}"),
    TieKind.LEADS_ROTATION: N_("Leading backbone for {about}"),
    TieKind.ROLE: N_("Post: {about}"),
    TieKind.NEEDS: N_("Needs: {number}"),
}


def _what(tie: Tie, say: Say) -> str:
    if tie.kind is TieKind.ROLE and not tie.place:
        return _post(tie.about, say)
    return say.plain(ABOUT[tie.kind], **_fields(tie, ABOUT, say))


def _post(about: str, say: Say) -> str:
    """A role's title, or what it is where the roster gave it none."""
    if about in [*RoleKind]:
        return words.role(say.language, RoleKind(about))
    return words.title(say.language, about, RoleKind.SECRETARY)


def _fields(tie: Tie, sentences: dict[TieKind, str], say: Say) -> dict[str, object]:
    about = _post(tie.about, say) if tie.kind is TieKind.ROLE else tie.about
    guide = words.called(say.language, tie.called)
    fields: dict[str, object] = {"about": about, "place": tie.place, "number": tie.number, "guide": guide}
    return {name: value for name, value in fields.items() if f"{{{name}}}" in sentences[tie.kind]}


def _who(tie: Tie, data: Preview, say: Say) -> str:
    if tie.kind is TieKind.STANDS_IN:
        return tie.then or say.plain("arranged anew in a minute")
    if not tie.mine:
        return say.plain("settled from above")
    if tie.key not in data.chosen:
        return (
            say.plain("nobody is named yet")
            if data.kind in LEAVING
            else say.plain("stays with {name}", name=data.person.name)
        )
    if data.chosen[tie.key] == NOBODY:
        return say.plain("the other one goes on guiding") if tie.kind is TieKind.GUIDES else say.plain("nobody for now")
    return data.successors.get(data.chosen[tie.key], "—")


def _waiting(data: Preview, say: Say) -> Html | None:
    if not data.waiting:
        return None
    return say(
        "Reports waiting for review: {number}. They go to whoever takes over the pairing or rotation.",
        number=data.waiting,
    )


def _own(data: Preview, say: Say) -> Iterator[Html]:
    if data.kind not in LEAVING:
        return
    own = [tie.kind for tie in data.ties]
    if TieKind.OWN_PAIRING in own:
        yield say("{name}'s own pairing ends early.", name=data.person.name)
    if TieKind.OWN_ROTATION in own:
        yield say("{name}'s own rotation ends.", name=data.person.name)
    if number := own.count(TieKind.OWN_NEED):
        yield say("What {name} asked for is taken back: {number}.", name=data.person.name, number=number)
    yield say("The link to Telegram ends at once and open invitations become void; what was entered stays.")


def _hint(data: Preview, say: Say) -> Html | None:
    left = missing(data.ties, data.chosen, data.kind)
    return say("Still to be named: {number}. Tap a line below.", number=len(left)) if left else None


def _buttons(data: Preview, say: Say) -> list[list[Button]]:
    open_to = asked(data.ties)
    rows = [_row(tie, data, say) for tie in open_to]
    if len(open_to) > 1:
        rows.append([button(say.plain("All to one person"), "handover.ask", "all", 0)])
    if _is_ready(data):
        rows.append([button(say.plain("Confirm: {what}", what=say.plain(KINDS[data.kind])), "handover.confirm")])
    return [*rows, [_back(data.person, say)]]


def _row(tie: Tie, data: Preview, say: Say) -> list[Button]:
    title = words.capital(say.plain(SHORT[tie.kind], **_fields(tie, SHORT, say)))
    row = [button(title, "handover.ask", tie.kind, tie.id)]
    if not tie.needs_somebody and data.chosen.get(tie.key) != NOBODY:
        row.append(button(say.plain("Nobody for now"), "handover.nobody", tie.kind, tie.id))
    return row


def _is_ready(data: Preview) -> bool:
    if data.kind in LEAVING:
        return not missing(data.ties, data.chosen, data.kind) and all(tie.mine for tie in data.ties)
    return bool(data.chosen) if data.kind is HandoverKind.HANDS_OVER else data.to_unit is not None


def done(data: Done, say: Say) -> Message:
    fields = {"unit": data.unit} if data.kind is HandoverKind.MOVES else {}
    text = lines(say(DONE[data.kind], name=data.person.name, **fields), hearing.told(data.hearing, say))
    rows = [[button(say.plain("Undo"), "handover.undo", data.person.id)]]
    if data.kind in LEAVING:
        rows.append(
            [button(say.plain("Has not left; what was handed over stays"), "departures.come_back", data.person.id)]
        )
    return Message(text, rows)


def undone(data: Mapping[str, Any], say: Say) -> Message:
    """With the person's card beneath it, which says whether the link to Telegram holds."""
    held: Card = data["card"]
    shown = people.card(data, say)
    link = say("The link to Telegram holds as before.") if held.bound_at else None
    return replace(shown, text=lines(say(BACK[data["did"]], name=held.person.name), link, "", shown.text))


def moved(data: Moved, say: Say) -> Message:
    if data.own and data.within:
        return Message(say("You now belong to {unit}. Nothing else changes for you.", unit=data.unit))
    if data.own:
        return Message(
            say(
                "You now belong to {unit}. Your pairing, reports and needs go along; its secretary can read them from now on.",
                unit=data.unit,
            )
        )
    return Message(
        say(
            "{name} has moved from {old} to {unit}, with pairings, reports and needs.",
            name=data.name,
            old=data.old,
            unit=data.unit,
        )
    )
