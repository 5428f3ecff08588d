"""上报: passing a need up in one's own words, taking it back, and what was done for people."""

from __future__ import annotations

from typing import Any

from domain.actors import Actor
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.needs import load_news
from handlers.said import Said
from handlers.views import referrals as views
from locales import N_
from services import dialogue, needs, referrals
from services.delivery import Skip
from services.dialogue import Draft
from storage.database import Reader, Writer

WORDS = "referral_words"
"""The dialogue in which the next message says what is asked of the unit above."""


def ask_where(tx: Writer, actor: Actor, said: Said) -> Answer:
    way = referrals.ways(tx, actor, said.number())
    if len(way.units) == 1:
        return _ask_words(tx, actor, said.number(), way.units[0].id)
    return show("referral.where", need=said.number())


def choose(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _ask_words(tx, actor, said.number(), said.number(1))


def _ask_words(tx: Writer, actor: Actor, need_id: int, unit_id: int) -> Answer:
    referrals.to_unit(tx, actor, need_id, unit_id)
    dialogue.begin(tx, actor, WORDS, "words", need=need_id, unit=unit_id)
    return show("referral.ask", fresh=True, need=need_id, unit=unit_id)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    need_id = int(draft.payload["need"])
    referrals.pass_up(tx, actor, need_id, int(draft.payload["unit"]), said.text)
    dialogue.drop(tx, actor, WORDS)
    return show("need.card", fresh=True, need=need_id, did="passed")


def never_mind(tx: Writer, actor: Actor, said: Said) -> Answer:
    dialogue.drop(tx, actor, WORDS)
    return show("need.card", need=said.number())


def recall(tx: Writer, actor: Actor, said: Said) -> Answer:
    referrals.recall(tx, actor, said.number())
    return show("need.card", need=said.number(), did="recalled")


def share(tx: Writer, actor: Actor, said: Said) -> Answer:
    shared = said.word(1) == "yes"
    needs.share(tx, actor, said.number(), shared=shared)
    return show("need.card", need=said.number(), did="shared" if shared else "unshared")


def helped(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("referral.helped", fresh=not said.press, page=said.number())


def load_where(tx: Reader, actor: Actor, *, need: int) -> referrals.Way:
    return referrals.ways(tx, actor, need)


def load_ask(tx: Reader, actor: Actor, *, need: int, unit: int) -> views.Asking:
    return views.Asking(need, referrals.to_unit(tx, actor, need, unit).name)


def load_recalled(tx: Reader, actor: Actor, *, referral: int) -> referrals.Recalled | Skip:
    return referrals.recalled(tx, actor, referral) or Skip("no_longer_true")


def load_helped(tx: Reader, actor: Actor, *, page: int, **args: Any) -> referrals.Page:  # noqa: ARG001 - the shape of every load
    return referrals.helped(tx, actor, page)


AREA = Area(
    commands=(
        Command(
            "helped", helped, "Done for people", words=("办的实事", "为大家办的实事", "helped"), on_keyboard=False,
            purpose=N_("what was done about people's needs, without names"),
        ),
    ),
    presses={
        "referral.begin": ask_where,
        "referral.to": choose,
        "referral.never_mind": never_mind,
        "referral.recall": recall,
        "referral.helped": helped,
        "need.share": share,
    },
    steps={WORDS: hear},
    screens={
        "referral.where": Screen(load_where, views.where),
        "referral.ask": Screen(load_ask, views.ask),
        "referral.passed": Screen(load_news, views.passed),
        referrals.RECALLED: Screen(load_recalled, views.recalled),
        "referral.helped": Screen(load_helped, views.helped),
    },
)  # fmt: skip
