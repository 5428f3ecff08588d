"""需要支持: asking, taking on, promising, answering, and the word of the one who asked that it is solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.actors import Actor
from domain.check_ins import Capacity, CheckIn, Standing
from domain.needs import (
    WORDS_LIMIT,
    Need,
    NeedAudience,
    NeedKind,
    NeedState,
    require_promise,
    require_unsettled,
)
from domain.refusals import Refusal
from domain.roles import RoleKind
from domain.wording import fitting
from services import access, audit, notices, secretaries
from storage import check_ins, guidance, outbox, people
from storage import needs as rows
from storage.database import Reader, Writer

NEWS = "need.news"


@dataclass(frozen=True, slots=True)
class Card:
    need: Need
    capacity: Capacity
    hearers: tuple[str, ...]
    age_days: int
    report_id: int | None
    """The report with which it was asked, if the reader may read it."""


def ask(
    tx: Writer,
    actor: Actor,
    check_in_id: int | None,
    kind: NeedKind,
    audience: NeedAudience,
    text: str,
    *,
    mentors_hear: bool = False,
    person_id: int | None = None,
) -> int:
    """Support goes to those who may know at once. `mentors_hear`: they get the report itself with it. `person_id`: who
    needs it, where a secretary of his branch enters it for him.
    """
    person = access.writes_for(tx, actor, person_id)
    need_id = rows.add(
        tx, person_id=person.id, check_in_id=check_in_id, kind=kind, audience=audience, text=text, now=actor.now
    )
    new = {"kind": kind, "audience": audience, "text": text}
    audit.record(tx, actor, "need:ask", f"need:{need_id}", new=new, about=person.id)
    mentors = [] if mentors_hear else _mentors(tx, actor, person.id, audience)
    hearers = dict.fromkeys([*mentors, *secretaries.of_person(tx, person.id)])
    for hearer in (one for one in hearers if one != actor.person_id):
        notices.tell(tx, actor, hearer, "need.asked", key=f"need:{need_id}:asked:{hearer}", need=need_id)
    return need_id


def ask_for(tx: Writer, actor: Actor, check_in_id: int, kind: NeedKind, audience: NeedAudience) -> int:
    """Ask for support after the report was handed in, in its words; asking twice is asking once."""
    report, capacity = access.check_in(tx, actor, check_in_id)
    if capacity is not Capacity.AUTHOR:
        raise Refusal("not_yours")
    check_ins.lock(tx, check_in_id)
    for known in rows.of_check_in(tx, check_in_id):
        if known.state in (NeedState.OPEN, NeedState.ANSWERED):
            return known.id
    return ask(tx, actor, check_in_id, kind, audience, report.text)


def _mentors(tx: Reader, actor: Actor, person_id: int, audience: NeedAudience) -> list[int]:
    told = audience is NeedAudience.MENTOR_AND_SECRETARY
    return guidance.mentors_of(tx, person_id, actor.today) if told else []


def may_know(capacity: Capacity, need: Need) -> bool:
    """The host of a rotation is not asked for support, and a mentor not where the secretary alone may know."""
    if capacity is Capacity.MENTOR:
        return need.audience is NeedAudience.MENTOR_AND_SECRETARY
    return capacity is not Capacity.HOST


def discreet(report: CheckIn, capacity: Capacity, asked: Sequence[Need]) -> CheckIn:
    """The report without its standing for whoever may not know that support was asked for."""
    hidden = any(not may_know(capacity, need) for need in asked)
    return replace(report, standing=None) if hidden and report.standing is Standing.NEEDS_SUPPORT else report


def card(tx: Reader, actor: Actor, need_id: int) -> Card:
    need, capacity = access.need(tx, actor, need_id)
    hearers = [*_mentors(tx, actor, need.person_id, need.audience), *secretaries.of_person(tx, need.person_id)]
    known = people.many(tx, hearers)
    names = tuple(known[one].name for one in dict.fromkeys(hearers) if one in known)
    return Card(need, capacity, names, (actor.now - need.opened_at).days, _report(tx, actor, need))


def _report(tx: Reader, actor: Actor, need: Need) -> int | None:
    try:
        return None if need.check_in_id is None else access.check_in(tx, actor, need.check_in_id)[0].id
    except Refusal:
        return None


def look(tx: Writer, actor: Actor, need_id: int) -> None:
    need, _ = access.need(tx, actor, need_id)
    audit.looked(tx, actor, f"need:{need_id}", need.person_id)


def waiting(tx: Reader, actor: Actor) -> list[Need]:
    """What is not solved among those whose mentor or secretary the actor is, the oldest first, each once."""
    if actor.person_id is None:
        return []
    found = {need.id: need for need in rows.open_of_mentees(tx, actor.person_id, actor.today)}
    beneath = rows.open_beneath(tx, actor.units(RoleKind.SECRETARY))
    found |= {need.id: need for need in beneath if _is_for(tx, actor, need)}
    return sorted(found.values(), key=lambda need: (need.opened_at, need.id))


def _is_for(tx: Reader, actor: Actor, need: Need) -> bool:
    return actor.person_id in secretaries.of_person(tx, need.person_id)


def take_on(tx: Writer, actor: Actor, need_id: int) -> None:
    """为我负责: the actor becomes the one whose turn it is. Refusal `already_done` when he is."""
    need = _helped(tx, actor, need_id)
    if need.owner_id == actor.person_id:
        raise Refusal("already_done")
    _change(tx, actor, need, "need:take_on", owner_id=actor.person_id)
    _tell_asker(tx, actor, need)


def promise(tx: Writer, actor: Actor, need_id: int, day: date) -> None:
    """Refusal `promise_in_the_past`."""
    need = _helped(tx, actor, need_id)
    require_promise(day, actor.today)
    _change(tx, actor, need, "need:promise", promised_on=day, owner_id=need.owner_id or actor.person_id)
    _tell_asker(tx, actor, need)


def answer(tx: Writer, actor: Actor, need_id: int, words: str) -> None:
    need = _helped(tx, actor, need_id)
    _change(
        tx, actor, need, "need:answer", answer=fitting(words, WORDS_LIMIT), answered_at=actor.now,
        state=NeedState.ANSWERED, owner_id=need.owner_id or actor.person_id,
    )  # fmt: skip
    _tell_asker(tx, actor, need)


def solve(tx: Writer, actor: Actor, need_id: int) -> None:
    """已解决, which only the one who asked can say."""
    need = _asked(tx, actor, need_id)
    _change(tx, actor, need, "need:solve", state=NeedState.SOLVED, closed_at=actor.now)
    if need.owner_id is not None:
        notices.tell(tx, actor, need.owner_id, "need.solved", key=f"need:{need_id}:solved", unasked=True, need=need_id)


def not_yet(tx: Writer, actor: Actor, need_id: int) -> None:
    """还没有: an answer did not solve it, so it is open again."""
    need = _asked(tx, actor, need_id)
    _change(tx, actor, need, "need:not_yet", state=NeedState.OPEN)
    if need.owner_id is not None and need.state is NeedState.ANSWERED:
        key = f"need:{need_id}:open:{actor.now:%Y%m%d%H%M%S}"
        notices.tell(tx, actor, need.owner_id, "need.reopened", key=key, unasked=True, need=need_id)


def withdraw(tx: Writer, actor: Actor, need_id: int) -> None:
    """误点撤回. Whoever has not heard of it yet will not."""
    take_back(tx, actor, _asked(tx, actor, need_id))


def take_back(tx: Writer, actor: Actor, need: Need) -> None:
    """What was asked with a report goes with it when the report is taken back."""
    _change(tx, actor, need, "need:withdraw", state=NeedState.WITHDRAWN, closed_at=actor.now)
    notices.take_back_all(tx, actor, f"need:{need.id}:asked:")


def _helped(tx: Writer, actor: Actor, need_id: int) -> Need:
    """A need that the actor may help with."""
    need, capacity = _locked(tx, actor, need_id)
    if capacity not in (Capacity.MENTOR, Capacity.SECRETARY):
        raise Refusal("not_yours")
    return need


def _asked(tx: Writer, actor: Actor, need_id: int) -> Need:
    """A need that the actor asked for himself."""
    need, capacity = _locked(tx, actor, need_id)
    if capacity is not Capacity.AUTHOR:
        raise Refusal("not_yours")
    return need


def _locked(tx: Writer, actor: Actor, need_id: int) -> tuple[Need, Capacity]:
    rows.lock(tx, need_id)
    need, capacity = access.need(tx, actor, need_id)
    require_unsettled(need)
    return need, capacity


def _change(tx: Writer, actor: Actor, need: Need, verb: str, **values: object) -> None:
    old = {name: getattr(need, name) for name in values}
    rows.update_fields(tx, need.id, **values)
    audit.record(tx, actor, verb, f"need:{need.id}", old=old, new=values, about=need.person_id)


def _tell_asker(tx: Writer, actor: Actor, need: Need) -> None:
    """Taking on, promising and answering within a minute are one piece of news: it is told as it stands when it goes."""
    coming = outbox.waiting_for(tx, need.person_id, NEWS)
    if not any(one.payload["need"] == need.id for one in coming):
        key = f"need:{need.id}:news:{actor.now.isoformat()}"
        notices.tell(tx, actor, need.person_id, NEWS, key=key, unasked=True, need=need.id)
