"""The first things: where one is, what one can do next, and an answer to whatever is not understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Open, Screen, nothing
from handlers.said import Said
from handlers.views import home as views
from services import dialogue, menu
from storage.database import Reader, Writer


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("home", fresh=True)


def cancel(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("cancelled", there_was=dialogue.drop(tx, actor), fresh=True)


def unexpected(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    """A message outside any dialogue: say what can be done with it."""
    return show("unexpected", kind=said.attached.kind if said.attached else "text")


def load_home(tx: Reader, actor: Actor, **args: Any) -> Mapping[str, Any]:
    return {**args, "name": actor.name, "offer": menu.offer(tx, actor)}


AREA = Area(
    commands=(
        Command("home", begin, "Home", words=("首页", "主页", "菜单", "menu"), on_keyboard=False),
        Command("cancel", cancel, "Cancel", words=("取消",), open_to=Open.TO_ACCOUNTS, on_keyboard=False),
    ),
    presses={"home": begin},
    screens={
        "home": Screen(load_home, views.home),
        "cancelled": Screen(load_home, views.cancelled),
        "unexpected": Screen(load_home, views.unexpected),
        "unknown_command": Screen(load_home, views.unknown_command),
        "old_button": Screen(nothing, views.old_button),
        "silence": Screen(nothing, views.silence),
        "refused": Screen(nothing, views.refused),
        "fault": Screen(nothing, views.fault),
    },
)
