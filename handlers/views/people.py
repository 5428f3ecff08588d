"""The people found, and a person's card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.calendar import ONE_DAY
from domain.duties import DEFAULT_ZONE
from handlers.views.page import Html, Message, Say, bold, button, lines, turns
from handlers.views.picker import how_to_search, label, result
from locales import N_
from reports import words
from services.people import Card, Page

REFUSALS = {
    "invited_from_above": N_(
        "This person holds a role beyond your unit, so the invitation has to come from above: please ask the secretary there or an administrator."
    ),
}


def found(data: Mapping[str, Any], say: Say) -> Message:
    page: Page = data["found"]
    rows = [[button(label(entry), "people.card", entry.person_id)] for entry in page.entries]
    forms = [[button(say.plain("Forms to print"), "forms")]] if data["forms"] and not data["words"] else []
    return Message(
        lines(how_to_search(page, data["words"], say), result(page, data["words"], say)),
        [*rows, *turns(say, page.number, "people.page", more=page.more), *forms],
    )


def card(data: Mapping[str, Any], say: Say) -> Message:
    held: Card = data["card"]
    text = lines(
        say("<b>{name}</b> · {unit}", name=held.person.name, unit=held.unit),
        say("Staff number: {number}", number=held.person.staff_no),
        *(_programme(held, say) if held.leads else ()),
        *_roles(held, say),
        _account(held, say),
        _invite(held, say),
    )
    invite = say.plain("New phone: invite again") if held.bound_at else say.plain("Make an invitation")
    rows = [[button(say.plain(title), verb, held.person.id)] for title, verb in data["actions"]]
    return Message(text, [[button(invite, "invites.make", held.person.id)], *rows])


def _programme(held: Card, say: Say) -> list[Html]:
    person = held.person
    shown = [say("Stage: {stage}", stage=words.stage(say.language, person.stage))]
    if person.backbone:
        shown.append(say("Backbone: yes"))
    if person.specialty:
        shown.append(say("Specialty: {specialty}", specialty=person.specialty))
    if person.post:
        shown.append(say("Post: {post}", post=person.post))
    return shown


def _roles(held: Card, say: Say) -> list[Html]:
    shown = []
    for role, unit in held.roles:
        title = words.title(say.language, role.title, role.kind)
        if unit:
            shown.append(say("Role: {role}, {unit}", role=words.behind_unit(unit, title), unit=unit))
        else:
            shown.append(say("Role: {role}", role=title))
    return shown


def _account(held: Card, say: Say) -> Html:
    if held.bound_at is None:
        return say("Telegram: not registered; the secretary enters reports.")
    if held.unreachable_since is not None:
        return say("Telegram: cannot be reached since {day} (blocked or left).", day=say.moment(held.unreachable_since))
    return say("Telegram: registered since {day}.", day=say.moment(held.bound_at))


def _invite(held: Card, say: Say) -> Html | None:
    invite = held.invite
    if invite is None or invite.used_at is not None or invite.revoked_at is not None:
        return None
    if not invite.is_live(say.now):
        return say("The last invitation has expired.")
    last_day = (invite.expires_at - ONE_DAY).astimezone(DEFAULT_ZONE).date()
    return bold(say("An invitation is on its way, valid until {day}.", day=say.date(last_day)))
