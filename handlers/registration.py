"""Coming in: the stranger's way forward, the code, consent."""

from __future__ import annotations

from domain.actors import Actor
from handlers.answers import SILENCE, Answer, show
from handlers.areas import Area, Screen, nothing
from handlers.said import Said
from handlers.views import registration as views
from storage.database import Writer


def stranger(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("stranger")


def in_group(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return SILENCE


AREA = Area(
    screens={
        "stranger": Screen(nothing, views.stranger),
        "consent": Screen(nothing, views.consent),
    },
)
