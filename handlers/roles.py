"""Units and roles: who leads which unit, named and ended from above; and who administers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.roles import RoleKind
from handlers import picker, unit_picker
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.people import leads_people
from handlers.said import Said
from handlers.views import roles as views
from locales import N_
from services import people, roles, stand_in_followers
from services.delivery import Skip
from storage.database import Reader, Writer


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Begin at the top; with one unit to begin at, it opens at once."""
    tops = roles.tops(tx, actor)
    if len(tops) == 1:
        answer = show("roles.unit", unit_id=tops[0].id, fresh=not said.press)
        return unit_picker.listed(tx, actor, answer, "roles.unit:{unit}", roles.beneath(tx, tops))
    answer = show("roles.tops", fresh=not said.press)
    return unit_picker.listed(tx, actor, answer, "roles.unit:{unit}", roles.beneath(tx, tops))


def unit(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("roles.unit", unit_id=said.number(), page=said.number(1))


def add(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Ask who is to hold a title of a unit."""
    unit_id, position = said.number(), said.number(1)
    roles.title_at(tx, unit_id, position)
    within = people.scope(tx, actor)
    return picker.begin(tx, actor, f"roles.give:{unit_id}:{position}", within, N_("Who is to hold this post?"))


def give(tx: Writer, actor: Actor, said: Said) -> Answer:
    unit_id, title = said.number(), roles.title_at(tx, said.number(), said.number(1))
    role_id = roles.give(tx, actor, said.number(2), unit_id, title)
    picker.finish(tx, actor)
    return show("roles.unit", unit_id=unit_id, did="given", undo=("roles.end", role_id), role=role_id)


def administrators(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    return show("roles.administrators")


def add_administrator(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    roles.administrators(tx, actor)
    within = people.scope(tx, actor)
    return picker.begin(tx, actor, "roles.give_administrator", within, N_("Who is to be an administrator?"))


def give_administrator(tx: Writer, actor: Actor, said: Said) -> Answer:
    role_id = roles.give_administrator(tx, actor, said.number())
    picker.finish(tx, actor)
    return show("roles.administrators", did="given", undo=("roles.end", role_id), role=role_id)


def ask_end(tx: Writer, actor: Actor, said: Said) -> Answer:
    roles.holding(tx, actor, said.number())
    return show("roles.end", role_id=said.number())


def end(tx: Writer, actor: Actor, said: Said) -> Answer:
    """Whoever ends their own role sees the first screen after it, for the unit is no longer theirs to see."""
    held = roles.end(tx, actor, said.number())
    if (held.person_id is not None and held.person_id == actor.person_id) or held.account_id == actor.account_id:
        return show("home", fresh=True)
    return _changed(held, "ended", ("roles.take_back_end", held.id))


def take_back_end(tx: Writer, actor: Actor, said: Said) -> Answer:
    return _changed(roles.take_back_end(tx, actor, said.number()), "undone", ())


def _changed(held: roles.Holding, did: str, undo: tuple[object, ...]) -> Answer:
    """The unit or the list of administrators with what was done to a role of theirs, and the press that undoes it."""
    if held.unit_id is None:
        return show("roles.administrators", did=did, undo=undo, role=held.id)
    return show("roles.unit", unit_id=held.unit_id, did=did, undo=undo, role=held.id)


def load_tops(tx: Reader, actor: Actor) -> Mapping[str, Any]:
    return {"tops": roles.tops(tx, actor), "administrator": actor.has(RoleKind.ADMINISTRATOR)}


def load_unit(tx: Reader, actor: Actor, unit_id: int, page: int = 0, role: int = 0, **args: Any) -> Mapping[str, Any]:
    found = roles.of_unit(tx, actor, unit_id)
    return {
        **args,
        "hearing": roles.hearing(tx, actor, role),
        "unit": found,
        "page": page,
        "administrator": actor.has(RoleKind.ADMINISTRATOR),
    }


def load_administrators(tx: Reader, actor: Actor, role: int = 0, **args: Any) -> Mapping[str, Any]:
    return {**args, "hearing": roles.hearing(tx, actor, role), "holders": roles.administrators(tx, actor)}


def load_end(tx: Reader, actor: Actor, role_id: int) -> Mapping[str, Any]:
    held, unit = roles.holding(tx, actor, role_id)
    return {
        "held": held,
        "unit": unit.name if unit else "",
        "followers": stand_in_followers.without_post(tx, actor, held),
    }


def load_given(tx: Reader, actor: Actor, role_id: int) -> Skip | Mapping[str, Any]:  # noqa: ARG001 - the shape of every load
    told = roles.told(tx, role_id)
    if told is None:
        return Skip("already_done")
    held, unit = told
    return {"held": held, "unit": unit.name if unit else ""}


def load_ended(tx: Reader, actor: Actor, post: Mapping[str, Any]) -> Skip | Mapping[str, Any]:
    """No longer told when the same role was given again meanwhile."""
    kind, unit_id = RoleKind(post["role"]), post["unit_id"]
    if any(role.kind is kind and role.unit_id == unit_id for role in actor.roles):
        return Skip("already_done")
    return {"title": post["title"], "role": kind, "unit": roles.unit_named(tx, unit_id)}


AREA = Area(
    commands=(
        Command(
            "roles", ask, "Units and roles", words=("组织", "角色", "分工"), offered=leads_people,
            purpose=N_("who leads which unit; naming secretaries; slips for those not registered; renaming, splitting and merging units"),
        ),
    ),
    presses={
        "roles.tops": ask,
        "roles.unit": unit,
        "roles.add": add,
        "roles.give": give,
        "roles.administrators": administrators,
        "roles.add_administrator": add_administrator,
        "roles.give_administrator": give_administrator,
        "roles.ask_end": ask_end,
        "roles.end": end,
        "roles.take_back_end": take_back_end,
    },
    screens={
        "roles.tops": Screen(load_tops, views.tops),
        "roles.unit": Screen(load_unit, views.unit),
        "roles.administrators": Screen(load_administrators, views.administrators),
        "roles.end": Screen(load_end, views.end),
        "roles.given": Screen(load_given, views.given),
        "roles.ended": Screen(load_ended, views.ended),
    },
)  # fmt: skip
