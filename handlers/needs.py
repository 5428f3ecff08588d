"""困难与支持: the list, one need, taking it on, promising, answering, and the asker's word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from domain.actors import Actor
from domain.needs import NeedAudience, NeedKind, NeedState
from domain.refusals import Refusal
from domain.spoken_days import read_day
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen, nothing
from handlers.said import Said
from handlers.views import need_asking as asking
from handlers.views import need_news
from handlers.views import needs as views
from locales import N_
from services import access, dialogue, need_asking, need_helping, need_undoing, needs, pairings, secretaries
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


def _asked_first(act: Callable[[Writer, Actor, Said], Answer]) -> Callable[[Writer, Actor, Said], Answer]:
    """Where a colleague sees to it, the actor is asked whether to take over before anything is done."""

    def press(tx: Writer, actor: Actor, said: Said) -> Answer:
        if need_helping.theirs(tx, actor, said.number()):
            return show("need.theirs", need=said.number())
        return act(tx, actor, said)

    return press


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    """An answer or a day; where a colleague has taken it on meanwhile, it is kept until the actor says whether to take over."""
    need_id = int(draft.payload["need"])
    if draft.kind == PROMISE:
        _day(said.text, actor)
    if need_helping.theirs(tx, actor, need_id):
        dialogue.begin(tx, actor, draft.kind, draft.step, need=need_id, words=said.text)
        return show("need.theirs", fresh=True, need=need_id, words=said.text)
    return _given(tx, actor, draft.kind, need_id, said.text, None)


def _given(tx: Writer, actor: Actor, kind: str, need_id: int, words: str, instead_of: int | None) -> Answer:
    if kind == ANSWER:
        need_helping.answer(tx, actor, need_id, words, instead_of)
    else:
        need_helping.promise(tx, actor, need_id, _day(words, actor), instead_of)
    dialogue.drop(tx, actor, kind)
    return show("need.card", fresh=True, need=need_id, did="answered" if kind == ANSWER else "promised")


def _day(words: str, actor: Actor) -> date:
    day = read_day(words, actor.today)
    if day is None:
        raise Refusal("not_a_day")
    return day


def take_over(tx: Writer, actor: Actor, said: Said) -> Answer:
    """From the colleague who was named, with what the actor had written when he learnt of it."""
    need_id, instead_of = said.number(), said.number(1)
    for kind in (ANSWER, PROMISE):
        draft = dialogue.of_kind(tx, actor, kind)
        if draft is not None and draft.payload["need"] == need_id and "words" in draft.payload:
            return _given(tx, actor, kind, need_id, draft.payload["words"], instead_of)
    need_helping.take_on(tx, actor, need_id, instead_of)
    return show("need.card", need=need_id, did="taken_on")


def never_mind(tx: Writer, actor: Actor, said: Said) -> Answer:
    for kind in (ANSWER, PROMISE):
        dialogue.drop(tx, actor, kind)
    return show("need.card", need=said.number())


def load_list(tx: Reader, actor: Actor, **args: Any) -> list[needs.Card]:  # noqa: ARG001 - the shape of every load
    return [needs.card(tx, actor, need.id) for need in needs.waiting(tx, actor)]


def load_card(tx: Reader, actor: Actor, *, need: int, did: str = "") -> views.Shown:
    card = needs.card(tx, actor, need)
    earlier = need_helping.earlier_answers(tx, card)
    return views.Shown(card, did, needs.hearing(tx, actor, card) if did else None, earlier)


def load_theirs(tx: Reader, actor: Actor, *, need: int, words: str = "") -> tuple[need_helping.Theirs, str]:
    found = need_helping.theirs(tx, actor, need)
    if found is None:
        raise Refusal("gone")
    return found, words


def load_news(tx: Reader, actor: Actor, *, need: int) -> needs.Card | Skip:
    """Nothing is said of a need that was taken back or that the reader may no longer know of."""
    try:
        card = needs.card(tx, actor, need)
    except Refusal as refusal:
        return Skip(refusal.code)
    return Skip("withdrawn") if card.need.state is NeedState.WITHDRAWN else card


def load_taken_over(tx: Reader, actor: Actor, *, need: int) -> needs.Card | Skip:
    """Nothing is said to somebody with whom it is again."""
    card = load_news(tx, actor, need=need)
    if isinstance(card, Skip) or card.need.owner_id not in (None, actor.person_id):
        return card
    return Skip("no_longer_true")


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
    called, leading = pairings.guide_kinds(tx, asker), secretaries.names_alone(tx, asker, actor.today)
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
        "need.take_on": _asked_first(_simply(need_helping.take_on, "taken_on")),
        "need.take_over": take_over,
        "need.promise": _asked_first(_ask(PROMISE)),
        "need.answer": _asked_first(_ask(ANSWER)),
        "need.never_mind": never_mind,
        "need.solve": _simply(needs.solve, "solved"),
        "need.not_yet": _simply(needs.not_yet, "reopened"),
        "need.withdraw": _simply(need_undoing.withdraw, "withdrawn"),
        "need.undo": undo,
    },
    steps={ANSWER: hear, PROMISE: hear},
    screens={
        "need.list": Screen(load_list, views.waiting),
        "need.card": Screen(load_card, views.card),
        "need.which": Screen(nothing, asking.which),
        "need.for_whom": Screen(load_audience, asking.for_whom),
        "need.ask": Screen(load_ask, asking.ask),
        "need.asked": Screen(load_news, need_news.asked),
        "need.news": Screen(load_news, need_news.news),
        "need.theirs": Screen(load_theirs, asking.theirs),
        need_helping.TAKEN_OVER: Screen(load_taken_over, need_news.taken_over),
        need_undoing.WITHDRAWN: Screen(load_withdrawn, need_news.withdrawn),
        "need.solved": Screen(load_news, need_news.solved),
        "need.reopened": Screen(load_news, need_news.reopened),
    },
)  # fmt: skip
