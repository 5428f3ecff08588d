"""需要支持: taking on, promising, answering, and the word of the one who asked that it is solved.

Asking is `services.need_asking`, passing it up `services.referrals`, second thoughts `services.need_undoing`.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.actors import Actor
from domain.check_ins import Capacity, CheckIn, Source, Standing
from domain.entered_acts import EnteredAct, Noun
from domain.needs import (
    HELPED,
    UNSETTLED,
    Need,
    NeedAudience,
    NeedState,
    Referral,
    require_unsettled,
)
from domain.pairings import GuideKind
from domain.refusals import Refusal
from domain.roles import LEADERS, RoleKind
from domain.units import Unit
from services import access, answering, audit, notices, pairings, proxies, secretaries
from services.hearing import Hearing, just_now
from services.proxies import Proxy
from storage import accounts, check_ins, outbox, people, referrals, units
from storage import needs as rows
from storage.database import Reader, Writer

NEWS = "need.news"


@dataclass(frozen=True, slots=True)
class Card:
    """`guides` and `secretaries` are the names of those whom word of it reaches; where it reaches nobody, `out_of_reach` are
    those who should know of it. `called`: what the guides are called.
    """

    need: Need
    capacity: Capacity
    guides: tuple[str, ...]
    secretaries: tuple[str, ...]
    out_of_reach: tuple[str, ...]
    called: tuple[GuideKind, ...]
    age_days: int
    report_id: int | None
    """The report with which it was asked, if the reader may read it."""
    referrals: tuple[Referral, ...]
    can_rise: bool
    """Whether the reader may pass it up from where it is."""
    recallable: Referral | None
    """What the reader passed up, or the branch, and nobody above has taken on or passed on yet."""
    proxies: tuple[Proxy, ...] = ()
    """For whom the reader may enter what he says of it (代录)."""
    entered: tuple[EnteredAct, ...] = ()
    asked_through: tuple[Source, date, str] | None = None
    """From what it was entered that he asked, as given on which day and by whom."""


def mentors_told(tx: Reader, actor: Actor, person_id: int, audience: NeedAudience) -> list[int]:
    """Whoever answers as a mentor today, where mentors may know of it."""
    told = audience is NeedAudience.MENTOR_AND_SECRETARY
    return answering.guides(tx, person_id, actor.today) if told else []


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
    leading = secretaries.of_need(tx, need.person_id, need.audience, actor.today)
    guides = [one for one in mentors_told(tx, actor, need.person_id, need.audience) if one not in leading]
    known = people.many(tx, [*guides, *leading])
    reached = {one for one in known if access.uses_telegram(tx, one, actor.now)}
    passed = tuple(referrals.of_need(tx, need_id))
    return Card(
        need=need,
        capacity=capacity,
        guides=tuple(known[one].name for one in guides if one in reached),
        secretaries=tuple(known[one].name for one in leading if one in reached),
        out_of_reach=() if reached else tuple(known[one].name for one in leading if one in known),
        called=pairings.guide_kinds(tx, need.person_id),
        age_days=(actor.now - need.opened_at).days,
        report_id=_report(tx, actor, need),
        referrals=passed,
        can_rise=bool(ways_up(tx, actor, need, capacity)),
        recallable=_recallable(actor, need, capacity, passed),
        proxies=() if capacity is Capacity.ABOVE else proxies.offered(tx, actor, Noun.NEED, need_id),
        entered=_entered(tx, need),
        asked_through=_asked_through(tx, need),
    )


def _asked_through(tx: Reader, need: Need) -> tuple[Source, date, str] | None:
    report = None if need.check_in_id is None else check_ins.get(tx, need.check_in_id)
    if report is None or report.entered_by is None or report.source is None or report.given_on is None:
        return None
    secretary = people.get(tx, report.entered_by)
    return report.source, report.given_on, "" if secretary is None else secretary.name


def _entered(tx: Reader, need: Need) -> tuple[EnteredAct, ...]:
    """What was entered of what stands there now."""
    told = {need.closed_at, need.shared_at} - {None}
    return tuple(one for one in proxies.entered(tx, Noun.NEED, [need.id]) if one.entered_at in told) if told else ()


def ways_up(tx: Reader, actor: Actor, need: Need, capacity: Capacity) -> list[Unit]:
    """The units above to which the reader may pass a need up: those that have somebody who hears of it. Once it was passed up,
    only those it was passed to may do so again.
    """
    if capacity not in (Capacity.SECRETARY, Capacity.ABOVE) or need.state not in UNSETTLED:
        return []
    passed = referrals.of_need(tx, need.id)
    led = actor.units(*LEADERS)
    if passed and passed[-1].unit_id not in led:
        return []
    above = units.above(tx, passed[-1].unit_id if passed else access.branch_of(tx, need.person_id).id)[1:]
    beyond = max((place + 1 for place, unit in enumerate(above) if unit.id in led), default=0)
    return [unit for unit in above[beyond:] if _somebody_hears(tx, actor, who_helps(tx, need, unit.id))]


def _somebody_hears(tx: Reader, actor: Actor, people: Sequence[int]) -> bool:
    return any(access.uses_telegram(tx, one, actor.now) for one in people)


def who_helps(tx: Reader, need: Need, unit_id: int) -> list[int]:
    return [one for one in accounts.holders(tx, [unit_id], *LEADERS) if one != need.person_id]


def _recallable(actor: Actor, need: Need, capacity: Capacity, passed: Sequence[Referral]) -> Referral | None:
    if not passed or need.state is not NeedState.OPEN or need.owner_id is not None:
        return None
    of_the_branch = capacity is Capacity.SECRETARY and len(passed) == 1
    return passed[-1] if of_the_branch or passed[-1].passed_by == actor.person_id else None


def _report(tx: Reader, actor: Actor, need: Need) -> int | None:
    try:
        return None if need.check_in_id is None else access.check_in(tx, actor, need.check_in_id)[0].id
    except Refusal:
        return None


def look(tx: Writer, actor: Actor, need_id: int) -> None:
    need, _ = access.need(tx, actor, need_id)
    audit.looked(tx, actor, f"need:{need_id}", need.person_id)


def waiting(tx: Reader, actor: Actor) -> list[Need]:
    """What is not solved among those whose mentor or secretary the actor is, or passed up to his unit, the oldest first,
    each once.
    """
    if actor.person_id is None:
        return []
    found = {need.id: need for need in rows.open_of_mentees(tx, actor.person_id, actor.today)}
    beneath = rows.open_beneath(tx, actor.units(RoleKind.SECRETARY))
    found |= {need.id: need for need in beneath if _is_for(tx, actor, need)}
    passed = [need.id for need in rows.passed_to(tx, actor.units(*LEADERS)) if need.person_id != actor.person_id]
    found = {need_id: access.need(tx, actor, need_id)[0] for need_id in passed} | found
    return sorted(found.values(), key=lambda need: (need.opened_at, need.id))


def _is_for(tx: Reader, actor: Actor, need: Need) -> bool:
    told = secretaries.of_need(tx, need.person_id, need.audience, actor.today)
    return actor.person_id in told or (need.owner_id == actor.person_id)


def solve(tx: Writer, actor: Actor, need_id: int) -> None:
    """已解决, which only the one who asked can say."""
    need = asked(tx, actor, need_id)
    change(tx, actor, need, "need:solve", state=NeedState.SOLVED, closed_at=actor.now)
    if need.owner_id is not None:
        tell(tx, actor, need, need.owner_id, "need.solved")


def not_yet(tx: Writer, actor: Actor, need_id: int) -> None:
    """还没有: an answer did not solve it, so it is open again."""
    need = asked(tx, actor, need_id)
    change(tx, actor, need, "need:not_yet", state=NeedState.OPEN)
    if need.owner_id is not None and need.state is NeedState.ANSWERED:
        tell(tx, actor, need, need.owner_id, "need.reopened")


def share(tx: Writer, actor: Actor, need_id: int, *, shared: bool) -> None:
    """Whether the answer may be read by all, without a name: the one who asked says, and may say otherwise later."""
    need, capacity = access.need(tx, actor, need_id)
    if capacity is not Capacity.AUTHOR:
        raise Refusal("not_yours")
    if need.state not in HELPED or not need.answer:
        raise Refusal("gone")
    change(tx, actor, need, "need:share", shared_at=actor.now if shared else None)


def helped(tx: Writer, actor: Actor, need_id: int) -> Need:
    """A need that the actor may help with."""
    need, capacity = _locked(tx, actor, need_id)
    if capacity not in (Capacity.MENTOR, Capacity.SECRETARY, Capacity.ABOVE):
        raise Refusal("not_yours")
    return need


def asked(tx: Writer, actor: Actor, need_id: int) -> Need:
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


def change(tx: Writer, actor: Actor, need: Need, verb: str, **values: object) -> None:
    old = {name: getattr(need, name) for name in values}
    rows.update_fields(tx, need.id, **values)
    audit.record(tx, actor, verb, f"need:{need.id}", old=old, new=values, about=need.person_id)


def tell_news(tx: Writer, actor: Actor, need: Need) -> None:
    """Taking on, promising and answering within a minute are one piece of news: it is told as it stands when it goes, to
    the one who asked and to those who passed it up. They asked for it, so it waits for no week with room.
    """
    hearers = dict.fromkeys([need.person_id, *(one.passed_by for one in referrals.of_need(tx, need.id))])
    for hearer in (one for one in hearers if one != actor.person_id):
        coming = outbox.waiting_for(tx, hearer, NEWS)
        if not any(one.payload["need"] == need.id for one in coming):
            tell(tx, actor, need, hearer, NEWS, unasked=False)


def tell(tx: Writer, actor: Actor, need: Need, person_id: int, kind: str, *, unasked: bool = True) -> None:
    """Under a key of the act, which may be taken back and done again within the same second."""
    key = f"{key_of_act(need.id, actor.now)}{kind}:{person_id}:{secrets.token_hex(3)}"
    notices.tell(tx, actor, person_id, kind, key=key, unasked=unasked, need=need.id)


def hearing(tx: Reader, actor: Actor, card: Card) -> Hearing | None:
    """Who hears in a minute of what the actor has just done; None for those above, who must not learn who asked."""
    if card.capacity is Capacity.ABOVE:
        return None
    keys = (f"need:{card.need.id}:", *(f"referral:{one}:" for one in referrals.all_of_need(tx, card.need.id)))
    return just_now(tx, actor, *keys)


def key_of_act(need_id: int, moment: datetime) -> str:
    return f"need:{need_id}:at:{int(moment.timestamp())}:"
