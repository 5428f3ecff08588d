"""点评: the list of what waits, the verdict on a report, and the author's word on a highlight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.actors import Actor
from domain.refusals import Refusal
from domain.reviews import Attribution, Review, ReviewKind
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.said import Said
from handlers.views import check_in_cards
from handlers.views import reviews as views
from locales import N_
from services import check_ins, dialogue, reviews
from services.delivery import Skip
from services.dialogue import Draft
from services.hearing import Hearing, just_now
from storage.database import Reader, Writer

WORDS = "review_words"


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("review.list", fresh=not said.press)


def next_one(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    """The one that has waited longest."""
    waiting = reviews.waiting(tx, actor)
    if not waiting:
        return show("review.list")
    check_ins.read(tx, actor, waiting[0])
    return show("check_in.card", fresh=True, check_in=waiting[0])


def _verdict(kind: ReviewKind) -> Callable[[Writer, Actor, Said], Answer]:
    """The handler of a verdict that needs no words."""

    def press(tx: Writer, actor: Actor, said: Said) -> Answer:
        return show("review.settled", fresh=True, review=reviews.review(tx, actor, said.number(), kind))

    return press


def _ask(kind: ReviewKind) -> Callable[[Writer, Actor, Said], Answer]:
    """The handler of a verdict that needs words: they are asked for."""

    def press(tx: Writer, actor: Actor, said: Said) -> Answer:
        check_ins.card(tx, actor, said.number())
        dialogue.begin(tx, actor, WORDS, kind, check_in=said.number())
        return show("review.ask_words", fresh=True, check_in=said.number(), kind=kind.value)

    return press


def hear_words(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    review_id = reviews.review(tx, actor, int(draft.payload["check_in"]), ReviewKind(draft.step), said.text)
    dialogue.drop(tx, actor, WORDS)
    return show("review.settled", fresh=True, review=review_id)


def no_words(tx: Writer, actor: Actor, said: Said) -> Answer:
    dialogue.drop(tx, actor, WORDS)
    return show("check_in.card_again", check_in=said.number())


def undo(tx: Writer, actor: Actor, said: Said) -> Answer:
    check_in_id = reviews.undo(tx, actor, said.number())
    return show("review.undone", check_in=check_in_id, review=said.number())


def attribute(tx: Writer, actor: Actor, said: Said) -> Answer:
    reviews.attribute(tx, actor, said.number(), said.one_of(Attribution, 1))
    return show("review.attributed", review=said.number())


def branch(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("review.branch", page=said.number())


def load_list(tx: Reader, actor: Actor, **args: Any) -> reviews.Waiting:  # noqa: ARG001 - the shape of every load
    return reviews.overview(tx, actor)


def load_branch(tx: Reader, actor: Actor, *, page: int) -> reviews.Page:
    return reviews.branch_page(tx, actor, page)


def load_arrived(tx: Reader, actor: Actor, *, check_in: int) -> check_ins.Card | Skip:
    """A report that was taken back, or that the other mentor has answered, is not sent."""
    try:
        card = check_ins.card(tx, actor, check_in)
    except Refusal as refusal:
        return Skip(refusal.code)
    return Skip("already_done") if any(one.settles for one in card.reviews) else card


def load_settled(tx: Reader, actor: Actor, *, review: int) -> reviews.Settled:
    return reviews.settled(tx, actor, review)


def load_undone(tx: Reader, actor: Actor, *, check_in: int, review: int) -> tuple[check_ins.Card, Hearing]:
    return check_ins.card(tx, actor, check_in), just_now(tx, actor, f"review:{review}:")


def load_taken_back(tx: Reader, actor: Actor, *, review: int) -> Review | Skip:
    try:
        return reviews.taken_back(tx, actor, review) or Skip("no_longer_true")
    except Refusal as refusal:
        return Skip(refusal.code)


def load_told(tx: Reader, actor: Actor, *, review: int) -> reviews.Told | Skip:
    try:
        return reviews.told(tx, actor, review)
    except Refusal as refusal:
        return Skip(refusal.code)


def load_own(tx: Reader, actor: Actor, *, review: int) -> Review:
    return reviews.told(tx, actor, review).review


def load_ask(tx: Reader, actor: Actor, *, check_in: int, kind: str) -> tuple[check_ins.Card, ReviewKind]:
    return check_ins.card(tx, actor, check_in), ReviewKind(kind)


AREA = Area(
    commands=(
        Command(
            "reviews", begin, "To review", words=("待点评", "点评", "reviews"),
            offered=lambda offer: offer.mentors or offer.hosts or offer.secretary,
            purpose=N_("the reports waiting for your review"),
        ),
    ),
    presses={
        "review.list": begin,
        "review.next": next_one,
        "review.noted": _verdict(ReviewKind.NOTED),
        "review.highlight": _verdict(ReviewKind.HIGHLIGHT),
        "review.comment": _ask(ReviewKind.COMMENTED),
        "review.please_add": _ask(ReviewKind.PLEASE_ADD),
        "review.no_words": no_words,
        "review.undo": undo,
        "review.attribution": attribute,
        "review.branch": branch,
    },
    steps={WORDS: hear_words},
    screens={
        "review.list": Screen(load_list, views.waiting),
        "review.branch": Screen(load_branch, views.branch),
        "review.arrived": Screen(load_arrived, check_in_cards.card),
        "review.settled": Screen(load_settled, views.settled),
        "review.undone": Screen(load_undone, views.undone),
        reviews.TAKEN_BACK: Screen(load_taken_back, views.taken_back),
        "review.told": Screen(load_told, views.told),
        "review.attributed": Screen(load_own, views.attributed),
        "review.ask_words": Screen(load_ask, views.ask_words),
    },
)  # fmt: skip
