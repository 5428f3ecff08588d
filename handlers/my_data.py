"""/mydata: all that is kept about oneself, as text and as a file."""

from __future__ import annotations

from typing import Any

from domain.actors import Actor
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Open, Press, Screen
from handlers.said import Said
from handlers.views import my_data as views
from locales import N_
from services import my_data
from storage.database import Reader, Writer


def give(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("my_data", fresh=True)


def load(tx: Reader, actor: Actor, **args: Any) -> my_data.Copy:  # noqa: ARG001 - the shape of every load
    return my_data.copy(tx, actor)


AREA = Area(
    commands=(
        Command(
            "mydata",
            give,
            "What is kept about me",
            words=("我的信息",),
            open_to=Open.TO_ACCOUNTS,
            on_keyboard=False,
            offered=lambda offer: offer.person,
            purpose=N_("all that is kept about you, as text and as a file"),
        ),
    ),
    presses={"my_data": Press(give, Open.TO_ACCOUNTS)},
    screens={"my_data": Screen(load, views.copy)},
)
