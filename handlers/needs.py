"""困难与支持: the list, one need, taking it on, promising, answering, and the asker's word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.actors import Actor
from domain.needs import NeedAudience, NeedKind, NeedState
from domain.refusals import Refusal
from domain.spoken_days import read_day
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen, nothing
from handlers.said import Said
from handlers.views import need_asking as asking
from handlers.views import needs as views
from locales import N_
from services import access, dialogue, need_asking, need_undoing, needs, pairings, secretaries
from services.delivery import Skip
from services.dialogue import Draft
from storage.database import Reader, Writer

ANSWER, PROMISE = "need_answer", "need_promise"
"""The dialogues in which the next message is an answer, or a day."""


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("need.list", fresh=not said.press)


def open_one(tx: Writer, actor: Actor, said: Said) -> Answer:
    needs.look(tx, actor, said.number())
    return show("need.card", fresh=True, need=said.number())


def _simply(act: Callable[[Writer, Actor, int], None], did: str = "") -> Callable[[Writer, Actor, Said], Answer]:
    """The handler of a tap that changes a need and shows it again."""

    def press(tx: Writer, actor: Actor, said: Said) -> Answer:
        act(tx, actor, said.number())
        return show("need.card", need=said.number(), did=did)

    return press


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    need_undoing.undo(tx, actor, said.number())
    return show("need.card", need=said.number(), did="undone")


def ask_which(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    """Support asked for after the report was handed in: which kind."""
    return show("need.which", check_in=said.number())


def ask_audience(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("need.for_whom", check_in=said.number(), kind=said.one_of(NeedKind, 1).value)


def ask_for(tx: Writer, actor: Actor, said: Said) -> Answer:
    kind, audience = said.one_of(NeedKind, 1), said.one_of(NeedAudience, 2)
    return show("need.card", need=need_asking.ask_for(tx, actor, said.number(), kind, audience), did="asked")


def _ask(kind: str) -> Callable[[Writer, Actor, Said], Answer]:
    """The handler of a tap after which words are expected."""

    def press(tx: Writer, actor: Actor, said: Said) -> Answer:
        needs.card(tx, actor, said.number())
        dialogue.begin(tx, actor, kind, "words", need=said.number())
        return show("need.ask", fresh=True, need=said.number(), kind=kind)

    return press


def hear_answer(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    need_id = int(draft.payload["need"])
    needs.answer(tx, actor, need_id, said.text)
    dialogue.drop(tx, actor, ANSWER)
    return show("need.card", fresh=True, need=need_id, did="answered")


def hear_day(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    need_id = int(draft.payload["need"])
    day = read_day(said.text, actor.today)
    if day is None:
        raise Refusal("not_a_day")
    needs.promise(tx, actor, need_id, day)
    dialogue.drop(tx, actor, PROMISE)
    return show("need.card", fresh=True, need=need_id, did="promised")


def never_mind(tx: Writer, actor: Actor, said: Said) -> Answer:
    for kind in (ANSWER, PROMISE):
        dialogue.drop(tx, actor, kind)
    return show("need.card", need=said.number())


def load_list(tx: Reader, actor: Actor, **args: Any) -> list[needs.Card]:  # noqa: ARG001 - the shape of every load
    return [needs.card(tx, actor, need.id) for need in needs.waiting(tx, actor)]


def load_card(tx: Reader, actor: Actor, *, need: int, did: str = "") -> views.Shown:
    card = needs.card(tx, actor, need)
    return views.Shown(card, did, needs.hearing(tx, actor, card) if did else None)


def load_news(tx: Reader, actor: Actor, *, need: int) -> needs.Card | Skip:
    """Nothing is said of a need that was taken back or that the reader may no longer know of."""
    try:
        card = needs.card(tx, actor, need)
    except Refusal as refusal:
        return Skip(refusal.code)
    return Skip("withdrawn") if card.need.state is NeedState.WITHDRAWN else card


def load_withdrawn(tx: Reader, actor: Actor, *, need: int) -> needs.Card | Skip:
    """Nothing is said of a need that is asked again or that the reader may no longer know of."""
    try:
        card = needs.card(tx, actor, need)
    except Refusal as refusal:
        return Skip(refusal.code)
    return card if card.need.state is NeedState.WITHDRAWN else Skip("no_longer_true")


def load_audience(tx: Reader, actor: Actor, *, check_in: int, kind: str) -> Mapping[str, Any]:
    """The guides of the one who asks: whoever wrote the report, or for whom it was entered."""
    asker = access.own_check_in(tx, actor, check_in).person_id
    called, leading = pairings.guide_kinds(tx, asker), secretaries.names(tx, asker)
    return {"check_in": check_in, "kind": kind, "called": called, "secretaries": leading}


def load_ask(tx: Reader, actor: Actor, *, need: int, kind: str) -> tuple[needs.Card, str]:
    return needs.card(tx, actor, need), kind


AREA = Area(
    commands=(
        Command(
            "needs", begin, "Needs and support", words=("困难与支持", "需要支持", "needs"),
            offered=lambda offer: offer.mentors or offer.secretary or offer.officer,
            purpose=N_("what people need, kept until they say that it is solved"),
        ),
    ),
    presses={
        "need.list": begin,
        "need.open": open_one,
        "need.which": ask_which,
        "need.kind": ask_audience,
        "need.ask": ask_for,
        "need.take_on": _simply(needs.take_on, "taken_on"),
        "need.promise": _ask(PROMISE),
        "need.answer": _ask(ANSWER),
        "need.never_mind": never_mind,
        "need.solve": _simply(needs.solve, "solved"),
        "need.not_yet": _simply(needs.not_yet, "reopened"),
        "need.withdraw": _simply(need_undoing.withdraw, "withdrawn"),
        "need.undo": undo,
    },
    steps={ANSWER: hear_answer, PROMISE: hear_day},
    screens={
        "need.list": Screen(load_list, views.waiting),
        "need.card": Screen(load_card, views.card),
        "need.which": Screen(nothing, asking.which),
        "need.for_whom": Screen(load_audience, asking.for_whom),
        "need.ask": Screen(load_ask, asking.ask),
        "need.asked": Screen(load_news, views.asked),
        "need.news": Screen(load_news, views.news),
        need_undoing.WITHDRAWN: Screen(load_withdrawn, views.withdrawn),
        "need.solved": Screen(load_news, views.solved),
        "need.reopened": Screen(load_news, views.reopened),
    },
)  # fmt: skip
