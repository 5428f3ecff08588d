"""`/help`: what each button is for, for this person's roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from handlers import registration
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Open, Screen
from handlers.said import Said
from handlers.views import help as views
from locales import N_
from services import menu
from storage.database import Reader, Writer


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    return show("help", fresh=True) if actor.account_id else registration.stranger(tx, actor, said)


def load(tx: Reader, actor: Actor) -> Mapping[str, Any]:
    from handlers.routes import AREAS  # the list of all areas, which names this one too

    offer = menu.offer(tx, actor)
    commands = [command for area in AREAS for command in area.commands if command.offered(offer) and command.purpose]
    open_ones = [command for command in commands if offer.agreed or command.open_to < Open.TO_AGREED]
    return {
        "offer": offer,
        "buttons": [(one.title, one.purpose) for one in open_ones if one.on_keyboard],
        "commands": [(one.name, one.title, one.purpose) for one in open_ones if not one.on_keyboard],
    }


AREA = Area(
    commands=(
        Command(
            "help", ask, "Help", words=("帮助", "说明"), open_to=Open.TO_ALL, purpose=N_("what each button is for")
        ),
    ),
    screens={"help": Screen(load, views.help_page)},
)
