"""Agreeing, with a button for each kind; `/privacy` shows what stands and withdraws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.consents import ConsentKind
from domain.refusals import Refusal
from domain.roles import LEADERS
from handlers import languages
from handlers.answers import Answer, Job, show
from handlers.areas import Area, Command, Desk, Open, Press, Screen, nothing
from handlers.said import Said
from handlers.views import consents as views
from locales import N_
from services import access, consents
from services.delivery import Skip
from storage.database import Reader, Writer


def toggle(tx: Writer, actor: Actor, said: Said) -> Answer:
    """The last agreement closes the card and leads on. Once all stands, taking one back is a step of its own in /privacy."""
    if actor.agreed:
        return show("privacy")
    if not consents.toggle(tx, actor, _kind(said)):
        return show("consent")
    return show("consents.agreed", job=Job("consents.lead_on"))


async def lead_on(desk: Desk, actor: Actor, args: Mapping[str, Any]) -> Answer:  # noqa: ARG001 - the shape of every job
    """In a message of its own, which brings the keyboard."""
    return show("welcome" if languages.clear(actor.locale) else "languages")


def decline(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    if actor.agreed:
        return show("privacy")
    consents.decline(tx, actor)
    return show("consents.declined")


def again(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("privacy" if actor.agreed else "consent")


def privacy(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("privacy", fresh=not said.press)


def ask_withdrawal(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("consents.withdrawal", kind=_kind(said))


def withdraw(tx: Writer, actor: Actor, said: Said) -> Answer:
    consents.withdraw(tx, actor, _kind(said))
    return show("consents.declined")


def _kind(said: Said) -> ConsentKind:
    if said.word() not in list(ConsentKind):
        raise Refusal("gone")
    return ConsentKind(said.word())


def load_away(tx: Reader, actor: Actor, member_id: int) -> Skip | str:
    """What a secretary is told; no longer when the person agreed meanwhile."""
    person = access.person(tx, actor, member_id, *LEADERS)
    return person.name if consents.is_away(tx, member_id) else Skip("already_done")


AREA = Area(
    commands=(
        Command(
            "privacy", privacy, "My consent and privacy", words=("隐私", "同意"), open_to=Open.TO_ACCOUNTS,
            on_keyboard=False, offered=lambda offer: offer.person,
            purpose=N_("who sees what, what you agreed to and when, withdrawing it"),
        ),
    ),
    presses={
        "consents.toggle": Press(toggle, Open.TO_ACCOUNTS),
        "consents.decline": Press(decline, Open.TO_ACCOUNTS),
        "consents.again": Press(again, Open.TO_ACCOUNTS),
        "consents.privacy": Press(privacy, Open.TO_ACCOUNTS),
        "consents.ask_withdrawal": Press(ask_withdrawal, Open.TO_ACCOUNTS),
        "consents.withdraw": Press(withdraw, Open.TO_ACCOUNTS),
    },
    screens={
        "consent": Screen(consents.notice, views.consent),
        "consents.agreed": Screen(consents.notice, views.agreed),
        "privacy": Screen(consents.notice, views.privacy),
        "consents.declined": Screen(consents.notice, views.declined),
        "consents.withdrawal": Screen(nothing, views.withdrawal),
        "consents.away": Screen(load_away, views.away),
    },
    jobs={"consents.lead_on": lead_on},
)  # fmt: skip
