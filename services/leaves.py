"""暂停汇报: from a day to a day, for oneself or, by the secretary, for a person or a whole unit; resumes by itself."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.actors import Actor
from domain.check_in_drafts import Entered
from domain.check_ins import Attachment
from domain.duties import Leave
from domain.entered_acts import ACTS, Act, EnteredAct, Noun
from domain.refusals import Refusal
from domain.roles import LEADERS
from services import access, audit, circumstances, duties, last_acts, notices, stand_ins
from services.delivery import Skip
from services.duty_planning import settle_leaves
from services.duty_reminders import retime
from services.hearing import Hearing, of_rows
from services.wanted_duties import report_days
from storage import duty_plans, entered_acts, leaves, people, units, withdrawals
from storage.database import Reader, Writer
from storage.leaves import KeptLeave

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Whom:
    """A person, or with `unit_id` everyone of a unit and beneath it."""

    person_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a leave would excuse: of a person the days on which reports fall due, of a unit how many people."""

    whom: Whom
    name: str
    own: bool
    span: Leave
    days: tuple[date, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A leave as it is listed; `may_cancel` tells whether the reader may end it."""

    leave: KeptLeave
    name: str
    own: bool
    may_cancel: bool
    entered: EnteredAct | None = None


def preview(tx: Reader, actor: Actor, whom: Whom, span: Leave) -> Preview:
    """Refusals: `not_yours`, `leave_too_long`, `leave_over` when all of it lies in months that are locked."""
    name = _require_may(tx, actor, whom)
    _require_sensible(span, actor.today)
    if whom.unit_id is not None:
        return Preview(whom, name, own=False, span=span, days=(), people=len(people.present(tx, whom.unit_id)))
    assert whom.person_id is not None
    around = circumstances.of_person(tx, whom.person_id, actor.today)
    days = report_days(tx, whom.person_id, span.first, span.last, around)
    own = whom.person_id == actor.person_id
    return Preview(whom, name, own, span, tuple(days), people=1)


def is_spoken_for(tx: Reader, actor: Actor, whom: Whom) -> bool:
    """Whether the actor would say it for somebody of his branch who does not use Telegram."""
    other = whom.person_id not in (None, actor.person_id) and access.serves_branch_of(tx, actor, whom.person_id or 0)
    return other and not access.uses_telegram(tx, whom.person_id or 0, actor.now)


def take(
    tx: Writer,
    actor: Actor,
    whom: Whom,
    span: Leave,
    given: Entered | None = None,
    paper: Attachment | None = None,
) -> int:
    """Enter a leave. What falls due on its days is excused at once for a person, by the next tick for a unit.

    `given` and `paper`: from what and as said on which day it is entered for somebody who does not use Telegram.
    """
    _require_may(tx, actor, whom)
    _require_sensible(span, actor.today)
    for standing in _same(tx, whom, span, actor.today):
        return standing.id
    leave_id = leaves.add(
        tx, person_id=whom.person_id, unit_id=whom.unit_id, span=span, reason="", now=actor.now,
        account_id=actor.account_id,
    )  # fmt: skip
    new = {"first": span.first, "last": span.last}
    audit.record(tx, actor, "leave:take", f"leave:{leave_id}", new=new, about=whom.person_id)
    if given is not None and is_spoken_for(tx, actor, whom):
        by = actor.person_id or 0
        entered_acts.add(tx, Act.PAUSE, Noun.LEAVE, leave_id, given, by=by, now=actor.now, paper=paper)
    _apply(tx, actor, whom)
    kept = leaves.get(tx, leave_id)
    assert kept is not None
    _tell(tx, actor, kept, "entered")
    stand_ins.arrange(tx, actor, leave_id)
    return leave_id


def cancel(tx: Writer, actor: Actor, leave_id: int) -> None:
    """End a leave: what no other one covers is owed again. Refusal `already_done` when it was ended before."""
    kept, whom = _known(tx, actor, leave_id)
    if not leaves.cancel(tx, leave_id, actor.now):
        raise last_acts.refusal(tx, actor, f"leave:{leave_id}", "already_done", "leave:cancel")
    entered_acts.supersede(tx, Noun.LEAVE, leave_id, ACTS[Noun.LEAVE], actor.now)
    old = {"first": kept.first_on, "last": kept.last_on}
    audit.record(tx, actor, "leave:cancel", f"leave:{leave_id}", old=old, about=whom.person_id)
    _apply(tx, actor, whom)
    stand_ins.arrange(tx, actor, leave_id)
    _tell(tx, actor, kept, "ended")


def restore(tx: Writer, actor: Actor, leave_id: int) -> None:
    """A second thought about ending a leave, as long as any of its days can still be excused.

    Refusals: `already_done` when it stands, `leave_over`.
    """
    kept, whom = _known(tx, actor, leave_id)
    _require_sensible(kept.span, actor.today)
    if not leaves.restore(tx, leave_id):
        raise last_acts.refusal(tx, actor, f"leave:{leave_id}", "already_done", "leave:restore")
    entered_acts.stand_again(tx, Noun.LEAVE, leave_id)
    new = {"first": kept.first_on, "last": kept.last_on}
    audit.record(tx, actor, "leave:restore", f"leave:{leave_id}", new=new, about=whom.person_id)
    _apply(tx, actor, whom)
    _tell(tx, actor, kept, "entered")
    stand_ins.arrange(tx, actor, leave_id)


def _known(tx: Reader, actor: Actor, leave_id: int) -> tuple[KeptLeave, Whom]:
    """A leave that the actor may enter and end."""
    kept = leaves.get(tx, leave_id)
    if kept is None:
        raise Refusal("not_yours")
    whom = Whom(kept.person_id, kept.unit_id)
    _require_may(tx, actor, whom)
    return kept, whom


def _tell(tx: Writer, actor: Actor, kept: KeptLeave, what: str) -> None:
    """Whoever the leave is of hears what somebody else did about it, unless that is what he heard last; of an end only
    where he had heard of the leave.
    """
    heard = notices.take_back_all(tx, actor, f"leave:{kept.id}:")
    if kept.person_id is None or kept.person_id == actor.person_id:
        return
    last, kind = heard.get(kept.person_id), f"leave.{what}"
    if last != kind and (what == "entered" or last is not None):
        key = f"leave:{kept.id}:{what}:{secrets.token_hex(3)}"
        notices.tell(tx, actor, kept.person_id, kind, key=key, leave=kept.id)


def hearing(tx: Reader, actor: Actor, leave_id: int) -> Hearing:
    """Who hears of it: whose leave it is, who stands in, and whose reports he answers."""
    found = withdrawals.coming_under(tx, f"leave:{leave_id}:", actor.now - notices.HOLD)
    return of_rows(tx, actor, [*found, *stand_ins.to_be_told(tx, actor, leave_id)])


def standing(tx: Reader, actor: Actor) -> list[Standing]:
    """The actor's own leaves, those of his units, and those he entered for the units that he leads."""
    found: dict[int, KeptLeave] = {}
    if actor.person_id is not None:
        found |= {kept.id: kept for kept in leaves.of_person(tx, actor.person_id, actor.today)}
    for unit_id in actor.units(*LEADERS):
        found |= {kept.id: kept for kept in leaves.of_unit(tx, unit_id, actor.today)}
    return [_standing(tx, actor, kept) for kept in found.values()]


def of_whom(tx: Reader, actor: Actor, whom: Whom) -> list[Standing]:
    """The leaves of a person or unit that the actor may enter them for."""
    _require_may(tx, actor, whom)
    if whom.unit_id is not None:
        return [_standing(tx, actor, kept) for kept in leaves.of_unit(tx, whom.unit_id, actor.today)]
    return [_standing(tx, actor, kept) for kept in leaves.of_person(tx, whom.person_id or 0, actor.today)]


def name_of(tx: Reader, actor: Actor, whom: Whom) -> str:
    return _require_may(tx, actor, whom)


def one(tx: Reader, actor: Actor, leave_id: int) -> Standing:
    kept = leaves.get(tx, leave_id)
    found = None if kept is None else _standing(tx, actor, kept)
    if found is None or not (found.own or found.may_cancel):
        raise Refusal("not_yours")
    return found


def entered(tx: Reader, actor: Actor, leave_id: int) -> Standing | Skip:
    """The notice to whom a leave was entered for, unless it was ended meanwhile."""
    found = one(tx, actor, leave_id)
    return found if found.leave.cancelled_at is None else Skip("withdrawn")


def ended(tx: Reader, actor: Actor, leave_id: int) -> Standing | Skip:
    """The notice to whom a leave was ended for, unless it stands again."""
    found = one(tx, actor, leave_id)
    return found if found.leave.cancelled_at is not None else Skip("withdrawn")


def _standing(tx: Reader, actor: Actor, kept: KeptLeave) -> Standing:
    whom = Whom(kept.person_id, kept.unit_id)
    own = kept.person_id is not None and kept.person_id == actor.person_id
    entered = next(iter(entered_acts.of_subjects(tx, Noun.LEAVE, [kept.id])), None) if kept.entered_by else None
    return Standing(kept, _name(tx, whom), own, _may(tx, actor, whom), entered)


def _may(tx: Reader, actor: Actor, whom: Whom) -> bool:
    try:
        _require_may(tx, actor, whom)
    except Refusal:
        return False
    return True


def _require_may(tx: Reader, actor: Actor, whom: Whom) -> str:
    """Return the name of whom it is for; oneself, or whoever the actor leads."""
    if whom.unit_id is not None:
        return access.unit(tx, actor, whom.unit_id, *LEADERS).name
    if whom.person_id is None:
        raise Refusal("not_yours")
    if whom.person_id == actor.person_id:
        return access.myself(tx, actor).name
    return access.person(tx, actor, whom.person_id, *LEADERS).name


def _name(tx: Reader, whom: Whom) -> str:
    found = units.get(tx, whom.unit_id) if whom.unit_id is not None else people.get(tx, whom.person_id or 0)
    return "" if found is None else found.name


def _require_sensible(span: Leave, today: date) -> None:
    if span.last - span.first > LONGEST:
        raise Refusal("leave_too_long")
    if span.last < today - circumstances.LEAVES_LOOKED_BACK:
        raise Refusal("leave_over", last=span.last)


def _same(tx: Reader, whom: Whom, span: Leave, today: date) -> Iterable[KeptLeave]:
    """A leave of the very same days: tapping twice enters one."""
    since = min(span.first, today)
    if whom.unit_id is not None:
        known = leaves.of_unit(tx, whom.unit_id, since)
    else:
        known = leaves.of_person(tx, whom.person_id or 0, since)
    return [kept for kept in known if kept.span == span and kept.person_id == whom.person_id]


def _apply(tx: Writer, actor: Actor, whom: Whom) -> None:
    if whom.unit_id is not None:
        duty_plans.advance_beneath(tx, whom.unit_id, actor.now)
        return
    assert whom.person_id is not None
    around = circumstances.of_person(tx, whom.person_id, actor.today)
    settle_leaves(tx, actor, whom.person_id, around)
    retime(tx, whom.person_id, around, actor.now)
    duties.withdraw_prompts(tx, [whom.person_id], actor.now)
