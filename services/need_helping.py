"""由我负责: taking a need on, promising a day and answering. Whoever acts sees to it from then on; a colleague who sees to it
already is not pushed aside by chance, and hears of it when somebody takes over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.actors import Actor
from domain.check_ins import Capacity
from domain.needs import WORDS_LIMIT, Need, NeedState, require_promise
from domain.refusals import Refusal
from domain.wording import fitting
from services import access, last_acts, needs
from services.needs import change, helped, tell, tell_news
from storage import audit as records
from storage.database import Reader, Writer

TAKEN_OVER = "need.taken_over"
ANSWERED, UNDONE = "need:answer", "need:undone"
HELPING = ("need:take_on", "need:promise", ANSWERED, "need:hand_on", "need:recall")
"""What makes a need somebody's."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """A need that somebody else sees to, and when he last did something about it; `answered` by now."""

    need: Need
    owner_id: int
    owner: str
    at: datetime
    answered: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered before, by whom and when."""

    text: str
    by: str
    at: datetime


def take_on(tx: Writer, actor: Actor, need_id: int, instead_of: int | None = None) -> None:
    """为我负责: the actor becomes the one whose turn it is, `instead_of` a colleague if he says so. Refusals:
    `already_done` when he is, `need_owned` (name) when it is with somebody else.
    """
    need = helped(tx, actor, need_id)
    if need.owner_id == actor.person_id:
        raise Refusal("already_done")
    _see_to(tx, actor, need, "need:take_on", instead_of)


def promise(tx: Writer, actor: Actor, need_id: int, day: date, instead_of: int | None = None) -> None:
    """Refusals: `promise_in_the_past`, `need_owned`."""
    need = helped(tx, actor, need_id)
    require_promise(day, actor.today)
    _see_to(tx, actor, need, "need:promise", instead_of, promised_on=day)


def answer(tx: Writer, actor: Actor, need_id: int, words: str, instead_of: int | None = None) -> None:
    """What was answered before stays readable beneath it. Refusal `need_owned`."""
    need = helped(tx, actor, need_id)
    _see_to(
        tx, actor, need, ANSWERED, instead_of, answer=fitting(words, WORDS_LIMIT), answered_at=actor.now,
        state=NeedState.ANSWERED, shared_at=None,
    )  # fmt: skip


def _see_to(tx: Writer, actor: Actor, need: Need, verb: str, instead_of: int | None, **values: object) -> None:
    if need.owner_id not in (None, actor.person_id, instead_of):
        raise Refusal("need_owned", name=need.owner)
    change(tx, actor, need, verb, owner_id=actor.person_id, **values)
    if need.owner_id is not None and need.owner_id != actor.person_id:
        tell(tx, actor, need, need.owner_id, TAKEN_OVER)
    tell_news(tx, actor, need)


def theirs(tx: Reader, actor: Actor, need_id: int) -> Theirs | None:
    """Whether somebody else sees to it, so that the actor is asked first."""
    need, _ = access.need(tx, actor, need_id)
    if need.owner_id in (None, actor.person_id):
        return None
    acts = records.of_subject(tx, f"need:{need_id}", *HELPING)
    at = acts[-1].at if acts else need.opened_at
    return Theirs(need, need.owner_id or 0, need.owner or "", at, need.state is NeedState.ANSWERED)


def earlier_answers(tx: Reader, card: needs.Card) -> tuple[Answer, ...]:
    """What was answered before the answer that stands, the latest first; those above know what was said to them alone."""
    if not card.need.answer or card.capacity is Capacity.ABOVE:
        return ()
    kept: list[Answer] = []
    for one in records.of_subject(tx, f"need:{card.need.id}", ANSWERED, UNDONE):
        _follow(kept, tx, one)
    return tuple(reversed(kept[:-1]))


def _follow(kept: list[Answer], tx: Reader, one: records.Recorded) -> None:
    """An answer that was undone was never given."""
    if one.verb == ANSWERED and one.new is not None:
        kept.append(Answer(str(one.new["answer"]), last_acts.name_of(tx, one), one.at))
    elif one.verb == UNDONE and kept and (one.old or {}).get("verb") == ANSWERED:
        kept.pop()
