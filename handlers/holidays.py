"""`/holidays` (工作日历): the coming days off, and the days that a unit sets for itself and all beneath it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.actors import Actor
from domain.refusals import Refusal
from domain.spoken_days import read_day
from domain.units import Unit
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen, nothing
from handlers.said import Said
from handlers.views import holidays as views
from locales import N_
from services import dialogue, holidays
from services.dialogue import Draft
from services.holidays import Overview
from storage.database import Reader, Writer

ASKED = "holiday"
"""The dialogue in which the next message is a day; the step says whether it is to be `working` or `off`."""


def begin(tx: Writer, actor: Actor, said: Said) -> Answer:
    own = holidays.own_units(tx, actor)
    if len(own) == 1:
        return show("holidays.of", unit=own[0].id, fresh=not said.press)
    return show("holidays.which", fresh=not said.press)


def open_unit(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("holidays.of", unit=said.number())


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    kind = "working" if said.word(1) == "working" else "off"
    overview = holidays.overview(tx, actor, said.number())
    dialogue.begin(tx, actor, ASKED, kind, unit=overview.unit.id)
    return show("holidays.ask", kind=kind, unit=overview.unit.id)


def hear(tx: Writer, actor: Actor, said: Said, draft: Draft) -> Answer:
    day = read_day(said.text, actor.today)
    if day is None:
        raise Refusal("not_a_day")
    unit_id = int(draft.payload["unit"])
    holidays.put(tx, actor, unit_id, day, working=draft.step == "working")
    dialogue.drop(tx, actor, ASKED)
    return show("holidays.of", unit=unit_id, changed=day, fresh=True)


def remove(tx: Writer, actor: Actor, said: Said) -> Answer:
    day = _day(said)
    gone = holidays.remove(tx, actor, said.number(), day)
    return show("holidays.of", unit=said.number(), changed=day, removed="working" if gone.working else "off")


def put_again(tx: Writer, actor: Actor, said: Said) -> Answer:
    """`holidays.put:unit:day:kind`, the second thought about a day that was removed."""
    day = _day(said)
    holidays.put(tx, actor, said.number(), day, working=said.word(2) == "working")
    return show("holidays.of", unit=said.number(), changed=day)


def _day(said: Said) -> date:
    try:
        return date.fromisoformat(said.word(1))
    except ValueError:
        raise Refusal("gone") from None


def load_which(tx: Reader, actor: Actor) -> Sequence[Unit]:
    return holidays.own_units(tx, actor)


def load_of(
    tx: Reader, actor: Actor, *, unit: int, changed: date | None = None, removed: str = ""
) -> tuple[Overview, date | None, str]:
    return holidays.overview(tx, actor, unit), changed, removed


def load_ask(tx: Reader, actor: Actor, *, kind: str, unit: int) -> Mapping[str, Any]:
    return {"kind": kind, "unit": holidays.overview(tx, actor, unit).unit}


AREA = Area(
    commands=(
        Command(
            "holidays", begin, "Working days", words=("工作日历", "节假日", "holidays"),
            offered=lambda offer: offer.secretary or offer.officer,
            purpose=N_("see the coming days off, and set days for your own unit"),
        ),
    ),
    presses={
        "holidays.of": open_unit,
        "holidays.ask": ask,
        "holidays.remove": remove,
        "holidays.put": put_again,
    },
    steps={ASKED: hear},
    screens={
        "holidays.which": Screen(load_which, views.which),
        "holidays.of": Screen(load_of, views.of_unit),
        "holidays.ask": Screen(load_ask, views.ask),
        "holidays.missing_notice": Screen(nothing, views.missing_notice),
    },
)  # fmt: skip
