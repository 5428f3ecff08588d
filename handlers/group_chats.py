"""Groups: the one introduction, a secretary's private question whether it is her branch's, and what a group hears."""

from __future__ import annotations

from typing import Any

from domain.actors import Actor
from domain.summaries import MonthSummary
from domain.units import Unit
from handlers.answers import SILENCE, Answer, show
from handlers.areas import Area, Command, Screen, nothing
from handlers.said import OUTSIDE, Said
from handlers.views import group_chats as views
from locales import N_
from services import group_chats
from services.delivery import Skip
from services.group_chats import Lost, Offer, Own
from storage.database import Reader, Writer


def heard(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Put into a group it introduces itself once; personal matters are never answered where others read along, and what
    is to be asked of a secretary is asked privately.
    """
    if said.becomes in OUTSIDE:
        group_chats.lost(tx, actor, said.chat_id)
        return SILENCE
    came_in = said.was in OUTSIDE and bool(said.becomes)
    if came_in or said.command == "bind":
        group_chats.offer(tx, actor, said.chat_id, said.title)
    return show("introduction") if came_in else SILENCE


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    group_chats.own(tx, actor)
    return show("group_chat.own", fresh=not said.press)


def bind(tx: Writer, actor: Actor, said: Said) -> Answer:
    group_chats.bind(tx, actor, said.number())
    return show("group_chat.own", did="bound")


def unbind(tx: Writer, actor: Actor, said: Said) -> Answer:
    group_chats.unbind(tx, actor, said.number())
    return show("group_chat.own")


def load_own(tx: Reader, actor: Actor, did: str = "", **_: Any) -> tuple[list[Own], str]:
    return group_chats.own(tx, actor), did


def load_offer(tx: Reader, actor: Actor, **_: Any) -> Offer | Skip:
    return group_chats.offered(tx, actor) or Skip("already_done")


def load_bound(tx: Reader, actor: Actor, *, unit: int) -> Unit | Skip:
    return group_chats.bound_to(tx, actor.telegram_id, unit) or Skip("already_done")


def load_lost(tx: Reader, actor: Actor, *, unit: int, refused: bool = False) -> Lost | Skip:
    return group_chats.lost_by(tx, actor, unit, refused=refused) or Skip("already_done")


def load_summary(tx: Reader, actor: Actor, *, unit: int, month: str) -> MonthSummary | Skip:
    return group_chats.summary(tx, actor.telegram_id, unit, month) or Skip("already_done")


AREA = Area(
    commands=(
        Command(
            "group", begin, "Our group chat", words=("支部群", "群"), offered=lambda offer: offer.secretary,
            on_keyboard=False, purpose=N_("let your branch's group hear announcements and the month's nameless summary"),
        ),
    ),
    presses={"group_chat.bind": bind, "group_chat.unbind": unbind, "group_chat.own": begin},
    screens={
        "introduction": Screen(nothing, views.introduction),
        "group_chat.own": Screen(load_own, views.own),
        "group_chat.offer": Screen(load_offer, views.offer),
        "group_chat.bound": Screen(load_bound, views.bound),
        "group_chat.lost": Screen(load_lost, views.lost),
        "group_chat.summary": Screen(load_summary, views.summary),
    },
)  # fmt: skip
