"""Inviting: one person with a tap, or everybody of a unit who is not registered, with slips to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from domain.actors import Actor
from domain.invites import read_code
from domain.refusals import Refusal
from handlers.answers import Answer, Job, show
from handlers.areas import Area, Desk, Screen, nothing
from handlers.said import Said
from handlers.views import invites as views
from services import invites
from services.invites import Made
from storage.database import Reader, Writer


def make(tx: Writer, actor: Actor, said: Said) -> Answer:
    return show("invites.made", made=asdict(invites.make(tx, actor, said.number())))


def slip(tx: Writer, actor: Actor, said: Said) -> Answer:
    """The invite just shown, as a page to print: the button carries its code."""
    code = read_code(said.word(1))
    if code is None:
        raise Refusal("gone")
    made = invites.repeat(tx, actor, said.number(), code)
    return show("invites.slips", made=[asdict(made)], unit=made.unit, fresh=True)


def ask_unit(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("invites.unit", unit_id=said.number())


def make_for_unit(tx: Writer, actor: Actor, said: Said) -> Answer:
    unit = invites.reachable_unit(tx, actor, said.number())
    return show("invites.in_hand", unit=unit.name, job=Job("invites.unit", {"unit_id": unit.id}))


async def print_unit(desk: Desk, actor: Actor, args: Mapping[str, Any]) -> Answer:
    """Begun again after a crash it makes new codes, which replace those that nobody has seen."""
    unit_id = int(args["unit_id"])

    def unit(tx: Writer) -> tuple[str, list[Made]]:
        return invites.reachable_unit(tx, actor, unit_id).name, invites.make_for_unit(tx, actor, unit_id)

    name, made = await desk.write(unit)
    return show("invites.slips", made=[asdict(one) for one in made], unit=name)


def load_unit(tx: Reader, actor: Actor, unit_id: int) -> Mapping[str, Any]:
    unit = invites.reachable_unit(tx, actor, unit_id)
    return {"unit_id": unit.id, "unit": unit.name, "count": invites.waiting(tx, unit.id)}


AREA = Area(
    presses={
        "invites.make": make,
        "invites.slip": slip,
        "invites.ask_unit": ask_unit,
        "invites.unit": make_for_unit,
    },
    screens={
        "invites.made": Screen(nothing, views.made),
        "invites.unit": Screen(load_unit, views.unit),
        "invites.in_hand": Screen(nothing, views.in_hand),
        "invites.slips": Screen(nothing, views.slip_sheet),
    },
    jobs={"invites.unit": print_unit},
)
