"""我的: one's goals, guides, next day, reports and needs, and all of one's reports as a file."""

from __future__ import annotations

from typing import Any

from domain.actors import Actor
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.said import Said
from handlers.views import my_page as views
from locales import N_
from services import check_ins, my_page, needs
from storage.database import Reader, Writer


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("me", fresh=not said.press)


def reports(tx: Writer, actor: Actor, said: Said) -> Answer:
    """The verb of a pager: page, person; without a person one's own."""
    person_id = said.number(1) or actor.person_id or 0
    my_page.open_history(tx, actor, person_id)
    return show("me.reports", person=person_id, page=said.number())


def own_needs(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("me.needs")


def readers(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("me.readers")


def export(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("me.export", fresh=True)


def load_me(tx: Reader, actor: Actor, **args: Any) -> my_page.MyPage:  # noqa: ARG001 - the shape of every load
    return my_page.my_page(tx, actor)


def load_reports(tx: Reader, actor: Actor, *, person: int, page: int) -> my_page.History:
    return my_page.history(tx, actor, person, page)


def load_needs(tx: Reader, actor: Actor, **args: Any) -> list[needs.Card]:  # noqa: ARG001 - the shape of every load
    return my_page.my_needs(tx, actor)


def load_export(tx: Reader, actor: Actor, **args: Any) -> list[check_ins.Card]:  # noqa: ARG001 - the shape of every load
    return my_page.all_reports(tx, actor)


AREA = Area(
    commands=(
        Command(
            "me",
            begin,
            "Me",
            words=("我的", "me"),
            offered=lambda offer: offer.person,
            purpose=N_("your goals, who guides you, when you report next, all your reports"),
        ),
        Command(
            "export",
            export,
            "My reports as a file",
            words=("导出",),
            on_keyboard=False,
            purpose=N_("all your reports as a file"),
        ),
    ),
    presses={
        "me": begin,
        "me.reports": reports,
        "me.needs": own_needs,
        "me.readers": readers,
        "me.export": export,
    },
    screens={
        "me": Screen(load_me, views.me),
        "me.reports": Screen(load_reports, views.reports),
        "me.needs": Screen(load_needs, views.own_needs),
        "me.readers": Screen(load_me, views.readers),
        "me.export": Screen(load_export, views.export),
    },
)
