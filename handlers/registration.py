"""Coming in: the stranger's way forward, the code, the digits; and being blocked, unblocked or put into a group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.invites import is_nearly_a_code, read_code
from handlers import group_chats, languages
from handlers.answers import SILENCE, Answer, show
from handlers.areas import Area, Command, Open, Screen, nothing
from handlers.said import OUTSIDE, Said
from handlers.views import registration as views
from services import accounts, dialogue, entering, menu, people, registration
from services.dialogue import Draft
from services.registration import Entry, Outcome
from storage.database import Reader, Writer


def start(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`/start`, with the code of a link or without."""
    if code := read_code(said.argument):
        return _entered(tx, actor, said, code)
    if not actor.account_id:
        return stranger(tx, actor, said)
    accounts.greet(tx, actor, said.display_name)
    return show("home", fresh=True) if actor.agreed else show("consent", fresh=True)


def stranger(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Whatever somebody without an account says: a code, the digits after it, or a word on the way forward."""
    draft = dialogue.of_kind(tx, actor, "registration")
    if draft is not None and said.text and not said.command and not said.press:
        return digits(tx, actor, said, draft)
    if said.command == "cancel":
        dialogue.drop(tx, actor, "registration")
    return typed_code(tx, actor, said) or show("stranger", fresh=True, misread=is_nearly_a_code(said.text))


def typed_code(tx: Writer, actor: Actor, said: Said) -> Answer | None:
    """An answer if what was said is a code."""
    code = read_code(said.text)
    return None if code is None or said.attached or said.press else _entered(tx, actor, said, code)


def digits(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """The last four signs of the staff number; another code begins anew."""
    if answer := typed_code(tx, actor, said):
        return answer
    if not said.text:
        return show("registration.entry", entry=Entry.ASK_DIGITS)
    invite_id, locale = int(draft.payload["invite_id"]), languages.clear(actor.locale)
    outcome = registration.enter_digits(tx, actor, invite_id, said.text, said.display_name, locale)
    if outcome.entry not in (Entry.WRONG_DIGITS, Entry.TOO_MANY, Entry.BOUND):
        dialogue.drop(tx, actor, "registration")
    return _answer(outcome)


def _entered(tx: Writer, actor: Actor, said: Said, code: str) -> Answer:
    locale = languages.clear(actor.locale)
    outcome = registration.enter_code(tx, actor, code, said.display_name, locale)
    if outcome.entry is Entry.ASK_DIGITS:
        dialogue.begin(tx, actor, "registration", "digits", invite_id=outcome.invite_id)
    return _answer(outcome)


def _answer(outcome: Outcome) -> Answer:
    if outcome.entry is Entry.BOUND:
        return show("consent", fresh=True)
    if outcome.entry is Entry.ADMINISTRATOR:
        return show("welcome", fresh=True)
    return show("registration.entry", entry=outcome.entry, left=outcome.left, until=outcome.until, name=outcome.name)


def outside(tx: Writer, actor: Actor, said: Said) -> Answer:
    """The bot was blocked or unblocked by a person, or something was said in a group."""
    if not said.private:
        return group_chats.heard(tx, actor, said)
    if actor.account_id and said.becomes in OUTSIDE:
        accounts.mark_unreachable(tx, actor.account_id, actor.now)
    elif actor.account_id:
        accounts.mark_reachable(tx, actor)
    return SILENCE


def load_welcome(tx: Reader, actor: Actor) -> Mapping[str, Any]:
    entered = entering.entered_before(tx, actor.person_id)
    return {"name": actor.name, "unit": people.own_unit(tx, actor), "offer": menu.offer(tx, actor), "entered": entered}


def load_missed(tx: Reader, actor: Actor, *, since: str) -> Mapping[str, Any]:  # noqa: ARG001 - the shape of every load
    """The head of what is laid beneath it."""
    return {}


AREA = Area(
    commands=(Command("start", start, "Start", open_to=Open.TO_ALL, on_keyboard=False),),
    steps={"registration": digits},
    screens={
        "stranger": Screen(nothing, views.stranger),
        "registration.entry": Screen(nothing, views.entry),
        "registration.moved": Screen(nothing, views.moved),
        "registration.missed": Screen(load_missed, views.missed),
        "welcome": Screen(load_welcome, views.welcome),
    },
)
