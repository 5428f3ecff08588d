"""Naming whom to ask about personal data in a unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import contacts as views
from services import contacts, dialogue
from services.dialogue import Draft
from storage.database import Reader, Writer

ASKED = "contact"


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    unit = contacts.changeable(tx, actor, said.number())
    dialogue.begin(tx, actor, ASKED, "name", unit=unit.id)
    return show("contact.ask", unit=unit.id)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    return _named(tx, actor, int(draft.payload["unit"]), said.text, fresh=True)


def clear(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _named(tx, actor, said.number(), "", fresh=False)


def _named(tx: Writer, actor: Actor, unit_id: int, contact: str, *, fresh: bool) -> Answer:
    contacts.name(tx, actor, unit_id, contact)
    dialogue.drop(tx, actor, ASKED)
    return show("roles.unit", unit_id=unit_id, fresh=fresh, did="contact")


def load(tx: Reader, actor: Actor, *, unit: int) -> Mapping[str, Any]:
    found = contacts.changeable(tx, actor, unit)
    return {"unit": found, "contact": contacts.of_unit(tx, unit)}


AREA = Area(
    presses={"contact.ask": ask, "contact.clear": clear},
    steps={ASKED: hear},
    screens={"contact.ask": Screen(load, views.ask)},
)
