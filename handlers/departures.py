"""Bringing back somebody who was entered as having left; leaving itself is entered with the handover."""

from __future__ import annotations

from domain.actors import Actor
from handlers.answers import Answer, show
from handlers.areas import Area
from handlers.said import Said
from services import departures
from storage.database import Writer


def come_back(tx: Writer, actor: Actor, said: Said) -> Answer:
    departures.come_back(tx, actor, said.number())
    return show("people.card", person_id=said.number())


AREA = Area(presses={"departures.come_back": come_back})
