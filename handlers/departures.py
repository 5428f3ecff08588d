"""Entering that somebody has left, after a question, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.roles import LEADERS
from handlers.answers import Answer, show
from handlers.areas import Area, Screen
from handlers.said import Said
from handlers.views import departures as views
from services import access, departures
from storage.database import Reader, Writer


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("departures.ask", person_id=said.number())


def depart(tx: Writer, actor: Actor, said: Said) -> Answer:
    departures.depart(tx, actor, said.number())
    return show("departures.done", person_id=said.number())


def come_back(tx: Writer, actor: Actor, said: Said) -> Answer:
    departures.come_back(tx, actor, said.number())
    return show("people.card", person_id=said.number())


def load(tx: Reader, actor: Actor, person_id: int) -> Mapping[str, Any]:
    return {"person": access.person(tx, actor, person_id, *LEADERS)}


AREA = Area(
    presses={"departures.ask": ask, "departures.depart": depart, "departures.come_back": come_back},
    screens={"departures.ask": Screen(load, views.ask), "departures.done": Screen(load, views.done)},
)
