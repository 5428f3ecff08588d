"""`/leave`: 暂停汇报 from a day to a day, typed or by buttons, for oneself or by the secretary for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.actors import Actor
from domain.day_spans import read_span
from domain.duties import Leave
from domain.refusals import Refusal
from domain.roles import LEADERS
from domain.spoken_days import read_day
from handlers import picker
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.said import Said
from handlers.views import leaves as views
from handlers.views.leaves import Taken
from locales import N_
from services import access, dialogue, entered_act_drafts, leaves, stand_in_choices, stand_ins
from services.delivery import Skip
from services.dialogue import Draft
from services.hearing import Hearing
from services.leaves import Preview, Standing, Whom
from services.stand_in_choices import StandIn
from storage.database import Reader, Writer

ASKED = "leave"
"""The dialogue in which the next message is a last day (step `until`) or a span (step `span`)."""


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`/leave`, or with its days behind it: `/leave 10月20日 10月30日`."""
    if said.argument:
        return _previewed(tx, actor, said, _myself(actor), _span(said.argument, actor.today), fresh=True)
    return show("leave.home", fresh=not said.press)


def for_week(tx: Writer, actor: Actor, said: Said) -> Answer:
    span = read_span("本周" if said.word(2) == "0" else "下周", actor.today)
    assert span is not None
    return _previewed(tx, actor, said, _whom(said), Leave(*span))


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Until which day, or from when to when."""
    whom, step = _whom(said), "until" if said.word(2) == "until" else "span"
    dialogue.begin(tx, actor, ASKED, step, person=whom.person_id, unit=whom.unit_id)
    return show("leave.ask", step=step)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    whom = Whom(draft.payload["person"], draft.payload["unit"])
    if draft.step == "until":
        last = read_day(said.text, actor.today)
        if last is None:
            raise Refusal("not_a_day")
        span = Leave(actor.today, last)
    else:
        span = _span(said.text, actor.today)
    dialogue.drop(tx, actor, ASKED)
    return _previewed(tx, actor, said, whom, span, fresh=True)


def for_other(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    units = actor.units(*LEADERS)
    if not units:
        raise Refusal("not_yours")
    return picker.begin(tx, actor, "leave.person", units, N_("For whom shall reporting pause?"))


def for_person(tx: Writer, actor: Actor, said: Said) -> Answer:
    picker.finish(tx, actor)
    return show("leave.choose", person=said.number(), unit=None)


def for_unit(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("leave.choose", person=None, unit=said.number())


def take(tx: Writer, actor: Actor, said: Said) -> Answer:
    try:
        span = Leave(date.fromisoformat(said.word(2)), date.fromisoformat(said.word(3)))
    except ValueError:
        raise Refusal("gone") from None
    whom = _whom(said)
    if leaves.is_spoken_for(tx, actor, whom):
        return _previewed(tx, actor, said, whom, span)
    return show("leave.taken", leave=leaves.take(tx, actor, whom, span))


def cancel(tx: Writer, actor: Actor, said: Said) -> Answer:
    leaves.cancel(tx, actor, said.number())
    return show("leave.cancelled", leave=said.number())


def restore(tx: Writer, actor: Actor, said: Said) -> Answer:
    leaves.restore(tx, actor, said.number())
    return show("leave.taken", leave=said.number())


def _previewed(tx: Writer, actor: Actor, said: Said, whom: Whom, span: Leave, *, fresh: bool = False) -> Answer:
    """For somebody who does not use Telegram it is asked first from what it is entered (代录)."""
    leaves.preview(tx, actor, whom, span)
    if whom.person_id is not None and leaves.is_spoken_for(tx, actor, whom):
        entered_act_drafts.begin_pause(tx, actor, whom.person_id, span, said.update_id)
        return show("proxy.draft", fresh=fresh)
    return show(
        "leave.preview", person=whom.person_id, unit=whom.unit_id, first=span.first, last=span.last, fresh=fresh
    )


def _span(words: str, today: date) -> Leave:
    """Refusals: `not_a_span`, `leave_reversed`."""
    found = read_span(words, today)
    if found is None:
        raise Refusal("not_a_span")
    return Leave(*found)


def _myself(actor: Actor) -> Whom:
    return Whom(person_id=actor.person_id)


def _whom(said: Said) -> Whom:
    return Whom(said.number(0) or None, said.number(1) or None)


def load_home(tx: Reader, actor: Actor) -> Mapping[str, Any]:
    standing = leaves.standing(tx, actor)
    return {
        "standing": standing,
        "stand_ins": _answering(tx, actor, standing),
        "me": actor.person_id,
        "units": access.led_units(tx, actor),
    }


def _answering(tx: Reader, actor: Actor, standing: Sequence[Standing]) -> list[StandIn]:
    """During one's own leaves; those that adjoin are one."""
    own = [held.leave.id for held in standing if held.own]
    found = [one for leave_id in own for one in stand_in_choices.of_leave(tx, actor, leave_id)]
    return list({(one.pairing.id, one.days): one for one in found}.values())


def load_choose(tx: Reader, actor: Actor, *, person: int | None, unit: int | None) -> Mapping[str, Any]:
    whom = Whom(person, unit)
    return {"whom": whom, "name": leaves.name_of(tx, actor, whom), "standing": leaves.of_whom(tx, actor, whom)}


def load_ask(tx: Reader, actor: Actor, *, step: str) -> str:  # noqa: ARG001 - the shape of every load
    return step


def load_preview(tx: Reader, actor: Actor, *, person: int | None, unit: int | None, first: date, last: date) -> Preview:
    return leaves.preview(tx, actor, Whom(person, unit), Leave(first, last))


def load_taken(tx: Reader, actor: Actor, *, leave: int) -> Taken:
    held, found = leaves.one(tx, actor, leave), stand_in_choices.of_leave(tx, actor, leave)
    return Taken(held, found, leaves.hearing(tx, actor, leave), stand_ins.missed(tx, actor, leave))


def load_cancelled(tx: Reader, actor: Actor, *, leave: int) -> Taken:
    return Taken(leaves.one(tx, actor, leave), (), leaves.hearing(tx, actor, leave))


def load_entered(tx: Reader, actor: Actor, *, leave: int) -> Taken | Skip:
    found = leaves.entered(tx, actor, leave)
    return found if isinstance(found, Skip) else Taken(found, stand_in_choices.of_leave(tx, actor, leave), Hearing())


def load_ended(tx: Reader, actor: Actor, *, leave: int) -> Standing | Skip:
    return leaves.ended(tx, actor, leave)


AREA = Area(
    commands=(
        Command(
            "leave", begin, "Pause reporting", words=("暂停汇报", "请假", "leave"),
            offered=lambda offer: offer.reports or offer.mentors or offer.secretary or offer.officer,
            purpose=N_("pause reporting from a day to a day; it resumes by itself, and somebody stands in for mentors"),
        ),
    ),
    presses={
        "leave.home": begin,
        "leave.week": for_week,
        "leave.ask": ask,
        "leave.other": for_other,
        "leave.person": for_person,
        "leave.unit": for_unit,
        "leave.take": take,
        "leave.cancel": cancel,
        "leave.restore": restore,
    },
    steps={ASKED: hear},
    screens={
        "leave.home": Screen(load_home, views.home),
        "leave.choose": Screen(load_choose, views.choose),
        "leave.ask": Screen(load_ask, views.ask),
        "leave.preview": Screen(load_preview, views.preview),
        "leave.taken": Screen(load_taken, views.taken),
        "leave.cancelled": Screen(load_cancelled, views.cancelled),
        "leave.entered": Screen(load_entered, views.entered),
        "leave.ended": Screen(load_ended, views.ended),
    },
)  # fmt: skip
